package mizan.core.decision;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;
import mizan.core.campaign.AdGroupId;
import mizan.core.campaign.CampaignId;
import mizan.core.feed.FeedPost;
import mizan.core.receipt.DecisionRecord;
import mizan.core.receipt.Impression;
import mizan.core.suitability.Terms;
import mizan.core.suitability.TermsId;
import mizan.core.suitability.Tier;

/// "Had these terms applied": recorded decisions judged once more by terms that nobody has signed yet.
///
/// What was shown is known exactly. What else would have been shown is not decided again: an ad that loses
/// its slot counts as moved when another slot of its page would have been allowed, though somebody else may
/// have won that one; a page that opens is a chance, not an impression.
public final class DryRun {
    /// Posts named in the answer.
    public static final int MAX_NAMED = 20;

    private final Optional<Terms> now;
    private final Terms proposed;
    private final Set<CampaignId> campaigns;
    private final Set<AdGroupId> groups;
    private final BiFunction<FeedPost, Terms, Optional<String>> hits;
    private final Set<String> rules = new HashSet<>();

    private final Fate fate = new Fate();
    private final Map<String, Boolean> viewers = new HashMap<>();
    private final Map<String, Named> named = new HashMap<>();
    private final Set<String> judged = new HashSet<>();
    private final Map<String, Share> languages = new TreeMap<>();
    private final Map<String, Share> topics = new TreeMap<>();
    private Share posts = Share.NONE;
    private long pages;
    private long opened;

    /// @param now the terms in force, absent when there are none
    /// @param proposed the terms in question
    /// @param campaigns those that they would hold for, and `groups` all of their ad groups
    /// @param hits the keyword of these terms that a post holds, if any
    public DryRun(
            Optional<Terms> now,
            Terms proposed,
            Set<CampaignId> campaigns,
            Set<AdGroupId> groups,
            BiFunction<FeedPost, Terms, Optional<String>> hits) {
        this.now = now;
        this.proposed = proposed;
        this.campaigns = Set.copyOf(campaigns);
        this.groups = Set.copyOf(groups);
        this.hits = hits;
        for (var rule : Breach.Rule.values()) {
            rules.add(rule.code());
        }
    }

    /// What would have become of the ads that were shown.
    private static final class Fate {
        private long kept;
        private long moved;
        private long lost;
    }

    /// How many posts, how many of them the terms keep away from now and would keep away from, and how many of
    /// those newly kept away from are safe as far as any rater knows: what is lost for words alone.
    public record Share(long posts, long blockedNow, long blocked, long newlyBlockedThoughSafe) {
        static final Share NONE = new Share(0, 0, 0, 0);

        private Share and(boolean before, boolean after, boolean safe) {
            return new Share(
                    posts + 1,
                    blockedNow + (before ? 1 : 0),
                    blocked + (after ? 1 : 0),
                    newlyBlockedThoughSafe + (after && !before && safe ? 1 : 0));
        }
    }

    /// A post that the proposed terms keep away from and those of now do not.
    ///
    /// @param ads how many of the ads shown would have lost their slot by it
    public record Blocked(FeedPost post, Breach.Rule rule, String detail, long ads) {}

    private static final class Named {
        private final FeedPost post;
        private final Adjacency.Broken broken;
        private long ads;

        Named(FeedPost post, Adjacency.Broken broken) {
            this.post = post;
            this.broken = broken;
        }
    }

    /// @param kept ads shown that could have stood where they stood
    /// @param moved ads that could have stood in another slot of the same page only
    /// @param lost ads whose page would have had no slot for them
    /// @param viewers different viewers with a key who were shown an ad, and of them those who would have been
    ///     shown none
    /// @param pages pages looked at for posts
    /// @param opened pages that the terms of now closed to one of the campaigns, and the proposed would open
    /// @param blocked the posts that cost most, at most [#MAX_NAMED]
    public record Result(
            long kept,
            long moved,
            long lost,
            long viewers,
            long viewersLost,
            long pages,
            long opened,
            Share posts,
            Map<String, Share> byLanguage,
            Map<String, Share> byTopic,
            List<Blocked> blocked) {
        public long shown() {
            return kept + moved + lost;
        }
    }

    /// Judges the ads of a page once more.
    public void shown(DecisionRecord record) {
        for (var impression : record.impressions()) {
            if (campaigns.contains(impression.campaign())) {
                again(record, impression);
            }
        }
    }

    private void again(DecisionRecord record, Impression impression) {
        var posts = matched(record.posts(), proposed);
        var adjacency = new Adjacency(posts, record.session().continued(), 1);
        var breach = adjacency.breach(Optional.of(proposed), impression.afterPost());
        boolean elsewhere = breach.isPresent() && anySlot(adjacency, posts.size());
        if (breach.isEmpty()) {
            fate.kept++;
        } else if (elsewhere) {
            fate.moved++;
        } else {
            fate.lost++;
        }
        breach.filter(b -> !b.postId().isEmpty())
                .ifPresent(b -> posts.stream()
                        .filter(p -> p.id().equals(b.postId()))
                        .findFirst()
                        .ifPresent(p -> name(p, new Adjacency.Broken(b.rule(), b.detail())).ads++));
        boolean reached = breach.isEmpty() || elsewhere;
        record.viewer().key().ifPresent(key -> viewers.merge(key, reached, Boolean::logicalOr));
    }

    private boolean anySlot(Adjacency adjacency, int posts) {
        for (int slot = 1; slot < posts; slot++) {
            if (adjacency.breach(Optional.of(proposed), slot).isEmpty()) {
                return true;
            }
        }
        return false;
    }

    private Named name(FeedPost post, Adjacency.Broken broken) {
        return named.computeIfAbsent(version(post), _ -> new Named(post, broken));
    }

    /// Looks at the posts of a page that any viewer saw, whether or not one of the ads was on it.
    public void page(DecisionRecord record) {
        pages++;
        if (wasClosed(record) && opens(record)) {
            opened++;
        }
        for (var post : record.posts()) {
            if (judged.add(version(post))) {
                judge(post);
            }
        }
    }

    /// Whether there is a slot that the terms of now forbid and the proposed ones allow.
    private boolean opens(DecisionRecord record) {
        boolean continued = record.session().continued();
        var before =
                new Adjacency(now.map(terms -> matched(record.posts(), terms)).orElse(record.posts()), continued, 1);
        var after = new Adjacency(matched(record.posts(), proposed), continued, 1);
        for (int slot = 1; slot < record.posts().size(); slot++) {
            if (before.breach(now, slot).isPresent()
                    && after.breach(Optional.of(proposed), slot).isEmpty()) {
                return true;
            }
        }
        return false;
    }

    /// Whether a group of these campaigns was kept off the page by terms.
    private boolean wasClosed(DecisionRecord record) {
        return record.facts().stream().anyMatch(f -> rules.contains(f.outcome()) && groups.contains(f.adGroup()));
    }

    private void judge(FeedPost post) {
        boolean before = now.map(terms -> broken(post, terms).isPresent())
                .orElseGet(() -> Adjacency.broken(post, Optional.empty()).isPresent());
        var after = broken(post, proposed);
        boolean safe = post.verdict().filter(v -> v.tier() == Tier.SAFE).isPresent();
        posts = posts.and(before, after.isPresent(), safe);
        languages.merge(
                post.language().orElse("unknown"), Share.NONE.and(before, after.isPresent(), safe), DryRun::sum);
        post.topics()
                .forEach(topic -> topics.merge(topic, Share.NONE.and(before, after.isPresent(), safe), DryRun::sum));
        if (!before) {
            after.ifPresent(broken -> name(post, broken));
        }
    }

    private Optional<Adjacency.Broken> broken(FeedPost post, Terms terms) {
        return Adjacency.broken(matched(post, terms), Optional.of(terms));
    }

    private static Share sum(Share one, Share other) {
        return new Share(
                one.posts + other.posts,
                one.blockedNow + other.blockedNow,
                one.blocked + other.blocked,
                one.newlyBlockedThoughSafe + other.newlyBlockedThoughSafe);
    }

    private List<FeedPost> matched(List<FeedPost> posts, Terms terms) {
        var matched = new ArrayList<FeedPost>(posts.size());
        posts.forEach(post -> matched.add(matched(post, terms)));
        return matched;
    }

    private FeedPost matched(FeedPost post, Terms terms) {
        Map<TermsId, String> found = hits.apply(post, terms)
                .map(keyword -> Map.of(terms.id(), keyword))
                .orElse(Map.of());
        return new FeedPost(
                post.id(),
                post.authors(),
                post.language(),
                post.community(),
                post.topics(),
                post.verdict(),
                found,
                post.keywords(),
                post.commitment(),
                post.seconds());
    }

    private static String version(FeedPost post) {
        return post.id() + ' ' + post.commitment();
    }

    public Result result() {
        var worst = named.values().stream()
                .sorted(Comparator.comparingLong((Named n) -> -n.ads).thenComparing(n -> version(n.post)))
                .limit(MAX_NAMED)
                .map(n -> new Blocked(n.post, n.broken.rule(), n.broken.detail(), n.ads))
                .toList();
        return new Result(
                fate.kept,
                fate.moved,
                fate.lost,
                viewers.size(),
                viewers.values().stream().filter(reached -> !reached).count(),
                pages,
                opened,
                posts,
                Map.copyOf(languages),
                Map.copyOf(topics),
                worst);
    }
}
