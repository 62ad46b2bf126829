package mizan.server.reading;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import mizan.server.http.ProblemCode;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/// A value in somebody else's JSON and where it stands, so that whatever is found can name its place.
///
/// ActivityStreams lets every property be one value or a list of them, and everything that is named be a text
/// or an object with an `id`; [#each] and [#id] read both ways.
record Place(JsonNode node, String pointer, Findings findings) {
    /// Longest id of a post or person.
    static final int MAX_ID = 500;
    /// Values of one list that are read.
    private static final int MAX_EACH = 100;

    Place at(String name) {
        var child = node.get(name);
        var escaped = name.replace("~", "~0").replace("/", "~1");
        return new Place(child == null ? MissingNode.getInstance() : child, pointer + "/" + escaped, findings);
    }

    boolean given() {
        return !node.isMissingNode() && !node.isNull();
    }

    /// This value, or the values of this list; none when it is not there.
    List<Place> each() {
        if (!given()) {
            return List.of();
        }
        if (!node.isArray()) {
            return List.of(this);
        }
        if (node.size() > MAX_EACH) {
            tolerate("only the first " + MAX_EACH + " of " + node.size() + " are read");
        }
        var found = new ArrayList<Place>();
        for (int i = 0; i < Math.min(node.size(), MAX_EACH); i++) {
            found.add(new Place(node.get(i), pointer + "/" + i, findings));
        }
        return found;
    }

    /// Each value of an object with its name: words by language.
    List<Place> members() {
        return node.isObject()
                ? node.propertyNames().stream().limit(MAX_EACH).map(this::at).toList()
                : List.of();
    }

    /// A text with something in it. Anything else is overlooked, and noted.
    Optional<String> text() {
        if (!given()) {
            return Optional.empty();
        }
        if (!node.isString()) {
            tolerate("not a text");
            return Optional.empty();
        }
        return Optional.of(shown(node.stringValue())).filter(t -> !t.isBlank());
    }

    /// Without characters that no reader sees and that no server should send: controls other than line breaks
    /// and tabs. Direction marks stay, because Arabic needs them; who matches words undoes their tricks.
    private static String shown(String text) {
        return text.chars().noneMatch(Place::isControl)
                ? text
                : text.chars()
                        .filter(c -> !isControl(c))
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString();
    }

    private static boolean isControl(int c) {
        return Character.isISOControl(c) && c != '\n' && c != '\t' && c != '\r';
    }

    boolean isTrue() {
        if (given() && !node.isBoolean()) {
            tolerate("neither true nor false");
            return node.isString() && node.stringValue().equalsIgnoreCase("true");
        }
        return node.isBoolean() && node.booleanValue();
    }

    /// The id of this post or person, given as a text or as an object.
    Optional<String> id() {
        var value = node.isObject() ? at("id") : this;
        return value.text().map(String::strip).filter(id -> {
            if (id.length() <= MAX_ID && id.chars().noneMatch(Character::isWhitespace)) {
                return true;
            }
            value.tolerate("not an id: longer than " + MAX_ID + " characters, or with spaces");
            return false;
        });
    }

    /// The id without which nothing can be done.
    Optional<String> requiredId(String name) {
        var value = at(name);
        if (!value.given()) {
            value.refuse(ProblemCode.REQUIRED);
        } else if (!value.node().isString()) {
            value.refuse(ProblemCode.WRONG_TYPE, "a text");
        } else if (value.node().stringValue().length() > MAX_ID) {
            value.refuse(ProblemCode.TOO_LONG, MAX_ID + " characters");
        } else if (value.id().isEmpty()) {
            value.refuse(ProblemCode.INVALID_VALUE, "an id without spaces");
        } else {
            return value.id();
        }
        return Optional.empty();
    }

    Stream<String> ids() {
        return each().stream().flatMap(p -> p.id().stream());
    }

    /// An RFC 3339 time; one that is not is overlooked. Some servers leave out the zone and mean UTC.
    Optional<Instant> time() {
        return text().flatMap(text -> {
            for (var form : List.of(text, text + "Z")) {
                try {
                    return Optional.of(OffsetDateTime.parse(form).toInstant());
                } catch (DateTimeException _) {
                    // The next form, or noted below.
                }
            }
            tolerate("not an RFC 3339 time");
            return Optional.empty();
        });
    }

    /// An address of the web.
    Optional<String> address() {
        return text().map(String::strip).filter(HtmlText::isWebAddress);
    }

    void refuse(ProblemCode code, String... expected) {
        findings.refuse(pointer, code, expected);
    }

    void tolerate(String what) {
        findings.tolerate(pointer, what);
    }
}
