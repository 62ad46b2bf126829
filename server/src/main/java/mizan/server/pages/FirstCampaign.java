package mizan.server.pages;

import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import mizan.core.campaign.Ad;
import mizan.core.campaign.AdGroup;
import mizan.core.campaign.Advertiser;
import mizan.core.campaign.Campaign;
import mizan.core.campaign.Creative;
import mizan.core.campaign.EntityStatus;
import mizan.core.ledger.AccountId;
import mizan.core.suitability.Terms;
import mizan.server.app.Engine;
import mizan.server.console.page.GuideStep;

/// What the book holds of an advertiser's first campaign: of each kind the one that was booked first. The book is the
/// only draft there is, so nothing is lost by leaving in the middle.
///
/// @param fundsMicros what can be spent now
/// @param begun whether it was ever started
record FirstCampaign(
        Advertiser advertiser,
        long fundsMicros,
        Optional<Terms> terms,
        Optional<Campaign> campaign,
        Optional<AdGroup> group,
        Optional<Creative> creative,
        Optional<Ad> ad,
        boolean begun) {
    private static final int MOST_VERSIONS = 1_000;

    static FirstCampaign of(Engine engine, Advertiser advertiser) {
        var book = engine.booking().book();
        var own = advertiser.id();
        var funds = new AccountId(AccountId.Kind.ADVERTISER_FUNDS, own.value(), advertiser.currency());
        var campaign = first(book.campaigns().values().stream()
                .filter(c -> c.advertiser().equals(own) && c.status() != EntityStatus.ARCHIVED)
                .toList());
        var group = campaign.flatMap(of -> first(book.adGroups().values().stream()
                .filter(g -> g.campaign().equals(of.id()))
                .toList()));
        var ad = group.flatMap(of -> first(book.ads().values().stream()
                .filter(a -> a.adGroup().equals(of.id()))
                .toList()));
        return new FirstCampaign(
                advertiser,
                engine.accountant().balances().getOrDefault(funds, 0L),
                campaign.flatMap(book::termsOf)
                        .or(() -> first(book.terms().values().stream()
                                .filter(t -> t.advertiser().equals(own))
                                .toList())),
                campaign,
                group,
                ad.map(a -> book.creatives().get(a.creative()))
                        .or(() -> first(book.creatives().values().stream()
                                .filter(c -> c.advertiser().equals(own))
                                .toList())),
                ad,
                campaign.filter(c -> begun(engine, c)).isPresent());
    }

    private static boolean begun(Engine engine, Campaign campaign) {
        return campaign.status() == EntityStatus.ACTIVE
                || engine.booking().history(campaign.id().value(), MOST_VERSIONS).stream()
                        .anyMatch(
                                c -> c.body().path("entity_status").asString("").equals("ACTIVE"));
    }

    /// The one that was booked first: ids grow with time.
    private static <T extends Record> Optional<T> first(Collection<T> all) {
        return all.stream().min(Comparator.comparing(FirstCampaign::id));
    }

    private static String id(Record booked) {
        return switch (booked) {
            case Campaign c -> c.id().value();
            case AdGroup g -> g.id().value();
            case Ad a -> a.id().value();
            case Creative c -> c.id().value();
            case Terms t -> t.id().value();
            default -> throw new IllegalArgumentException(booked.getClass().getName());
        };
    }

    Set<GuideStep> done() {
        var done = EnumSet.noneOf(GuideStep.class);
        for (var step : GuideStep.values()) {
            if (isDone(step)) {
                done.add(step);
            }
        }
        return done;
    }

    private boolean isDone(GuideStep step) {
        return switch (step) {
            case BILLING -> fundsMicros > 0;
            case TERMS -> terms.isPresent();
            case CAMPAIGN -> campaign.isPresent();
            case GROUP -> group.isPresent();
            case CREATIVE -> creative.isPresent();
            case AD -> ad.isPresent();
            case START -> begun;
        };
    }

    /// The first step that needs something; the last one when none does.
    GuideStep next() {
        return EnumSet.complementOf(EnumSet.copyOf(withStart(done()))).stream()
                .findFirst()
                .orElse(GuideStep.START);
    }

    private static Set<GuideStep> withStart(Set<GuideStep> done) {
        var all = EnumSet.of(GuideStep.START);
        all.addAll(done);
        return all;
    }

    /// What has to be done before a step can be. Money may come later, and the creative waits for nothing.
    Optional<GuideStep> missing(GuideStep step) {
        var needed = switch (step) {
            case BILLING, TERMS, CREATIVE -> EnumSet.noneOf(GuideStep.class);
            case CAMPAIGN -> EnumSet.of(GuideStep.TERMS);
            case GROUP -> EnumSet.of(GuideStep.CAMPAIGN);
            case AD -> EnumSet.of(GuideStep.GROUP, GuideStep.CREATIVE);
            case START -> EnumSet.of(GuideStep.AD);
        };
        return needed.stream().filter(s -> !isDone(s)).findFirst();
    }
}
