package mizan.core.prediction;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/// Click rates by a hierarchical Beta prior: an ad leans on its campaign, a campaign on everything, until it
/// has renders of its own.
///
/// `p = (clicks + M * parent) / (renders + M)`.
public final class ClickRates {
    /// One click in a hundred renders, before anything is known.
    private static final double PRIOR = 0.01;

    private static final double STRENGTH = 500;
    private final Map<String, Tally> tallies = new ConcurrentHashMap<>();
    private final Tally all = new Tally();

    /// Adds what happened to one ad.
    public void seen(String ad, String campaign, long renders, long clicks) {
        all.add(renders, clicks);
        tallies.computeIfAbsent(campaign, _ -> new Tally()).add(renders, clicks);
        tallies.computeIfAbsent(ad, _ -> new Tally()).add(renders, clicks);
    }

    /// Expected clicks per render, (0, 1].
    public double rate(String ad, String campaign) {
        double everything = all.rate(PRIOR);
        return of(ad).rate(of(campaign).rate(everything));
    }

    private Tally of(String scope) {
        return tallies.getOrDefault(scope, Tally.NONE);
    }

    private static final class Tally {
        static final Tally NONE = new Tally();
        private final LongAdder renders = new LongAdder();
        private final LongAdder clicks = new LongAdder();

        void add(long moreRenders, long moreClicks) {
            renders.add(moreRenders);
            clicks.add(moreClicks);
        }

        double rate(double parent) {
            return Math.min(1, (clicks.sum() + STRENGTH * parent) / (renders.sum() + STRENGTH));
        }
    }
}
