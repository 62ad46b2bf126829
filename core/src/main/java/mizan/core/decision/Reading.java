package mizan.core.decision;

import java.time.Instant;
import mizan.core.campaign.Ad;
import mizan.core.campaign.Placement;
import mizan.core.feed.Viewer;
import mizan.core.receipt.CandidateFacts;
import mizan.core.receipt.Draw;

/// The facts about one ad group, read when they are asked for: live ones, or those that a record kept.
interface Reading {
    Live.Available available();

    int multiplierPpm();

    /// Renders counted for the n-th of the group's caps.
    int shown(int cap);

    /// Asked only of a group that pays for clicks.
    Rates rates(Ad ad);

    long costMicros(Ad ad);

    /// @param meanPpm expected clicks per million renders, at least 1
    /// @param samplePpm what it is ranked by, at least 1
    record Rates(int meanPpm, int samplePpm, Draw draw) {
        /// Of one that does not pay for clicks.
        static final Rates NONE = new Rates(0, 0, Draw.NONE);
    }

    /// @param multiplierPpm that of the bounds in use, so that nobody is worth more than they say
    /// @param maxRatePpm what no estimate counts for more than
    record Now(
            Live live,
            Snapshot.Entry entry,
            Placement placement,
            Viewer viewer,
            Instant now,
            int multiplierPpm,
            int maxRatePpm)
            implements Reading {
        @Override
        public Live.Available available() {
            return live.available(entry.group().id());
        }

        /// A viewer without a key cannot be counted, so a capped ad is not shown to them.
        @Override
        public int shown(int cap) {
            var one = entry.caps().get(cap);
            return viewer.key().isEmpty()
                    ? one.limit().max()
                    : live.shown(viewer.key().get(), one.scope(), one.limit().window(), now);
        }

        @Override
        public Rates rates(Ad ad) {
            var estimate = live.clickEstimate(ad, placement);
            var draw = estimate.evidence() > 0 ? Draw.of(estimate.evidence(), maxRatePpm) : Draw.NONE;
            return new Rates(promised(estimate.mean()), promised(estimate.sample()), draw);
        }

        private int promised(double rate) {
            return Math.min(Bidder.clickRatePpm(rate), maxRatePpm);
        }

        @Override
        public long costMicros(Ad ad) {
            return Math.max(0, live.userCostMicros(ad, placement));
        }
    }

    record Recorded(CandidateFacts facts) implements Reading {
        @Override
        public Live.Available available() {
            return new Live.Available(facts.availableMicros(), facts.limit());
        }

        @Override
        public int multiplierPpm() {
            return facts.multiplierPpm();
        }

        @Override
        public int shown(int cap) {
            if (cap >= facts.shown().size()) {
                throw new IllegalStateException("the record lacks a fact that the decision asks for");
            }
            return facts.shown().get(cap);
        }

        @Override
        public Rates rates(Ad ad) {
            return new Rates(facts.clickRatePpm(), facts.sampledRatePpm(), facts.draw());
        }

        @Override
        public long costMicros(Ad ad) {
            return facts.costMicros();
        }
    }
}
