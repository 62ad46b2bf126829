package mizan.server.raters;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import mizan.core.suitability.PostVerdict;
import mizan.core.suitability.Tier;
import mizan.core.suitability.Topic;
import mizan.core.suitability.text.Span;
import mizan.server.http.Fields;
import mizan.server.http.ProblemCode;
import mizan.server.http.Refused;
import mizan.server.http.StrictJson;
import mizan.server.rating.KnownPost;
import tools.jackson.databind.node.JsonNodeFactory;

/// Questions and answers as they go over the wire (`docs/formats/rater.md`).
///
/// Posts go by their commitments: a rater hears neither who wrote one nor where it stands.
final class RaterForm {
    static final int MAX_ANSWER = 256 << 10;

    private static final int MAX_VERSION = 64;

    private RaterForm() {}

    /// An answer that cannot be taken. None of it is.
    static final class WrongAnswer extends Exception {
        private static final long serialVersionUID = 1L;

        WrongAnswer(String why) {
            super(why);
        }
    }

    static byte[] question(List<KnownPost> posts) {
        var json = JsonNodeFactory.instance.objectNode();
        var list = json.putArray("posts");
        for (var post : posts) {
            var asked = list.addObject().put("id", post.commitment()).put("text", post.text());
            post.language().ifPresent(language -> asked.put("language", language));
        }
        return StrictJson.bytes(json);
    }

    /// What a rater answered.
    ///
    /// @param version of the rater
    /// @param verdicts by commitment; posts that it left out are not in it
    record Said(String version, Map<String, PostVerdict> verdicts) {
        Said {
            verdicts = Map.copyOf(verdicts);
        }
    }

    static Said said(String rater, List<KnownPost> asked, byte[] answer, Instant now) throws WrongAnswer {
        try {
            return read(rater, asked, answer, now);
        } catch (Refused e) {
            throw new WrongAnswer(said(e));
        }
    }

    private static Said read(String rater, List<KnownPost> asked, byte[] answer, Instant now) {
        var posts = asked.stream().collect(Collectors.toMap(KnownPost::commitment, Function.identity()));
        var fields = Fields.of(StrictJson.object(answer));
        var version = fields.text("version", MAX_VERSION);
        var verdicts = new HashMap<String, PostVerdict>();
        for (var given : fields.objects("verdicts", asked.size())) {
            var id = given.text("id", 64);
            var post = posts.get(id);
            var tier = given.required("tier", given.choice("tier", Tier.class));
            var topics = topics(given);
            var span = given.object("evidence").flatMap(e -> span(e, post == null ? "" : post.text()));
            if (post == null) {
                given.error("id", ProblemCode.NOT_FOUND);
            } else if (tier.isPresent()) {
                var evidence = span.map(s -> post.text().substring(s.start(), s.end()));
                var verdict = new PostVerdict(tier.get(), topics, rater, version, now, evidence, span);
                if (verdicts.put(id, verdict) != null) {
                    given.error("id", ProblemCode.DUPLICATE_KEY);
                }
            }
        }
        fields.done();
        return new Said(version, verdicts);
    }

    /// By Mizan's codes or by those of the IAB Content Taxonomy.
    private static Set<Topic> topics(Fields given) {
        var topics = new HashSet<Topic>();
        for (var text : given.texts("topics", Topic.values().length, 64)) {
            var topic = Topic.of(text)
                    .or(() -> Stream.of(Topic.values())
                            .filter(t -> t.iabId().equals(text))
                            .findFirst());
            topic.ifPresentOrElse(topics::add, () -> given.error("topics", ProblemCode.INVALID_VALUE, text));
        }
        return topics;
    }

    /// The words are cut out of the post here, so that no rater can put words of its own before people.
    /// It counts Unicode characters, as most languages do, and not Java's halves of them.
    private static Optional<Span> span(Fields evidence, String text) {
        int characters = text.codePointCount(0, text.length());
        int start = (int) evidence.number("start", 0, Math.max(0, characters - 1));
        int end = (int) evidence.number("end", 1, Math.max(1, characters));
        if (end <= start) {
            evidence.error("end", ProblemCode.OUT_OF_RANGE, "more than start");
        }
        return evidence.sound() && end <= characters
                ? Optional.of(new Span(text.offsetByCodePoints(0, start), text.offsetByCodePoints(0, end)))
                : Optional.empty();
    }

    static String said(Refused e) {
        var problem = e.problem();
        return problem.errors().stream()
                .findFirst()
                .map(error -> error.param() + ": " + error.code())
                .orElseGet(() -> problem.code().toString());
    }
}
