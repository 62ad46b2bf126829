/// Tools for programs that speak the Model Context Protocol (2025-06-18), over Streamable HTTP.
///
/// One address takes JSON-RPC 2.0 and answers each request with one JSON document: no session, no stream, nothing that
/// outlives a request. Start with [mizan.server.mcp.McpRoutes].
@org.jspecify.annotations.NullMarked
package mizan.server.mcp;
