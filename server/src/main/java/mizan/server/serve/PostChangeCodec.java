package mizan.server.serve;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import mizan.core.feed.FeedPost;
import mizan.core.receipt.PostChange;
import mizan.core.suitability.PostVerdict;
import mizan.core.suitability.Tier;
import mizan.core.suitability.Topic;
import mizan.server.http.StrictJson;
import mizan.server.serve.record.Micros;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Changes of posts as entries of the journal: JSON, because they are few. Fields are added, never renamed.
///
/// Of the words there is the commitment alone, so that erasing a post need not touch the journal.
final class PostChangeCodec {
    private PostChangeCodec() {}

    static byte[] write(PostChange change) {
        var json = JsonNodeFactory.instance.objectNode();
        json.put("post", change.post());
        json.put("before", change.before());
        json.put("at", Micros.of(change.at()));
        change.after().ifPresent(post -> write(json.putObject("after"), post));
        return json.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void write(ObjectNode json, FeedPost post) {
        json.put("commitment", post.commitment());
        texts(json, "authors", post.authors());
        post.language().ifPresent(l -> json.put("language", l));
        post.community().ifPresent(c -> json.put("community", c));
        texts(json, "topics", post.topics().stream().sorted().toList());
        post.verdict().ifPresent(v -> {
            var verdict = json.putObject("verdict");
            verdict.put("tier", v.tier().name());
            texts(
                    verdict,
                    "topics",
                    v.topics().stream().sorted().map(Enum::name).toList());
            verdict.put("rater", v.rater());
            verdict.put("rater_version", v.raterVersion());
            verdict.put("rated_at", Micros.of(v.ratedAt()));
        });
    }

    private static void texts(ObjectNode json, String name, List<String> texts) {
        var list = json.putArray(name);
        texts.forEach(list::add);
    }

    static PostChange read(byte[] payload) {
        var json = StrictJson.own(new String(payload, StandardCharsets.UTF_8));
        var id = json.path("post").stringValue();
        return new PostChange(
                id,
                json.path("before").stringValue(),
                json.has("after") ? Optional.of(post(id, json.path("after"))) : Optional.empty(),
                Micros.instant(json.path("at").longValue()));
    }

    private static FeedPost post(String id, JsonNode json) {
        return new FeedPost(
                id,
                texts(json.path("authors")),
                optional(json.path("language")),
                optional(json.path("community")),
                new LinkedHashSet<>(texts(json.path("topics"))),
                json.has("verdict") ? Optional.of(verdict(json.path("verdict"))) : Optional.empty(),
                Map.of(),
                Set.of(),
                json.path("commitment").stringValue());
    }

    private static PostVerdict verdict(JsonNode json) {
        return new PostVerdict(
                Tier.valueOf(json.path("tier").stringValue()),
                texts(json.path("topics")).stream().map(Topic::valueOf).collect(Collectors.toSet()),
                json.path("rater").stringValue(),
                json.path("rater_version").stringValue(),
                Micros.instant(json.path("rated_at").longValue()),
                Optional.empty());
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
