/// Whether a post is a place where an advertiser agrees to stand.
///
/// A rater gives a post a [mizan.core.suitability.PostVerdict]: a [mizan.core.suitability.Tier] and the
/// [mizan.core.suitability.Topic]s that cause it. A post without a verdict counts as the worst.
/// [mizan.core.suitability.LexiconRater] is the first rater; `text` below it folds and matches words.
@org.jspecify.annotations.NullMarked
package mizan.core.suitability;
