/// The edge: everything between a socket and a parsed, authorised [mizan.server.http.Call].
///
/// Start with [mizan.server.http.Edge], which runs one [mizan.server.http.Route] for a request. Routes are
/// data: the server's routing and the OpenAPI document are both made from them.
@org.jspecify.annotations.NullMarked
package mizan.server.http;
