/// A feed as it arrives: a viewer, and posts in an order that nobody touches.
///
/// Start with [mizan.core.feed.FeedRequest].
@org.jspecify.annotations.NullMarked
package mizan.core.feed;
