package mizan.core.decision;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mizan.core.feed.FeedPost;
import mizan.core.suitability.Terms;
import mizan.core.suitability.TermsId;
import mizan.core.suitability.Tier;

/// Which slots of one feed each set of terms allows.
///
/// Judged once per terms, however many campaigns share them. Nobody may stand beside an unrated post or one
/// on the
/// floor;
/// a campaign without terms of its own accepts up to HIGH on the post above and the post below.
final class Adjacency {
    private final List<FeedPost> posts;
    private final Map<TermsId, List<Optional<Breach>>> byTerms = new HashMap<>();
    private final List<Optional<Breach>> withoutTerms;

    Adjacency(List<FeedPost> posts) {
        this.posts = posts;
        this.withoutTerms = perSlot(Optional.empty());
    }

    /// The breach that keeps these terms out of this slot; empty when the slot is allowed.
    ///
    /// @param afterPost 1 up to the number of posts less 1
    Optional<Breach> breach(Optional<Terms> terms, int afterPost) {
        var slots = terms.isEmpty()
                ? withoutTerms
                : byTerms.computeIfAbsent(terms.get().id(), _ -> perSlot(terms));
        return slots.get(afterPost - 1);
    }

    private List<Optional<Breach>> perSlot(Optional<Terms> terms) {
        int before = terms.map(Terms::before).orElse(1);
        int after = terms.map(Terms::after).orElse(1);
        var broken = new ArrayList<Optional<Broken>>(posts.size());
        for (var post : posts) {
            broken.add(rule(post, terms));
        }
        var slots = new ArrayList<Optional<Breach>>(posts.size());
        for (int slot = 1; slot < posts.size(); slot++) {
            slots.add(nearest(broken, slot, before, after));
        }
        return slots;
    }

    /// The nearest neighbour that breaks a rule: above first, as a reader meets it.
    private Optional<Breach> nearest(List<Optional<Broken>> broken, int slot, int before, int after) {
        for (int distance = 0; distance < Math.max(before, after); distance++) {
            int above = slot - 1 - distance;
            if (distance < before && above >= 0 && broken.get(above).isPresent()) {
                return Optional.of(at(slot, above, broken.get(above).get()));
            }
            int below = slot + distance;
            if (distance < after && below < posts.size() && broken.get(below).isPresent()) {
                return Optional.of(at(slot, below, broken.get(below).get()));
            }
        }
        return Optional.empty();
    }

    private Breach at(int slot, int post, Broken broken) {
        return new Breach(slot, posts.get(post).id(), broken.rule(), broken.detail());
    }

    private record Broken(Breach.Rule rule, String detail) {}

    private static Optional<Broken> rule(FeedPost post, Optional<Terms> terms) {
        if (post.verdict().isEmpty()) {
            return Optional.of(new Broken(Breach.Rule.UNRATED_NEIGHBOUR, "unrated"));
        }
        var verdict = post.verdict().get();
        if (verdict.tier() == Tier.FLOOR) {
            return Optional.of(
                    new Broken(Breach.Rule.EXCLUDED_TIER, verdict.tier().name()));
        }
        return terms.flatMap(t -> rule(post, t));
    }

    private static Optional<Broken> rule(FeedPost post, Terms terms) {
        var verdict = post.verdict().orElseThrow();
        // The strictest of its topics counts: a laxer limit for one topic must not excuse another, so the general
        // limit is lifted only for a post that has no other topic.
        boolean generalLimit =
                verdict.topics().isEmpty() || !terms.maxTierByTopic().keySet().containsAll(verdict.topics());
        if (generalLimit && verdict.tier().compareTo(terms.maxTier()) > 0) {
            return Optional.of(
                    new Broken(Breach.Rule.EXCLUDED_TIER, verdict.tier().name()));
        }
        for (var topic : verdict.topics().stream().sorted().toList()) {
            var limit = terms.maxTierByTopic().get(topic);
            if (limit != null && verdict.tier().compareTo(limit) > 0) {
                return Optional.of(new Broken(Breach.Rule.EXCLUDED_TOPIC, topic.code()));
            }
        }
        for (var author : post.authors()) {
            if (terms.authors().contains(author)) {
                return Optional.of(new Broken(Breach.Rule.EXCLUDED_AUTHOR, author));
            }
        }
        if (post.community().isPresent()
                && terms.communities().contains(post.community().get())) {
            return Optional.of(
                    new Broken(Breach.Rule.EXCLUDED_COMMUNITY, post.community().get()));
        }
        if (!terms.languages().isEmpty()
                && post.language().filter(terms.languages()::contains).isEmpty()) {
            return Optional.of(
                    new Broken(Breach.Rule.EXCLUDED_LANGUAGE, post.language().orElse("unknown")));
        }
        return Optional.ofNullable(post.keywordHits().get(terms.id()))
                .map(keyword -> new Broken(Breach.Rule.EXCLUDED_KEYWORD, keyword));
    }
}
