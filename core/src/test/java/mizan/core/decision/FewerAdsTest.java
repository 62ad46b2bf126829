package mizan.core.decision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import mizan.core.campaign.Books;
import mizan.core.campaign.CommunityVeto;
import mizan.core.campaign.Placement;
import mizan.core.feed.FeedPost;
import mizan.core.feed.FeedRequest;
import mizan.core.feed.Feeds;
import mizan.core.feed.Session;
import mizan.core.feed.Viewer;
import mizan.core.receipt.EmptySlot;
import org.junit.jupiter.api.Test;

/// Readers and communities that want fewer ads, and readers without any.
class FewerAdsTest {
    private static final int CASES = 4_000;
    private static final Viewer FEWER = Viewer.UNKNOWN.seeing(Viewer.Ads.FEWER);
    private static final Viewer NONE = Viewer.UNKNOWN.seeing(Viewer.Ads.NONE);

    @Test
    void givenAnyPlacement_whenAReaderWithFewerAdsReadsASession_thenItHoldsAtMostHalfOfWhatThePlacementAllows() {
        long all = 0;
        long fewer = 0;
        for (long seed = 0; seed < CASES; seed++) {
            var random = new SplittableRandom(seed);
            var placement = placement(
                    1 + random.nextInt(5),
                    1 + random.nextInt(8),
                    1 + random.nextInt(5),
                    0.05 + 0.9 * random.nextDouble());
            int size = 5 + random.nextInt(40);
            int pages = 1 + random.nextInt(12);
            int shown = fill(placement, FEWER, size, pages);
            double densest = Math.min(
                    Math.min(placement.adLoad(), 1.0 / placement.minGap()), (double) placement.maxAds() / size);
            assertTrue(shown <= densest * size * pages / 2 + 1e-3, "seed " + seed + ": " + shown + " ads");
            all += fill(placement, Viewer.UNKNOWN, size, pages);
            fewer += shown;
        }
        // Rounded down at every end of a session, but never to nothing.
        assertTrue(fewer <= all / 2 && fewer > all / 3, fewer + " of " + all);
    }

    @Test
    void givenPagesOfAnyLengths_whenAReaderWithFewerAdsReadsThem_thenTheyHoldAtMostHalfOfWhatTheirPagesAllow() {
        for (long seed = 0; seed < CASES; seed++) {
            var random = new SplittableRandom(seed);
            var placement = placement(
                    1 + random.nextInt(3),
                    1 + random.nextInt(8),
                    1 + random.nextInt(5),
                    random.nextBoolean() ? 1 : 0.05 + 0.9 * random.nextDouble());
            var sizes = random.ints(1 + random.nextInt(12), 2, 40).boxed().toList();
            double allowed = sizes.stream()
                    .mapToDouble(size -> Math.min(
                            Math.min(placement.adLoad() * size, (double) size / placement.minGap()),
                            placement.maxAds()))
                    .sum();
            int shown =
                    perPage(placement, FEWER, sizes).stream().mapToInt(n -> n).sum();
            assertTrue(shown <= allowed / 2 + 1e-3, "seed " + seed + ": " + shown + " of " + allowed + ", " + sizes);
        }
    }

    @Test
    void givenALongPageAndThenShortOnes_whenEachHasRoomForOneAd_thenAtMostEverySecondPageShowsIt() {
        var sizes = List.of(20, 2, 2, 2, 2, 2, 2, 2, 2);
        assertEquals(List.of(0, 1, 0, 1, 0, 1, 0, 1, 0), perPage(placement(1, 1, 1, 1), FEWER, sizes));
    }

    @Test
    void givenRoomForOneAdAPage_whenAReaderHasFewerAds_thenEverySecondPageShowsIt() {
        var placement = placement(1, 5, 1, 1);
        assertEquals(List.of(0, 1, 0, 1, 0, 1), perPage(placement, FEWER, 20, 6));
        assertEquals(List.of(1, 1, 1, 1, 1, 1), perPage(placement, Viewer.UNKNOWN, 20, 6));
    }

    @Test
    void givenAnyFeed_whenTheReaderHasNoAds_thenNothingIsPlacedAndEverySlotOfOthersSaysWhy() {
        int said = 0;
        for (long seed = 0; seed < CASES; seed++) {
            var book = Books.random(seed, 20);
            var any = Feeds.random(seed, book);
            var request =
                    new FeedRequest(any.booked(), any.viewer().seeing(Viewer.Ads.NONE), any.session(), any.posts());
            var decision = decide(request, book, seed);
            assertEquals(List.of(), decision.winners(), "seed " + seed);
            assertEquals(List.of(), decision.examined(), "seed " + seed);
            boolean room = Room.of(any).maxAds() > 0;
            assertTrue(
                    !room || decision.empty().stream().allMatch(e -> e.reason() == EmptySlot.Reason.AD_FREE),
                    "seed " + seed + ": " + decision.empty());
            assertTrue(!room || decision.empty().size() == Room.of(any).maxAds(), "seed " + seed);
            said += room ? 1 : 0;
        }
        assertTrue(said > CASES / 4, said + " feeds had room");
    }

    @Test
    void givenAnyFeed_whenTheReaderHasFewerAds_thenNoMorePlacesAreNamedThanOthersHave() {
        int said = 0;
        for (long seed = 0; seed < CASES; seed++) {
            var book = Books.random(seed, 20);
            var any = Feeds.random(seed, book);
            var request =
                    new FeedRequest(any.booked(), any.viewer().seeing(Viewer.Ads.FEWER), any.session(), any.posts());
            var decision = decide(request, book, seed);
            for (var empty : decision.empty()) {
                said += empty.reason() == EmptySlot.Reason.FEWER_ADS ? 1 : 0;
            }
            int places = decision.winners().size() + decision.empty().size();
            assertTrue(places <= Math.max(1, Room.of(any).maxAds()), "seed " + seed + ": " + places);
            assertTrue(decision.winners().size() <= (Room.of(any).maxAds() + 1) / 2, "seed " + seed);
        }
        assertTrue(said > CASES / 10, said + " slots given up");
    }

    @Test
    void givenACommunityThatWantsFewerAds_whenItsOwnPageIsRead_thenHalfAreShownAndInAMixedFeedAll() {
        var quiet = new CommunityVeto("quiet", false, Set.of(), Set.of(), true);
        var placement = vetoed(placement(1, 2, 4, 1), quiet);
        var own = Collections.nCopies(20, post("quiet"));
        var mixed =
                Stream.concat(own.stream().limit(19), Stream.of(post("loud"))).toList();
        assertEquals(2, Room.of(new FeedRequest(placement, Viewer.UNKNOWN, own)).maxAds());
        assertEquals(
                4, Room.of(new FeedRequest(placement, Viewer.UNKNOWN, mixed)).maxAds());
    }

    @Test
    void givenAReaderWithoutAds_whenAskedForRoom_thenThereIsNone() {
        var posts = Collections.nCopies(20, post("loud"));
        assertEquals(
                0, Room.of(new FeedRequest(placement(1, 2, 4, 1), NONE, posts)).maxAds());
    }

    private static Decision decide(FeedRequest request, mizan.core.campaign.Book book, long seed) {
        return Decider.decide(request, Snapshot.compile(book), new RandomLive(seed), Books.NOW, seed);
    }

    private static int fill(Placement placement, Viewer viewer, int size, int pages) {
        return perPage(placement, viewer, size, pages).stream().mapToInt(n -> n).sum();
    }

    /// How many ads each page takes when there are always enough.
    private static List<Integer> perPage(Placement placement, Viewer viewer, int size, int pages) {
        return perPage(placement, viewer, Collections.nCopies(pages, size));
    }

    private static List<Integer> perPage(Placement placement, Viewer viewer, List<Integer> sizes) {
        var shown = new java.util.ArrayList<Integer>();
        var session = Session.START;
        for (int size : sizes) {
            var request = new FeedRequest(placement, viewer, session, Collections.nCopies(size, post("loud")));
            var room = Room.of(request);
            int slot = room.firstSlot();
            int last = slot;
            for (int n = 1; n < room.maxAds(); n++) {
                slot = room.following(slot);
                last = slot;
            }
            shown.add(room.maxAds());
            session = room.maxAds() == 0 ? request.afterNoAd() : request.after(room.maxAds(), last, "adv", "cars");
        }
        return shown;
    }

    private static FeedPost post(String community) {
        return new FeedPost(
                "p",
                List.of(),
                Optional.empty(),
                Optional.of(community),
                Set.of(),
                Optional.empty(),
                Map.of(),
                Set.of(),
                "");
    }

    private static Placement placement(int firstSlot, int minGap, int maxAds, double load) {
        var any = Books.random(1).placements().values().iterator().next();
        Instant now = Books.NOW;
        return new Placement(
                any.id(),
                "home",
                any.name(),
                any.surface(),
                any.status(),
                new Placement.Spacing(firstSlot, minGap, 0, maxAds, load),
                0,
                Books.USD,
                List.of(1.0),
                now,
                List.of());
    }

    private static Placement vetoed(Placement p, CommunityVeto veto) {
        return new Placement(
                p.id(),
                p.code(),
                p.name(),
                p.surface(),
                p.status(),
                p.spacing(),
                p.floorCpmMicros(),
                p.currency(),
                p.positionFactors(),
                p.createdAt(),
                List.of(veto));
    }
}
