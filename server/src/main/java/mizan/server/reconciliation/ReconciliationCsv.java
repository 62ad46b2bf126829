package mizan.server.reconciliation;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import mizan.core.reconciliation.Difference;
import mizan.core.reconciliation.Line;
import mizan.core.reconciliation.Measure;
import mizan.core.reconciliation.State;
import mizan.server.console.Csv;

/// A comparison for spreadsheets: one line a number, those that could not be used at the end. Amounts are in the
/// currency's unit.
public final class ReconciliationCsv {
    private static final List<String> HEAD = List.of(
            "line",
            "day",
            "item",
            "measure",
            "advertiser",
            "platform",
            "difference",
            "tolerance",
            "state",
            "explained_by",
            "unexplained");

    private static final Set<State> ONE_SIDED = Set.of(State.NOT_IN_FILE, State.UNKNOWN);

    private ReconciliationCsv() {}

    public static String write(Kept kept) {
        var text = new StringBuilder(Csv.line(HEAD));
        for (var line : kept.lines()) {
            line.differences().forEach(d -> text.append(Csv.line(cells(line, d))));
        }
        for (var wrong : kept.wrong()) {
            var code = "WRONG_" + wrong.why().name();
            text.append(
                    Csv.line(List.of(Long.toString(wrong.line()), "", wrong.text(), "", "", "", "", "", code, "", "")));
        }
        return text.toString();
    }

    private static List<String> cells(Line line, Difference d) {
        var reasons = d.reasons().stream()
                .map(r -> r.cause().name().toLowerCase(Locale.ROOT) + " " + number(d.measure(), r.amount()))
                .collect(Collectors.joining("; "));
        return List.of(
                line.theirs().map(t -> Long.toString(t.line())).orElse(""),
                line.day().toString(),
                line.item(),
                d.measure().name().toLowerCase(Locale.ROOT),
                line.theirs().isPresent() ? number(d.measure(), d.theirs()) : "",
                number(d.measure(), d.ours()),
                number(d.measure(), d.amount()),
                number(d.measure(), d.tolerance()),
                (ONE_SIDED.contains(line.state()) ? line.state() : d.state()).name(),
                reasons,
                number(d.measure(), d.rest()));
    }

    private static String number(Measure measure, long amount) {
        return measure == Measure.COST
                ? BigDecimal.valueOf(amount, 6).stripTrailingZeros().toPlainString()
                : Long.toString(amount);
    }
}
