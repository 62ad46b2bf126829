package mizan.server.console;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import mizan.server.console.page.Ledger;
import mizan.server.console.page.RevenueDesk;

/// Exports of what a page shows, for spreadsheets and programs: RFC 4180, Latin digits, a point, no
/// grouping.
///
/// The head is in English and stable, whatever the language of the page.
public final class Csv {
    private static final String LINE = "\r\n";
    private static final BigDecimal MICROS = BigDecimal.valueOf(1_000_000);

    private Csv() {}

    /// The weeks of the revenue desk, one a line.
    public static String revenueDesk(RevenueDesk desk) {
        var head = new ArrayList<>(List.of("week_start", "currency", "revenue"));
        DeskCharts.STACKED.forEach(movement -> head.add(movement.code()));
        var lines = new StringBuilder(line(head));
        for (var week : desk.weeks()) {
            var fields =
                    new ArrayList<>(List.of(week.start().toString(), desk.currency(), amount(week.revenueMicros())));
            DeskCharts.STACKED.forEach(
                    movement -> fields.add(amount(week.moved().getOrDefault(movement, 0L))));
            lines.append(line(fields));
        }
        return lines.toString();
    }

    /// The entries on a ledger page, one a line.
    public static String ledger(Ledger ledger) {
        var lines =
                new StringBuilder(line(List.of("number", "at", "from", "to", "currency", "amount", "state", "about")));
        for (var entry : ledger.entries()) {
            lines.append(line(List.of(
                    String.valueOf(entry.number()),
                    entry.at().toString(),
                    entry.fromAccount(),
                    entry.toAccount(),
                    ledger.currency(),
                    amount(entry.micros()),
                    entry.state().name(),
                    entry.about())));
        }
        return lines.toString();
    }

    private static String amount(long micros) {
        return BigDecimal.valueOf(micros).divide(MICROS).toPlainString();
    }

    /// One line with its end.
    public static String line(List<String> fields) {
        return fields.stream().map(Csv::quoted).collect(Collectors.joining(",", "", LINE));
    }

    /// Text that a spreadsheet would run as a formula, with any apostrophes before it.
    private static final Pattern FORMULA = Pattern.compile("(?s)'*[=+\\-@\t\r].*");

    private static final Pattern NUMBER = Pattern.compile("-?[0-9]+([.][0-9]+)?");

    /// What [#line] was given, from a field of what it made: an apostrophe before a formula is taken off again.
    public static String unguarded(String field) {
        return field.startsWith("'") && FORMULA.matcher(field).matches() ? field.substring(1) : field;
    }

    /// Text that a spreadsheet would run as a formula gets an apostrophe; numbers keep their minus.
    private static String quoted(String field) {
        boolean formula =
                FORMULA.matcher(field).matches() && !NUMBER.matcher(field).matches();
        var safe = formula ? "'" + field : field;
        boolean quote = safe.matches("(?s).*[\",\r\n].*");
        return quote ? '"' + safe.replace("\"", "\"\"") + '"' : safe;
    }
}
