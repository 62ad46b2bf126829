package mizan.core.campaign;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Currency;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import mizan.core.feed.Viewer;
import mizan.core.identity.SortableId;
import mizan.core.suitability.Terms;
import mizan.core.suitability.TermsId;
import mizan.core.suitability.Tier;
import mizan.core.suitability.Topic;
import mizan.core.targeting.Criterion;
import mizan.core.targeting.Targeting;
import mizan.core.targeting.WeekHours;

/// Random books whose ad groups often match, often conflict and often break a rule: small vocabularies,
/// every status, several currencies. The same seed makes the same book.
public final class Books {
    public static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    public static final Currency USD = Currency.getInstance("USD");
    public static final Currency SAR = Currency.getInstance("SAR");
    public static final List<String> COUNTRIES = List.of("SA", "EG", "DE", "US");
    public static final List<String> LANGUAGES = List.of("ar", "en", "de");
    public static final List<String> DEVICES = List.of("phone", "tablet", "desktop");
    public static final List<String> SUBJECTS = List.of("sport", "food", "tech", "travel");
    public static final List<String> COMMUNITIES = List.of("c1", "c2", "c3");
    public static final List<String> REGIONS = List.of("SA-01", "SA-02", "EG-C", "DE-BE");
    public static final List<String> KEYWORDS = List.of("قهوة", "tea", "night train");
    public static final List<String> SEGMENTS = List.of("s1", "s2", "s3");
    public static final List<String> AUTHORS = List.of("a0", "a1", "a2", "a3", "a4", "a5", "a6", "a7", "a8", "a9");

    private static final List<String> INDUSTRIES =
            List.of("electronics", "food", "cars", "banking", "fashion", "games", "travel", "books");
    private static final List<String> PLACEMENTS = List.of("feed-0", "feed-1", "elsewhere");
    /// Whole hours, a half and a quarter away from UTC, on both sides of the date line.
    private static final List<ZoneId> ZONES = List.of(
                    "UTC", "Asia/Riyadh", "Asia/Kathmandu", "America/St_Johns", "Pacific/Kiritimati", "Pacific/Niue")
            .stream()
            .map(ZoneId::of)
            .toList();
    private static final URI LANDING = URI.create("https://brand.example/");

    private final SplittableRandom random;
    private boolean alike;
    private final Map<AdvertiserId, Advertiser> advertisers = new HashMap<>();
    private final Map<CampaignId, Campaign> campaigns = new HashMap<>();
    private final Map<AdGroupId, AdGroup> groups = new HashMap<>();
    private final Map<AdId, Ad> ads = new HashMap<>();
    private final Map<CreativeId, Creative> creatives = new HashMap<>();
    private final Map<PlacementId, Placement> placements = new HashMap<>();
    private final Map<TermsId, Terms> terms = new HashMap<>();

    private Books(long seed) {
        random = new SplittableRandom(seed);
    }

    /// 1 to 24 ad groups.
    public static Book random(long seed) {
        return random(seed, 1 + new SplittableRandom(seed ^ 0x5EED).nextInt(24));
    }

    public static Book random(long seed, int adGroups) {
        return make(seed, adGroups, false);
    }

    /// One whose bids have three amounts.
    public static Book alike(long seed, int adGroups) {
        return make(seed, adGroups, true);
    }

    private static Book make(long seed, int adGroups, boolean alike) {
        var books = new Books(seed);
        books.alike = alike;
        for (int i = 0; i < 2; i++) {
            var placement = books.placement("feed-" + i);
            books.placements.put(placement.id(), placement);
        }
        while (books.groups.size() < adGroups) {
            books.advertiser(adGroups);
        }
        return books.book(1);
    }

    /// What may happen between two revisions.
    public record Step(Book book, Touched touched) {}

    /// One to four random changes: of state, money, rank, targeting, terms, review, whom things belong to; and
    /// now and then something new.
    public static Step change(Book before, long seed) {
        var books = new Books(seed);
        books.advertisers.putAll(before.advertisers());
        books.campaigns.putAll(before.campaigns());
        books.groups.putAll(before.adGroups());
        books.ads.putAll(before.ads());
        books.creatives.putAll(before.creatives());
        books.placements.putAll(before.placements());
        books.terms.putAll(before.terms());
        for (int i = 1 + books.random.nextInt(4); i > 0; i--) {
            books.changeOne();
        }
        var after = books.book(before.revision() + 1);
        return new Step(after, touched(before, after));
    }

    private void changeOne() {
        switch (ads.isEmpty() ? 0 : random.nextInt(8)) {
            case 0 -> advertiser(groups.size() + 1 + random.nextInt(3));
            case 1 -> {
                var a = pick(List.copyOf(advertisers.values()));
                var status = chance(0.7) ? AccountStatus.ACTIVE : AccountStatus.SUSPENDED;
                advertisers.put(
                        a.id(),
                        new Advertiser(
                                a.id(),
                                a.name(),
                                a.payer(),
                                pick(INDUSTRIES),
                                a.currency(),
                                a.timeZone(),
                                status,
                                a.externalId(),
                                a.metadata(),
                                a.createdAt()));
            }
            case 2 -> {
                var old = pick(List.copyOf(terms.values()));
                var fresh = terms(old.advertiser());
                terms.put(
                        old.id(),
                        new Terms(
                                old.id(),
                                old.advertiser(),
                                old.version() + 1,
                                fresh.name(),
                                fresh.preset(),
                                fresh.maxTier(),
                                fresh.maxTierByTopic(),
                                fresh.keywords(),
                                fresh.authors(),
                                fresh.communities(),
                                fresh.languages(),
                                fresh.before(),
                                fresh.after(),
                                fresh.signedBy(),
                                fresh.signedAt()));
            }
            case 3 -> {
                var c = pick(List.copyOf(campaigns.values()));
                campaigns.put(
                        c.id(),
                        new Campaign(
                                c.id(),
                                chance(0.1) ? pick(List.copyOf(advertisers.keySet())) : c.advertiser(),
                                c.name(),
                                status(0.7),
                                chance(0.9) ? c.tier() : pick(List.of(DemandTier.values())),
                                c.budget(),
                                chance(0.8) ? c.flight() : flight(0.7),
                                c.pacing(),
                                chance(0.8) ? c.caps() : caps(0.3),
                                chance(0.8) ? c.terms() : Optional.of(pick(List.copyOf(terms.keySet()))),
                                c.holdout(),
                                c.externalId(),
                                c.metadata(),
                                c.createdAt()));
            }
            case 4, 5 -> {
                var g = pick(List.copyOf(groups.values()));
                groups.put(
                        g.id(),
                        new AdGroup(
                                g.id(),
                                chance(0.1) ? pick(List.copyOf(campaigns.keySet())) : g.campaign(),
                                g.name(),
                                status(0.7),
                                chance(0.7) ? g.bid() : new Bid(g.bid().chargeBy(), 1 + random.nextLong(9_000_000)),
                                chance(0.6) ? g.targeting() : targeting(),
                                g.budget(),
                                g.flight(),
                                chance(0.8) ? g.caps() : caps(0.3),
                                g.externalId(),
                                g.createdAt()));
            }
            case 6 -> {
                var ad = pick(List.copyOf(ads.values()));
                var group = chance(0.2) ? pick(List.copyOf(groups.keySet())) : ad.adGroup();
                var creative = chance(0.2) ? pick(List.copyOf(creatives.keySet())) : ad.creative();
                ads.put(ad.id(), new Ad(ad.id(), group, creative, status(0.7), ad.caps(), ad.createdAt()));
            }
            case 7 -> {
                var c = pick(List.copyOf(creatives.values()));
                creatives.put(
                        c.id(),
                        new Creative(
                                c.id(),
                                c.advertiser(),
                                c.kind(),
                                c.headline(),
                                c.body(),
                                c.callToAction(),
                                c.landingPage(),
                                c.picture(),
                                c.category(),
                                chance(0.6) ? ReviewStatus.APPROVED : pick(List.of(ReviewStatus.values())),
                                c.reviewReason(),
                                c.createdAt()));
            }
        }
    }

    private static Touched touched(Book before, Book after) {
        return new Touched(
                differing(before.advertisers(), after.advertisers()),
                differing(before.campaigns(), after.campaigns()),
                differing(before.adGroups(), after.adGroups()),
                differing(before.ads(), after.ads()),
                differing(before.creatives(), after.creatives()),
                differing(before.placements(), after.placements()),
                differing(before.terms(), after.terms()));
    }

    private static <K, V> Set<K> differing(Map<K, V> before, Map<K, V> after) {
        return after.entrySet().stream()
                .filter(e -> !e.getValue().equals(before.get(e.getKey())))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    private Book book(long revision) {
        return new Book(
                revision,
                Map.copyOf(advertisers),
                Map.copyOf(campaigns),
                Map.copyOf(groups),
                Map.copyOf(ads),
                Map.copyOf(creatives),
                Map.copyOf(placements),
                Map.copyOf(terms));
    }

    private void advertiser(int adGroups) {
        var advertiser = new Advertiser(
                new AdvertiserId(id(AdvertiserId.PREFIX)),
                Text.of("en", "Brand"),
                "Brand Ltd",
                pick(INDUSTRIES),
                chance(0.95) ? USD : SAR,
                pick(ZONES),
                chance(0.95) ? AccountStatus.ACTIVE : pick(List.of(AccountStatus.values())),
                caps(0.05),
                List.of(),
                Optional.empty(),
                Map.of(),
                NOW);
        advertisers.put(advertiser.id(), advertiser);
        for (int i = 0; i < 2; i++) {
            var made = terms(advertiser.id());
            terms.put(made.id(), made);
            campaign(advertiser, chance(0.8) ? Optional.of(made.id()) : Optional.empty(), adGroups);
        }
    }

    private void campaign(Advertiser advertiser, Optional<TermsId> itsTerms, int adGroups) {
        var campaign = new Campaign(
                new CampaignId(id(CampaignId.PREFIX)),
                advertiser.id(),
                Text.of("en", "Campaign"),
                status(0.95),
                chance(0.85) ? DemandTier.AUCTION : pick(List.of(DemandTier.values())),
                Budget.UNLIMITED,
                flight(0.93),
                pick(List.of(Pacing.values())),
                caps(0.2),
                itsTerms,
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                NOW);
        campaigns.put(campaign.id(), campaign);
        int count = 1 + random.nextInt(2);
        for (int i = 0; i < count && groups.size() < adGroups; i++) {
            group(campaign);
        }
    }

    private void group(Campaign campaign) {
        boolean clicks = chance(0.3);
        var chargeBy = clicks ? ChargeBy.CLICK : pick(List.of(ChargeBy.IMPRESSION, ChargeBy.VIEWABLE_IMPRESSION));
        long amount = clicks ? 1 + random.nextLong(900_000) : 1 + random.nextLong(9_000_000);
        if (alike) {
            amount = (clicks ? 100_000 : 1_000_000) * (1 + random.nextLong(3));
        }
        var group = new AdGroup(
                new AdGroupId(id(AdGroupId.PREFIX)),
                campaign.id(),
                Text.of("en", "Ad group"),
                status(0.95),
                new Bid(chargeBy, amount, chance(0.9) ? Bid.Pricing.VCG : Bid.Pricing.FIRST_PRICE),
                targeting(),
                Budget.UNLIMITED,
                chance(0.15) ? Optional.of(flight(0.8)) : Optional.empty(),
                caps(0.2),
                Optional.empty(),
                NOW);
        groups.put(group.id(), group);
        int count = random.nextInt(20) == 0 ? 0 : 1 + random.nextInt(3);
        for (int i = 0; i < count; i++) {
            ad(campaign, group);
        }
    }

    private void ad(Campaign campaign, AdGroup group) {
        var creative = new Creative(
                new CreativeId(id(CreativeId.PREFIX)),
                campaign.advertiser(),
                Creative.Kind.NATIVE_CARD,
                Text.of("en", "Headline"),
                Text.of("en", "Body"),
                Text.of("en", "Go"),
                LANDING,
                picture(creatives.size()),
                caps(0.05),
                Optional.empty(),
                chance(0.93) ? ReviewStatus.APPROVED : pick(List.of(ReviewStatus.values())),
                Optional.empty(),
                NOW);
        creatives.put(creative.id(), creative);
        var ad = new Ad(new AdId(id(AdId.PREFIX)), group.id(), creative.id(), status(0.95), caps(0.15), NOW);
        ads.put(ad.id(), ad);
    }

    /// None, a small one and a large one by turns.
    private static Optional<Creative.Picture> picture(int number) {
        int width = 300 * (number % 3);
        return width == 0
                ? Optional.empty()
                : Optional.of(new Creative.Picture(
                        "p" + number, width, width / 2, false, Text.of("en", "A picture"), Optional.empty()));
    }

    private Placement placement(String code) {
        return new Placement(
                new PlacementId(id(PlacementId.PREFIX)),
                code,
                Text.of("en", "Feed"),
                Placement.Surface.FEED,
                EntityStatus.ACTIVE,
                new Placement.Spacing(
                        1 + random.nextInt(4),
                        1 + random.nextInt(5),
                        chance(0.6) ? 0 : random.nextInt(60),
                        1 + random.nextInt(4),
                        chance(0.6) ? 1 : 0.02 + random.nextDouble() * 0.3),
                chance(0.5) ? 0 : random.nextLong(2_000_000),
                USD,
                pick(List.of(List.of(1.0), List.of(1.0, 0.72, 0.58, 0.5), List.of(1.0, 0.8))),
                NOW,
                List.of());
    }

    private Terms terms(AdvertiserId advertiser) {
        var byTopic = new EnumMap<Topic, Tier>(Topic.class);
        while (chance(0.4)) {
            byTopic.put(pick(List.of(Topic.values())), buyableTier());
        }
        return new Terms(
                new TermsId(id(TermsId.PREFIX)),
                advertiser,
                1 + random.nextInt(3),
                "Terms",
                Terms.Preset.STANDARD,
                buyableTier(),
                byTopic,
                chance(0.3) ? List.of("word") : List.of(),
                some(AUTHORS, 0.3),
                some(COMMUNITIES, 0.2),
                chance(0.2) ? Set.of("ar", "en") : Set.of(),
                1 + random.nextInt(3),
                1 + random.nextInt(3),
                "buyer",
                NOW);
    }

    private Targeting targeting() {
        var wanted = new EnumMap<Criterion, Set<String>>(Criterion.class);
        wanted.put(Criterion.COUNTRY, some(COUNTRIES, 0.3));
        wanted.put(Criterion.REGION, some(REGIONS, 0.04));
        wanted.put(Criterion.LANGUAGE, some(LANGUAGES, 0.15));
        wanted.put(Criterion.DEVICE, some(DEVICES, 0.1));
        wanted.put(Criterion.PLACEMENT, chance(0.08) ? Set.of(pick(PLACEMENTS)) : Set.of());
        wanted.put(Criterion.TOPIC, some(SUBJECTS, 0.1));
        wanted.put(Criterion.COMMUNITY, some(COMMUNITIES, 0.07));
        wanted.put(Criterion.AUTHOR, some(AUTHORS, 0.04));
        wanted.put(Criterion.KEYWORD, some(KEYWORDS, 0.05));
        wanted.put(Criterion.SEGMENT, some(SEGMENTS, 0.05));
        wanted.put(Criterion.AGE, some(Viewer.Profile.AGES, 0.05));
        wanted.put(Criterion.INTEREST, some(SUBJECTS, 0.12));
        var excluded = new EnumMap<Criterion, Set<String>>(Criterion.class);
        excluded.put(Criterion.COUNTRY, some(COUNTRIES, 0.1));
        excluded.put(Criterion.TOPIC, some(SUBJECTS, 0.03));
        excluded.put(Criterion.COMMUNITY, some(COMMUNITIES, 0.03));
        excluded.put(Criterion.AUTHOR, some(AUTHORS, 0.05));
        excluded.put(Criterion.KEYWORD, some(KEYWORDS, 0.05));
        excluded.put(Criterion.SEGMENT, some(SEGMENTS, 0.05));
        return new Targeting(wanted, excluded, chance(0.1) ? Optional.of(hours()) : Optional.empty());
    }

    /// From 1 to 24 hours on each of some days.
    private WeekHours hours() {
        int from = random.nextInt(24);
        int length = 1 + random.nextInt(24);
        int days = 1 + random.nextInt(7);
        return WeekHours.of(IntStream.range(0, days * 24).filter(h -> Math.floorMod(h - from, 24) < length));
    }

    private Tier buyableTier() {
        return pick(List.of(Tier.SAFE, Tier.LOW, Tier.MEDIUM, Tier.MEDIUM, Tier.HIGH));
    }

    private EntityStatus status(double active) {
        return chance(active) ? EntityStatus.ACTIVE : pick(List.of(EntityStatus.values()));
    }

    private Flight flight(double running) {
        if (chance(running)) {
            return new Flight(
                    NOW.minus(Duration.ofDays(3)),
                    chance(0.5) ? Optional.empty() : Optional.of(NOW.plus(Duration.ofDays(3))));
        }
        return chance(0.5)
                ? new Flight(NOW.minus(Duration.ofDays(3)), Optional.of(NOW))
                : new Flight(NOW.plusNanos(1_000), Optional.empty());
    }

    private List<FrequencyCap> caps(double probability) {
        var caps = new ArrayList<FrequencyCap>();
        while (chance(probability)) {
            caps.add(new FrequencyCap(
                    1 + random.nextInt(4),
                    pick(List.of(Duration.ofHours(1), Duration.ofDays(1), Duration.ofDays(7))),
                    chance(0.3) ? Duration.ofMinutes(1 + random.nextInt(60)) : Duration.ZERO));
        }
        return caps;
    }

    /// Nothing, or with this probability one or two of them.
    private Set<String> some(List<String> from, double probability) {
        var chosen = new HashSet<String>();
        if (chance(probability)) {
            chosen.add(pick(from));
            chosen.add(pick(from));
        }
        return chosen;
    }

    private boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    private <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }

    private String id(String prefix) {
        return SortableId.of(prefix, NOW.toEpochMilli(), random.nextInt(), random.nextLong());
    }
}
