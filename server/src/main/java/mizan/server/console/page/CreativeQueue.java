package mizan.server.console.page;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import mizan.server.console.words.Worded;

/// Creatives that wait for a person, the longest first.
///
/// @param open how many wait in all; the page shows the first of them
/// @param drifted approved ones whose landing page is not as it was approved
/// @param saved whether a verdict was just taken
public record CreativeQueue(
        long open, Instant asOf, List<Waiting> waiting, List<Drifted> drifted, Optional<Saved> saved) {
    public CreativeQueue {
        drifted = List.copyOf(drifted);
        waiting = List.copyOf(waiting);
    }

    /// One creative.
    ///
    /// @param version of what is shown: a verdict on another one is not taken
    /// @param since when it was last changed
    /// @param leadsTo its landing page
    /// @param product what is advertised, IAB Ad Product Taxonomy 2.0 id; may be empty
    /// @param changed fields that differ from what was approved last; empty where nothing was
    /// @param samples as it would stand in the feed
    public record Waiting(
            String id,
            String version,
            String advertiser,
            String payer,
            Instant since,
            String leadsTo,
            String product,
            List<String> changed,
            List<Guide.Sample> samples) {
        public Waiting {
            changed = List.copyOf(changed);
            samples = List.copyOf(samples);
        }
    }

    /// An approved creative whose landing page has changed since.
    ///
    /// @param drift one of `elsewhere`, `other_words`, `gone`
    /// @param detail the host it leads to now, or why it does not answer; may be empty
    /// @param resembles which part of their words both say, 0 to 1
    /// @param approvedAt when it was looked at after its approval; empty when it never answered
    public record Drifted(
            String creative,
            String advertiser,
            Text headline,
            String leadsTo,
            String drift,
            String detail,
            double resembles,
            Optional<Instant> approvedAt) {}

    /// Why a creative is not shown, as it is told to its advertiser and, when it had been shown, to the public.
    public enum Reason {
        REVIEW_FAILURE,
        POLICY_REVOCATION,
        CONTENT_DRIFT,
        TAKEDOWN_REQUEST,
        SOURCE_DELETED,
        SOURCE_PRIVATE;

        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// What became of a verdict.
    public enum Saved implements Worded {
        APPROVED,
        REJECTED,
        SUSPENDED,
        /// Its landing page is as it should be.
        ACCEPTED,
        /// It was changed after it was looked at.
        CHANGED,
        /// A refusal needs a reason.
        INCOMPLETE;

        @Override
        public String wordKey() {
            return "creatives." + name().toLowerCase(Locale.ROOT);
        }
    }
}
