/// The HTTP API: what each address takes and answers. Start with [mizan.server.api.ServeRoutes].
@org.jspecify.annotations.NullMarked
package mizan.server.api;
