package mizan.sim.market;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashMap;
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
import mizan.sim.store.MemoryLedgerStore;

/// One budget in the real accountant, with the facts that a journal would carry to it. Safe from any thread.
final class Purse {
    private static final Currency USD = Currency.getInstance("USD");
    static final Instant START = Instant.parse("2026-11-24T00:00:00Z");
    static final PlacementId PLACEMENT = new PlacementId(SortableId.of("plc", 1, 1, 1));
    static final AdGroupId GROUP = new AdGroupId(SortableId.of("grp", 1, 1, 1));
    private static final CampaignId CAMPAIGN = new CampaignId(SortableId.of("cmp", 1, 1, 1));
    private static final AdvertiserId ADVERTISER = new AdvertiserId(SortableId.of("adv", 1, 1, 1));

    private final MemoryLedgerStore store = new MemoryLedgerStore();
    final Leases leases = new Leases();
    final Accountant accountant = new Accountant(store, leases);
    private final Budget budget;
    private final ChargeBy chargeBy;
    private final Duration serves;
    private final Duration tokenLife;
    private long facts;
    private int ids;
    private final List<Fact> waiting = new ArrayList<>();
    private final Map<ImpressionId, Fact.Decided> decisions = new HashMap<>();

    Purse(long budgetMicros, ChargeBy chargeBy, Duration serves, Duration tokenLife) {
        this.budget = Budget.total(budgetMicros);
        this.chargeBy = chargeBy;
        this.serves = serves;
        this.tokenLife = tokenLife;
        accountant.transfer(new Transfer.Direct(
                "fund",
                new AccountId(AccountId.Kind.EXTERNAL_PAYMENTS, "", USD),
                new AccountId(AccountId.Kind.ADVERTISER_FUNDS, ADVERTISER.value(), USD),
                Math.multiplyExact(budgetMicros, 2),
                START,
                "paid"));
    }

    /// Asks for a lease, or for more of the one that serves, when there is too little left to go on with.
    void ensure(Leases node, long needed, long planned, Instant now) {
        var standing = node.standing(GROUP, needed, now);
        if (standing.askForMore()) {
            var until = now.plus(serves);
            // Only the accountant's own leases grow; another node takes a new one.
            var growing = node == leases ? standing.lease().map(Lease::id) : Optional.<Long>empty();
            var request = new LeaseRequest(
                    growing,
                    GROUP,
                    CAMPAIGN,
                    ADVERTISER,
                    USD,
                    budget,
                    Budget.UNLIMITED,
                    LocalDate.ofInstant(now, ZoneOffset.UTC),
                    planned,
                    needed,
                    now,
                    until,
                    until.plus(tokenLife).plusSeconds(1));
            node.ensure(List.of(request), accountant::grant, now.plusSeconds(5));
        }
    }

    /// When an ad that is shown now can be charged no more.
    Instant expiry(Instant now) {
        return now.plus(tokenLife);
    }

    /// Writes down an ad that was shown.
    synchronized ImpressionId shown(Leases.Hold hold, long price, Instant now) {
        var decision = new DecisionId(SortableId.of("dec", 1, 2, ++ids));
        var impression = new Impression(
                new ImpressionId(SortableId.of("imp", 1, 2, ids)),
                decision,
                1,
                ADVERTISER,
                CAMPAIGN,
                GROUP,
                new AdId(SortableId.of("ad", 1, 1, 1)),
                new CreativeId(SortableId.of("cre", 1, 1, 1)),
                Optional.empty(),
                hold.lease(),
                hold.sequence(),
                chargeBy,
                price,
                hold.micros(),
                0,
                USD,
                now,
                now.plus(tokenLife));
        var decided = new Fact.Decided(
                facts++,
                new DecisionRecord(
                        decision,
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
                        List.of()));
        waiting.add(decided);
        decisions.put(impression.id(), decided);
        return impression.id();
    }

    synchronized void happened(ImpressionId impression, AdEvent.Kind kind, Instant now) {
        waiting.add(new Fact.Happened(
                facts++, new AdEvent(impression, kind, now), Optional.ofNullable(decisions.get(impression))));
    }

    /// Folds what was written and closes what has expired.
    synchronized void fold(Instant now) {
        accountant.fold(List.copyOf(waiting), Map.of(), facts);
        waiting.clear();
        accountant.closeExpired(now);
    }

    /// What was charged, read from the transfers alone.
    synchronized long charged() {
        return store.transfers().stream()
                .filter(Transfer.Posted.class::isInstance)
                .mapToLong(Transfer::micros)
                .sum();
    }

    /// What was ever taken out of the budget at most: settled by closed leases, all of the open ones.
    synchronized long used() {
        return store.leases().stream().mapToLong(Lease::usedMicros).sum();
    }
}
