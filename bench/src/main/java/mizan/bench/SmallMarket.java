package mizan.bench;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
import mizan.core.decision.Snapshot;
import mizan.core.feed.FeedPost;
import mizan.core.identity.SortableId;
import mizan.core.prediction.ClickEstimate;
import mizan.core.suitability.PostVerdict;
import mizan.core.suitability.Terms;
import mizan.core.suitability.TermsId;
import mizan.core.suitability.Tier;
import mizan.core.targeting.Targeting;

/// Advertisers with one ad each, all of whom match, each in an industry of its own: what is left to compare is
/// the auction and the arrangement.
final class SmallMarket {
    private static final Instant NOW = LargeBook.NOW;
    private static final Text WORDS = Text.of("en", "Words");

    private final Map<AdvertiserId, Advertiser> advertisers = new HashMap<>();
    private final Map<CampaignId, Campaign> campaigns = new HashMap<>();
    private final Map<AdGroupId, AdGroup> groups = new HashMap<>();
    private final Map<AdId, Ad> ads = new HashMap<>();
    private final Map<CreativeId, Creative> creatives = new HashMap<>();
    private final Map<TermsId, Terms> terms = new HashMap<>();
    private final List<TermsId> inOrder = new ArrayList<>();
    private int ids;

    /// Money without end, nobody capped or paced, every click rate one in a hundred.
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

    /// One more advertiser. Its terms are named by their number, so that posts can be made to hit them.
    ///
    /// @param strictest how risky its neighbours may be
    /// @param reach how many posts on each side are judged
    void add(Bid bid, Tier strictest, int reach) {
        var advertiser = new Advertiser(
                new AdvertiserId(id(AdvertiserId.PREFIX)),
                WORDS,
                "Brand",
                "industry" + ids,
                LargeBook.USD,
                ZoneOffset.UTC,
                AccountStatus.ACTIVE,
                Optional.empty(),
                Map.of(),
                NOW);
        var itsTerms = new Terms(
                new TermsId(id(TermsId.PREFIX)),
                advertiser.id(),
                1,
                "Terms",
                Terms.Preset.STANDARD,
                strictest,
                Map.of(),
                List.of("word"),
                Set.of(),
                Set.of(),
                Set.of(),
                reach,
                reach,
                "buyer",
                NOW);
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
                Optional.of(itsTerms.id()),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                NOW);
        var group = new AdGroup(
                new AdGroupId(id(AdGroupId.PREFIX)),
                campaign.id(),
                WORDS,
                EntityStatus.ACTIVE,
                bid,
                Targeting.ANYONE,
                Budget.UNLIMITED,
                Optional.empty(),
                List.of(),
                Optional.empty(),
                NOW);
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
        var ad = new Ad(new AdId(id(AdId.PREFIX)), group.id(), creative.id(), EntityStatus.ACTIVE, List.of(), NOW);
        advertisers.put(advertiser.id(), advertiser);
        terms.put(itsTerms.id(), itsTerms);
        inOrder.add(itsTerms.id());
        campaigns.put(campaign.id(), campaign);
        groups.put(group.id(), group);
        creatives.put(creative.id(), creative);
        ads.put(ad.id(), ad);
    }

    Snapshot snapshot() {
        return Snapshot.compile(new Book(1, advertisers, campaigns, groups, ads, creatives, Map.of(), terms));
    }

    /// The terms of the advertisers in the order in which they were added.
    List<TermsId> terms() {
        return inOrder;
    }

    static Placement placement(int firstSlot, int minGap, int maxAds, double adLoad, long floorMicros) {
        return new Placement(
                new PlacementId(SortableId.of(PlacementId.PREFIX, 0, 0, 1)),
                "home",
                WORDS,
                Placement.Surface.FEED,
                EntityStatus.ACTIVE,
                new Placement.Spacing(firstSlot, minGap, 0, maxAds, adLoad),
                floorMicros,
                LargeBook.USD,
                List.of(1.0, 0.72, 0.58, 0.5),
                NOW,
                List.of());
    }

    /// @param tier how risky it is; absent when nobody rated it, so that no ad may stand beside it
    /// @param hits the terms whose keywords it has
    static FeedPost post(Optional<Tier> tier, Map<TermsId, String> hits) {
        return new FeedPost(
                "post",
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Set.of(),
                tier.map(t -> new PostVerdict(t, Set.of(), "bench", "1", NOW, Optional.empty())),
                hits,
                Set.of(),
                "");
    }

    private String id(String prefix) {
        return SortableId.of(prefix, NOW.toEpochMilli(), 0, ++ids * 0x9E3779B97F4A7C15L);
    }
}
