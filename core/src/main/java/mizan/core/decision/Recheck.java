package mizan.core.decision;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import mizan.core.feed.FeedPost;
import mizan.core.receipt.DecisionRecord;
import mizan.core.receipt.Impression;
import mizan.core.suitability.Terms;

/// Judges the place of an ad that was shown once more, with what is known now: the same rules, the same
/// version of the terms, another version of a post.
public final class Recheck {
    private Recheck() {}

    /// The posts that an ad's terms judge, as they were when it was placed.
    public static List<FeedPost> neighbours(List<FeedPost> posts, Optional<Terms> terms, int afterPost) {
        int before = terms.map(Terms::before).orElse(1);
        int after = terms.map(Terms::after).orElse(1);
        return posts.subList(Math.max(0, afterPost - before), Math.min(posts.size(), afterPost + after));
    }

    /// The breach that one changed post makes of an ad's place; empty when the ad may still stand there.
    ///
    /// @param terms those that it was placed by
    /// @param now the post as it is known now, with its keyword hits for these terms
    public static Optional<Breach> breach(
            DecisionRecord record, Impression impression, Optional<Terms> terms, FeedPost now) {
        var posts = new ArrayList<FeedPost>();
        record.posts().forEach(post -> posts.add(post.id().equals(now.id()) ? now : post));
        return Adjacency.breach(posts, record.session().continued(), terms, impression.afterPost())
                .filter(breach -> breach.postId().equals(now.id()));
    }
}
