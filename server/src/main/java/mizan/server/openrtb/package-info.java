/// Mizan's own campaigns in the auctions of others: OpenRTB 2.6 (2.6-202606, IAB Tech Lab), with Native 1.2 and the DSA
/// extension.
///
/// A seller offers one slot between posts it has chosen; it is decided by the same [mizan.core.decision.Decider], on
/// the same money, as a page of the feed. Start with [mizan.server.openrtb.Auction]. The standard's spellings (`imp`,
/// `seat`, `adomain`) stay in here.
@org.jspecify.annotations.NullMarked
package mizan.server.openrtb;
