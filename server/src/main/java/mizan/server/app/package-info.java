/// Where every object is made, in order, with `new`. Start with [mizan.server.app.Engine].
@org.jspecify.annotations.NullMarked
package mizan.server.app;
