package mizan.server.booking;

import java.time.DayOfWeek;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import mizan.core.feed.Viewer;
import mizan.core.suitability.text.KeywordList;
import mizan.core.targeting.Criterion;
import mizan.core.targeting.SpecialCategories;
import mizan.core.targeting.Targeting;
import mizan.core.targeting.WeekHours;
import mizan.server.http.Fields;
import mizan.server.http.ProblemCode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Targeting as JSON, both ways: one field for each criterion, `excluded_` before those that can be refused.
///
/// The fields are all there are. None is for a special category of data, and interests and segments that are
/// named for one are refused.
final class TargetingJson {
    private static final Predicate<String> COUNTRY = Pattern.compile("[A-Z]{2}").asMatchPredicate();
    private static final Predicate<String> REGION =
            Pattern.compile("[A-Z]{2}-[A-Z0-9]{1,3}").asMatchPredicate();
    private static final Predicate<String> LANGUAGE =
            Pattern.compile("[a-z]{2,3}").asMatchPredicate();
    private static final int HOURS_A_DAY = 24;

    private static final String NOT_SPECIAL =
            "nothing that tells a special category of personal data (GDPR art. 9, DSA art. 26(3))";

    private static final List<Field> FIELDS = List.of(
            new Field(Criterion.COUNTRY, "countries", 300, 2, COUNTRY, "ISO 3166-1 alpha-2 codes"),
            new Field(Criterion.REGION, "regions", 1_000, 6, REGION, "ISO 3166-2 codes such as SA-01"),
            new Field(Criterion.LANGUAGE, "languages", 100, 3, LANGUAGE, "language tags such as ar"),
            new Field(Criterion.DEVICE, "devices", 10, 20, any -> true, ""),
            new Field(Criterion.PLACEMENT, "placements", 100, 60, any -> true, ""),
            new Field(Criterion.TOPIC, "topics", 1_000, 60, any -> true, ""),
            new Field(Criterion.COMMUNITY, "communities", 1_000, 200, any -> true, ""),
            new Field(Criterion.AUTHOR, "authors", 10_000, 500, any -> true, ""),
            new Field(
                    Criterion.KEYWORD,
                    "keywords",
                    KeywordList.MAX_KEYWORDS,
                    KeywordList.MAX_KEYWORD_CHARS,
                    KeywordList::isUsable,
                    "words"),
            new Field(Criterion.SEGMENT, "segments", 1_000, 60, TargetingJson::ordinary, NOT_SPECIAL),
            new Field(
                    Criterion.AGE,
                    "age_brackets",
                    6,
                    10,
                    Viewer.Profile.AGES::contains,
                    "age brackets of adults: " + String.join(", ", Viewer.Profile.AGES)),
            new Field(Criterion.INTEREST, "interests", 1_000, 60, TargetingJson::ordinary, NOT_SPECIAL));

    private static final Set<Criterion> EXCLUDABLE = Set.of(
            Criterion.COUNTRY,
            Criterion.TOPIC,
            Criterion.COMMUNITY,
            Criterion.AUTHOR,
            Criterion.KEYWORD,
            Criterion.SEGMENT);

    private TargetingJson() {}

    /// @param valid whether a value is one
    /// @param expected what a value must be, for the problem
    private record Field(
            Criterion criterion, String name, int maxItems, int maxChars, Predicate<String> valid, String expected) {
        String excluded() {
            return "excluded_" + name;
        }

        Set<String> read(Fields f, String field, boolean checked) {
            var values = new LinkedHashSet<String>();
            for (var value : f.texts(field, maxItems, maxChars)) {
                if (checked || valid.test(value)) {
                    values.add(value);
                } else {
                    f.error(field, ProblemCode.INVALID_VALUE, expected + ", not " + value);
                }
            }
            return values;
        }
    }

    private static boolean ordinary(String name) {
        return SpecialCategories.of(name).isEmpty();
    }

    static Targeting read(Fields f) {
        return read(f, false);
    }

    /// What was checked when it was booked is not checked again: looking for special categories in the names of a
    /// large book was a tenth of a start.
    static Targeting readChecked(Fields f) {
        return read(f, true);
    }

    private static Targeting read(Fields f, boolean checked) {
        var wanted = new EnumMap<Criterion, Set<String>>(Criterion.class);
        var excluded = new EnumMap<Criterion, Set<String>>(Criterion.class);
        for (var field : FIELDS) {
            wanted.put(field.criterion(), field.read(f, field.name(), checked));
            if (EXCLUDABLE.contains(field.criterion())) {
                excluded.put(field.criterion(), field.read(f, field.excluded(), checked));
            }
        }
        return new Targeting(wanted, excluded, hours(f));
    }

    static ObjectNode write(Targeting targeting) {
        var json = JsonNodeFactory.instance.objectNode();
        for (var field : FIELDS) {
            list(json, field.name(), targeting.wants(field.criterion()));
            if (EXCLUDABLE.contains(field.criterion())) {
                list(json, field.excluded(), targeting.excludes(field.criterion()));
            }
        }
        targeting.hours().ifPresent(hours -> hours(json, hours));
        return json;
    }

    private static void list(ObjectNode json, String name, Set<String> values) {
        var list = json.putArray(name);
        new TreeSet<>(values).forEach(list::add);
    }

    /// Spans within a day on the advertiser's clock, half-open: from 9 to 17 ends when it strikes 17.
    private static Optional<WeekHours> hours(Fields f) {
        var hours = new ArrayList<Integer>();
        for (var span : f.objects("hours", WeekHours.HOURS)) {
            var day = span.required("day", span.choice("day", DayOfWeek.class));
            int from = (int) span.number("from", 0, HOURS_A_DAY - 1);
            int to = (int) span.number("to", 1, HOURS_A_DAY);
            if (to <= from) {
                span.error("to", ProblemCode.OUT_OF_RANGE, "an hour after the first");
            }
            day.ifPresent(d ->
                    IntStream.range(from, to).forEach(hour -> hours.add((d.getValue() - 1) * HOURS_A_DAY + hour)));
        }
        return hours.isEmpty()
                ? Optional.empty()
                : Optional.of(WeekHours.of(hours.stream().mapToInt(h -> h)));
    }

    private static void hours(ObjectNode json, WeekHours hours) {
        var list = json.putArray("hours");
        for (var day : DayOfWeek.values()) {
            int first = (day.getValue() - 1) * HOURS_A_DAY;
            for (int from = 0; from < HOURS_A_DAY; from++) {
                int to = from;
                while (to < HOURS_A_DAY && hours.contains(first + to)) {
                    to++;
                }
                if (to > from) {
                    list.addObject().put("day", day.name()).put("from", from).put("to", to);
                    from = to;
                }
            }
        }
    }
}
