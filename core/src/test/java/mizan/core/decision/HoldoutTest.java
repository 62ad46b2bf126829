package mizan.core.decision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import mizan.core.campaign.Book;
import mizan.core.campaign.Books;
import mizan.core.campaign.Campaign;
import mizan.core.campaign.CampaignId;
import mizan.core.campaign.EntityStatus;
import mizan.core.experiment.GhostAds;
import mizan.core.feed.FeedRequest;
import mizan.core.feed.Feeds;
import mizan.core.receipt.Ghost;
import org.junit.jupiter.api.Test;

/// A viewer in a campaign's holdout gets the page that a world without the campaign would give, and the record says
/// what the campaign would have shown.
class HoldoutTest {
    private static final int FEEDS = 4_000;

    @Test
    void givenHoldouts_whenDecided_thenThePageAndItsPricesAreThoseOfABookWithoutTheHeldOutCampaigns() {
        int changed = 0;
        for (long seed = 0; seed < FEEDS; seed++) {
            var c = new Held(seed);
            var absent =
                    decide(c, with(c.book, x -> x.holdsOut(c.request.viewer().key()) ? paused(x) : x));
            assertEquals(absent.winners(), c.decision.winners(), "seed " + seed);
            var everybody = decide(c, with(c.book, x -> holding(x, Optional.empty())));
            changed += everybody.winners().equals(c.decision.winners()) ? 0 : 1;
        }
        assertTrue(changed > FEEDS / 20, changed + " pages differ from those without holdouts");
    }

    @Test
    void givenAHeldOutCampaign_whenDecided_thenItsGhostsAreWhatItWouldHaveShownHadItAloneComeBack() {
        int ghosts = 0;
        for (long seed = 0; seed < FEEDS; seed++) {
            var c = new Held(seed);
            var expected = new ArrayList<Ghost>();
            for (var campaign : heldOut(c)) {
                var back = decide(
                        c,
                        with(
                                c.book,
                                x -> x.id().equals(campaign.id())
                                        ? holding(x, Optional.empty())
                                        : x.holdsOut(c.request.viewer().key()) ? paused(x) : x));
                back.winners().stream()
                        .filter(w -> w.campaign().equals(campaign.id()))
                        .map(w -> new Ghost(
                                w.afterPost(),
                                w.ad(),
                                w.priceMicros(),
                                campaign.holdout().orElseThrow().experiment(),
                                Ghost.HELD_OUT))
                        .forEach(expected::add);
            }
            assertEquals(sorted(expected), sorted(c.decision.ghosts()), "seed " + seed);
            ghosts += expected.size();
        }
        assertTrue(ghosts > FEEDS / 20, ghosts + " ghosts");
    }

    @Test
    void givenAHeldOutViewer_whenExplained_thenNoAdOfTheCampaignWonAndAGhostSaysWhereItWouldHaveStood() {
        int named = 0;
        for (long seed = 0; seed < FEEDS; seed++) {
            var c = new Held(seed);
            for (var examined : c.decision.examined()) {
                var entry = c.snapshot.entry(examined.facts().adGroup()).orElseThrow();
                if (!entry.campaign().holdsOut(c.request.viewer().key())) {
                    assertTrue(!(examined.outcome() instanceof Outcome.HeldOut), "seed " + seed);
                    continue;
                }
                assertTrue(!(examined.outcome() instanceof Outcome.Won), "seed " + seed);
                if (examined.outcome() instanceof Outcome.HeldOut(var afterPost) && afterPost.isPresent()) {
                    assertTrue(
                            c.decision.ghosts().stream()
                                    .anyMatch(g -> g.afterPost() == afterPost.getAsInt()
                                            && entry.ads().stream().anyMatch(a -> a.id().equals(g.ad()))),
                            "seed " + seed);
                    named++;
                }
            }
        }
        assertTrue(named > FEEDS / 20, named + " named");
    }

    @Test
    void givenTheRecordOfAHeldOutViewer_whenItIsDecidedAgain_thenGhostsAndReasonsAreTheSame() {
        for (long seed = 0; seed < FEEDS; seed++) {
            var c = new Held(seed);
            var again =
                    Decider.repeat(c.request, c.snapshot, c.decision.facts(), c.decision.stopped(), Books.NOW, c.seed);
            assertEquals(c.decision, again, "seed " + seed);
        }
    }

    /// A decision in a book of which most campaigns hold out half of all viewers.
    private static final class Held {
        final long seed;
        final Book book;
        final Snapshot snapshot;
        final FeedRequest request;
        final Decision decision;

        Held(long seed) {
            this.seed = seed;
            var plain = seed % 2 == 0 ? Books.random(seed, 60) : Books.alike(seed, 60);
            this.book = with(
                    plain,
                    x -> x.id().hashCode() % 3 == 0
                            ? x
                            : holding(x, Optional.of(GhostAds.Holdout.of(x.id().value(), GhostAds.Holdout.MOST))));
            this.snapshot = Snapshot.compile(book);
            this.request = Feeds.random(seed, plain);
            this.decision = Decider.decide(request, snapshot, new RandomLive(seed), Books.NOW, seed);
        }
    }

    private static Decision decide(Held c, Book book) {
        return Decider.decide(c.request, Snapshot.compile(book), new RandomLive(c.seed), Books.NOW, c.seed);
    }

    private static List<Campaign> heldOut(Held c) {
        return c.book.campaigns().values().stream()
                .filter(x -> x.holdsOut(c.request.viewer().key()))
                .toList();
    }

    private static List<String> sorted(List<Ghost> ghosts) {
        return ghosts.stream().map(Ghost::toString).sorted().toList();
    }

    private static Book with(Book book, UnaryOperator<Campaign> change) {
        var campaigns = new java.util.TreeMap<CampaignId, Campaign>();
        book.campaigns().values().forEach(x -> campaigns.put(x.id(), change.apply(x)));
        return new Book(
                book.revision(),
                book.advertisers(),
                campaigns,
                book.adGroups(),
                book.ads(),
                book.creatives(),
                book.placements(),
                book.terms());
    }

    private static Campaign holding(Campaign x, Optional<GhostAds.Holdout> holdout) {
        return campaign(x, x.status(), holdout);
    }

    private static Campaign paused(Campaign x) {
        return campaign(x, EntityStatus.PAUSED, x.holdout());
    }

    private static Campaign campaign(Campaign x, EntityStatus status, Optional<GhostAds.Holdout> holdout) {
        return new Campaign(
                x.id(),
                x.advertiser(),
                x.name(),
                status,
                x.tier(),
                x.budget(),
                x.flight(),
                x.pacing(),
                x.caps(),
                x.terms(),
                holdout,
                x.externalId(),
                x.metadata(),
                x.createdAt());
    }
}
