package mizan.server.terms;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import mizan.core.campaign.Servability;
import mizan.core.decision.ReviewReach;
import mizan.core.feed.FeedPost;
import mizan.core.suitability.Ratings.Question;
import mizan.core.suitability.linear.LinearModel;
import mizan.core.suitability.linear.LinearRater;
import mizan.server.accounting.Fact;
import mizan.server.app.Engine;
import mizan.server.rating.KnownPost;
import mizan.server.rating.PostStore;
import mizan.server.serve.FactCodec;

/// The posts that wait for a person, in the order in which an answer is worth most.
///
/// Reported ones come first: somebody saw harm. Of the others the one that blocks the most reach comes first, weighed
/// by how little the machines know.
public final class ReviewQueue {
    /// Posts that are ranked; of more, the newest.
    private static final int RANKED = 1_000;
    /// Pages that are read for it, spread over the last days.
    private static final int PAGES = 1_000;

    private final Engine engine;

    public ReviewQueue(Engine engine) {
        this.engine = engine;
    }

    /// @param reach chances of ads in the last 7 days that the post kept away and a SAFE verdict would not have: pages
    ///     that it was on, times the campaigns that are running now and were kept away
    /// @param doubt how little the raters know, [0, 1]
    public record Waiting(PostStore.Open open, long reach, double doubt) {
        /// What an answer can be expected to open, in chances of ads.
        public long worth() {
            return Math.round(reach * doubt);
        }
    }

    public List<Waiting> first(int most) {
        var open = engine.posts().open(RANKED);
        var reach = reach(open);
        return open.stream()
                .map(o -> new Waiting(o, reach.of(o.post().id()), doubt(o)))
                .sorted(Comparator.comparing((Waiting w) -> w.open().question() != Question.REPORTED)
                        .thenComparing(Comparator.comparingLong(Waiting::worth).reversed()))
                .limit(most)
                .toList();
    }

    private ReviewReach reach(List<PostStore.Open> open) {
        var now = engine.time().instant();
        var book = engine.booking().book();
        var running = book.campaigns().values().stream()
                .filter(c -> Servability.reasonsNotServable(book, c, now).isEmpty())
                .map(book::termsOf)
                .toList();
        var posts =
                open.stream().map(PostStore.Open::post).map(ReviewQueue::facts).toList();
        var reach = new ReviewReach(running, posts);
        var sample = engine.recentDecisions().pages(now);
        int step = Math.max(1, Math.ceilDiv(sample.positions().size(), PAGES));
        for (int i = 0; i < sample.positions().size(); i += step) {
            engine.journal()
                    .at(sample.positions().get(i))
                    .flatMap(FactCodec::read)
                    .ifPresent(fact -> {
                        if (fact instanceof Fact.Decided decided) {
                            reach.page(decided.record(), (long) step * sample.oneIn());
                        }
                    });
        }
        return reach;
    }

    private static FeedPost facts(KnownPost post) {
        return post.facts(Map.of(), Set.of());
    }

    /// Raters that contradict each other, and people, leave all open.
    private static double doubt(PostStore.Open open) {
        return open.question() != Question.DOUBTED
                ? 1
                : open.post().ratings().standing().stream()
                        .flatMap(v -> LinearRater.reading(v).stream())
                        .mapToDouble(LinearModel.Reading::doubt)
                        .max()
                        .orElse(1);
    }
}
