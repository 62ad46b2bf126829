package mizan.sim.market;

import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import mizan.core.pacing.PaceState;
import mizan.core.pacing.Pacer;
import mizan.core.pacing.SpendPlan;
import mizan.core.pacing.Traffic;

/// The published protocol on a log of auctions: episodes of `length` auctions, each with the same budget; a bid
/// that reaches the price wins and pays the price. Nothing of the log is known before it has passed.
public final class Episodes {
    private Episodes() {}

    /// @param length auctions in an episode
    /// @param share budget an auction over the mean price in training, the `c0` of the paper
    public record Protocol(int length, double share) {
        /// Rounded down, as published.
        int budget(AuctionLog.Training training) {
            return (int) (training.meanPrice() * share * length);
        }
    }

    /// @param valueShare predicted clicks bought, over the best in hindsight, in whole episodes
    /// @param use of the budget, in whole episodes
    public record Outcome(int clicks, int impressions, long cost, double valueShare, double use) {}

    /// A way of bidding.
    public interface Bidding {
        /// An episode begins.
        void begin(int length, int budget);

        /// A bid in the unit of the log.
        double bid(double rate);

        /// What came of it.
        void paid(int price);
    }

    /// The highest bid of the published runs.
    private static final int MAX_BID = 300;

    public static Outcome run(AuctionLog log, AuctionLog.Training training, Protocol protocol, Supplier<Bidding> how) {
        var bidding = how.get();
        int budget = protocol.budget(training);
        int clicks = 0;
        int impressions = 0;
        long cost = 0;
        double bought = 0;
        double best = 0;
        long spentInWhole = 0;
        long episodes = 0;
        var auctions = log.auctions();
        for (int start = 0; start < auctions.size(); start += protocol.length()) {
            var episode = auctions.subList(start, Math.min(auctions.size(), start + protocol.length()));
            boolean whole = episode.size() == protocol.length();
            var hindsight = new Hindsight();
            int left = budget;
            bidding.begin(protocol.length(), budget);
            for (var auction : episode) {
                int bid = Math.min(left, (int) Math.min(bidding.bid(auction.rate()), MAX_BID));
                boolean won = bid >= auction.price();
                bidding.paid(won ? auction.price() : 0);
                hindsight.offered(auction.rate(), auction.price());
                if (won) {
                    left -= auction.price();
                    impressions++;
                    cost += auction.price();
                    clicks += auction.click() ? 1 : 0;
                    bought += whole ? auction.rate() : 0;
                }
            }
            if (whole) {
                best += hindsight.bestValue(budget);
                spentInWhole += budget - left;
                episodes++;
            }
        }
        return new Outcome(
                clicks,
                impressions,
                cost,
                best > 0 ? bought / best : 0,
                episodes > 0 ? (double) spentInWhole / (episodes * budget) : 0);
    }

    /// Bids in proportion to the rate, whatever is left: `lin_bid` of the paper, with its tuned base bid; with the
    /// cost of a click in training in place of it, its `mcpc`.
    public record Linear(double perRate) implements Bidding {
        public static Linear lin(double baseBid, AuctionLog.Training training) {
            return new Linear(baseBid / training.meanRate());
        }

        public static Linear mcpc(AuctionLog.Training training) {
            return new Linear(training.costPerClick());
        }

        @Override
        public void begin(int length, int budget) {}

        @Override
        public double bid(double rate) {
            return rate * perRate;
        }

        @Override
        public void paid(int price) {}
    }

    /// The full bid in a share of the auctions, the share moved by a tenth at every step.
    public static final class Throttled implements Bidding {
        private final double perRate;
        private final SplittableRandom random = new SplittableRandom(1);
        private double share = 0.1;
        private int length;
        private int budget;
        private int passed;
        private long spent;

        public Throttled(AuctionLog.Training training) {
            this.perRate = training.costPerClick();
        }

        @Override
        public void begin(int episode, int micros) {
            length = episode;
            budget = micros;
            passed = 0;
            spent = 0;
        }

        @Override
        public double bid(double rate) {
            return random.nextDouble() < share ? rate * perRate : -1;
        }

        @Override
        public void paid(int price) {
            spent += price;
            passed++;
            if (passed % STEP == 0) {
                boolean ahead = (double) spent * length > (double) budget * passed;
                share = Math.clamp(share * (ahead ? 0.9 : 1.1), 0.01, 1);
            }
        }
    }

    /// Auctions in a step. A day has 288 steps, an episode of 1,000 auctions 200.
    private static final int STEP = 5;

    /// The product's pacer, unchanged: an auction takes a second, a step five auctions, and an episode goes on
    /// with the multiplier of the one before. The full bid is the highest that the published runs made for the
    /// mean rate. The first episode goes on from the days before: with the bid that would have spent its budget at
    /// their prices, or cold when those are not known.
    public static final class Mirror implements Bidding {
        private static final Instant START = Instant.EPOCH;
        /// Steps after which a pace is known as well as it ever will be: those of a whole episode.
        private static final int FOUND = 200;
        private final double perRate;
        private final int step;
        private PaceState state;
        private SpendPlan plan = new SpendPlan(1, 0, START, START.plusSeconds(1), mizan.core.campaign.Pacing.EVEN);
        private int passed;
        private long spent;
        private long spentBefore;

        public Mirror(AuctionLog.Training training, Protocol protocol) {
            this.perRate = MAX_BID / training.meanRate();
            this.step = Math.max(1, protocol.length() / 1_000) * STEP;
            this.state = warm(training, protocol);
        }

        private static PaceState warm(AuctionLog.Training training, Protocol protocol) {
            var bid = training.bidThatSpends((double) protocol.budget(training) / protocol.length());
            return bid.isEmpty()
                    ? PaceState.COLD
                    : new PaceState(Math.clamp(Math.log((double) bid.getAsInt() / MAX_BID), Pacer.LOWEST, 0), FOUND);
        }

        @Override
        public void begin(int length, int budget) {
            plan = new SpendPlan(budget, 0, START, START.plusSeconds(length), mizan.core.campaign.Pacing.EVEN);
            passed = 0;
            spent = 0;
            spentBefore = 0;
        }

        @Override
        public double bid(double rate) {
            return rate * perRate * state.multiplier();
        }

        @Override
        public void paid(int price) {
            spent += price;
            passed++;
            if (passed % step == 0) {
                var now = START.plusSeconds(passed);
                var before = now.minus(Duration.ofSeconds(step));
                double planned = plan.planned(Traffic.UNIFORM, spentBefore, before, now);
                double grain = MAX_BID * state.multiplier();
                state = Pacer.next(
                        state,
                        new Pacer.Step(planned, spent - spentBefore, grain, plan.behind(Traffic.UNIFORM, spent, now)));
                spentBefore = spent;
            }
        }
    }
}
