package mizan.core.prediction;

import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Predicts clicks, and learns from what is rendered and clicked. One thread learns, any number predict.
///
/// The rate is [ClickLearner]'s; here are the bounds and the draw for ads that are hardly known.
public final class ClickPredictor {
    /// No estimate is above one click in ten renders: in a feed that is a measuring error or fraud, and a bound
    /// is what lets the decision stop early.
    public static final double MAX_RATE = 0.1;

    /// What a page, a draw and a few minutes of learning may make of the rate that an ad's counts lean to. More
    /// is rare (a draw for an unknown ad is beyond it once in a hundred times) and counts as this much. Twice as
    /// much doubled the ad groups that a decision has to look at.
    static final double PROMISE = 1.5;

    /// Below this many renders an ad is ranked by a draw.
    public static final int KNOWN_AFTER = 1_000;

    /// Draws scatter half as wide as what is known would allow: with 200 new ads and 500 renders for each, that halves
    /// what exploring costs (posterior reshaping: Chapelle and Li, "An Empirical Evaluation of Thompson Sampling",
    /// NIPS 2011).
    static final double SHARPNESS = 4;

    private static final double MIN_RATE = 1e-6;

    private final ClickLearner learner;
    /// As many as there are ads times placements in the book.
    private final Map<Place, BetaPrior.Path> paths = new ConcurrentHashMap<>();

    private record Place(String ad, String placement) {}

    public ClickPredictor(ClickLearner learner) {
        this.learner = learner;
    }

    /// An ad that was decided and rendered.
    ///
    /// @param positionFactor how likely its position is looked at, relative to the first; (0, 1]
    /// @param at when it was decided, which is when its rate was asked for
    public record Shown(AdSignals ad, PageSignals page, double positionFactor, Instant at) {}

    /// Ready for all candidates of one request.
    public final class ForPage {
        private final PageSignals page;
        private final double weight;
        private final long seed;

        private ForPage(PageSignals page, Instant now, long seed) {
            this.page = page;
            this.weight = BetaPrior.weight(now);
            this.seed = seed;
        }

        /// The most that estimates of this ad say, on whichever page, until it is asked again: what its counts
        /// lean to, times [#PROMISE]. It keeps nothing of the ad.
        public double promise(String advertiser, String campaign, String ad) {
            double leaning = learner.prior().rate(advertiser, campaign, ad, weight);
            return Math.min(MAX_RATE, leaning * PROMISE);
        }

        public ClickEstimate estimate(AdSignals ad) {
            var row = row(ad, page);
            double mean = Math.clamp(learner.rate(row, weight), MIN_RATE, MAX_RATE);
            if (learner.prior().renders(row.path(), weight) >= KNOWN_AFTER) {
                return ClickEstimate.of(mean);
            }
            double evidence = SHARPNESS * learner.prior().evidence(row.path(), weight);
            double draw =
                    BetaDraw.of(mean, evidence, Features.cross(seed, ad.hashed().ad()));
            return new ClickEstimate(mean, Math.clamp(draw, MIN_RATE, MAX_RATE), evidence);
        }
    }

    /// @param seed of the decision: the same one gives the same draws
    public ForPage on(PageSignals page, Instant now, long seed) {
        return new ForPage(page, now, seed);
    }

    /// Learns that an ad was rendered, as if it were never clicked.
    public void rendered(Shown shown) {
        learner.rendered(row(shown.ad(), shown.page()), shown.positionFactor(), shown.at());
    }

    /// Learns that a rendered ad was clicked.
    public void clicked(Shown shown) {
        learner.clicked(row(shown.ad(), shown.page()), shown.positionFactor(), shown.at());
    }

    private ClickLearner.Row row(AdSignals ad, PageSignals page) {
        var path = paths.computeIfAbsent(
                new Place(ad.ad(), page.placement()),
                place -> learner.prior()
                        .path(ad.category() + "@" + place.placement(), ad.advertiser(), ad.campaign(), place.ad()));
        return new ClickLearner.Row(path, page.with(ad), page.placement());
    }

    public ClickLearner learner() {
        return learner;
    }
}
