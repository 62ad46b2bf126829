package mizan.bench;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import mizan.core.campaign.AccountStatus;
import mizan.core.campaign.Ad;
import mizan.core.campaign.AdGroup;
import mizan.core.campaign.AdGroupId;
import mizan.core.campaign.AdId;
import mizan.core.campaign.Advertiser;
import mizan.core.campaign.AdvertiserId;
import mizan.core.campaign.Bid;
import mizan.core.campaign.Book;
import mizan.core.campaign.Budget;
import mizan.core.campaign.Campaign;
import mizan.core.campaign.CampaignId;
import mizan.core.campaign.ChargeBy;
import mizan.core.campaign.Creative;
import mizan.core.campaign.CreativeId;
import mizan.core.campaign.DemandTier;
import mizan.core.campaign.EntityStatus;
import mizan.core.campaign.Flight;
import mizan.core.campaign.FrequencyCap;
import mizan.core.campaign.Pacing;
import mizan.core.campaign.Placement;
import mizan.core.campaign.PlacementId;
import mizan.core.campaign.ReviewStatus;
import mizan.core.campaign.Text;
import mizan.core.experiment.GhostAds;
import mizan.core.feed.FeedPost;
import mizan.core.feed.FeedRequest;
import mizan.core.feed.Viewer;
import mizan.core.identity.SortableId;
import mizan.core.suitability.PostVerdict;
import mizan.core.suitability.Terms;
import mizan.core.suitability.TermsId;
import mizan.core.suitability.Tier;
import mizan.core.suitability.Topic;
import mizan.core.targeting.Criterion;
import mizan.core.targeting.Targeting;

/// A large market made in memory from a seed, and the pages that ask it for ads.
///
/// Targeting is drawn like that of the MTW-1 workload, as far as a feed has the criteria: bids log-uniform from
/// 0.20 to 20 a thousand; 97 % of the ad groups want 1 to 5 of 200 countries, 85 % 1 to 3 of 60 languages, 30 %
/// devices, 40 % up to 20 of 1,000 interests, 10 % up to 8 of 400 topics, 25 % some of 6 placements; values are
/// drawn by Zipf's law. Seven groups of ten pay for impressions, three for clicks; most have terms, a third a
/// frequency cap, each one to three ads.
final class LargeBook {
    static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    static final Currency USD = Currency.getInstance("USD");
    private static final int POSTS = 30;
    /// Readers that a campaign with a holdout stays away from, in percent.
    private static final int HELD_OUT = 10;

    private static final Text WORDS = Text.of("en", "Words");
    private static final Flight FLIGHT = new Flight(NOW.minus(Duration.ofDays(3)), Optional.empty());
    private static final List<FrequencyCap> DAILY = List.of(new FrequencyCap(3, Duration.ofDays(1)));

    private final SplittableRandom random;
    private final int size;
    private final Zipf country = new Zipf("c", 200, 0.9);
    private final Zipf language = new Zipf("l", 60, 1);
    private final Zipf interest = new Zipf("i", 1_000, 0.8);
    private final Zipf topic = new Zipf("t", 400, 1);
    private final Map<AdvertiserId, Advertiser> advertisers = new HashMap<>();
    private final Map<CampaignId, Campaign> campaigns = new HashMap<>();
    private final Map<AdGroupId, AdGroup> groups = new HashMap<>();
    private final Map<AdId, Ad> ads = new HashMap<>();
    private final Map<CreativeId, Creative> creatives = new HashMap<>();
    private final Map<TermsId, Terms> terms = new HashMap<>();
    private final Map<Targeting, Targeting> targetings = new HashMap<>();
    private final Placement feed = placement();

    /// Of its own, so that the rest of the book is the same whatever share holds readers out.
    private final SplittableRandom holdouts;

    private final int holdoutShare;

    private LargeBook(int size, long seed, int holdoutShare) {
        this.size = size;
        this.random = new SplittableRandom(seed);
        this.holdouts = new SplittableRandom(seed);
        this.holdoutShare = holdoutShare;
    }

    /// @param holdoutShare campaigns with a holdout, in percent
    static Book of(int adGroups, long seed, int holdoutShare) {
        var made = new LargeBook(adGroups, seed, holdoutShare);
        made.fill();
        return new Book(
                1,
                made.advertisers,
                made.campaigns,
                made.groups,
                made.ads,
                made.creatives,
                Map.of(made.feed.id(), made.feed),
                made.terms);
    }

    private void fill() {
        int count = Math.max(20, size / 50);
        var houses = new ArrayList<Advertiser>();
        var brands = new ArrayList<CreativeId>();
        var rules = new ArrayList<TermsId>();
        for (int i = 0; i < count; i++) {
            var advertiser = advertiser(i);
            houses.add(advertiser);
            brands.add(creative(advertiser));
            rules.add(terms(advertiser));
        }
        var popular = new Zipf("", count, 1);
        while (groups.size() < size) {
            int house = popular.draw(random);
            var campaign = campaign(houses.get(house), rules.get(house));
            for (int i = random.nextInt(1, 4); i > 0 && groups.size() < size; i--) {
                group(campaign, brands.get(house));
            }
        }
    }

    private Advertiser advertiser(int number) {
        var advertiser = new Advertiser(
                new AdvertiserId(id(AdvertiserId.PREFIX)),
                WORDS,
                "Brand",
                "industry" + number % 40,
                USD,
                ZoneOffset.UTC,
                AccountStatus.ACTIVE,
                Optional.empty(),
                Map.of(),
                NOW);
        advertisers.put(advertiser.id(), advertiser);
        return advertiser;
    }

    private CreativeId creative(Advertiser advertiser) {
        var creative = new Creative(
                new CreativeId(id(CreativeId.PREFIX)),
                advertiser.id(),
                Creative.Kind.NATIVE_CARD,
                WORDS,
                WORDS,
                WORDS,
                URI.create("https://brand.example/"),
                Optional.empty(),
                Optional.empty(),
                ReviewStatus.APPROVED,
                Optional.empty(),
                NOW);
        creatives.put(creative.id(), creative);
        return creative.id();
    }

    private TermsId terms(Advertiser advertiser) {
        var preset = List.of(Terms.Preset.STRICT, Terms.Preset.STANDARD, Terms.Preset.STANDARD, Terms.Preset.RELAXED)
                .get(random.nextInt(4));
        var made = new Terms(
                new TermsId(id(TermsId.PREFIX)),
                advertiser.id(),
                1,
                "Terms",
                preset,
                preset.maxTier(),
                random.nextInt(5) == 0 ? Map.of(Topic.CRIME, Tier.SAFE) : Map.of(),
                random.nextInt(10) == 0 ? List.of("word") : List.of(),
                random.nextInt(20) == 0 ? Set.of("a" + random.nextInt(1_000)) : Set.of(),
                Set.of(),
                Set.of(),
                random.nextInt(1, 3),
                random.nextInt(1, 3),
                "buyer",
                NOW);
        terms.put(made.id(), made);
        return made.id();
    }

    private Campaign campaign(Advertiser advertiser, TermsId itsTerms) {
        var id = new CampaignId(id(CampaignId.PREFIX));
        var campaign = new Campaign(
                id,
                advertiser.id(),
                WORDS,
                EntityStatus.ACTIVE,
                tier(),
                Budget.of(1_000_000_000_000L, 50_000_000_000L),
                FLIGHT,
                Pacing.EVEN,
                random.nextInt(3) == 0 ? DAILY : List.of(),
                random.nextInt(10) == 0 ? Optional.empty() : Optional.of(itsTerms),
                holdout(id),
                Optional.empty(),
                Map.of(),
                NOW);
        campaigns.put(campaign.id(), campaign);
        return campaign;
    }

    private Optional<GhostAds.Holdout> holdout(CampaignId campaign) {
        return holdouts.nextInt(100) < holdoutShare
                ? Optional.of(GhostAds.Holdout.of(campaign.value(), HELD_OUT))
                : Optional.empty();
    }

    private DemandTier tier() {
        int chance = random.nextInt(1_000);
        return chance < 1 ? DemandTier.SPONSORSHIP : chance < 960 ? DemandTier.AUCTION : DemandTier.HOUSE;
    }

    private void group(Campaign campaign, CreativeId creative) {
        double cpm = 200_000 * Math.pow(100, random.nextDouble());
        boolean clicks = random.nextInt(10) < 3;
        // What a click is worth when one render in a hundred brings one.
        var bid = clicks
                ? new Bid(ChargeBy.CLICK, Math.max(1, (long) (cpm / 10)))
                : new Bid(ChargeBy.IMPRESSION, (long) cpm);
        var wanted = targeting();
        var group = new AdGroup(
                new AdGroupId(id(AdGroupId.PREFIX)),
                campaign.id(),
                WORDS,
                EntityStatus.ACTIVE,
                bid,
                targetings.computeIfAbsent(wanted, t -> t),
                Budget.UNLIMITED,
                Optional.empty(),
                List.of(),
                Optional.empty(),
                NOW);
        groups.put(group.id(), group);
        for (int i = random.nextInt(1, 4); i > 0; i--) {
            var ad = new Ad(new AdId(id(AdId.PREFIX)), group.id(), creative, EntityStatus.ACTIVE, List.of(), NOW);
            ads.put(ad.id(), ad);
        }
    }

    private Targeting targeting() {
        var wanted = Map.of(
                Criterion.COUNTRY,
                some(97, 5, country),
                Criterion.LANGUAGE,
                some(85, 3, language),
                Criterion.DEVICE,
                random.nextInt(100) < 30 ? Set.of(device()) : Set.<String>of(),
                Criterion.INTEREST,
                some(40, 20, interest),
                Criterion.TOPIC,
                some(10, 8, topic),
                Criterion.PLACEMENT,
                random.nextInt(100) < 25 ? Set.of(random.nextInt(6) == 0 ? "home" : "p1", "p2") : Set.<String>of());
        return new Targeting(wanted, Map.of(), Optional.empty());
    }

    private Set<String> some(int percent, int max, Zipf from) {
        if (random.nextInt(100) >= percent) {
            return Set.of();
        }
        var values = new HashSet<String>();
        for (int i = random.nextInt(1, max + 1); i > 0; i--) {
            values.add(from.value(random));
        }
        return values;
    }

    private String device() {
        return List.of("phone", "phone", "desktop", "tablet").get(random.nextInt(4));
    }

    private Placement placement() {
        return new Placement(
                new PlacementId(SortableId.of(PlacementId.PREFIX, NOW.toEpochMilli(), 0, 1)),
                "home",
                WORDS,
                Placement.Surface.FEED,
                EntityStatus.ACTIVE,
                new Placement.Spacing(3, 5, 0, 4, 1),
                500_000,
                USD,
                List.of(1.0, 0.72, 0.58, 0.5),
                NOW,
                List.of());
    }

    private String id(String prefix) {
        return SortableId.of(prefix, NOW.toEpochMilli(), random.nextInt(), random.nextLong());
    }

    /// Pages of 30 posts for readers that repeat, so that some have reached their caps.
    static List<FeedRequest> pages(Book book, int count, long seed) {
        var made = new LargeBook(0, seed, 0);
        var feed = book.placements().values().iterator().next();
        var known = List.copyOf(book.terms().keySet());
        return IntStream.range(0, count)
                .mapToObj(i -> new FeedRequest(feed, made.viewer(i), made.posts(known)))
                .toList();
    }

    private Viewer viewer(int number) {
        return new Viewer(
                Optional.of("viewer" + number % 500),
                Optional.of(country.value(random)),
                Optional.empty(),
                Optional.of(language.value(random)),
                Optional.of(device()),
                Viewer.Profile.of(random.nextBoolean(), false, Optional.empty(), some(100, 40, interest), Set.of()),
                Set.of(),
                Set.of());
    }

    private List<FeedPost> posts(List<TermsId> known) {
        var posts = new ArrayList<FeedPost>();
        for (int i = 0; i < POSTS; i++) {
            posts.add(new FeedPost(
                    "post-" + random.nextInt(1_000_000),
                    List.of("a" + random.nextInt(1_000)),
                    Optional.of(language.value(random)),
                    Optional.empty(),
                    random.nextInt(3) == 0 ? Set.of(topic.value(random)) : Set.of(),
                    random.nextInt(100) == 0 ? Optional.empty() : Optional.of(verdict()),
                    random.nextInt(4) == 0 ? Map.of(known.get(random.nextInt(known.size())), "word") : Map.of(),
                    Set.of(),
                    "%016x".formatted(random.nextLong()).repeat(4)));
        }
        return posts;
    }

    private PostVerdict verdict() {
        int chance = random.nextInt(100);
        var tier = chance < 80 ? Tier.SAFE : chance < 90 ? Tier.LOW : chance < 97 ? Tier.MEDIUM : Tier.HIGH;
        var about = tier != Tier.SAFE && random.nextInt(3) == 0 ? Set.of(Topic.CRIME) : Set.<Topic>of();
        return new PostVerdict(tier, about, "lexicon", "3", NOW, Optional.empty());
    }

    /// Draws small numbers more often than large ones.
    private static final class Zipf {
        private final String[] names;
        private final double[] sums;

        Zipf(String prefix, int size, double exponent) {
            names = new String[size];
            sums = new double[size];
            double sum = 0;
            for (int i = 0; i < size; i++) {
                names[i] = prefix + i;
                sum += 1 / Math.pow(i + 1, exponent);
                sums[i] = sum;
            }
        }

        int draw(SplittableRandom random) {
            int at = java.util.Arrays.binarySearch(sums, random.nextDouble() * sums[sums.length - 1]);
            return Math.min(sums.length - 1, at < 0 ? -at - 1 : at);
        }

        String value(SplittableRandom random) {
            return names[draw(random)];
        }
    }
}
