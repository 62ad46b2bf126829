package mizan.server.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import mizan.core.suitability.PostVerdict;
import mizan.core.suitability.Ratings;
import mizan.core.suitability.Tier;
import mizan.core.suitability.Topic;
import mizan.core.suitability.text.Span;
import mizan.server.http.StrictJson;
import mizan.server.rating.KnownPost;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What is known of a post beside its words, as one JSON text: it is only ever read whole.
///
/// Fields are added, never renamed: files outlive programs.
record PostFacts(
        List<String> authors,
        Optional<String> language,
        Optional<String> community,
        Set<String> topics,
        Ratings ratings) {

    static String write(KnownPost post) {
        var json = JsonNodeFactory.instance.objectNode();
        texts(json, "authors", post.authors());
        post.language().ifPresent(l -> json.put("language", l));
        post.community().ifPresent(c -> json.put("community", c));
        texts(json, "topics", post.topics());
        var verdicts = json.putArray("verdicts");
        post.ratings().verdicts().forEach(v -> verdicts.add(json(v)));
        if (!post.ratings().awaited().isEmpty()) {
            texts(json, "awaited", post.ratings().awaited());
        }
        return json.toString();
    }

    static String write(PostVerdict verdict) {
        return json(verdict).toString();
    }

    private static ObjectNode json(PostVerdict verdict) {
        var json = JsonNodeFactory.instance.objectNode();
        json.put("tier", verdict.tier().name());
        texts(json, "topics", verdict.topics().stream().map(Enum::name).toList());
        json.put("rater", verdict.rater());
        json.put("rater_version", verdict.raterVersion());
        json.put("rated_at", verdict.ratedAt().toString());
        verdict.evidence().ifPresent(e -> json.put("evidence", e));
        verdict.span().ifPresent(s -> json.putArray("span").add(s.start()).add(s.end()));
        return json;
    }

    private static void texts(ObjectNode json, String name, Collection<String> texts) {
        var list = json.putArray(name);
        texts.stream().forEach(list::add);
    }

    static PostFacts read(String text) {
        var json = StrictJson.own(text);
        return new PostFacts(
                texts(json.path("authors")),
                optional(json.path("language")),
                optional(json.path("community")),
                new LinkedHashSet<>(texts(json.path("topics"))),
                new Ratings(verdicts(json), Set.copyOf(texts(json.path("awaited")))));
    }

    /// Before there were several raters, a post had one verdict at most.
    private static List<PostVerdict> verdicts(JsonNode json) {
        if (json.has("verdict")) {
            return List.of(verdict(json.path("verdict")));
        }
        var verdicts = new ArrayList<PostVerdict>();
        json.path("verdicts").forEach(node -> verdicts.add(verdict(node)));
        return verdicts;
    }

    static PostVerdict verdict(String text) {
        return verdict(StrictJson.own(text));
    }

    private static PostVerdict verdict(JsonNode json) {
        return new PostVerdict(
                Tier.valueOf(json.path("tier").stringValue()),
                texts(json.path("topics")).stream().map(Topic::valueOf).collect(Collectors.toSet()),
                json.path("rater").stringValue(),
                json.path("rater_version").stringValue(),
                Instant.parse(json.path("rated_at").stringValue()),
                optional(json.path("evidence")),
                span(json.path("span")));
    }

    private static Optional<Span> span(JsonNode pair) {
        return pair.isArray()
                ? Optional.of(new Span(pair.get(0).intValue(), pair.get(1).intValue()))
                : Optional.empty();
    }

    private static List<String> texts(JsonNode list) {
        var texts = new ArrayList<String>();
        list.forEach(node -> texts.add(node.stringValue()));
        return texts;
    }

    private static Optional<String> optional(JsonNode node) {
        return node.isString() ? Optional.of(node.stringValue()) : Optional.empty();
    }
}
