package mizan.server.console.page;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import mizan.server.console.words.Worded;

/// Creatives that wait for a person, the longest first.
///
/// @param open how many wait in all; the page shows the first of them
/// @param saved whether a verdict was just taken
public record CreativeQueue(long open, Instant asOf, List<Waiting> waiting, Optional<Saved> saved) {
    public CreativeQueue {
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
