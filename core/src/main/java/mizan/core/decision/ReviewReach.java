package mizan.core.decision;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import mizan.core.feed.FeedPost;
import mizan.core.receipt.DecisionRecord;
import mizan.core.suitability.PostVerdict;
import mizan.core.suitability.Ratings;
import mizan.core.suitability.Terms;
import mizan.core.suitability.Tier;

/// The reach that posts block until a person answers, from recorded pages: each time such a post was on a
/// page, every campaign counts that its verdict keeps away and a SAFE one would let in.
///
/// It counts chances, not impressions: who would have won is not decided again.
public final class ReviewReach {
    private static final PostVerdict CLEARED =
            new PostVerdict(Tier.SAFE, Set.of(), Ratings.REVIEW, "", Instant.EPOCH, Optional.empty());

    private final Map<Optional<Terms>, Long> campaigns = new HashMap<>();
    private final Map<String, FeedPost> asked = new HashMap<>();
    private final Map<String, Long> reach = new HashMap<>();

    /// @param campaigns the terms of each running campaign, empty for one that has none
    /// @param asked posts that wait for a person, with the verdict that counts now
    public ReviewReach(List<Optional<Terms>> campaigns, Collection<FeedPost> asked) {
        campaigns.forEach(terms -> this.campaigns.merge(terms, 1L, Long::sum));
        asked.forEach(post -> this.asked.put(post.id(), post));
    }

    /// @param standsFor how many pages this one stands for in a sample
    public void page(DecisionRecord record, long standsFor) {
        for (var shown : record.posts()) {
            var post = asked.get(shown.id());
            if (post != null && post.commitment().equals(shown.commitment())) {
                reach.merge(post.id(), standsFor * kept(shown, post.verdict()), Long::sum);
            }
        }
    }

    /// Whatever else a post holds, such as a keyword, keeps away before and after a review.
    private long kept(FeedPost shown, Optional<PostVerdict> verdict) {
        var now = shown.withVerdict(verdict);
        var cleared = shown.withVerdict(Optional.of(CLEARED));
        return campaigns.entrySet().stream()
                .filter(e -> Adjacency.broken(now, e.getKey()).isPresent()
                        && Adjacency.broken(cleared, e.getKey()).isEmpty())
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    public long of(String post) {
        return reach.getOrDefault(post, 0L);
    }
}
