package mizan.sim.money;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
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
import mizan.core.traffic.InvalidTraffic;
import mizan.server.accounting.Accountant;
import mizan.server.accounting.Fact;
import mizan.server.accounting.LeaseRequest;
import mizan.server.accounting.Leases;
import mizan.sim.store.MemoryLedgerStore;
import org.junit.jupiter.api.Test;

/// The real accountant and leases through thousands of short, unlucky lives: budgets of a few impressions,
/// events repeated, late and out of order, power cuts before and after commits, clocks that jump. The oracle
/// reads only transfers and leases.
class MoneySimulationTest {
    private static final int SEEDS = Integer.getInteger("mizan.seeds", 20_000);
    private static final Currency USD = Currency.getInstance("USD");
    private static final long PRICE = 20_000;
    private static final Duration TOKEN_LIFE = Duration.ofMinutes(15);

    @Test
    void givenAnySchedule_whenPlayed_thenNoBudgetIsPassedAndTheLedgerBalancesAfterEveryStep() {
        for (long seed = 0; seed < SEEDS; seed++) {
            assertEquals(Optional.empty(), new World(seed, Bug.NONE).live(), "seed " + seed);
        }
    }

    @Test
    void givenBudgetsThatAreNotAskedFor_whenPlayed_thenTheOverspendIsSeenWithinAThousandSeeds() {
        assertTrue(
                caught(Bug.LIMITS_SKIPPED), "an accountant without limits passed 1,000 seeds: the check sees nothing");
    }

    @Test
    void givenEventsThatCountEachTime_whenPlayed_thenTheDoubleChargeIsSeenWithinAThousandSeeds() {
        assertTrue(caught(Bug.NO_DEDUP), "charging duplicates passed 1,000 seeds: the check sees nothing");
    }

    @Test
    void givenTheSameEventsOnceAndShuffledWithDuplicates_whenFolded_thenTheTotalsAreEqual() {
        for (long seed = 0; seed < 1_000; seed++) {
            var random = new SplittableRandom(seed);
            var plain = new World(seed, Bug.NONE);
            var busy = new World(seed, Bug.NONE);
            var events = new ArrayList<AdEvent>();
            for (var world : List.of(plain, busy)) {
                world.ensure(0);
                events.clear();
                for (int i = 0; i < 6; i++) {
                    world.decide(0).ifPresent(id -> events.add(new AdEvent(id, AdEvent.Kind.RENDERED, world.now)));
                }
                world.fold();
            }
            plain.facts(events);
            plain.fold();
            var shuffled = new ArrayList<AdEvent>();
            for (var event : events) {
                for (int copies = random.nextInt(5); copies >= 0; copies--) {
                    shuffled.add(random.nextInt(shuffled.size() + 1), event);
                }
            }
            busy.facts(shuffled);
            busy.fold();
            assertEquals(plain.revenue(), busy.revenue(), "seed " + seed);
        }
    }

    /// Invalid events of any reason, before, between and after a reader's own, and for half of the ads alone.
    @Test
    void givenInvalidEventsAmongReaders_whenFolded_thenOnlyTheReadersAreChargedAndEachInvalidOneIsCounted() {
        for (long seed = 0; seed < 1_000; seed++) {
            var random = new SplittableRandom(seed);
            var plain = new World(seed, Bug.NONE);
            var busy = new World(seed, Bug.NONE);
            var read = new ArrayList<AdEvent>();
            var mixed = new ArrayList<AdEvent>();
            int invalid = 0;
            for (var world : List.of(plain, busy)) {
                world.ensure(0);
                read.clear();
                mixed.clear();
                invalid = 0;
                for (int i = 0; i < 6; i++) {
                    var shown = world.decide(0);
                    if (shown.isPresent()) {
                        for (int copies = 1 + random.nextInt(3); copies > 0; copies--, invalid++) {
                            mixed.add(
                                    random.nextInt(mixed.size() + 1),
                                    invalid(shown.get(), world.now, random.nextInt(InvalidTraffic.values().length)));
                        }
                        if (i % 2 == 0) {
                            var event = new AdEvent(shown.get(), AdEvent.Kind.RENDERED, world.now);
                            read.add(event);
                            mixed.add(random.nextInt(mixed.size() + 1), event);
                        }
                    }
                }
                world.fold();
            }
            plain.facts(read);
            plain.fold();
            busy.facts(mixed);
            busy.fold();
            assertEquals(plain.revenue(), busy.revenue(), "seed " + seed);
            assertEquals(read.size() * PRICE, busy.revenue(), "seed " + seed);
            assertEquals(invalid, busy.store.invalid(), "seed " + seed);
        }
    }

    private static AdEvent invalid(ImpressionId id, Instant at, int reason) {
        var reasons = List.of(InvalidTraffic.values());
        return new AdEvent(id, AdEvent.Kind.CLICK, at, Optional.of(reasons.get(reason)));
    }

    private static boolean caught(Bug bug) {
        for (long seed = 0; seed < 1_000; seed++) {
            try {
                if (new World(seed, bug).live().isPresent()) {
                    return true;
                }
            } catch (IllegalStateException _) {
                return true;
            }
        }
        return false;
    }

    private enum Bug {
        NONE,
        LIMITS_SKIPPED,
        NO_DEDUP
    }

    /// One advertiser, two campaigns of one group each, and everything that can go wrong.
    private static final class World {
        private final SplittableRandom random;
        private final Bug bug;
        private final MemoryLedgerStore store = new MemoryLedgerStore();
        private final List<Fact> journal = new ArrayList<>();
        private final List<ImpressionId> shown = new ArrayList<>();
        private final Map<ImpressionId, Impression> impressions = new HashMap<>();
        private final Map<ImpressionId, Fact.Decided> decisions = new HashMap<>();
        private final Budget[] budgets = new Budget[2];
        private final long[] highestTotal = new long[2];
        private final Map<String, Long> highestDaily = new HashMap<>();
        private Leases leases = new Leases();
        private Accountant accountant = new Accountant(store, leases);
        private Instant now = Instant.parse("2026-11-24T10:00:00Z");
        private int ids;

        World(long seed, Bug bug) {
            this.random = new SplittableRandom(seed);
            this.bug = bug;
            for (int i = 0; i < 2; i++) {
                budgets[i] = Budget.of(PRICE * (1 + random.nextInt(50)), PRICE * (1 + random.nextInt(20)));
            }
            accountant.transfer(new Transfer.Direct(
                    "fund",
                    new AccountId(AccountId.Kind.EXTERNAL_PAYMENTS, "", USD),
                    new AccountId(AccountId.Kind.ADVERTISER_FUNDS, advertiser().value(), USD),
                    PRICE * (1 + random.nextInt(80)),
                    now,
                    "paid"));
        }

        Optional<String> live() {
            for (int step = 0; step < 40; step++) {
                try {
                    step();
                } catch (MemoryLedgerStore.PowerCut _) {
                    // A ledger that was away and comes back finds the same accountant, who does not know what it took.
                    if (random.nextBoolean()) {
                        restart();
                    }
                }
                var wrong = check();
                if (wrong.isPresent()) {
                    return wrong;
                }
            }
            return Optional.empty();
        }

        private void step() {
            int which = random.nextInt(2);
            switch (random.nextInt(12)) {
                case 0, 1 -> ensure(which);
                case 2, 3, 4 -> decide(which);
                case 5, 6 -> event();
                case 7 -> fold();
                case 8 -> {
                    now = now.plus(Duration.ofMinutes(random.nextInt(600)));
                    fold();
                    accountant.closeExpired(now);
                }
                case 9 -> now = now.minusSeconds(random.nextInt(7_200));
                case 10 ->
                    budgets[which] = Budget.of(PRICE * (1 + random.nextInt(60)), PRICE * (1 + random.nextInt(30)));
                default -> {
                    if (random.nextBoolean()) {
                        restart();
                    } else {
                        store.failNext(
                                random.nextBoolean()
                                        ? MemoryLedgerStore.Fault.BEFORE_COMMIT
                                        : MemoryLedgerStore.Fault.AFTER_COMMIT);
                    }
                }
            }
        }

        private void restart() {
            store.failNext(MemoryLedgerStore.Fault.NONE);
            leases = new Leases();
            accountant = new Accountant(store, leases);
        }

        void ensure(int which) {
            var day = LocalDate.ofInstant(now, ZoneOffset.UTC);
            var standing = leases.standing(group(which), PRICE, now);
            var until = day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
            var budget = bug == Bug.LIMITS_SKIPPED ? Budget.UNLIMITED : budgets[which];
            highestTotal[which] =
                    Math.max(highestTotal[which], budgets[which].totalMicros().orElseThrow());
            highestDaily.merge(which + "/" + day, budgets[which].dailyMicros().orElseThrow(), Math::max);
            leases.ensure(
                    List.of(new LeaseRequest(
                            standing.lease().map(Lease::id),
                            group(which),
                            campaign(which),
                            advertiser(),
                            USD,
                            budget,
                            Budget.UNLIMITED,
                            day,
                            PRICE * 5,
                            PRICE,
                            now,
                            until,
                            until.plus(TOKEN_LIFE).plusSeconds(60))),
                    accountant::grant,
                    now);
        }

        Optional<ImpressionId> decide(int which) {
            var hold = leases.hold(group(which), PRICE, now, now.plus(TOKEN_LIFE));
            if (hold.isEmpty()) {
                return Optional.empty();
            }
            var decision = new DecisionId(id("dec"));
            var impression = new Impression(
                    new ImpressionId(id("imp")),
                    decision,
                    1,
                    advertiser(),
                    campaign(which),
                    group(which),
                    new AdId(SortableId.of("ad", 1, 1, which)),
                    new CreativeId(SortableId.of("cre", 1, 1, which)),
                    Optional.empty(),
                    hold.get().lease(),
                    hold.get().sequence(),
                    ChargeBy.IMPRESSION,
                    PRICE,
                    PRICE,
                    0,
                    USD,
                    now,
                    now.plus(TOKEN_LIFE));
            impressions.put(impression.id(), impression);
            shown.add(impression.id());
            var decided = new Fact.Decided(
                    journal.size(),
                    new DecisionRecord(
                            decision,
                            now,
                            1,
                            1,
                            0,
                            new PlacementId(SortableId.of("plc", 1, 1, 1)),
                            Viewer.UNKNOWN,
                            Session.START,
                            List.of(),
                            List.of(),
                            Optional.empty(),
                            List.of(impression),
                            List.of(),
                            List.of(),
                            List.of()));
            journal.add(decided);
            decisions.put(impression.id(), decided);
            return Optional.of(impression.id());
        }

        private void event() {
            if (shown.isEmpty()) {
                return;
            }
            var id = shown.get(random.nextInt(shown.size()));
            var kind = List.of(AdEvent.Kind.values()).get(random.nextInt(4));
            var at = random.nextInt(5) == 0 ? now.plus(Duration.ofHours(2)) : now;
            for (int copies = random.nextInt(3); copies >= 0; copies--) {
                journal.add(happened(new AdEvent(id, kind, at)));
                if (bug == Bug.NO_DEDUP && copies > 0) {
                    // The planted bug: a repeated event is taken for one of an impression never charged before.
                    var fresh = impressions.get(id);
                    accountant.transfer(new Transfer.Direct(
                            "again/" + journal.size(),
                            new AccountId(
                                    AccountId.Kind.ADVERTISER_HOLDS,
                                    advertiser().value(),
                                    USD),
                            new AccountId(AccountId.Kind.PLATFORM_REVENUE, "", USD),
                            fresh == null ? PRICE : fresh.priceMicros(),
                            now,
                            id.value()));
                }
            }
        }

        void facts(List<AdEvent> events) {
            events.forEach(e -> journal.add(happened(e)));
        }

        private Fact happened(AdEvent event) {
            return new Fact.Happened(journal.size(), event, Optional.ofNullable(decisions.get(event.impression())));
        }

        void fold() {
            int from = (int) accountant.position();
            accountant.fold(List.copyOf(journal.subList(from, journal.size())), Map.of(), journal.size());
        }

        long revenue() {
            return balances().getOrDefault(new AccountId(AccountId.Kind.PLATFORM_REVENUE, "", USD), 0L);
        }

        private Map<AccountId, Long> balances() {
            var balances = new HashMap<AccountId, Long>();
            for (var transfer : store.transfers()) {
                balances.merge(transfer.debit(), -transfer.micros(), Math::addExact);
                balances.merge(transfer.credit(), transfer.micros(), Math::addExact);
            }
            return balances;
        }

        /// Promise 1 and 4, from what is written alone.
        private Optional<String> check() {
            var balances = balances();
            if (balances.values().stream().mapToLong(Long::longValue).sum() != 0) {
                return Optional.of("the ledger does not add up");
            }
            for (var balance : balances.entrySet()) {
                if (!balance.getKey().owner().isEmpty() && balance.getValue() < 0) {
                    return Optional.of(balance.getKey() + " is " + balance.getValue());
                }
            }
            long charged = 0;
            var chargedIds = new HashSet<String>();
            for (var transfer : store.transfers()) {
                if (transfer instanceof Transfer.Posted posted) {
                    charged += posted.micros();
                    if (!chargedIds.add(posted.id())) {
                        return Optional.of(posted.id() + " was charged twice");
                    }
                }
            }
            long settled =
                    store.leases().stream().mapToLong(Lease::settledMicros).sum();
            if (settled != charged
                    || charged != balances.getOrDefault(new AccountId(AccountId.Kind.PLATFORM_REVENUE, "", USD), 0L)) {
                return Optional.of("leases settled " + settled + ", charges are " + charged + ", revenue differs");
            }
            for (int which = 0; which < 2; which++) {
                var id = campaign(which);
                long total = store.leases().stream()
                        .filter(l -> l.campaign().equals(id))
                        .mapToLong(Lease::usedMicros)
                        .sum();
                if (total > highestTotal[which]) {
                    return Optional.of("campaign " + which + " used " + total + " of " + highestTotal[which]);
                }
                var byDay = new HashMap<LocalDate, Long>();
                store.leases().stream()
                        .filter(l -> l.campaign().equals(id))
                        .forEach(l -> byDay.merge(l.day(), l.usedMicros(), Math::addExact));
                for (var day : byDay.entrySet()) {
                    long limit = highestDaily.getOrDefault(which + "/" + day.getKey(), 0L);
                    if (day.getValue() > limit) {
                        return Optional.of("on " + day.getKey() + " campaign " + which + " used " + day.getValue()
                                + " of " + limit);
                    }
                }
            }
            return Optional.empty();
        }

        private String id(String prefix) {
            return SortableId.of(prefix, 1, 2, ++ids);
        }

        private static AdvertiserId advertiser() {
            return new AdvertiserId(SortableId.of("adv", 1, 1, 1));
        }

        private static CampaignId campaign(int which) {
            return new CampaignId(SortableId.of("cmp", 1, 1, which));
        }

        private static AdGroupId group(int which) {
            return new AdGroupId(SortableId.of("grp", 1, 1, which));
        }
    }
}
