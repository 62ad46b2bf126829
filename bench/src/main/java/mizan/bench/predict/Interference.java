package mizan.bench.predict;

import static mizan.bench.predict.Finding.figures;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import mizan.core.experiment.BudgetSplit;
import mizan.core.experiment.Split;

/// E4: arm B multiplies every bid by 1.2. What does that do to revenue if all traffic gets it? Some budgets bind (0.3
/// to
/// 2.5 of what each would spend without one), so: less than a fifth. A split of viewers over shared budgets counts the
/// money that B takes from A; a split of budgets does not.
final class Interference {
    private static final int CAMPAIGNS = 40;
    private static final int AUCTIONS = 60_000;
    private static final double HIGHER = 1.2;
    private static final long ENDLESS = Long.MAX_VALUE / 4;

    private Interference() {}

    static Finding run(int seeds) {
        double truth = 0;
        double byViewers = 0;
        double byBudgets = 0;
        for (long seed = 0; seed < seeds; seed++) {
            var market = new Market(seed);
            double a = market.revenue(market.budgets, 1, AUCTIONS);
            double b = market.revenue(market.budgets, HIGHER, AUCTIONS);
            double effect = b / a - 1;
            truth += effect;
            byViewers += market.sharedBudgets() - effect;
            byBudgets += market.splitBudgets() - effect;
        }
        return new Finding(
                "E4",
                "bias with split budgets <= 0.2 x that with shared ones",
                Math.abs(byBudgets) <= 0.2 * Math.abs(byViewers),
                figures("seeds", seeds, "true_effect", truth / seeds, "budget_split_bias", byBudgets / seeds),
                figures("viewer_split_bias", byViewers / seeds));
    }

    private static final class Market {
        private final long seed;
        private final double[] value = new double[CAMPAIGNS];
        private final long[] budgets = new long[CAMPAIGNS];

        Market(long seed) {
            this.seed = seed;
            var random = new SplittableRandom(seed);
            for (int i = 0; i < CAMPAIGNS; i++) {
                value[i] = 1_000 * Math.exp(0.5 * random.nextGaussian());
            }
            var left = new long[CAMPAIGNS];
            Arrays.fill(left, ENDLESS);
            for (int i = 0; i < AUCTIONS; i++) {
                auction(left, 1, random);
            }
            for (int i = 0; i < CAMPAIGNS; i++) {
                budgets[i] = Math.round((ENDLESS - left[i]) * random.nextDouble(0.3, 2.5));
            }
        }

        /// Everybody in one arm.
        double revenue(long[] of, double factor, int auctions) {
            var left = of.clone();
            var random = new SplittableRandom(seed + 1);
            long revenue = 0;
            for (int i = 0; i < auctions; i++) {
                revenue += auction(left, factor, random);
            }
            return revenue;
        }

        /// Viewers are split, and both arms spend the same budgets: B's revenue over A's.
        double sharedBudgets() {
            var left = budgets.clone();
            var random = new SplittableRandom(seed + 1);
            var split = Split.halves("E4/" + seed);
            var revenue = new long[2];
            for (int i = 0; i < AUCTIONS; i++) {
                int arm = split.arm("viewer" + i);
                revenue[arm] += auction(left, arm == 1 ? HIGHER : 1, random);
            }
            return revenue[1] / (double) revenue[0] - 1;
        }

        /// The same with a half of every budget for each arm.
        double splitBudgets() {
            var halves = Arrays.stream(budgets)
                    .mapToObj(b -> BudgetSplit.of(b, Split.halves("E4")))
                    .toList();
            double a = revenue(part(halves, 0), 1, AUCTIONS / 2);
            double b = revenue(part(halves, 1), HIGHER, AUCTIONS / 2);
            return b / a - 1;
        }

        private static long[] part(List<List<Long>> halves, int arm) {
            return halves.stream().mapToLong(h -> h.get(arm)).toArray();
        }

        /// First price: the highest bid of those who can still pay it.
        private long auction(long[] left, double factor, SplittableRandom random) {
            int winner = -1;
            long price = 0;
            for (int c = 0; c < CAMPAIGNS; c++) {
                long bid = Math.round(factor * value[c] * random.nextDouble());
                if (bid > price && left[c] >= bid) {
                    winner = c;
                    price = bid;
                }
            }
            if (winner >= 0) {
                left[winner] -= price;
            }
            return price;
        }
    }
}
