package mizan.core.decision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import mizan.core.campaign.AdGroup;
import mizan.core.campaign.Advertiser;
import mizan.core.campaign.Bid;
import mizan.core.campaign.Books;
import mizan.core.campaign.Campaign;
import mizan.core.campaign.ChargeBy;
import mizan.core.campaign.DemandTier;
import mizan.core.campaign.EntityStatus;
import mizan.core.campaign.Placement;
import mizan.core.campaign.PlacementId;
import mizan.core.campaign.Text;
import mizan.core.feed.FeedPost;
import mizan.core.feed.FeedRequest;
import mizan.core.feed.Viewer;
import mizan.core.identity.SortableId;
import org.junit.jupiter.api.Test;

/// The auction against brute force: every set of slots and every choice of ads, tried one by one.
class ArrangementTest {
    private static final List<DemandTier> TIERS = List.of(DemandTier.values());

    @Test
    void givenThePublishedExample_whenPriced_thenTheTotalsAre63And23And8And2() {
        // Varian and Harris, "The VCG Auction in Theory and Practice": values 5 to 1, clicks 20, 10, 5 and 2.
        var placement = placement(1, 1, 4, 0, List.of(1.0, 0.5, 0.25, 0.1));
        var scene = new Scene(placement, 5, values(5_000_000, 4_000_000, 3_000_000, 2_000_000, 1_000_000), -1);
        var totals = new ArrayList<Long>();
        var clicks = List.of(20, 10, 5, 2);
        for (var placed : scene.best.placed()) {
            totals.add(scene.price(placed).boundMicros() * clicks.get(placed.nth()) / 1_000_000);
        }
        assertEquals(List.of(63L, 23L, 8L, 2L), totals);
    }

    @Test
    void givenSmallPages_whenArranged_thenNoOtherArrangementIsWorthMore() {
        for (long seed = 0; seed < 10_000; seed++) {
            var scene = Scene.random(seed, false);
            var best = new Exhaustive(scene).best();
            assertEquals(best, scene.worth(scene.best), "seed " + seed);
            for (int t = 0; t < TIERS.size(); t++) {
                assertEquals(best.get(t), scene.best.net(TIERS.get(t)), "seed " + seed);
            }
            assertTrue(scene.best.exact(), "seed " + seed);
        }
    }

    @Test
    void givenSmallPages_whenArranged_thenEveryRuleIsKept() {
        for (long seed = 0; seed < 10_000; seed++) {
            var scene = Scene.random(seed, false);
            int last = -100;
            var industries = new HashSet<String>();
            for (var placed : scene.best.placed()) {
                int index = scene.bidders.indexOf(placed.bidder());
                assertTrue(scene.allowed.get(index).get(placed.afterPost()), "seed " + seed);
                assertTrue(placed.afterPost() >= scene.placement.firstSlot(), "seed " + seed);
                assertTrue(placed.afterPost() < scene.posts, "seed " + seed);
                assertTrue(placed.afterPost() - last >= scene.placement.minGap(), "seed " + seed);
                assertTrue(industries.add(placed.bidder().industry()), "seed " + seed);
                last = placed.afterPost();
            }
            assertTrue(scene.best.placed().size() <= scene.placement.maxAds(), "seed " + seed);
        }
    }

    @Test
    void givenLargePages_whenArranged_thenTheSearchIsHardlyEverCutShort() {
        int cut = 0;
        for (long seed = 0; seed < 500; seed++) {
            var random = new SplittableRandom(seed);
            var placement =
                    placement(1 + random.nextInt(3), 2 + random.nextInt(4), 6, 1_000, List.of(1.0, 0.72, 0.58, 0.5));
            var bidders = new ArrayList<Bidder>();
            for (int i = 0; i < 100; i++) {
                var tier = random.nextInt(10) > 0 ? DemandTier.AUCTION : TIERS.get(random.nextInt(5));
                long value = (long) (1_000_000 * Math.exp(0.6 * random.nextGaussian()));
                bidders.add(bidder(i, value, "industry" + random.nextInt(20), tier));
            }
            cut += new Scene(placement, 30, bidders, seed).best.exact() ? 0 : 1;
        }
        assertTrue(cut <= 5, cut + " of 500 searches were cut short");
    }

    @Test
    void givenABidder_whenOneMoreComes_thenTheSumIsNeverLess() {
        for (long seed = 0; seed < 10_000; seed++) {
            var scene = Scene.random(seed, true);
            for (var bidder : scene.bidders) {
                var without = scene.arrangement.solveWithout(bidder.advertiser());
                assertTrue(without.net(DemandTier.AUCTION) <= scene.best.net(DemandTier.AUCTION), "seed " + seed);
            }
        }
    }

    @Test
    void givenWinners_whenPriced_thenNobodyPaysMoreThanItsBidOrLessThanTheFloor() {
        for (long seed = 0; seed < 10_000; seed++) {
            var scene = Scene.random(seed, true);
            for (var placed : scene.best.placed()) {
                long price = scene.price(placed).priceMicros();
                assertTrue(price <= placed.bidder().offerMicros() / 1_000, "seed " + seed);
                assertTrue(price >= scene.placement.floorCpmMicros() / 1_000, "seed " + seed);
            }
        }
    }

    @Test
    void givenAnAdvertiser_whenItBidsAnythingButItsValue_thenItGainsNoMoreThanAMicro() {
        for (long seed = 0; seed < 10_000; seed++) {
            var scene = Scene.random(seed, true);
            var random = new SplittableRandom(seed ^ 0xB1DL);
            int who = random.nextInt(scene.bidders.size());
            long value = scene.bidders.get(who).valueMicros();
            if (scene.bidders.get(who).paysOffer()) {
                continue; // Whoever asks to pay its bid shades it; the others stay honest beside it.
            }
            double honest = scene.gain(who, value);
            for (int deviation = 0; deviation < 8; deviation++) {
                long bid = Math.max(1, (long) (value * (0.1 + 2 * random.nextDouble())));
                var lying = scene.bidding(who, bid);
                // One micro for the price, one for the factor, both rounded down.
                assertTrue(
                        lying.gain(who, value) <= honest + 1.001,
                        "seed " + seed + ": " + value + " as " + bid + " gains " + (lying.gain(who, value) - honest));
            }
        }
    }

    @Test
    void givenATierAboveTheAuction_whenItsDemandIsThere_thenNoBidInTheAuctionMovesIt() {
        for (long seed = 0; seed < 2_000; seed++) {
            var scene = Scene.random(seed, false);
            for (int i = 0; i < scene.bidders.size(); i++) {
                if (scene.bidders.get(i).tier() == DemandTier.AUCTION) {
                    var richer = scene.bidding(i, 90_000_000);
                    for (var tier : List.of(DemandTier.SPONSORSHIP, DemandTier.GUARANTEED)) {
                        assertEquals(scene.best.net(tier), richer.best.net(tier), "seed " + seed);
                    }
                }
            }
        }
    }

    @Test
    void givenTwoBiddersUniformFromZeroToOne_whenHalfIsTheReserve_thenRevenueIsFiveTwelfths() {
        var random = new SplittableRandom(12);
        long one = 1_000_000_000;
        var pattern = List.of(
                bidder(0, one, "industry0", DemandTier.AUCTION), bidder(1, one, "industry1", DemandTier.AUCTION));
        double withReserve = 0;
        double without = 0;
        int draws = 400_000;
        for (int i = 0; i < draws; i++) {
            var bids = List.of(1 + random.nextLong(one), 1 + random.nextLong(one));
            withReserve += revenue(pattern, bids, one / 2);
            without += revenue(pattern, bids, 0);
        }
        // In closed form, Myerson 1981: 1/3 without a reserve.
        assertEquals(5.0 / 12, withReserve / draws, 0.002);
        assertEquals(1.0 / 3, without / draws, 0.002);
    }

    private static double revenue(List<Bidder> pattern, List<Long> bids, long floor) {
        var slot = new BitSet();
        slot.set(1);
        var bidders = new ArrayList<Bidder>();
        for (int i = 0; i < 2; i++) {
            if (bids.get(i) >= floor) {
                var b = pattern.get(i);
                bidders.add(new Bidder(b.entry(), b.ad(), new SlotSet(slot), bids.get(i), bids.get(i), 0, 1, i));
            }
        }
        var placement = placement(1, 1, 1, floor, List.of(1.0));
        var room = Room.of(new FeedRequest(placement, Viewer.UNKNOWN, List.of(POST, POST)));
        var arrangement = new Arrangement(placement, room, bidders, Optional.empty());
        var best = arrangement.solve();
        double revenue = 0;
        for (var placed : best.placed()) {
            var others = arrangement.solveWithout(placed.bidder().advertiser());
            revenue += Prices.of(placed, placement, best, others).priceMicros() / 1e6;
        }
        return revenue;
    }

    @Test
    void givenASampledClickRate_whenItWins_thenItWasRankedByTheSampleAndPaysByTheMean() {
        var placement = placement(1, 1, 1, 0, List.of(1.0));
        var rival = bidder(1, 1_000_000, "industry1", DemandTier.AUCTION);
        var learning = clicks(100_000, 20_000, 10_000);
        var scene = new Scene(placement, 2, List.of(learning, rival), -1);
        // By its mean it would be worth as much as the rival; by the sample it is worth twice that.
        assertEquals(2_000_000, learning.valueMicros());
        var price = scene.price(scene.best.placed().getFirst());
        // The rival loses 1,000 micros a render, which ten clicks of a thousand must bring.
        assertEquals(100_000, price.priceMicros());
        assertEquals(1_000, price.heldMicros());
    }

    @Test
    void givenABidThatAsksForFirstPrice_whenItWins_thenItPaysItsBidAndTheOthersDoNot() {
        for (long seed = 0; seed < 2_000; seed++) {
            var scene = Scene.random(seed, true);
            for (var placed : scene.best.placed()) {
                var bidder = placed.bidder();
                if (bidder.entry().group().bid().pricing() == Bid.Pricing.FIRST_PRICE) {
                    assertEquals(
                            bidder.offerMicros() / 1_000, scene.price(placed).priceMicros(), "seed " + seed);
                }
            }
        }
    }

    /// Pays for clicks.
    private static Bidder clicks(long bid, int samplePpm, int meanPpm) {
        var b = bidder(0, 1, 0, "industry0", DemandTier.AUCTION, new Bid(ChargeBy.CLICK, bid));
        long value = Bidder.worth(ChargeBy.CLICK, bid, samplePpm);
        return new Bidder(b.entry(), b.ad(), b.slots(), bid, value, 0, meanPpm, 0);
    }

    private static final FeedPost POST = new FeedPost(
            "p", List.of(), Optional.empty(), Optional.empty(), Set.of(), Optional.empty(), Map.of(), Set.of(), "");

    private static List<Bidder> values(long... values) {
        var bidders = new ArrayList<Bidder>();
        for (long value : values) {
            bidders.add(bidder(bidders.size(), value, "industry" + bidders.size(), DemandTier.AUCTION));
        }
        return bidders;
    }

    private static Placement placement(int firstSlot, int minGap, int maxAds, long floor, List<Double> factors) {
        return new Placement(
                new PlacementId(SortableId.of(PlacementId.PREFIX, 0, 0, 0)),
                "feed",
                Text.of("en", "Feed"),
                Placement.Surface.FEED,
                EntityStatus.ACTIVE,
                new Placement.Spacing(firstSlot, minGap, 0, maxAds, 1),
                floor,
                Books.USD,
                factors,
                Books.NOW,
                List.of());
    }

    private static final Snapshot.Entry PATTERN =
            Snapshot.compile(Books.random(1, 1)).entry(0);

    private static Bidder bidder(int number, long value, String industry, DemandTier tier) {
        return bidder(number, value, 0, industry, tier);
    }

    private static Bidder bidder(int number, long value, long cost, String industry, DemandTier tier) {
        return bidder(number, value, cost, industry, tier, new Bid(ChargeBy.IMPRESSION, value));
    }

    private static Bidder bidder(int number, long value, long cost, String industry, DemandTier tier, Bid bid) {
        var a = PATTERN.advertiser();
        var advertiser = new Advertiser(
                new mizan.core.campaign.AdvertiserId(SortableId.of("adv", 0, 0, number)),
                a.name(),
                a.payer(),
                industry,
                Books.USD,
                a.timeZone(),
                a.status(),
                Optional.empty(),
                a.metadata(),
                a.createdAt());
        var c = PATTERN.campaign();
        var campaign = new Campaign(
                c.id(),
                advertiser.id(),
                c.name(),
                c.status(),
                tier,
                c.budget(),
                c.flight(),
                c.pacing(),
                c.caps(),
                c.terms(),
                c.holdout(),
                Optional.empty(),
                c.metadata(),
                c.createdAt());
        var g = PATTERN.group();
        var group = new AdGroup(
                new mizan.core.campaign.AdGroupId(SortableId.of("grp", 0, 0, number)),
                c.id(),
                g.name(),
                g.status(),
                bid,
                g.targeting(),
                g.budget(),
                g.flight(),
                g.caps(),
                Optional.empty(),
                g.createdAt());
        var entry = new Snapshot.Entry(
                group,
                campaign,
                advertiser,
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                value,
                number);
        var ad = new mizan.core.campaign.Ad(
                new mizan.core.campaign.AdId(SortableId.of("ad", 0, 0, number)),
                group.id(),
                new mizan.core.campaign.CreativeId(SortableId.of("cre", 0, 0, number)),
                EntityStatus.ACTIVE,
                List.of(),
                Books.NOW);
        return new Bidder(entry, ad, new SlotSet(new BitSet()), value, value, cost, 1, number);
    }

    /// One page with its bidders. A share of the slots of each bidder is barred, as terms would.
    private static final class Scene {
        final Placement placement;
        final int posts;
        final List<Bidder> bidders;
        final List<BitSet> allowed;
        final Arrangement arrangement;
        final Arrangement.Solution best;

        Scene(Placement placement, int posts, List<Bidder> bidders, long seed) {
            this(placement, posts, bidders, allowed(bidders.size(), posts, seed));
        }

        Scene(Placement placement, int posts, List<Bidder> bidders, List<BitSet> allowed) {
            this.placement = placement;
            this.posts = posts;
            this.bidders = new ArrayList<>();
            this.allowed = allowed;
            for (int i = 0; i < bidders.size(); i++) {
                this.bidders.add(standing(bidders.get(i), allowed.get(i)));
            }
            var present = new ArrayList<Bidder>();
            for (var bidder : this.bidders) {
                if (bidder.valueMicros() - bidder.costMicros() >= placement.floorCpmMicros()) {
                    present.add(bidder);
                }
            }
            var page = Collections.nCopies(posts, POST);
            var room = Room.of(new FeedRequest(placement, Viewer.UNKNOWN, page));
            arrangement = new Arrangement(placement, room, present, Optional.empty());
            best = arrangement.solve();
        }

        private static List<BitSet> allowed(int bidders, int posts, long seed) {
            var random = new SplittableRandom(seed);
            double barred = seed < 0 ? 0 : random.nextDouble() * 0.6;
            var allowed = new ArrayList<BitSet>();
            for (int i = 0; i < bidders; i++) {
                var slots = new BitSet();
                for (int slot = 1; slot < posts; slot++) {
                    slots.set(slot, random.nextDouble() >= barred);
                }
                allowed.add(slots);
            }
            return allowed;
        }

        private static Bidder standing(Bidder b, BitSet slots) {
            return new Bidder(
                    b.entry(),
                    b.ad(),
                    new SlotSet(slots),
                    b.offerMicros(),
                    b.valueMicros(),
                    b.costMicros(),
                    b.clickRatePpm(),
                    b.turn());
        }

        static Scene random(long seed, boolean auctionOnly) {
            var random = new SplittableRandom(seed);
            var factors = List.of(List.of(1.0), List.of(1.0, 0.72, 0.58, 0.5), List.of(0.6, 1.0, 0.3));
            var placement = placement(
                    1 + random.nextInt(3),
                    1 + random.nextInt(4),
                    1 + random.nextInt(4),
                    random.nextBoolean() ? 0 : random.nextLong(3_000_000),
                    factors.get(random.nextInt(3)));
            int count = 1 + random.nextInt(6);
            var bidders = new ArrayList<Bidder>();
            for (int i = 0; i < count; i++) {
                var tier = auctionOnly || random.nextInt(3) > 0 ? DemandTier.AUCTION : TIERS.get(random.nextInt(5));
                long cost = random.nextInt(3) > 0 ? 0 : random.nextLong(1_000_000);
                long value = placement.floorCpmMicros() + cost + 1 + random.nextLong(6_000_000);
                var pricing = random.nextInt(6) == 0 ? Bid.Pricing.FIRST_PRICE : Bid.Pricing.VCG;
                var bid = new Bid(ChargeBy.IMPRESSION, value, pricing);
                bidders.add(bidder(i, value, cost, "industry" + random.nextInt(5), tier, bid));
            }
            return new Scene(placement, 2 + random.nextInt(9), bidders, seed);
        }

        Scene bidding(int who, long bid) {
            var changed = new ArrayList<>(bidders);
            var old = bidders.get(who);
            changed.set(
                    who,
                    bidder(
                            old.turn(),
                            bid,
                            old.costMicros(),
                            old.industry(),
                            old.tier(),
                            new Bid(
                                    ChargeBy.IMPRESSION,
                                    bid,
                                    old.entry().group().bid().pricing())));
            return new Scene(placement, posts, changed, allowed);
        }

        Prices.Price price(Arrangement.Placed placed) {
            var without = arrangement.solveWithout(placed.bidder().advertiser());
            return Prices.of(placed, placement, best, without);
        }

        /// What this bidder gains, in micros per render of the first position, if a thousand are worth this
        /// to it.
        double gain(int who, long value) {
            for (var placed : best.placed()) {
                if (placed.bidder().turn() == who) {
                    return factor(placed.nth())
                            * (value / 1_000.0 - price(placed).priceMicros());
                }
            }
            return 0;
        }

        /// A factor that rises is read as the one before it.
        double factor(int nth) {
            return java.util.stream.IntStream.rangeClosed(0, nth)
                    .mapToDouble(placement::positionFactor)
                    .min()
                    .orElseThrow();
        }

        long net(int bidder) {
            return bidders.get(bidder).valueMicros()
                    - bidders.get(bidder).costMicros()
                    - Math.max(0, placement.floorCpmMicros() - 1);
        }

        List<Long> worth(Arrangement.Solution solution) {
            var sums = new long[TIERS.size()];
            int nth = 0;
            for (var placed : solution.placed()) {
                int tier = TIERS.indexOf(placed.bidder().tier());
                sums[tier] += net(bidders.indexOf(placed.bidder())) * (long) (factor(nth++) * 1_000_000);
            }
            return java.util.Arrays.stream(sums).boxed().toList();
        }
    }

    /// Slot by slot: leave it empty, or try every ad in it.
    private static final class Exhaustive {
        private final Scene scene;
        private final long[] sums = new long[TIERS.size()];
        private long[] best = new long[TIERS.size()];

        Exhaustive(Scene scene) {
            this.scene = scene;
            extend(scene.placement.firstSlot(), -100, new ArrayList<>());
        }

        List<Long> best() {
            return java.util.Arrays.stream(best).boxed().toList();
        }

        private void extend(int slot, int last, List<Integer> used) {
            if (java.util.Arrays.compare(sums, best) > 0) {
                best = sums.clone();
            }
            if (slot >= scene.posts || used.size() == scene.placement.maxAds()) {
                return;
            }
            extend(slot + 1, last, used);
            if (slot - last < scene.placement.minGap()) {
                return;
            }
            for (int i = 0; i < scene.bidders.size(); i++) {
                var bidder = scene.bidders.get(i);
                boolean conflict = used.stream()
                        .anyMatch(u -> scene.bidders.get(u).industry().equals(bidder.industry()));
                if (!conflict && scene.allowed.get(i).get(slot)) {
                    long gain = scene.net(i) * (long) (scene.factor(used.size()) * 1_000_000);
                    int tier = TIERS.indexOf(bidder.tier());
                    sums[tier] += gain;
                    used.add(i);
                    extend(slot + 1, slot, used);
                    used.removeLast();
                    sums[tier] -= gain;
                }
            }
        }
    }
}
