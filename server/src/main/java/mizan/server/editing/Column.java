package mizan.server.editing;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// A field that people change, as one text.
///
/// @param name in forms and in the head of files
/// @param object the member of the booked fields that it lies in; empty where it lies in none
/// @param member its own name there
public record Column(String name, Shape shape, String object, String member) {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String NEXT = "; ";

    /// How a text of it reads.
    public enum Shape {
        /// Words.
        WORDS,
        /// One of a few codes, or the id of something booked.
        CODE,
        /// Whole units of the advertiser's currency, with a point.
        AMOUNT,
        /// A day, from its first moment on; or a minute.
        FROM,
        /// A day, to its last moment; or a minute.
        UNTIL,
        /// Codes with semicolons between them.
        LIST,
        /// Codes in capitals.
        CAPITALS,
        /// `3/P1D`: at most three in a day; `3/P1D/PT1H` with an hour between two.
        CAPS
    }

    /// Why a text says nothing of its kind.
    static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1L;
        private final String problem;

        Unreadable(String problem) {
            super(problem, null, false, false);
            this.problem = problem;
        }

        String problem() {
            return problem;
        }
    }

    JsonNode of(ObjectNode body) {
        return object.isEmpty() ? body.path(member) : body.path(object).path(member);
    }

    void put(ObjectNode wish, JsonNode value) {
        (object.isEmpty() ? wish : wish.withObject("/" + object)).set(member, value);
    }

    /// The text of a stored value; empty where there is none.
    String text(JsonNode value, ZoneId zone) {
        if (value.isMissingNode() || value.isNull()) {
            return "";
        }
        return switch (shape) {
            case WORDS, CODE -> value.asString("");
            case AMOUNT ->
                BigDecimal.valueOf(value.longValue(), 6).stripTrailingZeros().toPlainString();
            case FROM -> moment(Instant.parse(value.asString()), zone, 0);
            case UNTIL -> moment(Instant.parse(value.asString()), zone, 1);
            case LIST, CAPITALS -> listed(value);
            case CAPS ->
                String.join(
                        NEXT,
                        StreamSupport.stream(value.spliterator(), false)
                                .map(Column::cap)
                                .toList());
        };
    }

    private static String moment(Instant at, ZoneId zone, int daysBack) {
        var local = LocalDateTime.ofInstant(at, zone);
        return local.toLocalTime().equals(LocalTime.MIDNIGHT)
                ? local.toLocalDate().minusDays(daysBack).toString()
                : local.toString();
    }

    private static String listed(JsonNode list) {
        var sorted = new TreeSet<String>();
        list.forEach(one -> sorted.add(one.asString("")));
        return String.join(NEXT, sorted);
    }

    private static String cap(JsonNode cap) {
        var text = cap.path("max").asInt() + "/" + cap.path("window").asString("");
        return cap.has("cool_down") ? text + "/" + cap.path("cool_down").asString("") : text;
    }

    /// The value that a text asks for.
    JsonNode value(String typed, ZoneId zone) throws Unreadable {
        var text = typed.strip();
        return switch (shape) {
            case WORDS -> text.isEmpty() ? JSON.nullNode() : JSON.stringNode(text);
            case CODE -> text.isEmpty() ? JSON.nullNode() : JSON.stringNode(text);
            case AMOUNT -> text.isEmpty() ? JSON.nullNode() : JSON.numberNode(amount(text));
            case FROM ->
                text.isEmpty()
                        ? JSON.nullNode()
                        : JSON.stringNode(moment(text, zone, 0).toString());
            case UNTIL ->
                text.isEmpty()
                        ? JSON.nullNode()
                        : JSON.stringNode(moment(text, zone, 1).toString());
            case LIST -> list(each(text));
            case CAPITALS -> list(each(text.toUpperCase(Locale.ROOT)));
            case CAPS -> caps(text);
        };
    }

    private static long amount(String text) throws Unreadable {
        var micros = Amounts.micros(text);
        if (micros.isEmpty()) {
            throw new Unreadable("amount");
        }
        return micros.getAsLong();
    }

    private static Instant moment(String text, ZoneId zone, int daysOn) throws Unreadable {
        try {
            return text.length() <= LocalDate.MAX.toString().length() && !text.contains(":")
                    ? LocalDate.parse(text).plusDays(daysOn).atStartOfDay(zone).toInstant()
                    : LocalDateTime.parse(text.replace(' ', 'T')).atZone(zone).toInstant();
        } catch (DateTimeException _) {
            throw new Unreadable("day");
        }
    }

    private static Set<String> each(String text) {
        var all = new TreeSet<String>();
        Arrays.stream(text.split("[;؛\\n]"))
                .map(String::strip)
                .filter(one -> !one.isEmpty())
                .forEach(all::add);
        return all;
    }

    private static JsonNode list(Iterable<String> values) {
        var list = JSON.arrayNode();
        values.forEach(list::add);
        return list;
    }

    private static JsonNode caps(String text) throws Unreadable {
        var list = JSON.arrayNode();
        for (var one : parts(text)) {
            var parts = one.strip().split("/", -1);
            if (parts.length < 2 || parts.length > 3 || !parts[0].matches("[0-9]{1,4}")) {
                throw new Unreadable("caps");
            }
            var cap = list.addObject().put("max", Integer.parseInt(parts[0])).put("window", span(parts[1]));
            if (parts.length == 3) {
                cap.put("cool_down", span(parts[2]));
            }
        }
        return list;
    }

    private static List<String> parts(String text) {
        var parts = new ArrayList<String>();
        for (var one : text.split("[;؛\\n]")) {
            if (!one.isBlank()) {
                parts.add(one);
            }
        }
        return parts;
    }

    /// As it is stored: `P1D` and `PT24H` are the same cap.
    private static String span(String text) throws Unreadable {
        try {
            return Duration.parse(text.strip()).toString();
        } catch (DateTimeException _) {
            throw new Unreadable("caps");
        }
    }
}
