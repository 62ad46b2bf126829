/// A rater that learned from labelled posts: hashed words and letter sequences, one weight each.
///
/// It is one voice beside labels, lists and lexicons, never the only one. Start with
/// [mizan.core.suitability.linear.LinearModel].
@org.jspecify.annotations.NullMarked
package mizan.core.suitability.linear;
