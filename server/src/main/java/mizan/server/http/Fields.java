package mizan.server.http;

import java.net.URI;
import java.net.URISyntaxException;
import java.text.Normalizer;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The fields of one JSON object, each read once and checked. Errors are collected, so a caller hears of all
/// of them at once; call [#done] after the last field. A field that was never asked for is an unknown one,
/// and refused.
public final class Fields {
    private static final Instant EARLIEST = Instant.parse("0000-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("+10000-01-01T00:00:00Z");

    private final ObjectNode object;
    private final String at;
    private final List<Problem.FieldError> errors;
    private final Set<String> asked = new HashSet<>();
    private final List<Fields> nested = new ArrayList<>();

    private Fields(ObjectNode object, String at, List<Problem.FieldError> errors) {
        this.object = object;
        this.at = at;
        this.errors = errors;
    }

    public static Fields of(ObjectNode object) {
        return of(object, "");
    }

    /// @param at JSON pointer to this object in the body
    public static Fields of(ObjectNode object, String at) {
        return new Fields(object, at, new ArrayList<>());
    }

    /// Refuses the request when any field was wrong or unknown.
    public void done() {
        refuseUnknown();
        if (!errors.isEmpty()) {
            throw Problem.of(errors).refused();
        }
    }

    /// Whether nothing is wrong so far: values read in place of wrong ones must not be used.
    public boolean sound() {
        return errors.isEmpty();
    }

    public void error(String name, ProblemCode code, String... args) {
        if (errors.size() < 100) {
            errors.add(new Problem.FieldError(at + "/" + name, code, List.of(args)));
        }
    }

    public boolean has(String name) {
        asked.add(name);
        var value = object.get(name);
        return value != null && !value.isNull();
    }

    /// Takes note that a field may be there, and passes it over.
    public void ignore(String... names) {
        asked.addAll(List.of(names));
    }

    /// A text of 1 to `max` characters, or the empty text when it is wrong or missing.
    public String text(String name, int max) {
        return required(name, optionalText(name, max)).orElse("");
    }

    public Optional<String> optionalText(String name, int max) {
        return value(name).flatMap(v -> cleanText(name, v, max));
    }

    /// What somebody else wrote, as it is: direction controls stay, because real posts have them and whoever
    /// matches words undoes their tricks. Other controls, which nobody sees, are left out.
    public Optional<String> optionalWords(String name, int max) {
        return value(name).flatMap(v -> words(name, v, max));
    }

    public long number(String name, long min, long max) {
        var found = optionalNumber(name, min, max);
        if (found.isEmpty() && !has(name)) {
            error(name, ProblemCode.REQUIRED);
        }
        return found.orElse(min);
    }

    public OptionalLong optionalNumber(String name, long min, long max) {
        var value = value(name);
        if (value.isEmpty()) {
            return OptionalLong.empty();
        }
        if (!value.get().isIntegralNumber()) {
            error(name, ProblemCode.WRONG_TYPE, "an integer");
            return OptionalLong.empty();
        }
        if (!value.get().canConvertToLong()
                || value.get().longValue() < min
                || value.get().longValue() > max) {
            error(name, ProblemCode.OUT_OF_RANGE, min + " to " + max);
            return OptionalLong.empty();
        }
        return OptionalLong.of(value.get().longValue());
    }

    public double real(String name, double min, double max, double otherwise) {
        var value = value(name);
        if (value.isEmpty()) {
            return otherwise;
        }
        if (!value.get().isNumber()
                || !(value.get().doubleValue() >= min && value.get().doubleValue() <= max)) {
            error(name, ProblemCode.OUT_OF_RANGE, min + " to " + max);
            return otherwise;
        }
        return value.get().doubleValue();
    }

    public boolean flag(String name, boolean otherwise) {
        var value = value(name);
        if (value.isPresent() && !value.get().isBoolean()) {
            error(name, ProblemCode.WRONG_TYPE, "true or false");
            return otherwise;
        }
        return value.map(JsonNode::booleanValue).orElse(otherwise);
    }

    /// An instant of the years 0 to 9999: beyond them it has no form in RFC 3339 and overflows when it is
    /// counted.
    public Optional<Instant> time(String name) {
        return optionalText(name, 40).flatMap(text -> {
            try {
                var at = Instant.parse(text);
                if (!at.isBefore(EARLIEST) && at.isBefore(LATEST)) {
                    return Optional.of(at);
                }
                error(name, ProblemCode.INVALID_TIME);
                return Optional.empty();
            } catch (DateTimeParseException _) {
                error(name, ProblemCode.INVALID_TIME);
                return Optional.empty();
            }
        });
    }

    public Optional<Duration> duration(String name) {
        return optionalText(name, 40).flatMap(text -> {
            try {
                return Optional.of(Duration.parse(text));
            } catch (DateTimeParseException _) {
                error(name, ProblemCode.INVALID_TIME);
                return Optional.empty();
            }
        });
    }

    public <E extends Enum<E>> Optional<E> choice(String name, Class<E> kind) {
        return optionalText(name, 60)
                .flatMap(text -> parsed(name, text, t -> Enum.valueOf(kind, t.toUpperCase(Locale.ROOT))));
    }

    public <E extends Enum<E>> E choice(String name, Class<E> kind, E otherwise) {
        return choice(name, kind).orElse(otherwise);
    }

    /// A value that its own type can parse; what that type refuses is `invalid_value`.
    public <T> Optional<T> parsed(String name, int max, Function<String, T> parser) {
        return optionalText(name, max).flatMap(text -> parsed(name, text, parser));
    }

    private <T> Optional<T> parsed(String name, String text, Function<String, T> parser) {
        try {
            return Optional.of(parser.apply(text));
        } catch (IllegalArgumentException | DateTimeException _) {
            error(name, ProblemCode.INVALID_VALUE, "another value than " + text);
            return Optional.empty();
        }
    }

    /// The value, or the error that it is missing.
    public <T> Optional<T> required(String name, Optional<T> value) {
        if (value.isEmpty() && !has(name)) {
            error(name, ProblemCode.REQUIRED);
        }
        return value;
    }

    /// An https address with a host, at most 2,000 characters.
    public Optional<URI> https(String name) {
        return optionalText(name, 2_000).flatMap(text -> {
            try {
                var uri = new URI(text);
                if ("https".equals(uri.getScheme()) && uri.getHost() != null && uri.getUserInfo() == null) {
                    return Optional.of(uri);
                }
            } catch (URISyntaxException _) {
                // Reported below, with the addresses of another scheme.
            }
            error(name, ProblemCode.INVALID_URL);
            return Optional.empty();
        });
    }

    /// A list of distinct texts; absent means none.
    public Set<String> texts(String name, int maxItems, int maxLength) {
        var found = new LinkedHashSet<String>();
        for (var item : items(name, maxItems)) {
            cleanText(name, item, maxLength).ifPresent(found::add);
        }
        return found;
    }

    /// Nested objects of a list; absent means none.
    public List<Fields> objects(String name, int maxItems) {
        var found = new ArrayList<Fields>();
        int i = 0;
        for (var item : items(name, maxItems)) {
            if (item instanceof ObjectNode node) {
                found.add(inner(node, name + "/" + i));
            } else {
                error(name + "/" + i, ProblemCode.WRONG_TYPE, "an object");
            }
            i++;
        }
        return found;
    }

    public Optional<Fields> object(String name) {
        var value = value(name);
        if (value.isPresent() && !value.get().isObject()) {
            error(name, ProblemCode.WRONG_TYPE, "an object");
            return Optional.empty();
        }
        return value.map(v -> inner((ObjectNode) v, name));
    }

    /// An object of texts, such as words by language.
    public Map<String, String> map(String name, int maxItems, int maxLength) {
        var found = new LinkedHashMap<String, String>();
        object(name).ifPresent(fields -> {
            if (fields.object.size() > maxItems) {
                error(name, ProblemCode.OUT_OF_RANGE, "at most " + maxItems + " entries");
                fields.ignore(fields.object.propertyNames().toArray(String[]::new));
                return;
            }
            for (var key : fields.object.propertyNames()) {
                fields.optionalText(key, maxLength).ifPresent(text -> found.put(key, text));
            }
        });
        return found;
    }

    /// The raw value, for a reader of its own.
    public Optional<JsonNode> value(String name) {
        return has(name) ? Optional.of(object.get(name)) : Optional.empty();
    }

    public ObjectNode json() {
        return object;
    }

    private Fields inner(ObjectNode node, String name) {
        var fields = new Fields(node, at + "/" + name, errors);
        nested.add(fields);
        return fields;
    }

    private List<JsonNode> items(String name, int maxItems) {
        var value = value(name);
        if (value.isEmpty()) {
            return List.of();
        }
        if (!value.get().isArray()) {
            error(name, ProblemCode.WRONG_TYPE, "a list");
            return List.of();
        }
        if (value.get().size() > maxItems) {
            error(name, ProblemCode.OUT_OF_RANGE, "at most " + maxItems + " entries");
            return List.of();
        }
        var found = new ArrayList<JsonNode>();
        value.get().forEach(found::add);
        return found;
    }

    private Optional<String> cleanText(String name, JsonNode value, int max) {
        if (!value.isString()) {
            error(name, ProblemCode.WRONG_TYPE, "a text");
            return Optional.empty();
        }
        var text = composed(value.stringValue()).strip();
        if (text.isEmpty()) {
            error(name, ProblemCode.REQUIRED);
            return Optional.empty();
        }
        if (text.length() > max) {
            error(name, ProblemCode.TOO_LONG, max + " characters");
            return Optional.empty();
        }
        if (unsafe(text)) {
            error(name, ProblemCode.UNSAFE_TEXT);
            return Optional.empty();
        }
        return Optional.of(text);
    }

    private Optional<String> words(String name, JsonNode value, int max) {
        if (!value.isString()) {
            error(name, ProblemCode.WRONG_TYPE, "a text");
            return Optional.empty();
        }
        var words = composed(withoutControls(value.stringValue())).strip();
        if (words.length() > max) {
            error(name, ProblemCode.TOO_LONG, max + " characters");
            return Optional.empty();
        }
        if (words.isEmpty()) {
            error(name, ProblemCode.REQUIRED);
            return Optional.empty();
        }
        return Optional.of(words);
    }

    private static String withoutControls(String text) {
        return text.chars().noneMatch(Fields::isControl)
                ? text
                : text.chars()
                        .filter(c -> !isControl(c))
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString();
    }

    private static boolean isControl(int c) {
        return Character.isISOControl(c) && c != '\n' && c != '\t' && c != '\r';
    }

    /// Unicode's composed form. Nothing below U+0300 ever composes (UAX 15 section 9), and most texts of
    /// machines are below.
    private static String composed(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x300) {
                return Normalizer.normalize(text, Normalizer.Form.NFC);
            }
        }
        return text;
    }

    private static boolean unsafe(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (unsafe(text.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    /// Controls and direction overrides can make a name look like another. Joiners and direction marks stay:
    /// Arabic and Persian need them.
    private static boolean unsafe(char c) {
        boolean override = (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
        return override || isControl(c);
    }

    private void refuseUnknown() {
        for (var name : object.propertyNames()) {
            if (!asked.contains(name)) {
                error(name, ProblemCode.UNKNOWN_FIELD);
            }
        }
        nested.forEach(Fields::refuseUnknown);
    }
}
