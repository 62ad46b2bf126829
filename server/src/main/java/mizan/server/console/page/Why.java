package mizan.server.console.page;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Why one reader saw one ad, and what that reader may do about it.
public sealed interface Why {
    /// An ad that was shown.
    ///
    /// @param path of this page, which forms post to
    /// @param picture the creative's picture; empty if it has none
    /// @param onBehalfOf whose ad it is
    /// @param because each thing that it was aimed by and that the reader or the page had
    /// @param profiled whether an age, interests or segments of the reader led to it
    /// @param days for how long this can be read
    record Shown(
            String path,
            Instant at,
            String adId,
            String advertiserId,
            Text headline,
            Text body,
            Optional<Feed.Picture> picture,
            String onBehalfOf,
            String payer,
            List<Feed.Why> because,
            boolean profiled,
            Hiding hiding,
            int days)
            implements Why {
        public Shown {
            because = List.copyOf(because);
        }
    }

    /// What the reader has hidden.
    ///
    /// @param possible false where the platform did not say who reads: then nothing can be remembered
    record Hiding(boolean possible, boolean ad, boolean advertiser) {}

    /// The decision is no longer kept; the ad may still be on record.
    record Gone(String adId, int days) implements Why {}
}
