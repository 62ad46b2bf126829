package mizan.core.decision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import mizan.core.campaign.Book;
import mizan.core.campaign.Books;
import mizan.core.campaign.ChargeBy;
import mizan.core.campaign.Creative;
import mizan.core.campaign.CreativeId;
import mizan.core.feed.FeedRequest;
import mizan.core.feed.Feeds;
import mizan.core.feed.Offer;
import mizan.core.feed.Session;
import mizan.core.identity.SortableId;
import mizan.core.receipt.DecisionId;
import mizan.core.receipt.DecisionRecord;
import org.junit.jupiter.api.Test;

/// One slot that a seller offers: what it asks holds, and can be explained afterwards.
class OfferTest {
    private static Offer random(SplittableRandom random, Map<?, Creative> creatives) {
        var some =
                creatives.values().stream().filter(_ -> random.nextInt(3) == 0).toList();
        var categories = new TreeSet<String>();
        var domains = new TreeSet<String>();
        for (var creative : some) {
            creative.category().ifPresent(categories::add);
            if (random.nextBoolean()) {
                domains.add(creative.landingPage().getHost());
            }
        }
        return new Offer(
                random.nextInt(1, 4),
                random.nextLong(12_000_000),
                random.nextInt(3) == 0 ? categories : Set.of(),
                random.nextInt(6) == 0 ? categories : Set.of(),
                random.nextInt(3) == 0 ? domains : Set.of(),
                random.nextInt(6) == 0
                        ? Optional.of(random.nextBoolean() ? Offer.Least.ANY : new Offer.Least(400, 200))
                        : Optional.empty(),
                random.nextInt(3) == 0 ? 1 + random.nextInt(40) : 0,
                0,
                random.nextBoolean());
    }

    private static Creative creative(Book book, CreativeId id) {
        return Optional.ofNullable(book.creatives().get(id)).orElseThrow();
    }

    @Test
    void givenRandomOffers_whenDecided_thenNoWinnerIsRefusedNonePaysBelowTheFloorAndTheRecordRepeatsIt() {
        int won = 0;
        int refused = 0;
        for (long seed = 0; seed < 4_000; seed++) {
            var book = Books.random(seed, 40);
            var snapshot = Snapshot.compile(book);
            var page = Feeds.random(seed, book, 2 + (int) (seed % 4));
            var offer = random(new SplittableRandom(seed), book.creatives());
            var request = FeedRequest.offered(offer, page.booked(), page.viewer(), Session.START, page.posts());
            var decision = Decider.decide(request, snapshot, new RandomLive(seed), Books.NOW, seed);
            for (var winner : decision.winners()) {
                assertEquals(Optional.empty(), offer.refuses(creative(book, winner.creative())), "seed " + seed);
                assertTrue(winner.valueMicros() >= offer.floorCpmMicros(), "seed " + seed);
                assertEquals(offer.slot(), winner.afterPost(), "seed " + seed);
                assertTrue(offer.views() || winner.chargeBy() != ChargeBy.VIEWABLE_IMPRESSION, "seed " + seed);
                won++;
            }
            for (var outcome : decision.outcomes().entrySet()) {
                if (outcome.getValue() instanceof Outcome.RefusedBySeller(var what) && !what.equals("viewability")) {
                    var ads = snapshot.entry(outcome.getKey()).orElseThrow().ads();
                    assertTrue(
                            ads.stream()
                                    .allMatch(a -> offer.refuses(creative(book, a.creative()))
                                            .isPresent()),
                            "seed " + seed);
                    refused++;
                }
            }
            var record = new DecisionRecord(
                    new DecisionId(SortableId.of(DecisionId.PREFIX, 0, 0, seed)),
                    Books.NOW,
                    seed,
                    book.revision(),
                    0,
                    page.booked().id(),
                    request.viewer(),
                    Session.START,
                    request.posts(),
                    decision.facts(),
                    decision.stopped(),
                    List.of(),
                    decision.empty(),
                    List.of(),
                    List.of(),
                    Optional.of(offer));
            assertEquals(decision, Explanation.repeat(record, snapshot), "seed " + seed);
            assertEquals(snapshot.size(), Explanation.of(record, snapshot).size(), "seed " + seed);
        }
        assertTrue(won > 500 && refused > 100, won + " won, " + refused + " refused");
    }

    @Test
    void givenACreativeOfWhichNobodySaidWhatItAdvertises_whenAnyCategoryIsRefused_thenItIsToo() {
        var book = Books.random(1, 40);
        var unsaid = book.creatives().values().stream()
                .filter(c -> c.category().isEmpty())
                .findFirst()
                .orElseThrow();
        var offer = new Offer(1, 0, Set.of("1002"), Set.of(), Set.of(), Optional.empty(), 0, 0, true);
        assertEquals(Optional.of("category"), offer.refuses(unsaid));
    }

    @Test
    void givenASellerWhoNeedsAPictureOfASize_whenACreativeHasNoneOrASmallerOne_thenItIsRefused() {
        var book = Books.random(1, 40);
        var offer = new Offer(1, 0, Set.of(), Set.of(), Set.of(), Optional.of(new Offer.Least(400, 300)), 0, 0, true);
        for (var creative : book.creatives().values()) {
            boolean fits = creative.picture()
                    .filter(p -> p.width() >= 400 && p.height() >= 300)
                    .isPresent();
            assertEquals(fits ? Optional.empty() : Optional.of("format"), offer.refuses(creative));
        }
        assertTrue(book.creatives().values().stream()
                .anyMatch(c -> offer.refuses(c).isEmpty()));
    }

    @Test
    void givenARefusedDomain_whenALandingPageIsBelowIt_thenTheCreativeIsRefusedAndAnotherNameThatEndsAlikeIsNot() {
        var creative = Books.random(1, 40).creatives().values().iterator().next();
        var host = creative.landingPage().getHost();
        var parent = host.substring(host.indexOf('.') + 1);
        assertEquals(
                Optional.of("domain"),
                new Offer(1, 0, Set.of(), Set.of(), Set.of(parent), Optional.empty(), 0, 0, true).refuses(creative));
        assertEquals(
                Optional.empty(),
                new Offer(1, 0, Set.of(), Set.of(), Set.of(parent.substring(1)), Optional.empty(), 0, 0, true)
                        .refuses(creative));
    }
}
