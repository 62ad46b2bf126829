/// Selling to buying agents: the Ad Context Protocol, AdCP 3.0 (adcontextprotocol.org), as tools of MCP.
///
/// Everything that is bought is booked in the same book, by the same rules, as what people book: an account is an
/// advertiser, a media buy a campaign, a package an ad group, content standards are suitability terms. What AdCP says
/// and
/// the book has no words for is kept beside it, in [mizan.server.adcp.Documents]. Start with
/// [mizan.server.adcp.Seller]. The standard's spellings stay in here.
@org.jspecify.annotations.NullMarked
package mizan.server.adcp;
