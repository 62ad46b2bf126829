package mizan.server.console.page;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Disputes, newest first, and the form that opens one.
///
/// @param campaigns those that one may object to; empty when the reader may not
/// @param firstDay the first day that one may object to
public record DisputeList(
        List<Row> rows, List<Choice> campaigns, List<String> reasons, LocalDate firstDay, Optional<String> next) {
    public DisputeList {
        rows = List.copyOf(rows);
        campaigns = List.copyOf(campaigns);
        reasons = List.copyOf(reasons);
    }

    /// A campaign to choose.
    public record Choice(String id, String name) {}

    /// One dispute.
    ///
    /// @param reason the key of its words, without its prefix
    /// @param overdue whether the platform has not answered in time
    public record Row(
            String id,
            String campaign,
            String advertiser,
            String reason,
            DisputeState state,
            Instant openedAt,
            Instant answerDue,
            boolean overdue,
            String currency,
            long creditedMicros) {}

    /// One dispute with both sides' numbers and all that was said.
    ///
    /// @param days the first and last day; absent when showings were named
    /// @param named how many showings were named; 0 when it is about days
    /// @param creditableMicros what accepting all of it would give back now
    public record Single(
            Row row,
            String campaignId,
            Optional<Days> days,
            int named,
            List<Line> lines,
            long creditedShowings,
            long creditableMicros,
            List<Said> said,
            boolean maySpeak,
            boolean mayAnswer) {
        public Single {
            lines = List.copyOf(lines);
            said = List.copyOf(said);
        }
    }

    public record Days(LocalDate first, LocalDate last, String zone) {}

    /// One number of both sides; in micros when it is money.
    public record Line(String key, boolean money, OptionalLong theirs, long ours) {}

    /// One thing that was said.
    ///
    /// @param became the state after it; absent for a note
    public record Said(Instant at, String by, boolean platform, Optional<DisputeState> became, String text) {}
}
