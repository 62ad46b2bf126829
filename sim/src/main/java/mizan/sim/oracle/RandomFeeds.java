package mizan.sim.oracle;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import mizan.core.campaign.AdGroupId;
import mizan.core.campaign.AdvertiserId;
import mizan.core.campaign.Book;
import mizan.core.campaign.Placement;
import mizan.core.campaign.Touched;
import mizan.core.decision.Decider;
import mizan.core.decision.Decision;
import mizan.core.feed.FeedPost;
import mizan.core.feed.FeedRequest;
import mizan.core.feed.Session;
import mizan.core.feed.Viewer;
import mizan.core.suitability.Terms;
import mizan.core.suitability.TermsId;
import mizan.server.serve.Snapshots;

/// Random feeds of one to three pages under random terms: posts are edited after they were rated and before
/// they are shown, terms are changed in between, modules stand among the posts. Matched and decided by the
/// real code, judged by the [Oracle]. The same seed makes the same feeds.
public final class RandomFeeds {
    private static final int FEEDS_OF_A_MARKET = 50;

    private final SplittableRandom random;
    private final Snapshots snapshots = new Snapshots();
    private final RandomMarket.Rich live = new RandomMarket.Rich();
    private final Map<String, PostOnThePlatform> platform = new HashMap<>();
    private final double risky;
    private Book book;
    private int posts;

    private RandomFeeds(long seed) {
        random = new SplittableRandom(seed);
        risky = random.nextDouble();
        book = RandomMarket.book(random);
        snapshots.publish(book, Touched.all(book));
    }

    /// What came of some feeds.
    ///
    /// @param feeds pages filled
    /// @param ads placed on them
    /// @param seams pages that continue another one
    /// @param edits posts changed between rating and serving, and terms changed between pages
    /// @param violations in words, with the seed that repeats them
    public record Tally(long feeds, long ads, long seams, long edits, List<String> violations) {
        public static final Tally NOTHING = new Tally(0, 0, 0, 0, List.of());

        public Tally and(Tally other) {
            var all = new ArrayList<>(violations);
            all.addAll(other.violations);
            return new Tally(
                    feeds + other.feeds, ads + other.ads, seams + other.seams, edits + other.edits, List.copyOf(all));
        }
    }

    /// The feeds of one market.
    public static Tally play(long seed) {
        var feeds = new RandomFeeds(seed);
        var tally = Tally.NOTHING;
        while (tally.feeds() < FEEDS_OF_A_MARKET) {
            tally = tally.and(feeds.session(seed));
        }
        return tally;
    }

    private Tally session(long seed) {
        var placement = RandomMarket.placement(book, random);
        var oracle = new Oracle();
        var session = Session.START;
        long ads = 0;
        long edits = 0;
        int pages = 1 + random.nextInt(3);
        for (int page = 0; page < pages; page++) {
            var ids = rate();
            edits += edit(ids);
            edits += random.nextInt(4) == 0 ? changeTerms() : 0;
            var shown = ids.stream().map(this::now).toList();
            oracle.page(shown);
            var request = new FeedRequest(placement, Viewer.UNKNOWN, session, facts(shown));
            var snapshot = snapshots.current().snapshot();
            var decision = Decider.decide(request, snapshot, live, RandomMarket.NOW, random.nextLong());
            for (var winner : decision.winners()) {
                oracle.ad(
                        winner.ad().value(),
                        terms(winner.adGroup()),
                        barred(placement, winner.advertiser()),
                        winner.afterPost(),
                        shown.size());
            }
            ads += decision.winners().size();
            session = next(request, decision);
        }
        var wrong =
                oracle.violations().stream().map(w -> "seed " + seed + ": " + w).toList();
        return new Tally(pages, ads, pages - 1L, edits, wrong);
    }

    /// The platform sends the posts of a page to be rated; one was often sent before, for another page.
    private List<String> rate() {
        var ids = new ArrayList<String>();
        for (int i = 4 + random.nextInt(20); i > 0; i--) {
            var id = "p" + (posts > 0 && random.nextInt(4) == 0 ? random.nextInt(posts) : posts++);
            if (ids.contains(id)) {
                continue;
            }
            ids.add(id);
            platform.computeIfAbsent(id, _ -> PostOnThePlatform.random(id, 0, risky, RandomMarket.NOW, random));
            snapshots.facts(now(id).known(RandomMarket.NOW)); // matched once, as by an earlier page
        }
        return ids;
    }

    private int edit(List<String> ids) {
        int edits = 0;
        for (var id : ids) {
            if (random.nextInt(10) == 0) {
                int version = now(id).version() + 1;
                platform.put(id, PostOnThePlatform.random(id, version, risky, RandomMarket.NOW, random));
                edits++;
            }
        }
        return edits;
    }

    private PostOnThePlatform now(String id) {
        return Optional.ofNullable(platform.get(id)).orElseThrow();
    }

    private int changeTerms() {
        if (book.terms().isEmpty()) {
            return 0;
        }
        var all = book.terms().keySet().stream().sorted().toList();
        var id = PostOnThePlatform.pick(all, random);
        var terms = new HashMap<TermsId, Terms>(book.terms());
        terms.compute(
                id,
                (_, before) -> RandomMarket.changed(Optional.ofNullable(before).orElseThrow(), random));
        book = new Book(
                book.revision() + 1,
                book.advertisers(),
                book.campaigns(),
                book.adGroups(),
                book.ads(),
                book.creatives(),
                book.placements(),
                terms);
        snapshots.publish(book, new Touched(Set.of(), Set.of(), Set.of(), Set.of(), Set.of(), Set.of(), Set.of(id)));
        return 1;
    }

    /// The communities whose moderators keep this advertiser away.
    private Set<String> barred(Placement placement, AdvertiserId id) {
        var advertiser = Optional.ofNullable(book.advertisers().get(id)).orElseThrow();
        var communities = new HashSet<String>();
        for (var veto : placement.vetoes()) {
            if (veto.anyAd()
                    || veto.advertisers().contains(id.value())
                    || veto.industries().contains(advertiser.industry())) {
                communities.add(veto.community());
            }
        }
        return communities;
    }

    private Optional<Terms> terms(AdGroupId group) {
        return book.termsOf(
                book.campaignOf(Optional.ofNullable(book.adGroups().get(group)).orElseThrow()));
    }

    /// What the server would know of each: modules and posts that were never sent are unknown to it.
    private List<FeedPost> facts(List<PostOnThePlatform> shown) {
        return shown.stream()
                .map(p -> snapshots.facts(p.known(RandomMarket.NOW)))
                .toList();
    }

    private Session next(FeedRequest request, Decision decision) {
        if (decision.winners().isEmpty()) {
            return request.afterNoAd();
        }
        var last = decision.winners().getLast();
        var advertiser =
                Optional.ofNullable(book.advertisers().get(last.advertiser())).orElseThrow();
        return request.after(
                decision.winners().size(), last.afterPost(), advertiser.id().value(), advertiser.industry());
    }
}
