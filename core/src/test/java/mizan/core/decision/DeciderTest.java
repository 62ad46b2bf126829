package mizan.core.decision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import mizan.core.campaign.AdGroup;
import mizan.core.campaign.Book;
import mizan.core.campaign.Books;
import mizan.core.campaign.Servability;
import mizan.core.feed.FeedRequest;
import mizan.core.feed.Feeds;
import org.junit.jupiter.api.Test;

class DeciderTest {
    private static final int FEEDS = 10_000;

    @Test
    void givenRandomFeeds_whenDecided_thenNoRuleOfTheHouseIsBroken() {
        int shown = 0;
        int full = 0;
        for (long seed = 0; seed < FEEDS; seed++) {
            var c = new Case(seed);
            var violations = new HouseRules(c.request, c.book, c.live).violations(c.decision.winners());
            assertEquals(List.of(), violations, "seed " + seed);
            shown += c.decision.winners().size();
            full += c.decision.winners().size() > 1 ? 1 : 0;
        }
        // Or the test above would say nothing.
        assertTrue(shown > FEEDS / 4, shown + " ads in all");
        assertTrue(full > FEEDS / 20, full + " feeds with several ads");
    }

    @Test
    void givenRandomFeeds_whenDecided_thenWhoeverWasExaminedMatchedAndHasFactsAndOneOutcome() {
        for (long seed = 0; seed < FEEDS; seed++) {
            var c = new Case(seed);
            var matching = c.book.adGroups().values().stream()
                    .filter(g -> missed(c.book, g, c.request).isEmpty())
                    .map(g -> g.id())
                    .toList();
            var examined = c.decision.facts().stream().map(f -> f.adGroup()).toList();
            assertTrue(matching.containsAll(examined), "seed " + seed);
            assertEquals(
                    new TreeSet<>(examined), new TreeSet<>(c.decision.outcomes().keySet()), "seed " + seed);
            var won = c.decision.outcomes().entrySet().stream()
                    .filter(e -> e.getValue() instanceof Outcome.Won)
                    .map(e -> e.getKey())
                    .collect(Collectors.toCollection(TreeSet::new));
            var winners = c.decision.winners().stream()
                    .map(Decision.Winner::adGroup)
                    .collect(Collectors.toCollection(TreeSet::new));
            assertEquals(winners, won, "seed " + seed);
        }
    }

    /// The search stops early; had it gone on to the last ad group, ads, slots and prices would be the same.
    @Test
    void givenManyAdGroups_whenTheSearchStopsEarly_thenTheDecisionIsThatOfAFullSearch() {
        long examined = 0;
        long eligible = 0;
        for (long seed = 0; seed < 2_000; seed++) {
            // Every other book has few different bids, so that equals must take their turns.
            var book = seed % 2 == 0 ? Books.random(seed, 150) : Books.alike(seed, 150);
            var snapshot = Snapshot.compile(book);
            var request = Feeds.random(seed, book);
            var live = new RandomLive(seed);
            var decision = Decider.decide(request, snapshot, live, Books.NOW, seed);
            var placement = request.placement();
            var room = Room.of(request);
            if (room.maxAds() == 0) {
                assertEquals(List.of(), decision.winners(), "seed " + seed);
                continue;
            }
            var adjacency = new Adjacency(request.posts(), request.session().continued(), room.firstSlot());
            var judge = new Judge(request, room, adjacency, Books.NOW, seed);
            var bounds = live.bounds(snapshot);
            var bidders = new ArrayList<Bidder>();
            for (int i : snapshot.ordinals().toArray()) {
                var entry = snapshot.entry(i);
                if (PlainTargeting.miss(
                                        entry.group().targeting(),
                                        entry.advertiser().timeZone(),
                                        request,
                                        Books.NOW)
                                .isEmpty()
                        && judge.standing(entry).isEmpty()) {
                    eligible++;
                    var reading = new Reading.Now(
                            live,
                            entry,
                            placement,
                            request.viewer(),
                            Books.NOW,
                            Bidder.multiplierPpm(live.multiplier(entry.group())),
                            bounds.maxRatePpm(i));
                    judge.judge(entry, reading).bidder().ifPresent(bidders::add);
                }
            }
            for (var bidder : bidders) {
                for (int slot = room.firstSlot(); slot < request.posts().size(); slot++) {
                    assertEquals(
                            adjacency.breach(bidder.entry().terms(), slot).isEmpty(),
                            bidder.slots().contains(slot),
                            "seed " + seed);
                }
            }
            examined += decision.facts().size();
            var full = new Arrangement(placement, room, bidders, Optional.empty());
            var best = full.solve();
            var expected = best.placed().stream()
                    .map(p -> p.bidder().group() + " after " + p.afterPost() + " for "
                            + Prices.of(
                                            p,
                                            placement,
                                            best,
                                            full.solveWithout(p.bidder().advertiser()))
                                    .priceMicros())
                    .toList();
            var found = decision.winners().stream()
                    .map(w -> w.adGroup() + " after " + w.afterPost() + " for " + w.priceMicros())
                    .toList();
            assertEquals(expected, found, "seed " + seed);
        }
        // Or the search never stopped early, and nothing was tested.
        assertTrue(examined < eligible * 3 / 4, examined + " of " + eligible);
    }

    /// What an auditor recomputes: the bound is the reserve, the cost to the reader and what the others lose.
    @Test
    void givenAWinner_whenItsSumsAreRead_thenTheyGiveItsBoundAndNameWhomItDisplaced() {
        int displacing = 0;
        for (long seed = 0; seed < 2_000; seed++) {
            var c = new Case(seed);
            var placement = c.request.placement();
            var won = new TreeSet<mizan.core.campaign.AdGroupId>();
            c.decision.winners().forEach(w -> won.add(w.adGroup()));
            for (int nth = 0; nth < c.decision.winners().size(); nth++) {
                var winner = c.decision.winners().get(nth);
                var outcome = (Outcome.Won) c.outcome(winner.adGroup()).orElseThrow();
                var facts = c.decision.facts().stream()
                        .filter(f -> f.adGroup().equals(winner.adGroup()))
                        .findFirst()
                        .orElseThrow();
                double factor = Arrangement.factorPpm(placement, nth) / 1e6;
                long reserve = Arrangement.reserve(placement);
                double own = outcome.valueMicros() - (reserve + facts.costMicros()) * factor;
                double lost = Math.max(0, outcome.sumWithoutMicros() - (outcome.sumMicros() - own));
                double bound = reserve + facts.costMicros() + lost / factor;
                assertEquals(bound, (double) outcome.boundMicros(), 3 / factor, "seed " + seed);
                for (var other : outcome.displaced()) {
                    assertTrue(!won.contains(other), "seed " + seed);
                    displacing++;
                }
            }
        }
        assertTrue(displacing > 300, displacing + " displaced");
    }

    @Test
    void givenRandomFeeds_whenDecidedTwice_thenTheAnswerIsTheSame() {
        for (long seed = 0; seed < 1_000; seed++) {
            assertEquals(new Case(seed).decision, new Case(seed).decision, "seed " + seed);
        }
    }

    @Test
    void givenALosersReason_whenCheckedAgainstTheBook_thenItIsTrue() {
        for (long seed = 0; seed < FEEDS; seed++) {
            var c = new Case(seed);
            for (var entry : c.decision.outcomes().entrySet()) {
                var group = c.snapshot.entry(entry.getKey()).orElseThrow().group();
                var campaign = c.book.campaignOf(group);
                var label = "seed " + seed + ": " + entry;
                switch (entry.getValue()) {
                    case Outcome.OutsideFlight(var start, var end) ->
                        assertTrue(
                                Books.NOW.isBefore(start)
                                        || end.filter(e -> !Books.NOW.isBefore(e))
                                                .isPresent(),
                                label);
                    case Outcome.NotServable(var reason) -> {
                        var reasons = Servability.reasonsNotServable(c.book, group, Books.NOW);
                        assertTrue(
                                reasons.contains(reason)
                                        || reason.equals("no_approved_ad")
                                        || reason.equals("other_currency"),
                                label);
                    }
                    case Outcome.Excluded(var breach) -> {
                        if (!breach.postId().isEmpty()) {
                            var post = c.request.posts().stream()
                                    .filter(p -> p.id().equals(breach.postId()))
                                    .findFirst()
                                    .orElseThrow();
                            assertTrue(!HouseRules.tolerates(c.book.termsOf(campaign), post), label);
                        }
                    }
                    case Outcome.FrequencyCapped capped -> assertTrue(capped.shown() >= capped.max(), label);
                    case Outcome.PacedOut(var multiplier) -> assertEquals(0, multiplier, label);
                    case Outcome.BelowFloor(var value, var floor) -> assertTrue(value < floor, label);
                    case Outcome.BudgetSpent spent -> assertTrue(spent.availableMicros() < spent.neededMicros(), label);
                    case Outcome.HiddenByViewer(var what) ->
                        assertEquals(
                                what.equals("advertiser"),
                                c.request
                                        .viewer()
                                        .hiddenAdvertisers()
                                        .contains(campaign.advertiser().value()),
                                label);
                    case Outcome.Separated separated ->
                        assertTrue(
                                separated
                                        .winner()
                                        .map(w -> c.decision.outcomes().get(w) instanceof Outcome.Won)
                                        .orElse(c.request.session().last().isPresent()),
                                label);
                    case Outcome.Won _, Outcome.Outranked _ -> {}
                    case Outcome.NotTargeted _,
                            Outcome.NoConsent _,
                            Outcome.RefusedBySeller _,
                            Outcome.NoRoom _,
                            Outcome.LostHold _,
                            Outcome.HeldOut _ -> throw new AssertionError(label);
                }
            }
        }
    }

    @Test
    void givenRandomFeeds_whenSlotsStayEmpty_thenTheyAreNamedAndDoNotOverlapTheAds() {
        for (long seed = 0; seed < FEEDS; seed++) {
            var c = new Case(seed);
            for (var empty : c.decision.empty()) {
                for (var winner : c.decision.winners()) {
                    assertTrue(empty.afterPost() != winner.afterPost(), "seed " + seed);
                }
            }
            int capacity = Room.of(c.request).maxAds();
            if (c.decision.winners().size() < capacity) {
                assertTrue(
                        !c.decision.empty().isEmpty() || !c.decision.winners().isEmpty(), "seed " + seed);
            }
        }
    }

    static Optional<String> missed(Book book, AdGroup group, FeedRequest request) {
        var zone = book.advertiserOf(book.campaignOf(group)).timeZone();
        return PlainTargeting.miss(group.targeting(), zone, request, Books.NOW);
    }

    /// One random decision and all that went into it.
    static final class Case {
        final Book book;
        final Snapshot snapshot;
        final FeedRequest request;
        final Live live;
        final long seed;
        final Decision decision;

        Case(long seed) {
            this.seed = seed;
            book = Books.random(seed);
            snapshot = Snapshot.compile(book);
            request = Feeds.random(seed, book);
            live = new RandomLive(seed);
            decision = Decider.decide(request, snapshot, live, Books.NOW, seed);
        }

        Optional<Outcome> outcome(mizan.core.campaign.AdGroupId group) {
            return Optional.ofNullable(decision.outcomes().get(group));
        }
    }
}
