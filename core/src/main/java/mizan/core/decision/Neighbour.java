package mizan.core.decision;

import mizan.core.feed.FeedPost;
import mizan.core.suitability.Tier;

/// A post as the rules of terms look at it.
///
/// @param tier the rank of its tier, or -1 when nobody may stand beside it: unrated, or on the floor
/// @param topics its sensitive topics as bits
record Neighbour(FeedPost post, int tier, int topics) {
    static Neighbour of(FeedPost post) {
        if (post.verdict().isEmpty() || post.verdict().get().tier() == Tier.FLOOR) {
            return new Neighbour(post, -1, 0);
        }
        var verdict = post.verdict().get();
        int topics = 0;
        for (var topic : verdict.topics()) {
            topics |= 1 << Rules.bit(topic);
        }
        return new Neighbour(post, Rules.rank(verdict.tier()), topics);
    }

    boolean barred() {
        return tier < 0;
    }
}
