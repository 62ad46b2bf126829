/// The one path: a feed comes in, is decided, paid for, written down and answered; then its events come
/// back.
///
/// Start with [mizan.server.serve.ServeAds].
@org.jspecify.annotations.NullMarked
package mizan.server.serve;
