package mizan.server.serve.record;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import mizan.core.feed.FeedPost;
import mizan.core.suitability.PostVerdict;
import mizan.core.suitability.TermsId;
import mizan.core.suitability.Tier;
import mizan.core.suitability.Topic;

/// What a decision knew of one post: no word of it but the keywords that somebody booked.
final class PostCodec {
    private PostCodec() {}

    /// @param at the decision's instant: ratings are a little older, and so a short number
    static void write(Pack out, FeedPost post, Instant at) {
        out.text(post.id());
        out.texts(post.authors());
        out.optional(post.language());
        out.optional(post.community());
        out.set(post.topics());
        if (post.verdict().isEmpty()) {
            out.number(0);
        } else {
            verdict(out, post.verdict().get(), at);
        }
        hits(out, post.keywordHits());
        out.set(post.keywords());
        out.hash(post.commitment());
        out.number(post.seconds());
    }

    static FeedPost read(Unpack in, Instant at) {
        return new FeedPost(
                in.text(),
                in.texts(),
                in.optional(),
                in.optional(),
                in.set(),
                in.optional().map(tier -> verdict(in, Tier.valueOf(tier), at)),
                hits(in),
                in.set(),
                in.hash(),
                in.integer());
    }

    private static void verdict(Pack out, PostVerdict verdict, Instant at) {
        out.known(verdict.tier().name());
        out.number(verdict.topics().size());
        if (!verdict.topics().isEmpty()) {
            verdict.topics().stream().sorted().forEach(topic -> out.text(topic.name()));
        }
        out.text(verdict.rater());
        out.text(verdict.raterVersion());
        out.number(Micros.of(at) - Micros.of(verdict.ratedAt()));
    }

    /// Without the evidence: words of a post are personal data and stay in the store that can forget them.
    private static PostVerdict verdict(Unpack in, Tier tier, Instant at) {
        return new PostVerdict(
                tier,
                Set.copyOf(in.list(topic -> Topic.valueOf(topic.text()))),
                in.text(),
                in.text(),
                Micros.instant(Micros.of(at) - in.number()),
                Optional.empty());
    }

    private static void hits(Pack out, Map<TermsId, String> hits) {
        out.number(hits.size());
        var inOrder = hits.size() <= 1 ? hits : new TreeMap<>(hits);
        inOrder.forEach((terms, keyword) -> {
            out.id(terms.value());
            out.text(keyword);
        });
    }

    private static Map<TermsId, String> hits(Unpack in) {
        var hits = new HashMap<TermsId, String>();
        in.list(hit -> Map.entry(new TermsId(hit.id(TermsId.PREFIX)), hit.text()))
                .forEach(hit -> hits.put(hit.getKey(), hit.getValue()));
        return hits;
    }
}
