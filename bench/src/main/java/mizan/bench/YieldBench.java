package mizan.bench;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import mizan.core.campaign.Bid;
import mizan.core.campaign.ChargeBy;
import mizan.core.decision.Decider;
import mizan.core.feed.FeedPost;
import mizan.core.feed.FeedRequest;
import mizan.core.feed.Viewer;
import mizan.core.suitability.TermsId;
import mizan.core.suitability.Tier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ObjectNode;

/// How many ads a page still holds, and what they are worth, when more and more of its posts are unsuitable:
/// our arrangement beside the two greedy ones that X published in 2026 (xai-org/x-algorithm, home-mixer,
/// blenders `partition_organic` and `safe_gap`), reimplemented from their description, and beside a plain
/// greedy one that keeps the order.
@Command(
        name = "yield",
        mixinStandardHelpOptions = true,
        description = "Ads placed and their value at 0 to 60 % unsuitable posts, beside published greedy ways.")
final class YieldBench implements Callable<Integer> {
    private static final int SPACING = 3;
    private static final int MAX_ADS = 4;
    private static final int ADS = 12;
    private static final double LOW = 0.15;
    private static final double[] FACTORS = {1.0, 0.72, 0.58, 0.5};

    @Option(names = "--feeds", defaultValue = "4000", description = "feeds at each share (${DEFAULT-VALUE})")
    private int feeds;

    @Option(names = "--posts", defaultValue = "30", description = "posts of a feed (${DEFAULT-VALUE})")
    private int posts;

    @Option(
            names = "--hits",
            defaultValue = "0.05",
            description = "share of posts on an advertiser's lists (${DEFAULT-VALUE})")
    private double hits;

    @Option(names = "--seed", defaultValue = "1", description = "of feeds and bids (${DEFAULT-VALUE})")
    private long seed;

    @Mixin
    private Figures output = new Figures();

    /// One page: what its posts are, and what the ads offered are.
    ///
    /// @param tiers empty for a post that no ad may stand beside
    /// @param excluded for each ad the posts on its lists
    /// @param values of the ads, highest first, and `strict` those that want no LOW neighbour
    private record Page(
            List<Optional<Tier>> tiers, List<Set<Integer>> excluded, List<Long> values, List<Boolean> strict) {
        boolean suits(int ad, int post) {
            return tiers.get(post)
                            .filter(t -> t == Tier.SAFE || !strict.get(ad))
                            .isPresent()
                    && !excluded.get(ad).contains(post);
        }
    }

    /// @param moved posts that another stood before and no longer does
    private record Yield(int ads, double value, int breaches, long moved) {}

    @Override
    public Integer call() {
        var figures = Figures.object()
                .put("seed", seed)
                .put("feeds", feeds)
                .put("posts", posts)
                .put("ads_offered", ADS)
                .put("most_ads", MAX_ADS)
                .put("spacing", SPACING);
        for (int percent = 0; percent <= 60; percent += 10) {
            at(figures.putObject("unsuitable_" + percent), percent);
        }
        output.print(figures);
        return 0;
    }

    private void at(ObjectNode figures, int percent) {
        var names = List.of("ours", "greedy_in_order", "x_partition", "x_safe_gap");
        var sums = new HashMap<String, double[]>();
        names.forEach(name -> sums.put(name, new double[4]));
        for (int feed = 0; feed < feeds; feed++) {
            var random = new SplittableRandom(seed * 1_000_003 + percent * 100_000L + feed);
            var page = page(random, percent / 100.0);
            add(sums, "ours", ours(page, feed));
            add(sums, "greedy_in_order", inOrder(page));
            add(sums, "x_partition", partition(page));
            add(sums, "x_safe_gap", safeGap(page));
        }
        double best = sum(sums, "ours")[1];
        for (var name : names) {
            var sum = sum(sums, name);
            figures.putObject(name)
                    .put("ads", hundredth(sum[0] / feeds))
                    .put("value_to_ours", hundredth(sum[1] / best))
                    .put("breaches_per_100_ads", hundredth(100 * sum[2] / Math.max(1, sum[0])))
                    .put("moved_posts", hundredth(sum[3] / feeds));
        }
    }

    private static double[] sum(Map<String, double[]> sums, String name) {
        return Optional.ofNullable(sums.get(name)).orElseThrow();
    }

    private static void add(Map<String, double[]> sums, String name, Yield yield) {
        var sum = sum(sums, name);
        sum[0] += yield.ads();
        sum[1] += yield.value();
        sum[2] += yield.breaches();
        sum[3] += yield.moved();
    }

    private Page page(SplittableRandom random, double unsuitable) {
        var tiers = new ArrayList<Optional<Tier>>();
        for (int i = 0; i < posts; i++) {
            tiers.add(
                    random.nextDouble() < unsuitable
                            ? Optional.empty()
                            : Optional.of(random.nextDouble() < LOW ? Tier.LOW : Tier.SAFE));
        }
        var values = IntStream.range(0, ADS)
                .mapToObj(_ -> (long) (10_000_000 * Math.exp(0.6 * random.nextGaussian())))
                .sorted(java.util.Comparator.reverseOrder())
                .toList();
        var excluded = new ArrayList<Set<Integer>>();
        var strict = new ArrayList<Boolean>();
        for (int ad = 0; ad < ADS; ad++) {
            var own = new HashSet<Integer>();
            for (int post = 0; post < posts; post++) {
                if (random.nextDouble() < hits) {
                    own.add(post);
                }
            }
            excluded.add(own);
            strict.add(random.nextDouble() < 0.4);
        }
        return new Page(tiers, excluded, values, strict);
    }

    private Yield ours(Page page, long seed) {
        var market = new SmallMarket();
        for (int ad = 0; ad < ADS; ad++) {
            var tier = page.strict().get(ad) ? Tier.SAFE : Tier.LOW;
            market.add(new Bid(ChargeBy.IMPRESSION, page.values().get(ad)), tier, 1);
        }
        var feed = new ArrayList<FeedPost>();
        for (int post = 0; post < posts; post++) {
            var found = new HashMap<TermsId, String>();
            for (int ad = 0; ad < ADS; ad++) {
                if (page.excluded().get(ad).contains(post)) {
                    found.put(market.terms().get(ad), "word");
                }
            }
            feed.add(SmallMarket.post(page.tiers().get(post), found));
        }
        var placement = SmallMarket.placement(1, SPACING, MAX_ADS, 1, 0);
        var decision = Decider.decide(
                new FeedRequest(placement, Viewer.UNKNOWN, feed),
                market.snapshot(),
                new SmallMarket.Rich(),
                LargeBook.NOW,
                seed);
        double value =
                decision.winners().stream().mapToLong(w -> w.valueMicros()).sum();
        return new Yield(decision.winners().size(), value, 0, 0);
    }

    /// Slot after slot: the first offered ad that may stand there, then the next slot that is far enough.
    private Yield inOrder(Page page) {
        var used = new HashSet<Integer>();
        double value = 0;
        for (int slot = 1; slot < posts && used.size() < MAX_ADS; slot++) {
            int above = slot - 1;
            int below = slot;
            var ad = IntStream.range(0, ADS)
                    .filter(a -> !used.contains(a) && page.suits(a, above) && page.suits(a, below))
                    .findFirst();
            if (ad.isPresent()) {
                value += page.values().get(ad.getAsInt()) * FACTORS[used.size()];
                used.add(ad.getAsInt());
                slot += SPACING - 1;
            }
        }
        return new Yield(used.size(), value, 0, 0);
    }

    /// `partition_organic`: as many ads as offered, as the spacing and half of the safe posts allow; the safe
    /// posts are cut into so many equal groups, and the first two of each become one ad's neighbours, wherever
    /// they stood. Ads are tried in the order of the auction, and one that a neighbour excludes is dropped.
    private Yield partition(Page page) {
        var safe = IntStream.range(0, posts)
                .filter(p -> page.tiers().get(p).isPresent())
                .boxed()
                .toList();
        int count = posts < 5 ? 0 : Math.min(Math.min(ADS, MAX_ADS), Math.min((posts - 1) / SPACING, safe.size() / 2));
        int next = 0;
        int placed = 0;
        double value = 0;
        long moved = 0;
        for (int group = 0; group < count; group++) {
            int above = safe.get(group * safe.size() / count);
            int below = safe.get(group * safe.size() / count + 1);
            moved += below - above - 1;
            while (next < ADS && !(page.suits(next, above) && page.suits(next, below))) {
                next++;
            }
            if (next < ADS) {
                value += page.values().get(next++) * FACTORS[placed++];
            }
        }
        return new Yield(placed, value, 0, moved);
    }

    /// `safe_gap`: the order is kept; each ad takes the gap between two safe posts nearest to where it wants to
    /// stand, at least half the spacing after the one before. The ad's own terms are not looked at, so some of
    /// its places break them.
    private Yield safeGap(Page page) {
        int last = -SPACING;
        int placed = 0;
        int breaches = 0;
        double value = 0;
        for (int ad = 0; ad < ADS && placed < MAX_ADS; ad++) {
            int wanted = 1 + placed * SPACING;
            int from = last + Math.max(1, (SPACING + 1) / 2);
            var gap = IntStream.range(Math.max(1, from), posts)
                    .filter(s -> page.tiers().get(s - 1).isPresent()
                            && page.tiers().get(s).isPresent())
                    .boxed()
                    .min(java.util.Comparator.comparingInt((Integer s) -> Math.abs(s - wanted)));
            if (gap.isEmpty()) {
                break;
            }
            last = gap.get();
            value += page.values().get(ad) * FACTORS[placed++];
            breaches += page.suits(ad, last - 1) && page.suits(ad, last) ? 0 : 1;
        }
        return new Yield(placed, value, breaches, 0);
    }

    private static double hundredth(double value) {
        return Math.round(value * 100) / 100.0;
    }
}
