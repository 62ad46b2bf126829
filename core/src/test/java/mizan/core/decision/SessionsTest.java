package mizan.core.decision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import mizan.core.campaign.Book;
import mizan.core.campaign.Books;
import mizan.core.campaign.Placement;
import mizan.core.feed.FeedPost;
import mizan.core.feed.FeedRequest;
import mizan.core.feed.Feeds;
import mizan.core.feed.Session;
import mizan.core.feed.Viewer;
import org.junit.jupiter.api.Test;

/// Spacing and load over whole sessions, looked at as the reader does: as one long feed.
class SessionsTest {
    private static final int SESSIONS = 4_000;

    @Test
    void givenSessionsOfSeveralPages_whenTheyAreReadAsOneFeed_thenNoRuleIsBrokenAnywhere() {
        int shown = 0;
        int afterTheFirstPage = 0;
        for (long seed = 0; seed < SESSIONS; seed++) {
            var reading = new Reading(seed);
            assertEquals(List.of(), reading.violations(), "seed " + seed);
            shown += reading.ads.size();
            afterTheFirstPage += reading.afterTheFirstPage;
        }
        // Or there was nothing to break.
        assertTrue(shown > SESSIONS, shown + " ads");
        assertTrue(afterTheFirstPage > shown / 3, afterTheFirstPage + " of " + shown + " after the first page");
    }

    @Test
    void givenALoadOfOneInTen_whenThirtyPostsHaveShownThreeAds_thenTheNextComesWithTheFortiethPost() {
        var placement = placement(1, 1, 20, 0.1);
        var session = new Session(30, 3, Optional.of(new Session.LastAd(10, 0, "adv", "cars")));
        assertEquals(0, Room.of(request(placement, session, 9)).maxAds());
        assertEquals(1, Room.of(request(placement, session, 10)).maxAds());
    }

    @Test
    void givenAnAdTwoPostsBeforeThePage_whenFivePostsMustLieBetween_thenTheFirstSlotIsTheThird() {
        var session = new Session(20, 1, Optional.of(new Session.LastAd(2, 0, "adv", "cars")));
        assertEquals(3, Room.of(request(placement(1, 5, 4, 1), session, 20)).firstSlot());
    }

    @Test
    void givenReadingTimes_whenSecondsMustLieBetween_thenLongPostsBringTheNextAdNearer() {
        var placement = new Placement(
                placement(1, 2, 4, 1).id(),
                "home",
                placement(1, 2, 4, 1).name(),
                Placement.Surface.FEED,
                placement(1, 2, 4, 1).status(),
                new Placement.Spacing(1, 2, 60, 4, 1),
                0,
                Books.USD,
                List.of(1.0),
                Books.NOW,
                List.of());
        var quick = Room.of(request(placement, Session.START, 20, 10));
        var slow = Room.of(request(placement, Session.START, 20, 30));
        assertEquals(7, quick.following(1));
        assertEquals(3, slow.following(1));
        // Nobody says how long: the count of posts decides.
        assertEquals(3, Room.of(request(placement, Session.START, 20, 0)).following(1));
    }

    private static FeedRequest request(Placement placement, Session session, int posts) {
        return request(placement, session, posts, 0);
    }

    private static FeedRequest request(Placement placement, Session session, int posts, int seconds) {
        var post = new FeedPost(
                "p",
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Set.of(),
                Optional.empty(),
                Map.of(),
                Set.of(),
                "",
                seconds);
        return new FeedRequest(placement, Viewer.UNKNOWN, session, java.util.Collections.nCopies(posts, post));
    }

    private static Placement placement(int firstSlot, int minGap, int maxAds, double load) {
        var any = Books.random(1).placements().values().iterator().next();
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
                Books.NOW,
                List.of());
    }

    /// One reader's session, page after page.
    private static final class Reading {
        private final Book book;
        private final Placement placement;
        private final List<FeedPost> posts = new ArrayList<>();
        private final Map<Integer, Decision.Winner> ads = new TreeMap<>();
        private int afterTheFirstPage;

        Reading(long seed) {
            var random = new SplittableRandom(seed);
            book = Books.random(seed, 40);
            var snapshot = Snapshot.compile(book);
            placement = Feeds.random(seed, book).placement();
            var live = new RandomLive(seed);
            var session = Session.START;
            for (int page = 0; page < 4; page++) {
                var any = Feeds.random(seed * 10 + page, book, 3 + random.nextInt(14));
                var request = new FeedRequest(placement, any.viewer(), session, any.posts());
                var decision = Decider.decide(request, snapshot, live, Books.NOW, seed + page);
                for (var winner : decision.winners()) {
                    ads.put(posts.size() + winner.afterPost(), winner);
                    afterTheFirstPage += page > 0 ? 1 : 0;
                }
                posts.addAll(request.posts());
                session = decision.winners().isEmpty() ? request.afterNoAd() : after(request, decision);
            }
        }

        private Session after(FeedRequest request, Decision decision) {
            var last = decision.winners().getLast();
            return request.after(
                    decision.winners().size(),
                    last.afterPost(),
                    last.advertiser().value(),
                    industry(last));
        }

        private String industry(Decision.Winner winner) {
            return Optional.ofNullable(book.advertisers().get(winner.advertiser()))
                    .orElseThrow()
                    .industry();
        }

        List<String> violations() {
            var found = new ArrayList<String>();
            if (ads.size() > placement.adLoad() * posts.size() + 1e-6) {
                found.add("more ads than the load allows");
            }
            int last = -1_000;
            var lastIndustry = "";
            for (var ad : ads.entrySet()) {
                int slot = ad.getKey();
                if (slot < placement.firstSlot() || slot - last < placement.minGap()) {
                    found.add("an ad at " + slot + " after one at " + last);
                }
                if (last > 0 && seconds(last, slot) < placement.minGapSeconds() - 1) {
                    found.add(seconds(last, slot) + " seconds between ads");
                }
                if (industry(ad.getValue()).equals(lastIndustry)) {
                    found.add("two ads of one industry follow each other");
                }
                neighbours(slot, ad.getValue(), found);
                last = slot;
                lastIndustry = industry(ad.getValue());
            }
            return found;
        }

        private double seconds(int from, int to) {
            double seconds = 0;
            for (var post : posts.subList(from, to)) {
                seconds +=
                        post.seconds() > 0 ? post.seconds() : (double) placement.minGapSeconds() / placement.minGap();
            }
            return seconds;
        }

        private void neighbours(int slot, Decision.Winner winner, List<String> found) {
            var group =
                    Optional.ofNullable(book.adGroups().get(winner.adGroup())).orElseThrow();
            var terms = book.termsOf(book.campaignOf(group));
            int before = terms.map(t -> t.before()).orElse(1);
            int after = terms.map(t -> t.after()).orElse(1);
            for (int i = Math.max(0, slot - before); i < slot + after; i++) {
                if (i >= posts.size() || !HouseRules.tolerates(terms, posts.get(i))) {
                    found.add("slot " + slot + " is beside post " + i);
                }
            }
        }
    }
}
