package mizan.core.decision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import mizan.core.campaign.Books;
import mizan.core.feed.FeedPost;
import mizan.core.identity.SortableId;
import mizan.core.receipt.DecisionId;
import mizan.core.receipt.DecisionRecord;
import mizan.core.receipt.Impression;
import mizan.core.receipt.ImpressionId;
import mizan.core.suitability.Terms;
import org.junit.jupiter.api.Test;

class ExplanationTest {
    private static final int DECISIONS = 10_000;

    @Test
    void givenARecord_whenItIsDecidedAgain_thenWinnersPricesAndReasonsAreTheSame() {
        for (long seed = 0; seed < DECISIONS; seed++) {
            var c = new DeciderTest.Case(seed);
            assertEquals(c.decision, Explanation.repeat(record(c, List.of()), c.snapshot), "seed " + seed);
        }
    }

    @Test
    void givenARecord_whenExplained_thenEveryAdGroupHasItsReasonWinnersFirst() {
        var reasons = new HashSet<String>();
        for (long seed = 0; seed < DECISIONS; seed++) {
            var c = new DeciderTest.Case(seed);
            var explained = Explanation.of(record(c, List.of()), c.snapshot);
            var groups = new TreeSet<>(c.book.adGroups().keySet());
            assertEquals(groups.size(), explained.size(), "seed " + seed);
            int winners = c.decision.winners().size();
            for (int i = 0; i < explained.size(); i++) {
                var outcome = explained.get(i).outcome();
                assertEquals(i < winners, outcome instanceof Outcome.Won, "seed " + seed);
                var group = explained.get(i).entry().group();
                assertTrue(groups.remove(group.id()), "seed " + seed);
                var miss = DeciderTest.missed(c.book, group, c.request);
                boolean forWantOfConsent = outcome instanceof Outcome.NoConsent;
                boolean untargeted = outcome instanceof Outcome.NotTargeted;
                assertEquals(miss.isPresent(), forWantOfConsent || untargeted, "seed " + seed + ": " + outcome);
                if (outcome instanceof Outcome.NotTargeted(var criterion)) {
                    assertEquals(miss.orElseThrow(), criterion, "seed " + seed);
                }
                if (forWantOfConsent) {
                    assertTrue(!c.request.viewer().personalised(), "seed " + seed);
                }
                reasons.add(outcome.code());
            }
        }
        // The random books must reach nearly every reason, or this test says little.
        assertTrue(
                reasons.containsAll(List.of(
                        "won",
                        "not_targeted",
                        "no_consent",
                        "not_servable",
                        "outside_flight",
                        "budget_spent",
                        "frequency_capped",
                        "paced_out",
                        "hidden_by_viewer",
                        "below_floor",
                        "separation",
                        "outranked",
                        "unrated_neighbour",
                        "excluded_tier")),
                reasons.toString());
    }

    @Test
    void givenAWinnerWhoseMoneyWasGone_whenExplained_thenItLostItsHold() {
        for (long seed = 0; ; seed++) {
            var c = new DeciderTest.Case(seed);
            if (!c.decision.winners().isEmpty()) {
                var group = c.decision.winners().getFirst().adGroup();
                var explained = Explanation.of(record(c, List.of(group.value())), c.snapshot).stream()
                        .filter(e -> e.entry().group().id().equals(group))
                        .findFirst()
                        .orElseThrow();
                assertInstanceOf(Outcome.LostHold.class, explained.outcome());
                return;
            }
        }
    }

    @Test
    void givenPlacedAds_whenANeighbourHadBeenUnrated_thenEachIsCountedAsABreachAndNoneOtherwise() {
        int counted = 0;
        for (long seed = 0; seed < 2_000; seed++) {
            var c = new DeciderTest.Case(seed);
            var impressions =
                    c.decision.winners().stream().map(w -> impression(c, w)).toList();
            var placed = record(c, c.request.posts(), impressions, List.of());
            assertEquals(0, Explanation.breaches(placed, c.snapshot), "seed " + seed);
            var unrated =
                    c.request.posts().stream().map(ExplanationTest::unrated).toList();
            var spoiled = record(c, unrated, impressions, List.of());
            assertEquals(impressions.size(), Explanation.breaches(spoiled, c.snapshot), "seed " + seed);
            counted += impressions.size();
        }
        assertTrue(counted > 500, counted + " ads");
    }

    @Test
    void givenARecordWithTheHitsOfThoseJudgedAlone_whenItIsDecidedAgain_thenNothingDiffers() {
        int pruned = 0;
        for (long seed = 0; seed < 5_000; seed++) {
            var c = new DeciderTest.Case(seed);
            var judged = c.decision.facts().stream()
                    .flatMap(f -> c.snapshot.entry(f.adGroup()).orElseThrow().terms().stream())
                    .map(Terms::id)
                    .collect(Collectors.toSet());
            var posts =
                    c.request.posts().stream().map(p -> p.withHitsOf(judged)).toList();
            pruned += posts.equals(c.request.posts()) ? 0 : 1;
            var record = record(c, posts, List.of(), List.of());
            assertEquals(c.decision, Explanation.repeat(record, c.snapshot), "seed " + seed);
        }
        assertTrue(pruned > 100, pruned + " records pruned");
    }

    private static FeedPost unrated(FeedPost post) {
        return new FeedPost(
                post.id(),
                post.authors(),
                post.language(),
                post.community(),
                post.topics(),
                Optional.empty(),
                post.keywordHits(),
                post.keywords(),
                post.commitment());
    }

    static Impression impression(DeciderTest.Case c, Decision.Winner w) {
        return new Impression(
                new ImpressionId(SortableId.of(ImpressionId.PREFIX, 0, w.afterPost(), c.seed)),
                new DecisionId(SortableId.of(DecisionId.PREFIX, 0, 0, c.seed)),
                w.afterPost(),
                w.advertiser(),
                w.campaign(),
                w.adGroup(),
                w.ad(),
                w.creative(),
                w.terms(),
                1,
                w.afterPost(),
                w.chargeBy(),
                w.priceMicros(),
                w.heldMicros(),
                w.boundMicros(),
                c.request.placement().currency(),
                Books.NOW,
                Books.NOW.plusSeconds(900));
    }

    static DecisionRecord record(DeciderTest.Case c, List<String> unfunded) {
        return record(c, c.request.posts(), List.of(), unfunded);
    }

    static DecisionRecord record(
            DeciderTest.Case c, List<FeedPost> posts, List<Impression> impressions, List<String> unfunded) {
        return new DecisionRecord(
                new DecisionId(SortableId.of(DecisionId.PREFIX, 0, 0, c.seed)),
                Books.NOW,
                c.seed,
                c.book.revision(),
                0,
                c.request.placement().id(),
                c.request.viewer(),
                c.request.session(),
                posts,
                c.decision.facts(),
                c.decision.stopped(),
                impressions,
                c.decision.empty(),
                unfunded,
                List.of());
    }
}
