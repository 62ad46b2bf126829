/// The whole server over real HTTP.
@org.jspecify.annotations.NullMarked
package mizan.server.app;
