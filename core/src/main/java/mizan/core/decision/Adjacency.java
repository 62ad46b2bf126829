package mizan.core.decision;

import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mizan.core.campaign.Advertiser;
import mizan.core.campaign.CommunityVeto;
import mizan.core.feed.FeedPost;
import mizan.core.feed.FeedRequest;
import mizan.core.feed.Offer;
import mizan.core.suitability.PostVerdict;
import mizan.core.suitability.Terms;
import mizan.core.suitability.TermsId;
import mizan.core.suitability.Tier;
import mizan.core.suitability.Topic;

/// Which slots of one feed each set of terms allows.
///
/// Judged once per terms, however many campaigns share them. Nobody may stand beside an unrated post or one
/// on the floor; a campaign without terms of its own accepts up to HIGH on the post above and the post
/// below.
final class Adjacency {
    /// What a breach names when the neighbour is on another page, and so unknown.
    static final String ANOTHER_PAGE = "another page";

    private final List<FeedPost> posts;
    /// By post, the rank of its tier, or -1 when nobody may stand beside it: unrated, or on the floor.
    private final int[] tiers;
    /// By post, its sensitive topics as bits.
    private final int[] topics;
    private final boolean continued;
    private final int firstSlot;
    private final int lastSlot;
    private final Map<TermsId, SlotSet> byTerms = new HashMap<>();
    private final SlotSet open;
    private final List<CommunityVeto> vetoes;

    /// @param continued whether there are posts above the page that are not given
    /// @param firstSlot no slot before it is asked for
    Adjacency(List<FeedPost> posts, boolean continued, int firstSlot) {
        this(posts, continued, firstSlot, Integer.MAX_VALUE, List.of());
    }

    /// A page where the communities of the posts have a say.
    Adjacency(FeedRequest request, int firstSlot) {
        this(
                request.posts(),
                request.session().continued(),
                firstSlot,
                request.offer().map(Offer::slot).orElse(Integer.MAX_VALUE),
                request.placement().vetoes());
    }

    private Adjacency(
            List<FeedPost> posts, boolean continued, int firstSlot, int lastSlot, List<CommunityVeto> vetoes) {
        this.posts = posts;
        this.vetoes = vetoes;
        this.tiers = new int[posts.size()];
        this.topics = new int[posts.size()];
        for (int i = 0; i < tiers.length; i++) {
            read(i);
        }
        this.continued = continued;
        this.firstSlot = firstSlot;
        this.lastSlot = lastSlot;
        this.open = slots(Optional.empty());
    }

    private void read(int i) {
        var post = posts.get(i);
        var verdict = post.verdict();
        if (verdict.isEmpty() || verdict.get().tier() == Tier.FLOOR) {
            tiers[i] = -1;
            return;
        }
        tiers[i] = Rules.rank(verdict.get().tier());
        topics[i] = Rules.bits(verdict.get().topics());
    }

    /// The slots that somebody without terms may take; terms only take away from it.
    SlotSet open() {
        return open;
    }

    /// The slots that these rules allow.
    SlotSet allowed(Optional<Rules> rules) {
        if (rules.isEmpty()) {
            return open;
        }
        var id = rules.get().terms().id();
        var known = byTerms.get(id);
        if (known == null) {
            known = slots(rules);
            byTerms.put(id, known);
        }
        return known;
    }

    /// The slots that these rules allow, less those beside a post whose community bars this advertiser.
    SlotSet allowed(Optional<Rules> rules, Advertiser advertiser) {
        var allowed = allowed(rules);
        if (vetoes.isEmpty()) {
            return allowed;
        }
        var barred = new BitSet();
        for (int post = 0; post < posts.size(); post++) {
            if (barredBy(post, advertiser).isPresent()) {
                barred.set(post, post + 2);
            }
        }
        return barred.isEmpty() ? allowed : allowed.without(barred);
    }

    /// The community of this post, when it bars the advertiser.
    private Optional<String> barredBy(int post, Advertiser advertiser) {
        var community = posts.get(post).community();
        return community.filter(c -> vetoes.stream().anyMatch(v -> v.community().equals(c) && v.bars(advertiser)));
    }

    /// The veto that keeps this advertiser out of this slot.
    Optional<Breach> veto(Advertiser advertiser, int afterPost) {
        for (int post = Math.max(0, afterPost - 1); post <= afterPost && post < posts.size(); post++) {
            var community = barredBy(post, advertiser);
            if (community.isPresent()) {
                return Optional.of(
                        at(afterPost, posts.get(post), new Broken(Breach.Rule.COMMUNITY_VETO, community.get())));
            }
        }
        return Optional.empty();
    }

    private SlotSet slots(Optional<Rules> rules) {
        int before = rules.map(r -> r.terms().before()).orElse(1);
        int after = rules.map(r -> r.terms().after()).orElse(1);
        int count = tiers.length;
        var slots = new BitSet(count);
        // Every neighbour that the terms judge must be known: those of the next page never are.
        int first = Math.max(firstSlot, continued ? before : 1);
        int last = Math.min(lastSlot, count - after);
        if (first <= last) {
            slots.set(first, last + 1);
        }
        for (int post = 0; post < count; post++) {
            if (tiers[post] < 0 || (rules.isPresent() && breaks(post, rules.get()))) {
                // A slot is named by the post above it: this post is below slot `post` and above slot `post + 1`.
                slots.clear(Math.max(0, post - after + 1), post + before + 1);
            }
        }
        return new SlotSet(slots);
    }

    /// Agrees with [#rule], which knows the reason and takes longer.
    private boolean breaks(int post, Rules rules) {
        return rules.brokenBy(tiers[post], topics[post])
                || (rules.hasLists() && rules.onAList(posts.get(post)))
                || posts.get(post).keywordHits().containsKey(rules.terms().id());
    }

    /// The breach that keeps these terms out of this slot, nearest neighbour first and above before below,
    /// as a reader meets it; empty when the slot is allowed.
    ///
    /// @param afterPost 1 up to the number of posts less 1
    Optional<Breach> breach(Optional<Terms> terms, int afterPost) {
        return breach(posts, continued, terms, afterPost);
    }

    /// The same on a page of which nothing else is asked.
    static Optional<Breach> breach(List<FeedPost> posts, boolean continued, Optional<Terms> terms, int afterPost) {
        int before = terms.map(Terms::before).orElse(1);
        int after = terms.map(Terms::after).orElse(1);
        for (int distance = 0; distance < Math.max(before, after); distance++) {
            int above = afterPost - 1 - distance;
            if (distance < before && above >= 0) {
                var broken = broken(posts.get(above), terms);
                if (broken.isPresent()) {
                    return Optional.of(at(afterPost, posts.get(above), broken.get()));
                }
            }
            if (distance < before && above < 0 && continued) {
                return Optional.of(unknown(afterPost));
            }
            int below = afterPost + distance;
            if (distance < after && below < posts.size()) {
                var broken = broken(posts.get(below), terms);
                if (broken.isPresent()) {
                    return Optional.of(at(afterPost, posts.get(below), broken.get()));
                }
            }
            if (distance < after && below >= posts.size()) {
                return Optional.of(unknown(afterPost));
            }
        }
        return Optional.empty();
    }

    private static Breach unknown(int slot) {
        return new Breach(slot, "", Breach.Rule.UNRATED_NEIGHBOUR, ANOTHER_PAGE);
    }

    private static Breach at(int slot, FeedPost post, Broken broken) {
        return new Breach(slot, post.id(), broken.rule(), broken.detail());
    }

    /// @param detail what of the post breaks it
    record Broken(Breach.Rule rule, String detail) {}

    /// The rule that keeps these terms away from a post, wherever it stands.
    static Optional<Broken> broken(FeedPost post, Optional<Terms> terms) {
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
        var topic = overItsLimit(verdict, terms);
        if (topic.isPresent()) {
            return Optional.of(
                    new Broken(Breach.Rule.EXCLUDED_TOPIC, topic.get().code()));
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

    /// The first of a verdict's topics whose limit it passes.
    private static Optional<Topic> overItsLimit(PostVerdict verdict, Terms terms) {
        if (verdict.topics().isEmpty()) {
            return Optional.empty(); // As most often.
        }
        return verdict.topics().stream()
                .sorted()
                .filter(topic -> {
                    var limit = terms.maxTierByTopic().get(topic);
                    return limit != null && verdict.tier().compareTo(limit) > 0;
                })
                .findFirst();
    }
}
