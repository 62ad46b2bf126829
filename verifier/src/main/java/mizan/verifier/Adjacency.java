package mizan.verifier;

import java.util.List;
import java.util.Optional;

/// Beside which posts an ad may stand: the rules of suitability, applied anew to what a receipt says of its posts.
final class Adjacency {
    private static final int FLOOR = Terms.TIERS.indexOf("FLOOR");

    private Adjacency() {}

    /// The slots that anybody may take.
    static long[] open(Receipt receipt, Page page) {
        return slots(receipt, page, Optional.empty(), false);
    }

    /// The slots that these terms, and the communities of the posts, allow the billed ad.
    static long[] allowed(Receipt receipt, Page page, Optional<Terms> terms) {
        return slots(receipt, page, terms, true);
    }

    private static long[] slots(Receipt receipt, Page page, Optional<Terms> terms, boolean vetoes) {
        int before = terms.map(Terms::before).orElse(1);
        int after = terms.map(Terms::after).orElse(1);
        var set = new long[4];
        for (int slot = Math.max(1, page.firstSlot); slot <= page.lastSlot; slot++) {
            if (firstBreach(receipt, terms, slot, before, after).isEmpty() && !(vetoes && vetoed(receipt, slot))) {
                set[slot / 64] |= 1L << (slot % 64);
            }
        }
        return set;
    }

    /// Whether a community keeps the billed ad from standing directly above or below one of its posts.
    private static boolean vetoed(Receipt receipt, int slot) {
        var posts = receipt.posts();
        return (slot >= 1 && slot <= posts.size() && posts.get(slot - 1).vetoed())
                || (slot >= 0 && slot < posts.size() && posts.get(slot).vetoed());
    }

    /// What keeps the billed ad out of this slot.
    static Optional<String> breach(Receipt receipt, Optional<Terms> terms, int slot) {
        if (vetoed(receipt, slot)) {
            return Optional.of("the community of a neighbour bars the advertiser");
        }
        return firstBreach(
                receipt,
                terms,
                slot,
                terms.map(Terms::before).orElse(1),
                terms.map(Terms::after).orElse(1));
    }

    private static Optional<String> firstBreach(
            Receipt receipt, Optional<Terms> terms, int slot, int before, int after) {
        var posts = receipt.posts();
        for (int post = slot - before; post < slot + after; post++) {
            // Every neighbour that the terms judge must be known. Above the first post of the first page is nobody.
            if (post < 0 && receipt.session().posts() == 0) {
                continue;
            }
            if (post < 0 || post >= posts.size()) {
                return Optional.of("a neighbour is on another page, and so unknown");
            }
            var broken = broken(posts.get(post), terms);
            if (broken.isPresent()) {
                return Optional.of("post " + (post + 1) + ": " + broken.get());
            }
        }
        return Optional.empty();
    }

    private static Optional<String> broken(Receipt.Post post, Optional<Terms> terms) {
        if (post.tier() < 0) {
            return Optional.of("nobody rated it");
        }
        if (post.tier() >= FLOOR) {
            return Optional.of("it is on the floor, which nobody can buy");
        }
        return terms.flatMap(t -> broken(post, t));
    }

    private static Optional<String> broken(Receipt.Post post, Terms terms) {
        boolean general =
                post.topics().isEmpty() || !terms.maxTierByTopic().keySet().containsAll(post.topics());
        if (general && post.tier() > terms.maxTier()) {
            return Optional.of(Terms.TIERS.get(post.tier()) + " is above " + Terms.TIERS.get(terms.maxTier()));
        }
        for (var topic : post.topics()) {
            var limit = terms.maxTierByTopic().get(topic);
            if (limit != null && post.tier() > limit) {
                return Optional.of(topic + " is " + Terms.TIERS.get(post.tier()) + ", above " + Terms.TIERS.get(limit));
            }
        }
        if (!terms.languages().isEmpty()
                && post.language().filter(terms.languages()::contains).isEmpty()) {
            return Optional.of("its language is not one of " + terms.languages());
        }
        return (post.listed() & ~Receipt.Post.VETO) == 0
                ? Optional.empty()
                : Optional.of("it is on a list of the terms");
    }

    /// Which lists of the terms these authors and this community are on, as [Receipt.Post#listed] says it.
    static int listed(Terms terms, List<String> authors, Optional<String> community) {
        return (authors.stream().anyMatch(terms.authors()::contains) ? Receipt.Post.AUTHOR : 0)
                | (community.filter(terms.communities()::contains).isPresent() ? Receipt.Post.COMMUNITY : 0);
    }
}
