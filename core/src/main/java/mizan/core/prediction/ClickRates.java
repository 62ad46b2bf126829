package mizan.core.prediction;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import mizan.core.campaign.Ad;
import mizan.core.campaign.AdGroupId;
import mizan.core.campaign.AdId;

/// Click rates that borrow strength: a new ad is believed to do as well as its ad group, a new ad group as well
/// as everything, until renders of its own say otherwise.
///
/// A hierarchical Beta prior, each level shrunk towards the one above: `(clicks + M x rate above) / (renders + M)`
/// (Gelman et al., Bayesian Data Analysis, section 5.3). `M` says how many renders the prior is worth. Safe to use
/// from any thread; a rate read while others count is at most those counts behind.
public final class ClickRates {
    /// Of a platform without any renders: one click in a hundred.
    public static final double BEFORE_ANY = 0.01;

    /// Never 0, so that no ad is shut out by a run of bad luck.
    public static final double LOWEST = 0.000_001;

    static final double AD_STRENGTH = 200;
    static final double GROUP_STRENGTH = 500;
    static final double OVERALL_STRENGTH = 1_000;

    private final Map<AdId, Tally> ads = new ConcurrentHashMap<>();
    private final Map<AdGroupId, Tally> groups = new ConcurrentHashMap<>();
    private final Tally overall = new Tally();

    /// Counts renders and clicks of this ad, as they happen or all at once when rebuilding.
    ///
    /// @param renders 0 or more
    /// @param clicks 0 or more; a click may be counted in a later call than its render
    public void count(AdId ad, AdGroupId group, long renders, long clicks) {
        if (renders < 0 || clicks < 0) {
            throw new IllegalArgumentException("counts only grow");
        }
        ads.computeIfAbsent(ad, _ -> new Tally()).add(renders, clicks);
        groups.computeIfAbsent(group, _ -> new Tally()).add(renders, clicks);
        overall.add(renders, clicks);
    }

    /// Predicted clicks per render, [LOWEST, 1].
    public double rate(Ad ad) {
        return rate(ad.id(), ad.adGroup());
    }

    double rate(AdId ad, AdGroupId group) {
        double everything = overall.shrunk(BEFORE_ANY, OVERALL_STRENGTH);
        var groupTally = groups.get(group);
        double ofGroup = groupTally == null ? everything : groupTally.shrunk(everything, GROUP_STRENGTH);
        var adTally = ads.get(ad);
        return adTally == null ? ofGroup : adTally.shrunk(ofGroup, AD_STRENGTH);
    }

    /// The mean of a Beta prior worth `strength` renders at rate `prior`, after these counts.
    static double posteriorMean(long renders, long clicks, double prior, double strength) {
        return Math.clamp((clicks + strength * prior) / (renders + strength), LOWEST, 1);
    }

    private static final class Tally {
        private final LongAdder renders = new LongAdder();
        private final LongAdder clicks = new LongAdder();

        void add(long moreRenders, long moreClicks) {
            renders.add(moreRenders);
            clicks.add(moreClicks);
        }

        double shrunk(double prior, double strength) {
            return posteriorMean(renders.sum(), clicks.sum(), prior, strength);
        }
    }
}
