/// The console's pages over a running engine: what is read for each, and where it is served.
///
/// Start with [mizan.server.pages.PageRoutes].
@org.jspecify.annotations.NullMarked
package mizan.server.pages;
