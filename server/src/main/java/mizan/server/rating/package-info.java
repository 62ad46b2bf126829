/// Posts come in, are read, rated and remembered, so that an ad's neighbours are known before it is placed.
///
/// Start with [mizan.server.rating.Posts].
@org.jspecify.annotations.NullMarked
package mizan.server.rating;
