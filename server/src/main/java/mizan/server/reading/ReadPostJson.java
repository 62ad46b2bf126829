package mizan.server.reading;

import java.util.Collection;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What was read of a post, for the sender to check.
public final class ReadPostJson {
    private ReadPostJson() {}

    public static ObjectNode of(ReadPost post) {
        var json = JsonNodeFactory.instance.objectNode().put("id", post.id());
        texts(json, "authors", post.authors());
        post.community().ifPresent(c -> json.put("community", c));
        words(json, post.words());
        related(json, post.related());
        media(json, post);
        texts(json, "links", post.links());
        texts(json, "topics", post.topics().stream().sorted().toList());
        texts(json, "labels", post.labels().stream().sorted().toList());
        post.published().ifPresent(at -> json.put("published", at.toString()));
        post.updated().ifPresent(at -> json.put("updated", at.toString()));
        if (!post.tolerated().isEmpty()) {
            var list = json.putArray("tolerated");
            post.tolerated().forEach(t -> list.addObject().put("at", t.at()).put("what", t.what()));
        }
        return json;
    }

    private static void words(ObjectNode json, ReadPost.Words words) {
        json.put("text", words.text());
        words.warning().ifPresent(w -> json.put("content_warning", w));
        if (words.sensitive()) {
            json.put("sensitive", true);
        }
        words.language().ifPresent(l -> json.put("language", l));
        words.declared().ifPresent(l -> json.put("declared_language", l));
    }

    private static void related(ObjectNode json, ReadPost.Related related) {
        texts(json, "answers", related.answers());
        texts(json, "quotes", related.quotes());
        texts(json, "reposts", related.reposts());
        texts(json, "related_authors", related.authors().stream().sorted().toList());
    }

    private static void media(ObjectNode json, ReadPost post) {
        if (post.media().isEmpty()) {
            return;
        }
        var list = json.putArray("media");
        for (var medium : post.media()) {
            var one = list.addObject().put("kind", medium.kind().name());
            medium.type().ifPresent(t -> one.put("type", t));
            medium.address().ifPresent(a -> one.put("url", a));
            medium.description().ifPresent(d -> one.put("description", d));
        }
    }

    private static void texts(ObjectNode json, String name, Collection<String> texts) {
        if (!texts.isEmpty()) {
            var list = json.putArray(name);
            texts.forEach(list::add);
        }
    }
}
