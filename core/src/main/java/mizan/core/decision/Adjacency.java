package mizan.core.decision;

import java.util.ArrayList;
import java.util.BitSet;
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
/// on the floor; a campaign without terms of its own accepts up to HIGH on the post above and the post
/// below.
final class Adjacency {
    private final List<Neighbour> neighbours = new ArrayList<>();
    private final int firstSlot;
    private final Map<TermsId, BitSet> byTerms = new HashMap<>();
    private final BitSet open;

    /// @param firstSlot the first slot of the placement, counted from 1
    Adjacency(List<FeedPost> posts, int firstSlot) {
        posts.forEach(post -> neighbours.add(Neighbour.of(post)));
        this.firstSlot = firstSlot;
        this.open = slots(Optional.empty());
    }

    /// The slots that somebody without terms may take; terms only take away from it. Not to be changed.
    BitSet open() {
        return open;
    }

    /// The slots that these rules allow. Not to be changed.
    BitSet allowed(Optional<Rules> rules) {
        return rules.isEmpty()
                ? open
                : byTerms.computeIfAbsent(rules.get().terms().id(), _ -> slots(rules));
    }

    private BitSet slots(Optional<Rules> rules) {
        int before = rules.map(r -> r.terms().before()).orElse(1);
        int after = rules.map(r -> r.terms().after()).orElse(1);
        var slots = new BitSet(neighbours.size());
        if (firstSlot < neighbours.size()) {
            slots.set(firstSlot, neighbours.size());
        }
        for (int post = 0; post < neighbours.size(); post++) {
            var neighbour = neighbours.get(post);
            if (neighbour.barred() || (rules.isPresent() && rules.get().brokenBy(neighbour))) {
                // A slot is named by the post above it: this post is below slot `post` and above slot `post + 1`.
                slots.clear(Math.max(0, post - after + 1), post + before + 1);
            }
        }
        return slots;
    }

    /// The breach that keeps these terms out of this slot, nearest neighbour first and above before below,
    /// as a reader meets it; empty when the slot is allowed.
    ///
    /// @param afterPost 1 up to the number of posts less 1
    Optional<Breach> breach(Optional<Terms> terms, int afterPost) {
        int before = terms.map(Terms::before).orElse(1);
        int after = terms.map(Terms::after).orElse(1);
        for (int distance = 0; distance < Math.max(before, after); distance++) {
            int above = afterPost - 1 - distance;
            if (distance < before && above >= 0) {
                var broken = rule(neighbours.get(above).post(), terms);
                if (broken.isPresent()) {
                    return Optional.of(at(afterPost, above, broken.get()));
                }
            }
            int below = afterPost + distance;
            if (distance < after && below < neighbours.size()) {
                var broken = rule(neighbours.get(below).post(), terms);
                if (broken.isPresent()) {
                    return Optional.of(at(afterPost, below, broken.get()));
                }
            }
        }
        return Optional.empty();
    }

    private Breach at(int slot, int post, Broken broken) {
        return new Breach(slot, neighbours.get(post).post().id(), broken.rule(), broken.detail());
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
