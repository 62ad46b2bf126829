package mizan.core.decision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.Set;
import mizan.core.feed.FeedPost;
import mizan.core.suitability.PostVerdict;
import mizan.core.suitability.Tier;
import org.junit.jupiter.api.Test;

class ReviewReachTest {
    private static final int SEEDS = 3_000;

    /// Counted a second time with the house's own rules, which share no code with the engine.
    @Test
    void givenPostsThatWait_whenAPageIsRead_thenEachCountsTheCampaignsThatASafeVerdictWouldLetIn() {
        long counted = 0;
        for (long seed = 0; seed < SEEDS; seed++) {
            var c = new DeciderTest.Case(seed);
            var running =
                    c.book.campaigns().values().stream().map(c.book::termsOf).toList();
            var reach = new ReviewReach(running, c.request.posts());
            reach.page(DryRunTest.record(c), 3);
            for (var post : c.request.posts()) {
                long opened = running.stream()
                        .filter(terms -> !HouseRules.tolerates(terms, post) && HouseRules.tolerates(terms, safe(post)))
                        .count();
                assertEquals(3 * opened, reach.of(post.id()), "seed " + seed);
                counted += opened;
            }
        }
        assertTrue(counted > SEEDS, counted + " chances"); // Or nothing was tried.
    }

    @Test
    void givenAnotherVersionOfAPost_whenAPageIsRead_thenItDoesNotCount() {
        var c = new DeciderTest.Case(1);
        var edited = c.request.posts().stream()
                .map(p -> new FeedPost(
                        p.id(),
                        p.authors(),
                        p.language(),
                        p.community(),
                        p.topics(),
                        Optional.empty(),
                        p.keywordHits(),
                        p.keywords(),
                        "edited"))
                .toList();
        var reach = new ReviewReach(
                c.book.campaigns().values().stream().map(c.book::termsOf).toList(), edited);
        reach.page(DryRunTest.record(c), 1);
        edited.forEach(post -> assertEquals(0, reach.of(post.id())));
    }

    private static FeedPost safe(FeedPost post) {
        return post.withVerdict(post.verdict()
                .or(() -> Optional.of(verdict()))
                .map(v ->
                        new PostVerdict(Tier.SAFE, Set.of(), v.rater(), v.raterVersion(), v.ratedAt(), v.evidence())));
    }

    private static PostVerdict verdict() {
        return new PostVerdict(Tier.SAFE, Set.of(), "review", "", java.time.Instant.EPOCH, Optional.empty());
    }
}
