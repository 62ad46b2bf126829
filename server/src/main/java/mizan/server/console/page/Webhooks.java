package mizan.server.console.page;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Who is told of events, and what became of each.
///
/// @param shown a secret that is shown once: of a new webhook, or a new one of an old webhook
/// @param types that can be chosen, such as `campaign.paused`
/// @param form what was typed, when it could not be used
/// @param wrong whether it could not be used
public record Webhooks(List<Row> rows, Optional<Secret> shown, List<String> types, String form, boolean wrong) {
    public Webhooks {
        rows = List.copyOf(rows);
        types = List.copyOf(types);
    }

    /// @param advertiser its name; empty for the platform
    /// @param failingSince empty while it answers
    public record Row(
            String id,
            String url,
            String advertiser,
            List<String> types,
            Instant since,
            Optional<Instant> failingSince,
            boolean disabled) {
        public Row {
            types = List.copyOf(types);
        }
    }

    public record Secret(String webhook, String url, String text) {}

    /// One webhook with what was sent to it.
    ///
    /// @param oldUntil when its old secret signs no more; empty without one
    public record Single(Row row, Optional<Instant> oldUntil, List<Sent> sent) {
        public Single {
            sent = List.copyOf(sent);
        }
    }

    /// @param state such as `arrived`; its words are `webhooks.state.*`
    /// @param said what the last try brought; empty before the first
    /// @param nextAt of the next try, while it waits
    public record Sent(
            long number,
            String event,
            String type,
            Instant at,
            String state,
            int tries,
            String said,
            Optional<Instant> nextAt) {}
}
