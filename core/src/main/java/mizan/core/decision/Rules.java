package mizan.core.decision;

import java.util.Arrays;
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

    /// Whether a rated post above the floor breaks these rules. Agrees with [Adjacency]'s reasons, which
    /// take longer.
    boolean brokenBy(Neighbour post) {
        int topics = post.topics();
        if (post.tier() > maxTier && (topics == 0 || (topics & ~limitedTopics) != 0)) {
            return true;
        }
        for (int limited = topics & limitedTopics; limited != 0; limited &= limited - 1) {
            if (post.tier() > maxTierByTopic[Integer.numberOfTrailingZeros(limited)]) {
                return true;
            }
        }
        return (hasLists && onAList(post)) || post.post().keywordHits().containsKey(terms.id());
    }

    private boolean onAList(Neighbour neighbour) {
        var post = neighbour.post();
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
