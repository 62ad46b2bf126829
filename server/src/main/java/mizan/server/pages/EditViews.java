package mizan.server.pages;

import java.util.Arrays;
import java.util.List;
import mizan.core.campaign.ChargeBy;
import mizan.core.campaign.EntityStatus;
import mizan.core.campaign.Pacing;
import mizan.server.console.page.Edit;
import mizan.server.editing.BulkPlan;
import mizan.server.editing.Column;
import mizan.server.editing.Columns;
import mizan.server.editing.Edits;

/// What was found about changes, as pages show it.
final class EditViews {
    private EditViews() {}

    static List<Edit.Change> changes(List<Columns.Difference> differences) {
        return differences.stream()
                .map(d -> new Edit.Change(d.column(), d.from(), d.to()))
                .toList();
    }

    static List<Edit.Wrong> wrong(List<Columns.Wrong> wrong) {
        return wrong.stream().map(EditViews::wrong).toList();
    }

    static Edit.Wrong wrong(Columns.Wrong wrong) {
        return new Edit.Wrong(wrong.column(), wrong.problem(), wrong.detail());
    }

    static Edit.Cost cost(Edits.Cost cost) {
        return new Edit.Cost(cost.micros(), cost.unlimited());
    }

    static Edit.Line line(BulkPlan.Line line) {
        return new Edit.Line(
                line.number(),
                line.id(),
                line.name(),
                line.look().map(l -> changes(l.differences())).orElse(List.of()),
                wrong(line.wrong()),
                line.look().map(l -> cost(l.cost())).orElse(new Edit.Cost(0, false)),
                line.look().flatMap(Edits.Look::waits).map(w -> w.text()).orElse(""));
    }

    static Edit.Shape shape(Column column) {
        return switch (column.shape()) {
            case WORDS, CODE, CAPS -> Edit.Shape.WORDS;
            case AMOUNT -> Edit.Shape.AMOUNT;
            case FROM, UNTIL -> Edit.Shape.DAY;
            case LIST, CAPITALS -> Edit.Shape.LIST;
        };
    }

    /// What a column can be; empty where it is no matter of a few codes.
    static List<String> codes(String column) {
        return switch (column) {
            case "entity_status" -> names(EntityStatus.values());
            case "pacing" -> names(Pacing.values());
            case "charge_by" -> names(ChargeBy.values());
            default -> List.of();
        };
    }

    private static List<String> names(Enum<?>[] values) {
        return Arrays.stream(values).map(Enum::name).toList();
    }
}
