package mizan.core.decision;

import java.util.Arrays;
import java.util.Set;
import mizan.core.feed.FeedPost;
import mizan.core.suitability.Terms;
import mizan.core.suitability.Tier;
import mizan.core.suitability.Topic;

/// Terms made ready for judging many posts: limits as numbers, and a note of which lists there are at all.
///
/// Compiled with the snapshot, shared by every decision; [Adjacency] says what the rules mean.
final class Rules {
    private final Terms terms;
    private final int maxTier;
    private final int limitedTopics;
    private final int[] maxTierByTopic = new int[Topic.values().length];
    private final boolean hasLists;

    private Rules(Terms terms) {
        this.terms = terms;
        this.maxTier = rank(terms.maxTier());
        Arrays.fill(maxTierByTopic, Integer.MAX_VALUE);
        int limited = 0;
        for (var limit : terms.maxTierByTopic().entrySet()) {
            int topic = bit(limit.getKey());
            limited |= 1 << topic;
            maxTierByTopic[topic] = rank(limit.getValue());
        }
        this.limitedTopics = limited;
        this.hasLists = !terms.authors().isEmpty()
                || !terms.communities().isEmpty()
                || !terms.languages().isEmpty();
    }

    static Rules of(Terms terms) {
        return new Rules(terms);
    }

    Terms terms() {
        return terms;
    }

    @SuppressWarnings("EnumOrdinal") // The order of the constants is the order of risk, and nothing is stored.
    static int rank(Tier tier) {
        return tier.ordinal();
    }

    @SuppressWarnings("EnumOrdinal") // A bit within one process; nothing is stored.
    static int bit(Topic topic) {
        return topic.ordinal();
    }

    /// Sensitive topics as a set of [#bit]s.
    static int bits(Set<Topic> topics) {
        int bits = 0;
        if (!topics.isEmpty()) {
            for (var topic : topics) {
                bits |= 1 << bit(topic);
            }
        }
        return bits;
    }

    /// Whether a rated post above the floor breaks these limits.
    ///
    /// @param topics see [#bits]
    boolean brokenBy(int tier, int topics) {
        if (tier > maxTier && (topics == 0 || (topics & ~limitedTopics) != 0)) {
            return true;
        }
        for (int limited = topics & limitedTopics; limited != 0; limited &= limited - 1) {
            if (tier > maxTierByTopic[Integer.numberOfTrailingZeros(limited)]) {
                return true;
            }
        }
        return false;
    }

    boolean hasLists() {
        return hasLists;
    }

    /// Whether its author or community is listed, or its language is not.
    boolean onAList(FeedPost post) {
        for (var author : post.authors()) {
            if (terms.authors().contains(author)) {
                return true;
            }
        }
        return post.community().filter(terms.communities()::contains).isPresent()
                || (!terms.languages().isEmpty()
                        && post.language().filter(terms.languages()::contains).isEmpty());
    }
}
