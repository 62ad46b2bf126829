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
import mizan.core.suitability.Tier;
import mizan.core.suitability.Topic;
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
        Optional<PostVerdict> verdict) {

    static String write(KnownPost post) {
        var json = JsonNodeFactory.instance.objectNode();
        texts(json, "authors", post.authors());
        post.language().ifPresent(l -> json.put("language", l));
        post.community().ifPresent(c -> json.put("community", c));
        texts(json, "topics", post.topics());
        post.verdict().ifPresent(v -> {
            var verdict = json.putObject("verdict");
            verdict.put("tier", v.tier().name());
            texts(verdict, "topics", v.topics().stream().map(Enum::name).toList());
            verdict.put("rater", v.rater());
            verdict.put("rater_version", v.raterVersion());
            verdict.put("rated_at", v.ratedAt().toString());
            v.evidence().ifPresent(e -> verdict.put("evidence", e));
        });
        return json.toString();
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
                json.has("verdict") ? Optional.of(verdict(json.path("verdict"))) : Optional.empty());
    }

    private static PostVerdict verdict(JsonNode json) {
        return new PostVerdict(
                Tier.valueOf(json.path("tier").stringValue()),
                texts(json.path("topics")).stream().map(Topic::valueOf).collect(Collectors.toSet()),
                json.path("rater").stringValue(),
                json.path("rater_version").stringValue(),
                Instant.parse(json.path("rated_at").stringValue()),
                optional(json.path("evidence")));
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
