package mizan.server.accounting;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import mizan.core.campaign.AdGroupId;
import mizan.core.campaign.AdvertiserId;
import mizan.core.campaign.Budget;
import mizan.core.campaign.CampaignId;
import mizan.core.identity.SortableId;
import mizan.core.ledger.AccountId;
import mizan.core.ledger.Lease;
import mizan.core.ledger.Transfer;
import mizan.core.receipt.ImpressionId;
import org.junit.jupiter.api.Test;

class LeasesTest {
    private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");
    private static final AdGroupId GROUP = new AdGroupId(SortableId.of("grp", 1, 1, 1));

    @Test
    void givenEightThreads_whenAllHoldFromOneLease_thenItsAmountIsHeldExactlyAndNeverMore() throws Exception {
        var leases = new Leases(new GrantsOneThousand());
        leases.ensure(List.of(request()), NOW);
        var tasks = new ArrayList<Callable<Long>>();
        for (int thread = 0; thread < 8; thread++) {
            tasks.add(() -> {
                long held = 0;
                for (int i = 0; i < 1_000; i++) {
                    held += leases.hold(GROUP, 1, NOW).map(Leases.Hold::micros).orElse(0L);
                }
                return held;
            });
        }
        long held = 0;
        try (var threads = Executors.newFixedThreadPool(8)) {
            for (var result : threads.invokeAll(tasks)) {
                held += result.get();
            }
        }
        assertEquals(1_000, held);
    }

    @Test
    void givenALeaseOver_whenHolding_thenNothingIsHeld() {
        var leases = new Leases(new GrantsOneThousand());
        leases.ensure(List.of(request()), NOW);
        assertEquals(Optional.empty(), leases.hold(GROUP, 1, NOW.plusSeconds(60)));
    }

    private static LeaseRequest request() {
        return new LeaseRequest(
                GROUP,
                new CampaignId(SortableId.of("cmp", 1, 1, 1)),
                new AdvertiserId(SortableId.of("adv", 1, 1, 1)),
                Currency.getInstance("EUR"),
                Budget.UNLIMITED,
                Budget.UNLIMITED,
                LocalDate.of(2026, 11, 24),
                0,
                1,
                NOW,
                NOW.plusSeconds(60),
                NOW.plusSeconds(600));
    }

    private record GrantsOneThousand() implements LedgerStore {
        @Override
        public List<Granted> grant(List<LeaseRequest> requests) {
            return requests.stream()
                    .map(r -> new Granted(
                            r,
                            Optional.of(new Lease(
                                    1,
                                    r.adGroup(),
                                    r.campaign(),
                                    r.advertiser(),
                                    r.currency(),
                                    r.day(),
                                    1_000,
                                    0,
                                    r.servesUntil(),
                                    r.closesAt(),
                                    false)),
                            "advertiser.funds"))
                    .toList();
        }

        @Override
        public void commit(LedgerBatch batch) {}

        @Override
        public boolean transfer(Transfer.Direct transfer) {
            return false;
        }

        @Override
        public long position() {
            return 0;
        }

        @Override
        public Optional<Lease> lease(long id) {
            return Optional.empty();
        }

        @Override
        public List<Lease> openLeases() {
            return List.of();
        }

        @Override
        public Optional<ImpressionState> impression(ImpressionId id) {
            return Optional.empty();
        }

        @Override
        public Map<AccountId, Long> balances() {
            return Map.of();
        }
    }
}
