package mizan.core.experiment;

import java.util.List;

/// What a campaign's ads changed: viewers who saw one against viewers who would have seen one and did not (Johnson,
/// Lewis and Nubbemeyer, "Ghost Ads", Journal of Marketing Research 2017).
///
/// For a viewer of the holdout the same auction runs with the same seed; if an ad of the campaign wins, that is written
/// down as a ghost, and the auction is decided again without the campaign. As the auction is the same, ghosts are
/// exact, and both groups are the same kind of viewer, chosen by the same targeting.
public final class GhostAds {
    private static final double Z = 1.96;

    private GhostAds() {}

    /// Which viewers a campaign stays away from.
    ///
    /// Another share is another experiment, with groups drawn anew: who had seen the ads before is then as
    /// likely in one as in the other, which would not be so if the groups were moved a little.
    ///
    /// @param split two arms: 0 may see the campaign, 1 is the holdout
    /// @param percent of viewers who are held out, 1 to [#MOST]
    public record Holdout(Split split, int percent) {
        /// Holding out more than half would learn less, not more.
        public static final int MOST = 50;

        public Holdout {
            if (percent < 1 || percent > MOST) {
                throw new IllegalArgumentException("a holdout is 1 to " + MOST + " percent");
            }
        }

        /// @param percent 1 to [#MOST]
        public static Holdout of(String campaign, int percent) {
            double share = percent / 100.0;
            var salt = "holdout/" + campaign + "/" + percent;
            return new Holdout(new Split(salt, List.of(1 - share, share)), percent);
        }

        /// Names the experiment in records and counts.
        public String experiment() {
            return split.salt();
        }

        public boolean holds(String viewer) {
            return split.arm(viewer) == 1;
        }
    }

    /// @param difference more (or fewer) per viewer because of the ads
    /// @param relative the same as a share of what happens without them; 0 when nothing does
    /// @param low where the truth lies with probability .95, for one look at the end, to `high`
    public record Lift(double difference, double relative, double low, double high) {
        public double width() {
            return high - low;
        }
    }

    /// @param exposed outcomes of viewers who saw an ad of the campaign
    /// @param ghosts outcomes of held-out viewers who would have seen one
    public static Lift lift(Sample exposed, Sample ghosts) {
        double difference = exposed.mean() - ghosts.mean();
        double margin = Z * Math.sqrt(exposed.error() + ghosts.error());
        double relative = ghosts.mean() == 0 ? 0 : difference / ghosts.mean();
        return new Lift(difference, relative, difference - margin, difference + margin);
    }
}
