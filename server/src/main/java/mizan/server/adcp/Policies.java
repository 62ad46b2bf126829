package mizan.server.adcp;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import mizan.core.suitability.LexiconRater;
import mizan.core.suitability.PostContent;
import mizan.core.suitability.PostVerdict;
import mizan.core.suitability.PostWords;
import mizan.core.suitability.Topic;
import tools.jackson.databind.JsonNode;

/// What the policies of content standards mean here. They are sentences for people; a program can keep two kinds:
///
/// - those that name sensitive topics, found by the rater that rates posts: "no violence" names what a post of violence
///   has;
/// - those that want texts for pictures.
///
/// Of any other it says that nobody here can judge it. What `must` be so and cannot be judged counts as failed, as an
/// unrated post counts as the worst.
final class Policies {
    private Policies() {}

    /// How one policy was met.
    ///
    /// @param enforcement `must`, `should` or `may`
    /// @param status in the standard's words: `passed`, `failed`, `warning` or `unevaluated`
    record Judged(String id, String enforcement, String status, String explanation) {
        boolean refuses() {
            return status.equals("failed") || (enforcement.equals("must") && status.equals("unevaluated"));
        }
    }

    /// The topics that a sentence names.
    static Set<Topic> topics(String sentence, Instant now) {
        return rated(sentence, now)
                .map(v ->
                        (Set<Topic>) (v.topics().isEmpty() ? EnumSet.noneOf(Topic.class) : EnumSet.copyOf(v.topics())))
                .orElse(Set.of());
    }

    private static Optional<PostVerdict> rated(String words, Instant now) {
        return LexiconRater.builtIn().rate(PostWords.of(PostContent.of(words)), now);
    }

    /// @param artifact content and what stands around it, as the standard describes it
    static List<Judged> judge(JsonNode policies, JsonNode artifact, Instant now) {
        var words = words(artifact);
        var verdict = words.isBlank() ? Optional.<PostVerdict>empty() : rated(words, now);
        var judged = new ArrayList<Judged>();
        for (var policy : policies) {
            judged.add(judge(policy, artifact, verdict, now));
        }
        return judged;
    }

    private static Judged judge(JsonNode policy, JsonNode artifact, Optional<PostVerdict> verdict, Instant now) {
        var sentence = policy.path("policy").asString("");
        if (sentence.toLowerCase(Locale.ROOT).contains("alt text")) {
            return wantsTexts(artifact)
                    ? judged(policy, "failed", "a picture has no alt_text")
                    : judged(policy, "passed", "every picture has alt_text");
        }
        var topics = topics(sentence, now);
        if (topics.isEmpty()) {
            return judged(policy, "unevaluated", "nobody here can judge this policy");
        }
        if (verdict.isEmpty()) {
            return judged(policy, "unevaluated", "it has no words that the rater reads");
        }
        var met = EnumSet.copyOf(topics);
        met.retainAll(verdict.get().topics());
        return met.isEmpty()
                ? judged(policy, "passed", "none of its topics was found")
                : judged(
                        policy,
                        "failed",
                        "found: " + codes(met)
                                + verdict.get()
                                        .evidence()
                                        .map(e -> " (" + e + ")")
                                        .orElse(""));
    }

    static List<String> codes(Set<Topic> topics) {
        return topics.stream().sorted().map(Topic::code).toList();
    }

    private static Judged judged(JsonNode policy, String status, String explanation) {
        var enforcement = policy.path("enforcement").asString("must");
        boolean advice = !enforcement.equals("must") && status.equals("failed");
        return new Judged(policy.path("policy_id").asString(""), enforcement, advice ? "warning" : status, explanation);
    }

    private static boolean wantsTexts(JsonNode artifact) {
        for (var asset : artifact.path("assets")) {
            if (asset.path("type").asString("").equals("image")
                    && asset.path("alt_text").asString("").isBlank()) {
                return true;
            }
        }
        return false;
    }

    private static String words(JsonNode artifact) {
        var words = new StringBuilder(artifact.path("description").asString(""));
        for (var asset : artifact.path("assets")) {
            for (var part : List.of("content", "alt_text", "caption", "transcript")) {
                words.append(' ').append(asset.path(part).asString(""));
            }
        }
        return words.toString();
    }
}
