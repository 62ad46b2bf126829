package mizan.sim.oracle;

import static mizan.sim.oracle.PostOnThePlatform.pick;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Currency;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
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
import mizan.core.campaign.CommunityVeto;
import mizan.core.campaign.Creative;
import mizan.core.campaign.CreativeId;
import mizan.core.campaign.DemandTier;
import mizan.core.campaign.EntityStatus;
import mizan.core.campaign.Flight;
import mizan.core.campaign.Pacing;
import mizan.core.campaign.Placement;
import mizan.core.campaign.PlacementId;
import mizan.core.campaign.ReviewStatus;
import mizan.core.campaign.Text;
import mizan.core.decision.Live;
import mizan.core.identity.SortableId;
import mizan.core.prediction.ClickEstimate;
import mizan.core.suitability.Terms;
import mizan.core.suitability.TermsId;
import mizan.core.suitability.Tier;
import mizan.core.suitability.Topic;
import mizan.core.targeting.Targeting;

/// Advertisers with random terms of every kind, who match everybody and have money without end: what keeps an
/// ad away is its terms, or the room on the page.
final class RandomMarket {
    static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    private static final Currency USD = Currency.getInstance("USD");
    private static final Text WORDS = Text.of("en", "Words");

    private final SplittableRandom random;
    private final Map<AdvertiserId, Advertiser> advertisers = new HashMap<>();
    private final Map<CampaignId, Campaign> campaigns = new HashMap<>();
    private final Map<AdGroupId, AdGroup> groups = new HashMap<>();
    private final Map<AdId, Ad> ads = new HashMap<>();
    private final Map<CreativeId, Creative> creatives = new HashMap<>();
    private final Map<TermsId, Terms> terms = new HashMap<>();
    private int ids;

    private RandomMarket(SplittableRandom random) {
        this.random = random;
    }

    static Book book(SplittableRandom random) {
        var market = new RandomMarket(random);
        for (int i = 3 + random.nextInt(6); i > 0; i--) {
            market.advertiser();
        }
        return market.book(1);
    }

    private Book book(long revision) {
        return new Book(revision, advertisers, campaigns, groups, ads, creatives, Map.of(), terms);
    }

    private void advertiser() {
        var advertiser = new Advertiser(
                new AdvertiserId(id(AdvertiserId.PREFIX)),
                WORDS,
                "Brand",
                "industry" + ids,
                USD,
                ZoneOffset.UTC,
                AccountStatus.ACTIVE,
                Optional.empty(),
                Map.of(),
                NOW);
        advertisers.put(advertiser.id(), advertiser);
        var own = random.nextInt(8) == 0
                ? Optional.<Terms>empty()
                : Optional.of(terms(new TermsId(id(TermsId.PREFIX)), advertiser.id(), 1, random));
        own.ifPresent(t -> terms.put(t.id(), t));
        var campaign = new Campaign(
                new CampaignId(id(CampaignId.PREFIX)),
                advertiser.id(),
                WORDS,
                EntityStatus.ACTIVE,
                DemandTier.AUCTION,
                Budget.UNLIMITED,
                new Flight(NOW.minusSeconds(1), Optional.empty()),
                Pacing.ASAP,
                List.of(),
                own.map(Terms::id),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                NOW);
        campaigns.put(campaign.id(), campaign);
        var group = new AdGroup(
                new AdGroupId(id(AdGroupId.PREFIX)),
                campaign.id(),
                WORDS,
                EntityStatus.ACTIVE,
                new Bid(ChargeBy.IMPRESSION, 1_000_000L * (1 + random.nextInt(20))),
                Targeting.ANYONE,
                Budget.UNLIMITED,
                Optional.empty(),
                List.of(),
                Optional.empty(),
                NOW);
        groups.put(group.id(), group);
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
        var ad = new Ad(new AdId(id(AdId.PREFIX)), group.id(), creative.id(), EntityStatus.ACTIVE, List.of(), NOW);
        ads.put(ad.id(), ad);
    }

    /// One of the terms, changed in any of their parts.
    static Terms changed(Terms before, SplittableRandom random) {
        return terms(before.id(), before.advertiser(), before.version() + 1, random);
    }

    private static Terms terms(TermsId id, AdvertiserId advertiser, int version, SplittableRandom random) {
        var buyable = List.of(Tier.SAFE, Tier.LOW, Tier.MEDIUM, Tier.HIGH);
        var topics = new EnumMap<Topic, Tier>(Topic.class);
        while (random.nextBoolean()) {
            topics.put(pick(List.of(Topic.values()), random), pick(buyable, random));
        }
        return new Terms(
                id,
                advertiser,
                version,
                "Terms",
                Terms.Preset.STANDARD,
                pick(buyable, random),
                topics,
                List.copyOf(some(Wording.KEYWORDS, 0.6, random)),
                some(PostOnThePlatform.AUTHORS, 0.4, random),
                some(PostOnThePlatform.COMMUNITIES, 0.3, random),
                random.nextInt(4) == 0 ? some(PostOnThePlatform.LANGUAGES, 0.6, random) : Set.of(),
                1 + random.nextInt(3),
                1 + random.nextInt(3),
                "Noor",
                NOW);
    }

    private static Set<String> some(List<String> from, double another, SplittableRandom random) {
        var chosen = new HashSet<String>();
        while (random.nextDouble() < another) {
            chosen.add(pick(from, random));
        }
        return chosen;
    }

    private static List<CommunityVeto> vetoes(Book book, SplittableRandom random) {
        var vetoes = new ArrayList<CommunityVeto>();
        var advertisers = book.advertisers().values().stream()
                .sorted(Comparator.comparing(Advertiser::id))
                .toList();
        for (var community : PostOnThePlatform.COMMUNITIES) {
            if (random.nextInt(6) == 0) {
                vetoes.add(new CommunityVeto(
                        community,
                        random.nextInt(4) == 0,
                        some(advertisers.stream().map(a -> a.id().value()).toList(), 0.4, random),
                        some(advertisers.stream().map(Advertiser::industry).toList(), 0.3, random)));
            }
        }
        return vetoes;
    }

    static Placement placement(Book book, SplittableRandom random) {
        return new Placement(
                new PlacementId(SortableId.of(PlacementId.PREFIX, 0, 0, 1)),
                "home",
                WORDS,
                Placement.Surface.FEED,
                EntityStatus.ACTIVE,
                new Placement.Spacing(1 + random.nextInt(3), 1 + random.nextInt(4), 0, 1 + random.nextInt(5), 1),
                0,
                USD,
                List.of(1.0, 0.72, 0.58, 0.5),
                NOW,
                vetoes(book, random));
    }

    private String id(String prefix) {
        return SortableId.of(prefix, NOW.toEpochMilli(), 0, ++ids * 0x9E3779B97F4A7C15L);
    }

    /// Money without end, nobody capped or paced.
    static final class Rich implements Live {
        @Override
        public Available available(AdGroupId group) {
            return new Available(Long.MAX_VALUE / 4, "none");
        }

        @Override
        public int shown(String viewerKey, String scope, Duration window, Instant now) {
            return 0;
        }

        @Override
        public double multiplier(AdGroup group) {
            return 1;
        }

        @Override
        public ClickEstimate clickEstimate(Ad ad, Placement placement) {
            return ClickEstimate.of(0.01);
        }
    }
}
