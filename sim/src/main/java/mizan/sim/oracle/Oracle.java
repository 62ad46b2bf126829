package mizan.sim.oracle;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import mizan.core.suitability.Terms;
import mizan.core.suitability.Tier;

/// What no ad may stand beside, written down a second time in plain loops. It sees the whole feed, page after
/// page, as the reader scrolls through it, and the posts as the platform knew them when the page was filled.
/// Shares no code with the decision: not the rules, not the matcher, not the geometry.
final class Oracle {
    private final List<PostOnThePlatform> feed = new ArrayList<>();
    private final List<Ad> ads = new ArrayList<>();

    /// @param above index in the whole feed of the post directly above
    private record Ad(String name, Optional<Terms> terms, Set<String> barredBy, int above) {}

    /// The next page as it was shown.
    void page(List<PostOnThePlatform> posts) {
        feed.addAll(posts);
    }

    /// An ad on the page shown last.
    ///
    /// @param afterPost counted from 1 within that page, which has so many `posts`
    /// @param terms in force when the page was filled
    /// @param barredBy communities whose moderators keep it away from their posts
    void ad(String name, Optional<Terms> terms, Set<String> barredBy, int afterPost, int posts) {
        ads.add(new Ad(name, terms, barredBy, feed.size() - posts + afterPost - 1));
    }

    /// What is wrong, in words; empty when nothing is.
    List<String> violations() {
        var wrong = new ArrayList<String>();
        for (var ad : ads) {
            int before = ad.terms().isPresent() ? ad.terms().get().before() : 1;
            int after = ad.terms().isPresent() ? ad.terms().get().after() : 1;
            for (int i = ad.above() - before + 1; i <= ad.above() + after; i++) {
                if (i >= 0 && i < feed.size()) {
                    int at = i;
                    why(feed.get(i), ad.terms())
                            .ifPresent(w ->
                                    wrong.add(ad.name() + " after " + ad.above() + " is near post " + at + ": " + w));
                }
            }
            for (int i = ad.above(); i <= ad.above() + 1 && i < feed.size(); i++) {
                if (i >= 0
                        && feed.get(i)
                                .community()
                                .filter(ad.barredBy()::contains)
                                .isPresent()) {
                    wrong.add(ad.name() + " after " + ad.above() + " is beside post " + i
                            + " of a community that bars it");
                }
            }
        }
        return wrong;
    }

    private static Optional<String> why(PostOnThePlatform post, Optional<Terms> terms) {
        if (post.verdict().isEmpty()) {
            return Optional.of("unrated");
        }
        var verdict = post.verdict().get();
        if (verdict.tier().equals(Tier.FLOOR)) {
            return Optional.of("the floor");
        }
        if (terms.isEmpty()) {
            return Optional.empty();
        }
        var t = terms.get();
        // Each topic by its own limit, or by the general one where it has none; without topics the general one.
        boolean tooRisky = verdict.topics().isEmpty() && riskier(verdict.tier(), t.maxTier());
        for (var topic : verdict.topics()) {
            tooRisky |= riskier(verdict.tier(), t.maxTierByTopic().getOrDefault(topic, t.maxTier()));
        }
        if (tooRisky) {
            return Optional.of(verdict.tier() + " " + verdict.topics());
        }
        for (var author : post.authors()) {
            if (t.authors().contains(author)) {
                return Optional.of("author " + author);
            }
        }
        if (post.community().isPresent()
                && t.communities().contains(post.community().get())) {
            return Optional.of("community " + post.community().get());
        }
        if (!t.languages().isEmpty()
                && (post.language().isEmpty()
                        || !t.languages().contains(post.language().get()))) {
            return Optional.of("language " + post.language());
        }
        for (var keyword : t.keywords()) {
            if (post.wording().keywords().contains(keyword)) {
                return Optional.of("keyword " + keyword);
            }
        }
        return Optional.empty();
    }

    private static boolean riskier(Tier tier, Tier limit) {
        return level(tier) > level(limit);
    }

    private static int level(Tier tier) {
        return switch (tier) {
            case SAFE -> 0;
            case LOW -> 1;
            case MEDIUM -> 2;
            case HIGH -> 3;
            case FLOOR -> 4;
        };
    }
}
