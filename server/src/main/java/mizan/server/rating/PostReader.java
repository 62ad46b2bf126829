package mizan.server.rating;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import mizan.core.suitability.PostContent;
import mizan.server.http.Fields;
import mizan.server.http.ProblemCode;
import org.jsoup.Jsoup;
import tools.jackson.databind.JsonNode;

/// Reads a post in the plain form or as an ActivityStreams 2.0 object.
///
/// The plain form is ours, so an unknown field is refused. ActivityStreams comes from many servers with
/// fields of their own, so what is not needed is passed over (https://www.w3.org/TR/activitystreams-core/).
public final class PostReader {
    private static final int MAX_TEXT = 65_000;
    private static final Set<String> PUBLIC =
            Set.of("https://www.w3.org/ns/activitystreams#Public", "as:Public", "Public");

    private PostReader() {}

    /// Errors are collected in the fields; the answer is used only when there are none.
    public static IncomingPost read(Fields f) {
        return f.has("@context") || f.has("attributedTo") ? activity(f) : plain(f);
    }

    private static IncomingPost plain(Fields f) {
        var authors = new ArrayList<String>();
        f.required("author", f.optionalText("author", 500)).ifPresent(authors::add);
        authors.addAll(f.texts("related_authors", 50, 500));
        var text = Stream.concat(
                        f.optionalText("text", MAX_TEXT).stream(), f.texts("media_descriptions", 20, 2_000).stream())
                .collect(Collectors.joining("\n"));
        var content = new PostContent(
                Optional.of(text).filter(t -> !t.isBlank()),
                f.optionalText("content_warning", 1_000),
                f.flag("sensitive", false),
                f.texts("labels", PostContent.MAX_LABELS, 60));
        return new IncomingPost(
                f.text("id", 500),
                authors,
                f.optionalText("language", 35).map(PostReader::primary),
                f.optionalText("community", 200),
                f.texts("topics", 50, 60),
                content,
                f.flag("public", true));
    }

    private static IncomingPost activity(Fields f) {
        var object = f.json();
        f.ignore(object.propertyNames().toArray(String[]::new));
        var authors = new LinkedHashSet<String>();
        ids(object.get("attributedTo")).forEach(authors::add);
        if (authors.isEmpty()) {
            f.error("attributedTo", ProblemCode.REQUIRED);
        }
        for (var related : List.of("quoteUrl", "quoteUri", "inReplyToAtomUri")) {
            ids(object.get(related)).forEach(authors::add);
        }
        var words = new ArrayList<String>();
        text(object.get("name")).ifPresent(words::add);
        content(object).map(html -> Jsoup.parse(html).wholeText().strip()).ifPresent(words::add);
        for (var attachment : list(object.get("attachment"))) {
            text(attachment.get("name")).ifPresent(words::add);
        }
        var text = String.join("\n", words);
        var topics = list(object.get("tag")).stream()
                .filter(t -> text(t.get("type")).filter("Hashtag"::equals).isPresent())
                .flatMap(t -> text(t.get("name")).stream())
                .map(t -> t.startsWith("#") ? t.substring(1) : t)
                .filter(t -> !t.isBlank() && t.length() <= 60)
                .limit(50)
                .collect(Collectors.toSet());
        return new IncomingPost(
                f.text("id", 500),
                List.copyOf(authors),
                language(object),
                text(object.get("audience")).filter(a -> a.length() <= 200),
                topics,
                new PostContent(
                        Optional.of(text.length() > MAX_TEXT ? text.substring(0, MAX_TEXT) : text)
                                .filter(t -> !t.isBlank()),
                        text(object.get("summary")).map(s -> Jsoup.parse(s).text()),
                        object.path("sensitive").asBoolean(false),
                        Set.of()),
                Stream.concat(ids(object.get("to")), ids(object.get("cc"))).anyMatch(PUBLIC::contains));
    }

    private static Optional<String> content(JsonNode object) {
        var direct = text(object.get("content"));
        if (direct.isPresent()) {
            return direct;
        }
        for (var entry : object.path("contentMap").properties()) {
            return text(entry.getValue());
        }
        return Optional.empty();
    }

    private static Optional<String> language(JsonNode object) {
        for (var name : object.path("contentMap").propertyNames()) {
            return Optional.of(primary(name));
        }
        return text(object.get("language")).map(PostReader::primary);
    }

    private static String primary(String tag) {
        return tag.toLowerCase(java.util.Locale.ROOT).split("[-_]", 2)[0];
    }

    private static Optional<String> text(@org.jspecify.annotations.Nullable JsonNode node) {
        return node != null && node.isString() && !node.stringValue().isBlank()
                ? Optional.of(node.stringValue())
                : Optional.empty();
    }

    private static List<JsonNode> list(@org.jspecify.annotations.Nullable JsonNode node) {
        if (node == null || node.isNull()) {
            return List.of();
        }
        var items = new ArrayList<JsonNode>();
        if (node.isArray()) {
            node.forEach(items::add);
        } else {
            items.add(node);
        }
        return items.subList(0, Math.min(items.size(), 100));
    }

    /// Ids, whether they are given as texts or as objects with an id.
    private static Stream<String> ids(@org.jspecify.annotations.Nullable JsonNode node) {
        return list(node).stream()
                .flatMap(n -> text(n.isObject() ? n.get("id") : n).stream())
                .filter(id -> id.length() <= 500);
    }
}
