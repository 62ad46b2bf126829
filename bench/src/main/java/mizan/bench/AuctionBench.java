package mizan.bench;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import mizan.core.campaign.AdGroupId;
import mizan.core.campaign.Bid;
import mizan.core.campaign.ChargeBy;
import mizan.core.campaign.Placement;
import mizan.core.decision.Decider;
import mizan.core.decision.Decision;
import mizan.core.decision.Live;
import mizan.core.decision.Snapshot;
import mizan.core.feed.FeedPost;
import mizan.core.feed.FeedRequest;
import mizan.core.feed.Session;
import mizan.core.feed.Viewer;
import mizan.core.suitability.TermsId;
import mizan.core.suitability.Tier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ObjectNode;

/// The auction and the arrangement beside simpler ones: a greedy second-price auction, fixed slots, every
/// arrangement tried; and what strict advertisers cost.
@Command(
        name = "auction",
        mixinStandardHelpOptions = true,
        description = "Welfare, revenue, speed and fill of the auction beside simpler ones.")
final class AuctionBench implements Callable<Integer> {
    private static final Live RICH = new SmallMarket.Rich();
    private static final List<Double> FACTORS = List.of(1.0, 0.72, 0.58, 0.5);
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @Option(names = "--instances", defaultValue = "2000", description = "markets of each kind (${DEFAULT-VALUE})")
    private int instances;

    @Option(names = "--feeds", defaultValue = "100000", description = "feeds checked for rules (${DEFAULT-VALUE})")
    private int feeds;

    @Mixin
    private Figures output = new Figures();

    @Override
    public Integer call() {
        var figures = Figures.object().put("instances", instances);
        welfare(figures, "30_ads_25_blocked", 30, 0.25);
        welfare(figures, "8_ads_45_blocked", 8, 0.45);
        speed(figures);
        load(figures);
        fill(figures);
        rules(figures);
        output.print(figures);
        return 0;
    }

    // A5: four slots that do not touch each other, each barred to each ad with the same probability.

    private void welfare(ObjectNode figures, String name, int ads, double barred) {
        double[] vcg = new double[2];
        double[] greedy = new double[2];
        for (int seed = 0; seed < instances; seed++) {
            var random = new SplittableRandom(seed);
            var placement = SmallMarket.placement(1, 1, 4, 1, 0);
            var market = new SmallMarket();
            var values = new ArrayList<Long>();
            for (int i = 0; i < ads; i++) {
                double rate = Math.exp(0.6 * random.nextGaussian()) * Math.exp(0.5 * random.nextGaussian());
                values.add((long) (1_000_000_000 * rate));
                market.add(new Bid(ChargeBy.IMPRESSION, values.getLast()), Tier.HIGH, 1);
            }
            var open = new boolean[ads][4];
            var posts = pairs(market.terms(), open, barred, random);
            var decision = decide(market.snapshot(), placement, Session.START, posts, seed);
            int nth = 0;
            for (var winner : decision.winners()) {
                vcg[0] += winner.valueMicros();
                vcg[1] += winner.priceMicros() * 1_000 * FACTORS.get(nth++);
            }
            SecondPrice.run(values, open, greedy);
        }
        figures.put("welfare_greedy_over_vcg_" + name, thousandth(greedy[0] / vcg[0]));
        figures.put("revenue_vcg_over_greedy_" + name, thousandth(vcg[1] / greedy[1]));
    }

    /// Four pairs of safe posts with an unrated one between them: an ad fits into each pair alone.
    private static List<FeedPost> pairs(List<TermsId> terms, boolean[][] open, double barred, SplittableRandom random) {
        var posts = new ArrayList<FeedPost>();
        for (int slot = 0; slot < 4; slot++) {
            var hits = new HashMap<TermsId, String>();
            for (int ad = 0; ad < open.length; ad++) {
                open[ad][slot] = random.nextDouble() >= barred;
                if (!open[ad][slot]) {
                    hits.put(terms.get(ad), "word");
                }
            }
            posts.add(SmallMarket.post(Optional.of(Tier.SAFE), hits));
            posts.add(SmallMarket.post(Optional.of(Tier.SAFE), Map.of()));
            posts.add(SmallMarket.post(Optional.empty(), Map.of()));
        }
        return posts;
    }

    /// The baseline: slot after slot the highest bid that may stand there wins and pays the next one.
    private static final class SecondPrice {
        static void run(List<Long> values, boolean[][] open, double[] welfareAndRevenue) {
            var used = new HashSet<Integer>();
            int nth = 0;
            for (int slot = 0; slot < 4; slot++) {
                int best = -1;
                long second = 0;
                for (int ad = 0; ad < values.size(); ad++) {
                    if (!open[ad][slot] || used.contains(ad)) {
                        continue;
                    }
                    if (best < 0 || values.get(ad) > values.get(best)) {
                        second = best < 0 ? 0 : values.get(best);
                        best = ad;
                    } else {
                        second = Math.max(second, values.get(ad));
                    }
                }
                if (best >= 0) {
                    used.add(best);
                    welfareAndRevenue[0] += values.get(best) * FACTORS.get(nth);
                    welfareAndRevenue[1] += second * FACTORS.get(nth++);
                }
            }
        }
    }

    // A7: 200 candidates for 5 slots, in CPU time. Bids for clicks with no promise of a rate, so that all 200 are
    // examined, and beside it bids for impressions, where the search stops early.

    private void speed(ObjectNode figures) {
        figures.put("candidates", 200).put("slots", 5);
        speed(figures, "all_examined", ChargeBy.CLICK);
        speed(figures, "stopping_early", ChargeBy.IMPRESSION);
    }

    private void speed(ObjectNode figures, String name, ChargeBy chargeBy) {
        var random = new SplittableRandom(7);
        var market = new SmallMarket();
        for (int i = 0; i < 200; i++) {
            double cpm = 1_000_000 * Math.exp(0.6 * random.nextGaussian());
            market.add(new Bid(chargeBy, (long) (chargeBy == ChargeBy.CLICK ? cpm / 10 : cpm)), Tier.HIGH, 1);
        }
        var snapshot = market.snapshot();
        var bounds = RICH.bounds(snapshot);
        var live = new Bounded(bounds);
        var placement = SmallMarket.placement(3, 5, 5, 1, 0);
        var pages = new ArrayList<List<FeedPost>>();
        for (int i = 0; i < 500; i++) {
            pages.add(page(market.terms(), 30, 0.13, random));
        }
        var nanos = new long[instances];
        long examined = 0;
        for (int i = -2_000; i < instances; i++) {
            var request = new FeedRequest(placement, Viewer.UNKNOWN, pages.get(Math.floorMod(i, 500)));
            long began = THREADS.getCurrentThreadCpuTime();
            var decision = Decider.decide(request, snapshot, live, LargeBook.NOW, i);
            if (i >= 0) {
                nanos[i] = THREADS.getCurrentThreadCpuTime() - began;
                examined += decision.examined().size();
            }
        }
        Arrays.sort(nanos);
        figures.put(
                        "us_per_feed_" + name,
                        Figures.tenth(Arrays.stream(nanos).average().orElse(0) / 1e3))
                .put("p99_us_" + name, Figures.tenth(nanos[instances * 99 / 100] / 1e3))
                .put("examined_" + name, Figures.tenth((double) examined / instances));
    }

    /// Rich, with bounds made once.
    private record Bounded(mizan.core.decision.Bounds made) implements Live {
        @Override
        public Available available(AdGroupId group) {
            return RICH.available(group);
        }

        @Override
        public int shown(String viewerKey, String scope, java.time.Duration window, java.time.Instant now) {
            return 0;
        }

        @Override
        public double multiplier(mizan.core.campaign.AdGroup group) {
            return 1;
        }

        @Override
        public mizan.core.prediction.ClickEstimate clickEstimate(mizan.core.campaign.Ad ad, Placement placement) {
            return RICH.clickEstimate(ad, placement);
        }

        @Override
        public mizan.core.decision.Bounds bounds(Snapshot snapshot) {
            return made;
        }
    }

    private static List<FeedPost> page(List<TermsId> terms, int size, double hit, SplittableRandom random) {
        var posts = new ArrayList<FeedPost>();
        for (int i = 0; i < size; i++) {
            var hits = new HashMap<TermsId, String>();
            for (var one : terms) {
                if (random.nextDouble() < hit) {
                    hits.put(one, "word");
                }
            }
            posts.add(SmallMarket.post(Optional.of(Tier.SAFE), hits));
        }
        return posts;
    }

    // L2: three in ten slots are barred, to each ad apart or, as beside a post that nobody may stand beside, to all
    // ads alike. Beside every arrangement of a short page, and beside slots fixed at every sixth post.

    private void load(ObjectNode figures) {
        load(figures, "barred_to_each_ad", false);
        load(figures, "barred_to_all", true);
    }

    private void load(ObjectNode figures, String name, boolean alike) {
        double hit = 1 - Math.sqrt(0.7);
        double chosen = 0;
        double fixed = 0;
        double found = 0;
        double best = 0;
        double unbarred = 0;
        for (int seed = 0; seed < instances; seed++) {
            var random = new SplittableRandom(seed ^ 0x10ADL);
            var market = new SmallMarket();
            var values = new ArrayList<Long>();
            for (int i = 0; i < 5; i++) {
                values.add((long) (1_000_000 * Math.exp(0.6 * random.nextGaussian())));
                market.add(new Bid(ChargeBy.IMPRESSION, values.getLast()), Tier.HIGH, 1);
            }
            var snapshot = market.snapshot();
            var placement = SmallMarket.placement(3, 6, 4, 1, 0);
            var posts = page(market.terms(), 30, alike ? 0 : hit, random);
            if (alike) {
                posts.replaceAll(p -> random.nextDouble() < hit ? SmallMarket.post(Optional.empty(), Map.of()) : p);
            }
            chosen += worth(decide(snapshot, placement, Session.START, posts, seed));
            var fixedPosts = new ArrayList<FeedPost>();
            for (int i = 0; i < posts.size(); i++) {
                boolean beside = i % 6 == 2 || i % 6 == 3;
                fixedPosts.add(beside ? posts.get(i) : SmallMarket.post(Optional.empty(), Map.of()));
            }
            fixed += worth(decide(snapshot, placement, Session.START, fixedPosts, seed));
            var near = SmallMarket.placement(2, 3, 3, 1, 0);
            var shortPage = posts.subList(0, 12);
            found += worth(decide(snapshot, near, Session.START, shortPage, seed));
            best += new EveryArrangement(near, shortPage, market.terms(), values).best();
            unbarred += unbarred(values);
        }
        figures.put("load_over_every_arrangement_" + name, thousandth(found / best))
                .put("load_over_fixed_slots_" + name, thousandth(chosen / fixed))
                .put("load_over_fixed_slots_at_most_" + name, thousandth(unbarred / fixed));
    }

    /// What a page would be worth if no slot were barred: no arrangement of it can be worth more.
    private static double unbarred(List<Long> values) {
        var best = values.stream().sorted(Comparator.reverseOrder()).toList();
        double worth = 0;
        for (int i = 0; i < FACTORS.size(); i++) {
            worth += best.get(i) * FACTORS.get(i);
        }
        return worth;
    }

    private static double worth(Decision decision) {
        return decision.winners().stream()
                .mapToLong(Decision.Winner::valueMicros)
                .sum();
    }

    /// Slot by slot: leave it empty, or try every ad in it.
    private record EveryArrangement(Placement placement, List<FeedPost> posts, List<TermsId> terms, List<Long> values) {
        double best() {
            return best(placement.firstSlot(), 0, 0);
        }

        private double best(int slot, int placed, int used) {
            if (slot >= posts.size() || placed == placement.maxAds()) {
                return 0;
            }
            double most = best(slot + 1, placed, used);
            for (int ad = 0; ad < values.size(); ad++) {
                boolean barred = posts.get(slot - 1).verdict().isEmpty()
                        || posts.get(slot).verdict().isEmpty()
                        || posts.get(slot - 1).keywordHits().containsKey(terms.get(ad))
                        || posts.get(slot).keywordHits().containsKey(terms.get(ad));
                if ((used & 1 << ad) == 0 && !barred) {
                    double here = Math.floor(values.get(ad) * FACTORS.get(placed));
                    most = Math.max(most, here + best(slot + placement.minGap(), placed + 1, used | 1 << ad));
                }
            }
            return most;
        }
    }

    // L3: a fifth of the posts are risky. How many ads fewer a page holds when a share of the advertisers is
    // strict, over none.

    private void fill(ObjectNode figures) {
        long withoutStrict = filled(0);
        for (int percent : List.of(25, 50, 75, 100)) {
            long filled = filled(percent);
            figures.put("fill_lost_at_" + percent + "_percent_strict", thousandth(1 - (double) filled / withoutStrict));
        }
    }

    private long filled(int percentStrict) {
        long filled = 0;
        var placement = SmallMarket.placement(3, 5, 4, 1, 0);
        for (int seed = 0; seed < instances / 4; seed++) {
            var random = new SplittableRandom(seed);
            var market = new SmallMarket();
            for (int i = 0; i < 20; i++) {
                boolean strict = i * 5 < percentStrict;
                long bid = (long) (1_000_000 * Math.exp(0.6 * random.nextGaussian()));
                market.add(new Bid(ChargeBy.IMPRESSION, bid), strict ? Tier.SAFE : Tier.HIGH, strict ? 2 : 1);
            }
            var posts = new ArrayList<FeedPost>();
            for (int i = 0; i < 20; i++) {
                posts.add(SmallMarket.post(Optional.of(random.nextInt(5) == 0 ? Tier.MEDIUM : Tier.SAFE), Map.of()));
            }
            filled += decide(market.snapshot(), placement, Session.START, posts, seed)
                    .winners()
                    .size();
        }
        return filled;
    }

    // L1: sessions of several pages, some pages asked for twice, checked post by post without the engine's help.

    private void rules(ObjectNode figures) {
        long broken = 0;
        long shown = 0;
        long decided = 0;
        int seed = 0;
        for (; decided < feeds; seed++) {
            var random = new SplittableRandom(seed);
            var market = new SmallMarket();
            for (int i = 0; i < 12; i++) {
                long bid = (long) (1_000_000 * Math.exp(0.6 * random.nextGaussian()));
                market.add(new Bid(ChargeBy.IMPRESSION, bid), Tier.HIGH, 1 + random.nextInt(3));
            }
            var snapshot = market.snapshot();
            for (int i = 0; i < 20 && decided < feeds; i++) {
                var walk = new Walk(market, snapshot, random.split());
                walk.read();
                decided += walk.pages;
                shown += walk.ads;
                broken += walk.broken();
            }
        }
        figures.put("feeds_seeds", "0 to " + (seed - 1))
                .put("feeds_checked", decided)
                .put("ads_checked", shown)
                .put("rules_broken", broken);
    }

    /// One reader's session.
    private static final class Walk {
        private final SmallMarket market;
        private final Snapshot snapshot;
        private final SplittableRandom random;
        private final Placement placement;
        private final List<FeedPost> posts = new ArrayList<>();
        private final Map<Integer, AdGroupId> shown = new HashMap<>();
        private final double hit;
        int pages;
        int ads;

        Walk(SmallMarket market, Snapshot snapshot, SplittableRandom random) {
            this.market = market;
            this.snapshot = snapshot;
            this.random = random;
            this.hit = random.nextDouble() * 0.37;
            double load = random.nextBoolean() ? 1 : 0.05 + 0.2 * random.nextDouble();
            this.placement =
                    SmallMarket.placement(1 + random.nextInt(4), 1 + random.nextInt(6), 1 + random.nextInt(4), load, 0);
        }

        void read() {
            var session = Session.START;
            for (int left = random.nextInt(1, 5); left > 0; left--) {
                var page = page(market.terms(), random.nextInt(5, 16), hit, random);
                var request = new FeedRequest(placement, Viewer.UNKNOWN, session, page);
                pages++;
                if (random.nextInt(4) == 0) {
                    // Loaded twice: what the reader saw first is gone, and the same cursor asks again.
                    Decider.decide(request, snapshot, RICH, LargeBook.NOW, random.nextLong());
                    pages++;
                }
                var decision = Decider.decide(request, snapshot, RICH, LargeBook.NOW, random.nextLong());
                for (var winner : decision.winners()) {
                    shown.put(posts.size() + winner.afterPost(), winner.adGroup());
                }
                ads += decision.winners().size();
                posts.addAll(page);
                session = decision.winners().isEmpty() ? request.afterNoAd() : after(request, decision);
            }
        }

        private Session after(FeedRequest request, Decision decision) {
            var last = decision.winners().getLast();
            var industry =
                    snapshot.entry(last.adGroup()).orElseThrow().advertiser().industry();
            return request.after(
                    decision.winners().size(),
                    last.afterPost(),
                    last.advertiser().value(),
                    industry);
        }

        int broken() {
            int broken = ads > placement.adLoad() * posts.size() + 1e-6 ? 1 : 0;
            int last = -1_000;
            Optional<AdGroupId> lastGroup = Optional.empty();
            for (int slot :
                    shown.keySet().stream().sorted(Comparator.naturalOrder()).toList()) {
                var group = Optional.ofNullable(shown.get(slot)).orElseThrow();
                broken += slot < placement.firstSlot() ? 1 : 0;
                broken += slot - last < placement.minGap() ? 1 : 0;
                broken += lastGroup.filter(group::equals).isPresent() ? 1 : 0;
                broken += beside(slot, group) ? 1 : 0;
                last = slot;
                lastGroup = Optional.of(group);
            }
            return broken;
        }

        private boolean beside(int slot, AdGroupId group) {
            var terms = snapshot.entry(group).orElseThrow().terms().orElseThrow();
            for (int i = Math.max(0, slot - terms.before()); i < Math.min(posts.size(), slot + terms.after()); i++) {
                if (posts.get(i).keywordHits().containsKey(terms.id())) {
                    return true;
                }
            }
            return false;
        }
    }

    private static Decision decide(
            Snapshot snapshot, Placement placement, Session session, List<FeedPost> posts, long seed) {
        return Decider.decide(
                new FeedRequest(placement, Viewer.UNKNOWN, session, posts), snapshot, RICH, LargeBook.NOW, seed);
    }

    private static double thousandth(double value) {
        return Math.round(value * 1_000) / 1_000.0;
    }
}
