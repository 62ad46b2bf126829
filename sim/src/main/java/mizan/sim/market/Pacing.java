package mizan.sim.market;

import java.time.Instant;
import mizan.core.pacing.PaceState;
import mizan.core.pacing.Pacer;
import mizan.core.pacing.SpendPlan;
import mizan.core.pacing.Traffic;

/// A way of spending one budget over one day, to be compared with others on the same traffic.
public interface Pacing {
    /// What the next bid is multiplied by; 0 leaves the auction out.
    ///
    /// @param chance a number drawn for this auction, [0, 1)
    double multiplier(double chance);

    /// Five minutes have passed.
    ///
    /// @param spent micros since the day began
    void step(Instant now, long spent);

    /// A day begins, with its budget.
    void begin(SpendPlan plan, Traffic forecast);

    /// The budget of the running day changes.
    void replan(SpendPlan plan, long spent);

    /// Bids all it has until nothing is left.
    final class None implements Pacing {
        @Override
        public double multiplier(double chance) {
            return 1;
        }

        @Override
        public void step(Instant now, long spent) {}

        @Override
        public void begin(SpendPlan plan, Traffic forecast) {}

        @Override
        public void replan(SpendPlan plan, long spent) {}
    }

    /// Takes part in a share of the auctions, at the full bid. The share moves by a tenth when the spend is
    /// above or below its plan (Agarwal, Ghosh, Wei, You, "Budget Pacing for Targeted Online Advertisements at
    /// LinkedIn", KDD 2014).
    final class Throttle implements Pacing {
        private double share = 0.1;
        private SpendPlan plan = new SpendPlan(1, 0, Instant.EPOCH, Instant.MAX, mizan.core.campaign.Pacing.EVEN);
        private Traffic forecast = Traffic.UNIFORM;

        @Override
        public double multiplier(double chance) {
            return chance < share ? 1 : 0;
        }

        @Override
        public void step(Instant now, long spent) {
            share = plan.behind(forecast, spent, now) > 0 ? Math.min(1, share * 1.1) : Math.max(0.01, share * 0.9);
        }

        @Override
        public void begin(SpendPlan next, Traffic expected) {
            plan = next;
            forecast = expected;
            share = 0.1;
        }

        @Override
        public void replan(SpendPlan next, long spent) {
            plan = next;
        }
    }

    /// The product's own.
    final class Mirror implements Pacing {
        private final double grain;
        private PaceState state = PaceState.COLD;
        private SpendPlan plan = new SpendPlan(1, 0, Instant.EPOCH, Instant.MAX, mizan.core.campaign.Pacing.EVEN);
        private Traffic forecast = Traffic.UNIFORM;
        private Instant before = Instant.EPOCH;
        private long spentBefore;
        private double planned;

        /// @param grain the typical bid, in micros
        public Mirror(double grain) {
            this.grain = grain;
        }

        @Override
        public double multiplier(double chance) {
            return state.multiplier();
        }

        @Override
        public void step(Instant now, long spent) {
            state = Pacer.next(
                    state,
                    new Pacer.Step(
                            planned,
                            spent - spentBefore,
                            grain * state.multiplier(),
                            plan.behind(forecast, spent, now)));
            follow(now, spent);
        }

        @Override
        public void begin(SpendPlan next, Traffic expected) {
            plan = next;
            forecast = expected;
            follow(next.start(), 0);
        }

        @Override
        public void replan(SpendPlan next, long spent) {
            double was = planned;
            plan = next;
            follow(next.start(), spent);
            state = was > 0 && planned > 0 ? Pacer.replanned(state, planned / was) : state;
        }

        private void follow(Instant now, long spent) {
            before = now;
            spentBefore = spent;
            planned = plan.planned(forecast, spent, before, now.plus(Arena.STEP));
        }
    }
}
