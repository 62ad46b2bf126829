package mizan.sim.store;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Currency;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import mizan.core.campaign.AdGroupId;
import mizan.core.campaign.AdId;
import mizan.core.campaign.AdvertiserId;
import mizan.core.campaign.CampaignId;
import mizan.core.campaign.ChargeBy;
import mizan.core.campaign.CreativeId;
import mizan.core.campaign.PlacementId;
import mizan.core.identity.SortableId;
import mizan.core.ledger.AccountId;
import mizan.core.ledger.Lease;
import mizan.core.ledger.Transfer;
import mizan.core.receipt.AdEvent;
import mizan.core.receipt.DecisionId;
import mizan.core.receipt.Impression;
import mizan.core.receipt.ImpressionId;
import mizan.core.receipt.TermsVersion;
import mizan.core.suitability.TermsId;
import mizan.core.traffic.InvalidTraffic;
import mizan.server.accounting.ImpressionState;
import mizan.server.accounting.LedgerBatch;

/// Random batches, each a valid successor of the one before: leases are opened, grow, settle and close, and
/// the same impressions come back with more events.
final class LedgerBatches {
    /// Everything happens within the 28 hours from here on.
    static final Instant FIRST = Instant.ofEpochMilli(1_772_000_000_000L);

    private static final List<Currency> CURRENCIES =
            List.of(Currency.getInstance("USD"), Currency.getInstance("SAR"), Currency.getInstance("KWD"));
    private final RandomGenerator random;
    private final List<Lease> leases = new ArrayList<>();
    private final List<ImpressionState> impressions = new ArrayList<>();
    private long position;
    private int ids;

    LedgerBatches(RandomGenerator random) {
        this.random = random;
    }

    LedgerBatch next() {
        var transfers = new ArrayList<Transfer>();
        for (int i = random.nextInt(5); i > 0; i--) {
            transfers.add(transfer());
        }
        var states = new ArrayList<ImpressionState>();
        for (int i = random.nextInt(4); i > 0; i--) {
            states.add(impression());
        }
        var use = new HashMap<LedgerBatch.BudgetKey, Long>();
        for (int i = random.nextInt(4); i > 0; i--) {
            var day = random.nextBoolean() ? LedgerBatch.BudgetKey.TOTAL : day().toString();
            use.put(new LedgerBatch.BudgetKey(id("cmp", random.nextInt(3)), day), random.nextLong(-1_000, 1_000_000));
        }
        long from = position;
        position += random.nextInt(3) == 0 ? 0 : random.nextLong(1, 10_000);
        return new LedgerBatch(
                from,
                position,
                transfers,
                changedLeases(),
                states,
                use,
                counts(),
                reasons(),
                invalid(),
                random.nextInt(3));
    }

    private Map<LedgerBatch.Counted, LedgerBatch.Counts> counts() {
        var counts = new HashMap<LedgerBatch.Counted, LedgerBatch.Counts>();
        for (int i = random.nextInt(4); i > 0; i--) {
            // An ad stands in one group of one campaign of one advertiser.
            int ad = random.nextInt(5);
            var what = new LedgerBatch.Counted(
                    at().getEpochSecond() / 3_600,
                    id("plc", random.nextInt(2)),
                    id("adv", ad % 3),
                    id("cmp", ad % 3),
                    id("grp", ad),
                    id("ad", ad),
                    CURRENCIES.get(ad % 3).getCurrencyCode());
            counts.put(
                    what,
                    new LedgerBatch.Counts(
                            random.nextInt(9),
                            random.nextInt(9),
                            random.nextInt(9),
                            random.nextInt(9),
                            random.nextInt(9),
                            random.nextInt(9),
                            random.nextLong(1L << 40)));
        }
        return counts;
    }

    private Map<LedgerBatch.LostBecause, Long> reasons() {
        var reasons = new HashMap<LedgerBatch.LostBecause, Long>();
        for (int i = random.nextInt(4); i > 0; i--) {
            var code = List.of("won", "outbid", "campaign.daily").get(random.nextInt(3));
            reasons.put(
                    new LedgerBatch.LostBecause(day(), new CampaignId(id("cmp", random.nextInt(3))), code),
                    random.nextLong(1, 100));
        }
        return reasons;
    }

    private Map<LedgerBatch.Invalid, Long> invalid() {
        var invalid = new HashMap<LedgerBatch.Invalid, Long>();
        for (int i = random.nextInt(3); i > 0; i--) {
            var campaign = new CampaignId(id("cmp", random.nextInt(3)));
            invalid.put(
                    new LedgerBatch.Invalid(day(), campaign, any(AdEvent.Kind.values()), any(InvalidTraffic.values())),
                    random.nextLong(1, 100));
        }
        return invalid;
    }

    /// Every impression ever given out, as it stands.
    List<ImpressionState> impressions() {
        return List.copyOf(impressions);
    }

    static LedgerBatch only(long from, long to, List<Transfer> transfers) {
        return new LedgerBatch(from, to, transfers, List.of(), List.of(), Map.of(), Map.of(), Map.of(), Map.of(), 0);
    }

    Transfer transfer() {
        var id = id("ent", ids++);
        var advertiser = new AdvertiserId(id("adv", random.nextInt(3)));
        var currency = CURRENCIES.get(random.nextInt(3));
        long micros = random.nextInt(4) == 0 ? random.nextLong(1, 1L << 50) : random.nextLong(1, 1_000_000);
        long lease = random.nextLong(1, 50);
        return switch (random.nextInt(4)) {
            case 0 ->
                new Transfer.Direct(
                        id,
                        new AccountId(AccountId.Kind.EXTERNAL_PAYMENTS, "", currency),
                        new AccountId(AccountId.Kind.ADVERTISER_FUNDS, advertiser.value(), currency),
                        micros,
                        at(),
                        "PO ' ٣ \"");
            case 1 -> new Transfer.Pending(id, advertiser, lease, micros, currency, at());
            case 2 -> new Transfer.Posted(id, advertiser, lease, micros, currency, at());
            default -> new Transfer.Voided(id, advertiser, lease, micros, currency, at());
        };
    }

    private List<Lease> changedLeases() {
        var changed = new HashMap<Long, Lease>();
        for (int i = random.nextInt(4); i > 0; i--) {
            if (leases.isEmpty() || random.nextInt(3) == 0) {
                leases.add(lease());
                changed.put(leases.getLast().id(), leases.getLast());
                continue;
            }
            int at = random.nextInt(leases.size());
            var lease = leases.get(at);
            if (lease.closed()) {
                continue;
            }
            long left = lease.amountMicros() - lease.settledMicros();
            var after = switch (random.nextInt(3)) {
                case 0 -> lease.growing(random.nextLong(1, 1_000));
                case 1 -> lease.settling(random.nextLong(left + 1));
                default -> lease.closing();
            };
            leases.set(at, after);
            changed.put(after.id(), after);
        }
        return List.copyOf(changed.values());
    }

    private Lease lease() {
        var serves = at();
        return new Lease(
                leases.size() + 1L,
                new AdGroupId(id("grp", random.nextInt(5))),
                new CampaignId(id("cmp", random.nextInt(3))),
                new AdvertiserId(id("adv", random.nextInt(3))),
                CURRENCIES.get(random.nextInt(3)),
                day(),
                random.nextLong(1, 10_000_000),
                0,
                serves,
                serves.plusMillis(random.nextInt(1_000_000)),
                false);
    }

    private ImpressionState impression() {
        if (!impressions.isEmpty() && random.nextBoolean()) {
            int at = random.nextInt(impressions.size());
            var old = impressions.get(at);
            var seen = EnumSet.noneOf(AdEvent.Kind.class);
            seen.addAll(old.seen());
            seen.add(any(AdEvent.Kind.values()));
            impressions.set(
                    at,
                    new ImpressionState(
                            old.impression(), old.placement(), seen, random.nextBoolean(), old.decidedAt()));
            return impressions.get(at);
        }
        var served = at();
        var impression = new Impression(
                new ImpressionId(id("imp", ids++)),
                new DecisionId(id("dec", ids++)),
                random.nextInt(1, 200),
                new AdvertiserId(id("adv", random.nextInt(3))),
                new CampaignId(id("cmp", random.nextInt(3))),
                new AdGroupId(id("grp", random.nextInt(5))),
                new AdId(id("ad", random.nextInt(5))),
                new CreativeId(id("cre", random.nextInt(5))),
                random.nextBoolean()
                        ? Optional.of(new TermsVersion(new TermsId(id("trm", random.nextInt(3))), random.nextInt(1, 9)))
                        : Optional.empty(),
                random.nextLong(1, 50),
                random.nextInt(1_000),
                any(ChargeBy.values()),
                random.nextLong(1, 1L << 50),
                random.nextLong(1, 1L << 50),
                random.nextLong(1L << 50),
                CURRENCIES.get(random.nextInt(3)),
                served,
                served.plusSeconds(random.nextInt(9_000)));
        impressions.add(new ImpressionState(
                impression,
                new PlacementId(id("plc", random.nextInt(3))),
                EnumSet.noneOf(AdEvent.Kind.class),
                false,
                random.nextLong(1L << 40)));
        return impressions.getLast();
    }

    private <T> T any(T[] values) {
        return values[random.nextInt(values.length)];
    }

    private LocalDate day() {
        return LocalDate.of(2026, 3, 1).plusDays(random.nextInt(3));
    }

    /// As precise as the ledger keeps instants: whole milliseconds.
    private Instant at() {
        return FIRST.plusMillis(random.nextInt(100_000_000));
    }

    static String id(String prefix, int number) {
        return SortableId.of(prefix, 1_772_000_000_000L, 7, number);
    }
}
