package mizan.bench.predict;

import static mizan.bench.predict.Finding.figures;

import java.util.SplittableRandom;
import mizan.core.experiment.GhostAds;
import mizan.core.experiment.Sample;
import mizan.core.experiment.Split;

/// E3: a campaign that makes one in ten more buy, targeted at those who buy anyway. Ghost ads, against everybody who
/// was
/// assigned (intention to treat) and against counting every buyer who saw an ad.
final class Lift {
    private static final int VIEWERS = 1_000_000;
    private static final double TRUE_LIFT = 0.1;

    private Lift() {}

    static Finding run(int seeds) {
        double bias = 0;
        double width = 0;
        double widthOfAll = 0;
        double attributed = 0;
        double unexposed = 0;
        for (long seed = 0; seed < seeds; seed++) {
            var run = new Run(seed);
            var ghosts = GhostAds.lift(run.exposed, run.ghosts);
            var all = GhostAds.lift(run.treated, run.heldOut);
            double reached = run.exposed.count() / (double) run.treated.count();
            bias += ghosts.relative() - TRUE_LIFT;
            width += ghosts.width();
            widthOfAll += all.width() / reached; // Both in buyers for each viewer who saw an ad.
            attributed += run.exposed.mean() / (run.ghosts.mean() * TRUE_LIFT) - 1;
            unexposed += run.exposed.mean() / run.unexposed.mean() - 1 - TRUE_LIFT;
        }
        double points = Math.abs(bias / seeds);
        return new Finding(
                "E3",
                "bias of the lift <= 1 point, interval <= 0.5 x that of intention to treat",
                points <= 0.01 && width <= 0.5 * widthOfAll,
                figures("seeds", seeds, "bias", bias / seeds, "interval_over_itt", width / widthOfAll),
                figures(
                        "last_touch_counts_too_many_by", attributed / seeds,
                        "exposed_against_unexposed_bias", unexposed / seeds));
    }

    /// One campaign, one auction a viewer: the campaign wins if its bid for this viewer is the highest. Held-out
    /// viewers meet
    /// the same auction, and its runner-up is shown.
    private static final class Run {
        private final Split split;
        private Sample exposed = Sample.EMPTY;
        private Sample ghosts = Sample.EMPTY;
        private Sample treated = Sample.EMPTY;
        private Sample heldOut = Sample.EMPTY;
        private Sample unexposed = Sample.EMPTY;

        Run(long seed) {
            var random = new SplittableRandom(seed);
            split = Split.halves("holdout/" + seed);
            for (int viewer = 0; viewer < VIEWERS; viewer++) {
                double appetite = random.nextExponential();
                double buys = Math.min(0.5, 0.1 * appetite);
                boolean wins = 0.6 * appetite * Math.exp(0.5 * random.nextGaussian())
                        > Math.max(random.nextExponential(), random.nextExponential()) + 1;
                boolean holdout = split.arm("viewer" + viewer) == 1;
                double rate = wins && !holdout ? buys * (1 + TRUE_LIFT) : buys;
                count(wins, holdout, random.nextDouble() < rate ? 1 : 0);
            }
        }

        private void count(boolean wins, boolean holdout, double bought) {
            if (holdout) {
                heldOut = heldOut.with(bought);
                ghosts = wins ? ghosts.with(bought) : ghosts;
            } else {
                treated = treated.with(bought);
                exposed = wins ? exposed.with(bought) : exposed;
                unexposed = wins ? unexposed : unexposed.with(bought);
            }
        }
    }
}
