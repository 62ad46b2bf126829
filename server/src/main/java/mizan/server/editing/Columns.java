package mizan.server.editing;

import static mizan.server.editing.Column.Shape.AMOUNT;
import static mizan.server.editing.Column.Shape.CAPITALS;
import static mizan.server.editing.Column.Shape.CAPS;
import static mizan.server.editing.Column.Shape.CODE;
import static mizan.server.editing.Column.Shape.FROM;
import static mizan.server.editing.Column.Shape.LIST;
import static mizan.server.editing.Column.Shape.UNTIL;
import static mizan.server.editing.Column.Shape.WORDS;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import mizan.server.booking.Kind;
import mizan.server.http.Problem;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The fields that people change of each kind, and what differs between typed texts and what is booked.
public final class Columns {
    private static final List<Column> NAMED =
            List.of(column("name_ar", WORDS, "name", "ar"), column("name_en", WORDS, "name", "en"));
    private static final Column STATUS = column("entity_status", CODE, "", "entity_status");
    private static final List<Column> SPENDING = List.of(
            column("total_budget", AMOUNT, "budget", "total_micros"),
            column("daily_budget", AMOUNT, "budget", "daily_micros"),
            column("start", FROM, "flight", "start"),
            column("end", UNTIL, "flight", "end"),
            column("frequency_caps", CAPS, "", "frequency_caps"));
    private static final Column EXTERNAL = column("external_id", WORDS, "", "external_id");
    private static final List<Column> CAMPAIGN = joined(
            NAMED,
            List.of(STATUS),
            SPENDING,
            List.of(
                    column("pacing", CODE, "", "pacing"),
                    column("suitability_terms", CODE, "", "suitability_terms"),
                    EXTERNAL));
    private static final List<Column> AD_GROUP = joined(
            NAMED,
            List.of(
                    STATUS,
                    column("charge_by", CODE, "bid", "charge_by"),
                    column("bid", AMOUNT, "bid", "amount_micros")),
            SPENDING,
            List.of(
                    targeting("countries", CAPITALS),
                    targeting("excluded_countries", CAPITALS),
                    targeting("languages", LIST),
                    targeting("devices", LIST),
                    targeting("placements", LIST),
                    targeting("topics", LIST),
                    targeting("excluded_topics", LIST),
                    targeting("keywords", LIST),
                    targeting("excluded_keywords", LIST),
                    EXTERNAL));
    private static final List<Column> AD =
            List.of(column("creative", CODE, "", "creative"), STATUS, SPENDING.getLast());

    private Columns() {}

    private static Column column(String name, Column.Shape shape, String object, String member) {
        return new Column(name, shape, object, member);
    }

    private static Column targeting(String name, Column.Shape shape) {
        return column(name, shape, "targeting", name);
    }

    @SafeVarargs
    private static List<Column> joined(List<Column>... lists) {
        var all = new ArrayList<Column>();
        for (var list : lists) {
            all.addAll(list);
        }
        return List.copyOf(all);
    }

    /// What people change of a kind, in the order of forms; nothing of those that have forms of their own.
    public static List<Column> of(Kind kind) {
        return switch (kind) {
            case CAMPAIGN -> CAMPAIGN;
            case AD_GROUP -> AD_GROUP;
            case AD -> AD;
            case ADVERTISER, TERMS, CREATIVE, PLACEMENT -> List.of();
        };
    }

    /// How something booked reads, by the names of its columns.
    ///
    /// @param zone the advertiser's, for days
    public static Map<String, String> texts(Kind kind, ObjectNode body, ZoneId zone) {
        var texts = new LinkedHashMap<String, String>();
        of(kind).forEach(column -> texts.put(column.name(), column.text(column.of(body), zone)));
        return texts;
    }

    /// A field that would not be as it was.
    public record Difference(String column, String from, String to) {}

    /// A text that cannot be used.
    ///
    /// @param problem such as `amount`
    /// @param detail what is wanted, as data; may be empty
    public record Wrong(String column, String problem, String detail) {}

    /// What typed texts ask for.
    ///
    /// @param fields those that differ, for the book
    record Sent(ObjectNode fields, List<Difference> differences, List<Wrong> wrong) {}

    /// A column that was not typed stays as it is; an empty text takes its value away.
    static Sent read(Kind kind, ObjectNode body, ZoneId zone, Map<String, String> typed) {
        var fields = JsonNodeFactory.instance.objectNode();
        var differences = new ArrayList<Difference>();
        var wrong = new ArrayList<Wrong>();
        for (var column : of(kind)) {
            var text = typed.get(column.name());
            if (text == null) {
                continue;
            }
            try {
                var was = column.text(column.of(body), zone);
                if (text.strip().equals(was)) {
                    continue;
                }
                var value = column.value(text, zone);
                var becomes = column.text(value, zone);
                if (!was.equals(becomes)) {
                    column.put(fields, value);
                    differences.add(new Difference(column.name(), was, becomes));
                }
            } catch (Column.Unreadable unreadable) {
                wrong.add(new Wrong(column.name(), unreadable.problem(), text.strip()));
            }
        }
        withoutEmptyFlight(kind, body, fields);
        return new Sent(fields, differences, wrong);
    }

    /// An ad group that names no day any more runs as long as its campaign.
    private static void withoutEmptyFlight(Kind kind, ObjectNode body, ObjectNode fields) {
        boolean noStart = fields.path("flight").path("start").isNull();
        boolean noEnd = fields.path("flight").path("end").isNull()
                || (!fields.path("flight").has("end") && !body.path("flight").has("end"));
        if (kind == Kind.AD_GROUP && noStart && noEnd) {
            fields.putNull("flight");
        }
    }

    /// The column that an error of the book is about.
    static Wrong wrong(Kind kind, Problem.FieldError error) {
        var at = error.param().replaceFirst("^/", "");
        return new Wrong(
                of(kind).stream()
                        .filter(c -> at.startsWith(c.object().isEmpty() ? c.member() : c.object() + "/" + c.member()))
                        .findFirst()
                        .or(() -> of(kind).stream()
                                .filter(c -> !c.object().isEmpty() && at.startsWith(c.object()))
                                .findFirst())
                        .map(Column::name)
                        .orElse(at),
                switch (error.code()) {
                    case REQUIRED -> "required";
                    case UNKNOWN_REFERENCE -> "unknown";
                    default -> "refused";
                },
                String.join(", ", error.args()));
    }
}
