package mizan.bench;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mizan.core.campaign.AdGroupId;
import mizan.core.campaign.AdId;
import mizan.core.campaign.AdvertiserId;
import mizan.core.campaign.Budget;
import mizan.core.campaign.CampaignId;
import mizan.core.campaign.ChargeBy;
import mizan.core.campaign.CreativeId;
import mizan.core.campaign.PlacementId;
import mizan.core.feed.Session;
import mizan.core.feed.Viewer;
import mizan.core.identity.SortableId;
import mizan.core.ledger.AccountId;
import mizan.core.ledger.Lease;
import mizan.core.ledger.Transfer;
import mizan.core.receipt.AdEvent;
import mizan.core.receipt.DecisionId;
import mizan.core.receipt.DecisionRecord;
import mizan.core.receipt.Impression;
import mizan.core.receipt.ImpressionId;
import mizan.server.accounting.Accountant;
import mizan.server.accounting.Fact;
import mizan.server.accounting.LeaseRequest;
import mizan.server.accounting.Leases;
import mizan.server.accounting.LedgerStore;

/// One campaign's budget, spent as a server spends it: leases out of the ledger, holds out of leases, and facts that
/// are folded in batches.
final class LeasedBudget {
    private static final Currency USD = Currency.getInstance("USD");
    private static final AdGroupId GROUP = new AdGroupId(SortableId.of("grp", 1, 1, 1));
    private static final CampaignId CAMPAIGN = new CampaignId(SortableId.of("cmp", 1, 1, 1));
    private static final AdvertiserId ADVERTISER = new AdvertiserId(SortableId.of("adv", 1, 1, 1));
    private static final AdId AD = new AdId(SortableId.of("ad", 1, 1, 1));
    private static final CreativeId CREATIVE = new CreativeId(SortableId.of("cre", 1, 1, 1));
    private static final PlacementId PLACEMENT = new PlacementId(SortableId.of("plc", 1, 1, 1));
    private static final Duration TOKEN_LIFE = Duration.ofMinutes(10);

    private final Leases leases = new Leases();
    private final Accountant accountant;
    private final Budget budget;
    private long facts;
    private int ids;

    /// An impression that a reader will have seen.
    record Shown(Impression impression) {}

    LeasedBudget(LedgerStore store, long micros) {
        accountant = new Accountant(store, leases);
        budget = Budget.total(micros);
        accountant.transfer(new Transfer.Direct(
                "fund",
                new AccountId(AccountId.Kind.EXTERNAL_PAYMENTS, "", USD),
                new AccountId(AccountId.Kind.ADVERTISER_FUNDS, ADVERTISER.value(), USD),
                micros,
                Instant.EPOCH,
                "paid"));
    }

    Shown show(long price, Instant now) {
        ensure(price, now);
        var hold = leases.hold(GROUP, price, now, now.plus(TOKEN_LIFE)).orElseThrow();
        return new Shown(new Impression(
                new ImpressionId(SortableId.of(ImpressionId.PREFIX, 1, 2, ++ids)),
                new DecisionId(SortableId.of(DecisionId.PREFIX, 1, 2, ids)),
                1,
                ADVERTISER,
                CAMPAIGN,
                GROUP,
                AD,
                CREATIVE,
                Optional.empty(),
                hold.lease(),
                hold.sequence(),
                ChargeBy.IMPRESSION,
                price,
                price,
                0,
                USD,
                now,
                now.plus(TOKEN_LIFE)));
    }

    /// A thousand impressions' worth at a time, as for a campaign that is shown some hundred times a second.
    private void ensure(long price, Instant now) {
        var standing = leases.standing(GROUP, price, now);
        if (standing.askForMore()) {
            var until = now.plus(Duration.ofHours(1));
            var request = new LeaseRequest(
                    standing.lease().map(Lease::id),
                    GROUP,
                    CAMPAIGN,
                    ADVERTISER,
                    USD,
                    budget,
                    Budget.UNLIMITED,
                    LocalDate.ofInstant(now, ZoneOffset.UTC),
                    price * 1_000,
                    price,
                    now,
                    until,
                    until.plus(TOKEN_LIFE));
            leases.ensure(List.of(request), accountant::grant, now);
        }
    }

    /// Each was decided and rendered; all of it is folded in one transaction.
    void settle(List<Shown> shown, Instant now) {
        var folded = new ArrayList<Fact>();
        for (var one : shown) {
            var decided = new Fact.Decided(facts++, record(one.impression(), now));
            folded.add(decided);
            folded.add(new Fact.Happened(
                    facts++, new AdEvent(one.impression().id(), AdEvent.Kind.RENDERED, now), Optional.of(decided)));
        }
        accountant.fold(folded, Map.of(), facts);
    }

    private static DecisionRecord record(Impression impression, Instant now) {
        return new DecisionRecord(
                impression.decision(),
                now,
                1,
                1,
                0,
                PLACEMENT,
                Viewer.UNKNOWN,
                Session.START,
                List.of(),
                List.of(),
                Optional.empty(),
                List.of(impression),
                List.of(),
                List.of(),
                List.of());
    }
}
