package mizan.core.feed;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import mizan.core.campaign.Advertiser;
import mizan.core.campaign.Book;
import mizan.core.campaign.Books;
import mizan.core.campaign.Placement;
import mizan.core.suitability.PostVerdict;
import mizan.core.suitability.TermsId;
import mizan.core.suitability.Tier;
import mizan.core.suitability.Topic;

/// Random requests for a random book: unrated posts, posts on the floor, keyword hits, hidden ads, viewers
/// of whom little is known. The same seed and book make the same request.
public final class Feeds {
    private static final List<String> AGES = Stream.concat(
                    Stream.of(Viewer.Profile.UNDER_18), Viewer.Profile.AGES.stream())
            .toList();
    private final SplittableRandom random;
    private final Book book;

    private Feeds(long seed, Book book) {
        this.random = new SplittableRandom(seed ^ 0xFEEDL);
        this.book = book;
    }

    /// A page of 0 to 24 posts.
    public static FeedRequest random(long seed, Book book) {
        return random(seed, book, new SplittableRandom(seed).nextInt(25));
    }

    public static FeedRequest random(long seed, Book book, int posts) {
        var feeds = new Feeds(seed, book);
        var placements = book.placements().values().stream()
                .sorted(Comparator.comparing(Placement::id))
                .toList();
        return new FeedRequest(feeds.pick(placements), feeds.viewer(), feeds.session(), feeds.posts(posts));
    }

    /// Often the first page; else one after others, with or without an ad before.
    private Session session() {
        if (chance(0.6)) {
            return Session.START;
        }
        int posts = 1 + random.nextInt(60);
        var advertiser = pick(book.advertisers().values().stream()
                .sorted(Comparator.comparing(Advertiser::id))
                .toList());
        return chance(0.3)
                ? new Session(posts, 0, Optional.empty())
                : new Session(
                        posts,
                        1 + random.nextInt(1 + posts / 6),
                        Optional.of(new Session.LastAd(
                                random.nextInt(posts),
                                random.nextInt(60),
                                advertiser.id().value(),
                                advertiser.industry())));
    }

    private List<FeedPost> posts(int count) {
        // Pages differ in how much of them is risky; an even mix would make nearly every page alike.
        double risky = random.nextDouble();
        var posts = new ArrayList<FeedPost>();
        for (int i = 0; i < count; i++) {
            posts.add(post("p" + i, risky));
        }
        return posts;
    }

    private FeedPost post(String id, double risky) {
        var hits = new HashMap<TermsId, String>();
        book.terms().keySet().stream().sorted().forEach(terms -> {
            if (chance(0.03)) {
                hits.put(terms, "word");
            }
        });
        var authors = new ArrayList<String>();
        do {
            authors.add(pick(Books.AUTHORS));
        } while (chance(0.2));
        return new FeedPost(
                id,
                authors,
                maybe(Books.LANGUAGES, 0.9),
                maybe(Books.COMMUNITIES, 0.3),
                some(Books.SUBJECTS, 0.3),
                chance(0.05 * risky) ? Optional.empty() : Optional.of(verdict(risky)),
                hits,
                some(Books.KEYWORDS, 0.1),
                "00",
                chance(0.5) ? 0 : 1 + random.nextInt(20));
    }

    private PostVerdict verdict(double risky) {
        var tier = chance(0.5 * risky)
                ? pick(List.of(Tier.LOW, Tier.LOW, Tier.MEDIUM, Tier.MEDIUM, Tier.HIGH, Tier.FLOOR))
                : Tier.SAFE;
        var topics = new HashSet<Topic>();
        while (chance(tier == Tier.SAFE ? 0.05 : 0.5)) {
            topics.add(pick(List.of(Topic.values())));
        }
        return new PostVerdict(tier, topics, "test", "1", Books.NOW, Optional.empty());
    }

    private Viewer viewer() {
        var hiddenAds = new HashSet<String>();
        book.ads().keySet().stream().sorted().forEach(ad -> {
            if (chance(0.03)) {
                hiddenAds.add(ad.value());
            }
        });
        var hiddenAdvertisers = new HashSet<String>();
        book.advertisers().keySet().stream().sorted().forEach(advertiser -> {
            if (chance(0.02)) {
                hiddenAdvertisers.add(advertiser.value());
            }
        });
        return new Viewer(
                chance(0.9) ? Optional.of("viewer") : Optional.empty(),
                maybe(Books.COUNTRIES, 0.9),
                maybe(Books.REGIONS, 0.7),
                maybe(Books.LANGUAGES, 0.9),
                maybe(Books.DEVICES, 0.9),
                Viewer.Profile.of(
                        chance(0.7),
                        chance(0.1),
                        maybe(AGES, 0.5),
                        some(Books.SUBJECTS, 0.7),
                        some(Books.SEGMENTS, 0.5)),
                hiddenAds,
                hiddenAdvertisers);
    }

    private Optional<String> maybe(List<String> from, double probability) {
        return chance(probability) ? Optional.of(pick(from)) : Optional.empty();
    }

    private Set<String> some(List<String> from, double probability) {
        return chance(probability) ? Set.of(pick(from)) : Set.of();
    }

    private boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    private <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }
}
