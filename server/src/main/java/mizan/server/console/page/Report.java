package mizan.server.console.page;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Figures of a span of days, added up by one thing, as a table: the same on the page and in its files.
///
/// @param to the last day, included
/// @param compared the span that it is compared with; empty for none
/// @param zone the clock that days and hours are told by
/// @param rows at most as many as are shown
/// @param found how many there are
public record Report(
        By by,
        LocalDate from,
        LocalDate to,
        Optional<Span> compared,
        String zone,
        String currency,
        Instant asOf,
        List<Column> columns,
        List<Row> rows,
        Row total,
        int found) {
    public Report {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
    }

    /// Days, both included.
    public record Span(LocalDate from, LocalDate to) {}

    /// What figures are added up by.
    public enum By {
        ADVERTISER,
        CAMPAIGN,
        AD_GROUP,
        AD,
        PLACEMENT,
        DAY,
        WEEKDAY,
        HOUR;

        /// As in addresses, and in the keys of its words: `report.by.<code>`.
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static Optional<By> of(String code) {
            return Arrays.stream(values()).filter(b -> b.code().equals(code)).findFirst();
        }

        /// Whether its rows follow one another in time, so that they are never ranked.
        public boolean isTime() {
            return this == DAY || this == WEEKDAY || this == HOUR;
        }
    }

    /// A figure of each row. Its words are `report.column.<code>`.
    public enum Column {
        IMPRESSIONS(Shape.COUNT),
        VIEWABLE(Shape.COUNT),
        VIEWABLE_RATE(Shape.SHARE),
        CLICKS(Shape.COUNT),
        CLICK_RATE(Shape.SHARE),
        SPEND(Shape.AMOUNT),
        CPM(Shape.AMOUNT),
        CPC(Shape.AMOUNT),
        IMPRESSIONS_BEFORE(Shape.COUNT),
        SPEND_BEFORE(Shape.AMOUNT),
        SPEND_CHANGE(Shape.CHANGE);

        private final Shape shape;

        Column(Shape shape) {
            this.shape = shape;
        }

        public Shape shape() {
            return shape;
        }

        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// How a figure reads.
    public enum Shape {
        COUNT,
        /// Of one: 0.25 is 25 %.
        SHARE,
        /// A share that may be below zero.
        CHANGE,
        /// Micros.
        AMOUNT
    }

    /// @param id of a thing, an ISO day, an hour from 0, or a day of the week from 1 (Monday); empty for the total
    /// @param name empty where the id says it
    /// @param figures one a column; empty where there is none, such as a rate of nothing
    public record Row(String id, String name, List<Optional<Number>> figures) {
        public Row {
            figures = List.copyOf(figures);
        }
    }

    /// A page with a report.
    ///
    /// @param advertisers to choose from, by id
    /// @param campaigns to choose from, by id
    /// @param views that the reader saved: their addresses
    public record Page(
            Report report,
            String advertiser,
            String campaign,
            String sort,
            String compare,
            Map<String, String> advertisers,
            Map<String, String> campaigns,
            List<View> views,
            String query) {
        public Page {
            views = List.copyOf(views);
        }
    }

    /// @param query of the report's address
    public record View(String id, String name, String query) {}
}
