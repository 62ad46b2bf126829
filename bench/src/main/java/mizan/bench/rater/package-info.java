/// Trains the built-in linear rater and measures raters on labelled sets. None of it is in the server.
///
/// Start with [mizan.bench.rater.RaterCommand].
@org.jspecify.annotations.NullMarked
package mizan.bench.rater;
