package mizan.server.console.page;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// Comparisons of counts, newest first, and the form that sends a file.
///
/// @param advertisers whose counts the reader may send; empty for an advertiser's own people
public record Reconciliation(List<Row> rows, List<DisputeList.Choice> advertisers, boolean maySend) {
    /// A file as it is taken.
    public static final String SAMPLE = """
            day,ad_group,impressions,clicks,cost
            2026-03-01,grp_…,1204,17,24.08
            """;

    public Reconciliation {
        rows = List.copyOf(rows);
        advertisers = List.copyOf(advertisers);
    }

    /// One comparison.
    ///
    /// @param level the end of the key of its words
    public record Row(
            String id,
            String advertiser,
            Instant at,
            String level,
            long rows,
            int wrong,
            Map<ReconciliationState, Long> states) {
        public Row {
            states = Map.copyOf(states);
        }

        public long count(ReconciliationState state) {
            return states.getOrDefault(state, 0L);
        }
    }

    /// One comparison with its lines, those with the most to talk about first.
    ///
    /// @param more how many lines are in the file only
    /// @param disputable campaigns with lines that nothing explains; empty when the reader may not dispute
    public record Single(
            Row row,
            String zone,
            String currency,
            int tolerancePercent,
            int shiftHours,
            List<String> ignored,
            List<Wrong> wrong,
            List<Line> lines,
            int more,
            List<DisputeList.Choice> disputable) {
        public Single {
            ignored = List.copyOf(ignored);
            wrong = List.copyOf(wrong);
            lines = List.copyOf(lines);
            disputable = List.copyOf(disputable);
        }
    }

    /// @param why the end of the key of its words
    public record Wrong(long line, String why, String text) {}

    /// @param number of the line in the file; absent when only the platform counted it
    /// @param item what it is called
    public record Line(
            OptionalLong number, LocalDate day, String item, ReconciliationState state, List<Figure> figures) {
        public Line {
            figures = List.copyOf(figures);
        }
    }

    /// One number of both sides, in micros when it is money.
    ///
    /// @param measure the end of the key of its words
    /// @param rest what nothing explains
    public record Figure(
            String measure, boolean money, Optional<Long> theirs, long ours, long rest, List<Reason> reasons) {
        public Figure {
            reasons = List.copyOf(reasons);
        }
    }

    /// @param cause the end of the key of its words
    public record Reason(String cause, long amount) {}
}
