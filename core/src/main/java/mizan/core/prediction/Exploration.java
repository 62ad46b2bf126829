package mizan.core.prediction;

import java.util.List;

/// How likely an ad was to be ranked first when rates are drawn: the logging propensity that makes what was
/// learned from exploring usable for judging another policy (`mizan.core.evaluation`).
public final class Exploration {
    /// Draws that a propensity is estimated from: its standard error is at most 1/16.
    public static final int DRAWS = 64;

    private Exploration() {}

    /// What an ad that is hardly known may be ranked by.
    ///
    /// @param mean (0, 1)
    /// @param evidence how many renders the mean stands for, above 0
    public static double draw(double mean, double evidence, long seed) {
        return BetaDraw.of(mean, evidence, seed);
    }

    /// One ad that took part.
    ///
    /// @param bid what its click is worth to the ranking, any unit
    /// @param evidence see [BetaPrior#evidence]; ignored for an ad that is known
    public record Contender(double bid, double mean, double evidence, boolean known, long feature) {
        double rate(long seed) {
            return known ? mean : BetaDraw.of(mean, ClickPredictor.SHARPNESS * evidence, Features.cross(seed, feature));
        }
    }

    /// The share of draws in which this contender is worth the most, never below half a draw: an ad that was
    /// shown was not impossible.
    public static double propensity(List<Contender> contenders, int chosen, long seed) {
        int first = 0;
        for (int draw = 0; draw < DRAWS; draw++) {
            if (best(contenders, Features.mix(seed + draw)) == chosen) {
                first++;
            }
        }
        return Math.max(0.5, first) / DRAWS;
    }

    private static int best(List<Contender> contenders, long seed) {
        int best = 0;
        double highest = -1;
        for (int i = 0; i < contenders.size(); i++) {
            double worth = contenders.get(i).bid() * contenders.get(i).rate(seed);
            if (worth > highest) {
                highest = worth;
                best = i;
            }
        }
        return best;
    }
}
