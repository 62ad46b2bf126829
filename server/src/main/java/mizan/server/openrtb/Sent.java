package mizan.server.openrtb;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;
import mizan.server.http.Problem;
import mizan.server.http.ProblemCode;
import mizan.server.http.Refused;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/// One object of a request as it was sent. A field that is nothing we know, or of a type that it cannot be read from,
/// counts as not sent: the standard asks for it (section 2.6), and senders write `"1"` and `true` for 1, a single text
/// for a list of one, `[]` for an empty object. What a bid depends on is asked for by the `needed` methods, which
/// refuse.
///
/// @param at JSON pointer to it
record Sent(JsonNode json, String at) {
    /// Beyond these an amount is no price; written out, its digits would fill the memory.
    private static final int MAX_SCALE = 30;

    private static final int MAX_CHARS = 2_000;
    private static final int MAX_LIST = 5_000;

    boolean has(String name) {
        return json.hasNonNull(name);
    }

    /// An empty object where there is none.
    Sent object(String name) {
        var value = json.path(name);
        return new Sent(value instanceof ObjectNode ? value : MissingNode.getInstance(), at + "/" + name);
    }

    /// An object that decides what is asked for: present and something else is refused.
    Optional<Sent> neededObject(String name) {
        var value = json.path(name);
        if (value.isMissingNode() || value.isNull() || (value.isArray() && value.isEmpty())) {
            return Optional.empty();
        }
        if (!(value instanceof ObjectNode)) {
            throw Problem.of(ProblemCode.WRONG_TYPE, "a JSON object")
                    .at(at + "/" + name)
                    .refused();
        }
        return Optional.of(new Sent(value, at + "/" + name));
    }

    /// The objects of a list; others in it are passed over.
    List<Sent> objects(String name) {
        var objects = new ArrayList<Sent>();
        int i = 0;
        for (var value : json.path(name)) {
            if (value instanceof ObjectNode && json.path(name).isArray()) {
                objects.add(new Sent(value, at + "/" + name + "/" + i));
            }
            i++;
        }
        return objects;
    }

    /// @throws Refused when it is missing or empty
    String neededText(String name) {
        return text(name)
                .orElseThrow(() -> Problem.of(has(name) ? ProblemCode.WRONG_TYPE : ProblemCode.REQUIRED, "a text")
                        .at(at + "/" + name)
                        .refused());
    }

    /// Without half characters, which come of cutting; at most 2,000 characters.
    Optional<String> text(String name) {
        return text(json.path(name));
    }

    private static Optional<String> text(JsonNode value) {
        if (!value.isString() && !value.isNumber()) {
            return Optional.empty();
        }
        var text =
                whole(value.isString() ? value.stringValue() : value.asString()).strip();
        return Optional.of(text).filter(Predicate.not(String::isEmpty));
    }

    private static String whole(String text) {
        var cut = text.length() > MAX_CHARS ? text.substring(0, MAX_CHARS) : text;
        var clean = new StringBuilder(cut.length());
        cut.codePoints()
                .map(c -> c == 0 || (c >= 0xD800 && c <= 0xDFFF) ? 0xFFFD : c)
                .forEach(clean::appendCodePoint);
        return clean.toString();
    }

    /// The language of a tag such as `ar-EG`, in small letters; a text that names none counts as not sent.
    Optional<String> language() {
        return text("language")
                .map(tag -> tag.split("[-_]", 2)[0].toLowerCase(Locale.ROOT))
                .filter(language -> language.matches("[a-z]{2,8}"));
    }

    /// A list of currencies in capitals, however they are written.
    List<String> currencies(String name) {
        return texts(name).stream().map(c -> c.toUpperCase(Locale.ROOT)).toList();
    }

    /// A list of texts, one text, or texts with commas between them.
    List<String> texts(String name) {
        var value = json.path(name);
        var texts = new ArrayList<String>();
        if (value.isArray()) {
            for (var one : value) {
                if (texts.size() < MAX_LIST) {
                    text(one).ifPresent(texts::add);
                }
            }
        } else {
            text(value)
                    .ifPresent(all -> Arrays.stream(all.split(","))
                            .map(String::strip)
                            .filter(Predicate.not(String::isEmpty))
                            .forEach(texts::add));
        }
        return texts;
    }

    OptionalInt number(String name) {
        return number(json.path(name));
    }

    private static OptionalInt number(JsonNode value) {
        if (value.isBoolean()) {
            return OptionalInt.of(value.booleanValue() ? 1 : 0);
        }
        var decimal = decimal(value);
        return decimal.isPresent() && decimal.get().abs().compareTo(BigDecimal.valueOf(Integer.MAX_VALUE)) <= 0
                ? OptionalInt.of(decimal.get().intValue())
                : OptionalInt.empty();
    }

    List<Integer> numbers(String name) {
        var numbers = new ArrayList<Integer>();
        var value = json.path(name);
        for (var one : value.isArray() ? value : List.of(value)) {
            number(one).ifPresent(numbers::add);
        }
        return numbers;
    }

    /// Whether it says 1, in whatever way.
    boolean flag(String name) {
        return number(name).orElse(0) == 1;
    }

    Optional<BigDecimal> decimal(String name) {
        return decimal(json.path(name));
    }

    private static Optional<BigDecimal> decimal(JsonNode value) {
        try {
            var decimal = value.isNumber()
                    ? Optional.of(value.decimalValue())
                    : value.isString() && value.stringValue().length() <= 40
                            ? Optional.of(new BigDecimal(value.stringValue().strip()))
                            : Optional.<BigDecimal>empty();
            return decimal.filter(d -> Math.abs((long) d.scale()) <= MAX_SCALE && d.precision() <= 2 * MAX_SCALE);
        } catch (NumberFormatException _) {
            return Optional.empty();
        }
    }

    /// From the place of 2.6, else from the older one in its `ext`.
    Optional<String> textOrOld(String name) {
        return text(name).or(() -> object("ext").text(name));
    }

    OptionalInt numberOrOld(String name) {
        var here = number(name);
        return here.isPresent() ? here : object("ext").number(name);
    }

    Sent objectOrOld(String name) {
        return json.path(name) instanceof ObjectNode
                ? object(name)
                : object("ext").object(name);
    }
}
