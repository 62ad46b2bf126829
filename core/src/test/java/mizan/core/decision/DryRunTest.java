package mizan.core.decision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import mizan.core.campaign.Books;
import mizan.core.campaign.CampaignId;
import mizan.core.feed.FeedPost;
import mizan.core.receipt.DecisionRecord;
import mizan.core.receipt.Impression;
import mizan.core.suitability.Terms;
import org.junit.jupiter.api.Test;

class DryRunTest {
    private static final int SEEDS = 3_000;

    @Test
    void givenTheTermsInForce_whenTriedAgain_thenNothingChanges() {
        long shown = 0;
        for (long seed = 0; seed < SEEDS; seed++) {
            var c = new DeciderTest.Case(seed);
            for (var terms : c.book.terms().values()) {
                var result = run(c, terms, terms);
                assertEquals(result.shown(), result.kept(), "seed " + seed);
                assertEquals(0, result.opened(), "seed " + seed);
                assertEquals(result.posts().blockedNow(), result.posts().blocked(), "seed " + seed);
                assertEquals(List.of(), result.blocked(), "seed " + seed);
                shown += result.shown();
            }
        }
        assertTrue(shown > SEEDS / 10, shown + " ads"); // Or nothing was tried.
    }

    /// Counted a second time with the house's own rules, which share no code with the engine.
    @Test
    void givenOtherTerms_whenTried_thenAdsAndPostsAreKeptAndLostAsTheHouseRulesSay() {
        long kept = 0;
        long moved = 0;
        long lost = 0;
        for (long seed = 0; seed < SEEDS; seed++) {
            var c = new DeciderTest.Case(seed);
            var others =
                    Books.random(seed + 1_000_000).terms().values().stream().toList();
            for (var now : c.book.terms().values()) {
                if (others.isEmpty()) {
                    continue;
                }
                var other = others.get(new SplittableRandom(seed).nextInt(others.size()));
                var proposed = as(now, other);
                var result = run(c, now, proposed);
                var record = record(c);
                var ours = record.impressions().stream()
                        .filter(i ->
                                i.terms().filter(t -> t.id().equals(now.id())).isPresent())
                        .toList();
                long staying = ours.stream()
                        .filter(i -> allowed(c, proposed, i.afterPost()))
                        .count();
                boolean room = false;
                for (int slot = 1; slot < c.request.posts().size(); slot++) {
                    room |= allowed(c, proposed, slot);
                }
                assertEquals(staying, result.kept(), "seed " + seed);
                assertEquals(room ? ours.size() - staying : 0, result.moved(), "seed " + seed);
                assertEquals(room ? 0 : ours.size() - staying, result.lost(), "seed " + seed);
                assertEquals(
                        c.request.posts().stream()
                                .filter(p -> !HouseRules.tolerates(Optional.of(proposed), p))
                                .count(),
                        result.posts().blocked(),
                        "seed " + seed);
                kept += result.kept();
                moved += result.moved();
                lost += result.lost();
            }
        }
        assertTrue(kept > 100 && moved > 30 && lost > 30, kept + " kept, " + moved + " moved, " + lost + " lost");
    }

    private static boolean allowed(DeciderTest.Case c, Terms terms, int slot) {
        var posts = c.request.posts();
        for (int post = slot - terms.before(); post < slot + terms.after(); post++) {
            // What stands on another page is unknown, and so not allowed.
            boolean before = post < 0 && !c.request.session().continued();
            boolean fine = before
                    || (post >= 0 && post < posts.size() && HouseRules.tolerates(Optional.of(terms), posts.get(post)));
            if (!fine) {
                return false;
            }
        }
        return true;
    }

    /// Other limits under the same id, so that the posts' keyword hits are those of these terms.
    private static Terms as(Terms now, Terms other) {
        return new Terms(
                now.id(),
                now.advertiser(),
                now.version() + 1,
                other.name(),
                other.preset(),
                other.maxTier(),
                other.maxTierByTopic(),
                now.keywords(),
                other.authors(),
                other.communities(),
                other.languages(),
                other.before(),
                other.after(),
                other.signedBy(),
                other.signedAt());
    }

    private static DryRun.Result run(DeciderTest.Case c, Terms now, Terms proposed) {
        var campaigns = c.book.campaigns().values().stream()
                .filter(x -> x.terms().filter(now.id()::equals).isPresent())
                .map(x -> x.id())
                .collect(Collectors.toSet());
        var groups = c.book.adGroups().values().stream()
                .filter(g -> campaigns.contains(g.campaign()))
                .map(g -> g.id())
                .collect(Collectors.toSet());
        var run = new DryRun(Optional.of(now), proposed, campaigns, groups, DryRunTest::hit);
        run.shown(record(c));
        run.page(record(c));
        return run.result();
    }

    private static Optional<String> hit(FeedPost post, Terms terms) {
        return Optional.ofNullable(post.keywordHits().get(terms.id()));
    }

    static DecisionRecord record(DeciderTest.Case c) {
        List<Impression> impressions = c.decision.winners().stream()
                .map(w -> ExplanationTest.impression(c, w))
                .toList();
        return ExplanationTest.record(c, c.request.posts(), impressions, List.of());
    }

    /// Nobody else's ads are looked at.
    @Test
    void givenAdsOfOthers_whenTermsAreTried_thenTheyAreNotCounted() {
        var c = new DeciderTest.Case(5);
        Set<CampaignId> none = Set.of();
        var terms = c.book.terms().values().iterator().next();
        var run = new DryRun(Optional.of(terms), terms, none, Set.of(), DryRunTest::hit);
        run.shown(record(c));
        assertEquals(0, run.result().shown());
    }
}
