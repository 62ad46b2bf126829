package mizan.sim.money;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import mizan.core.campaign.AdGroupId;
import mizan.core.campaign.AdvertiserId;
import mizan.core.campaign.Budget;
import mizan.core.campaign.CampaignId;
import mizan.core.identity.SortableId;
import mizan.core.ledger.AccountId;
import mizan.core.ledger.Transfer;
import mizan.server.accounting.Accountant;
import mizan.server.accounting.LeaseRequest;
import mizan.server.accounting.Leases;
import mizan.server.accounting.LedgerStore;
import mizan.server.accounting.WriterEnded;
import mizan.sim.store.MemoryLedgerStore;
import mizan.sim.store.MemoryLedgerStore.Fault;
import mizan.sim.store.MemoryLedgerStore.PowerCut;
import org.junit.jupiter.api.Test;

/// A commit that seemed to fail, and the accountant who goes on.
class DoubtTest {
    private static final Currency USD = Currency.getInstance("USD");
    private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");
    private static final AdGroupId GROUP = new AdGroupId(SortableId.of("grp", 1, 1, 1));
    private static final AdvertiserId ADVERTISER = new AdvertiserId(SortableId.of("adv", 1, 1, 1));

    private final MemoryLedgerStore store = new MemoryLedgerStore();
    private final Leases leases = new Leases();
    private final Accountant accountant = new Accountant(store, leases);

    private static LeaseRequest request() {
        return new LeaseRequest(
                Optional.empty(),
                GROUP,
                new CampaignId(SortableId.of("cmp", 1, 1, 1)),
                ADVERTISER,
                USD,
                Budget.of(100, 100),
                Budget.UNLIMITED,
                LocalDate.of(2026, 11, 24),
                40,
                10,
                NOW,
                NOW.plus(Duration.ofHours(1)),
                NOW.plus(Duration.ofHours(2)));
    }

    private static Transfer.Direct funds() {
        return new Transfer.Direct(
                "fund",
                new AccountId(AccountId.Kind.EXTERNAL_PAYMENTS, "", USD),
                new AccountId(AccountId.Kind.ADVERTISER_FUNDS, ADVERTISER.value(), USD),
                1_000,
                NOW,
                "paid");
    }

    @Test
    void givenACommitThatHappenedAllTheSame_whenTheAccountantGoesOn_thenItsLeaseIsServedFromAndCountsOnce() {
        accountant.transfer(funds());
        store.failNext(Fault.AFTER_COMMIT);
        assertThrows(PowerCut.class, () -> accountant.grant(List.of(request())));
        assertEquals(0, leases.available(GROUP).micros());
        accountant.endDoubt();
        long leased = store.leases().getFirst().amountMicros();
        assertEquals(leased, leases.available(GROUP).micros());
        assertEquals(leased, accountant.used(SortableId.of("cmp", 1, 1, 1), "total"));
    }

    @Test
    void givenACommitThatDidNotHappen_whenTheAccountantGoesOn_thenNothingIsLeft() {
        accountant.transfer(funds());
        store.failNext(Fault.BEFORE_COMMIT);
        assertThrows(PowerCut.class, () -> accountant.grant(List.of(request())));
        accountant.endDoubt();
        assertEquals(0, leases.available(GROUP).micros());
        leases.ensure(List.of(request()), accountant::grant, NOW);
        assertEquals(1, store.leases().size());
        assertEquals(
                store.leases().getFirst().amountMicros(),
                leases.available(GROUP).micros());
    }

    @Test
    void givenATransferInDoubt_whenItIsMadeAgain_thenItIsMadeOnce() {
        store.failNext(Fault.AFTER_COMMIT);
        assertThrows(PowerCut.class, () -> accountant.transfer(funds()));
        assertEquals(false, accountant.transfer(funds()));
        assertEquals(1, store.transfers().size());
        assertEquals(1_000, accountant.balances().get(funds().credit()));
    }

    @Test
    void givenAnotherWhoFolds_whenTheFirstGoesOn_thenItIsEndedAndSpendsNoLeaseAnyMore() {
        accountant.transfer(funds());
        leases.ensure(List.of(request()), accountant::grant, NOW);
        var second = new Accountant(store, new Leases());
        assertThrows(WriterEnded.class, () -> accountant.fold(List.of(), java.util.Map.of(), 10));
        assertEquals(0, leases.available(GROUP).micros());
        assertTrue(accountant.trouble().orElse("").contains("taken it over"));
        second.fold(List.of(), java.util.Map.of(), 10);
        assertEquals(10, second.position());
    }

    @Test
    void givenTwoWhoLease_whenTheyGrantInTurns_thenEachSeesWhatTheOtherTook() {
        accountant.transfer(funds());
        var others = new Leases();
        var other = new Accountant(store, others, LedgerStore.Role.LEASES);
        for (int turn = 0; turn < 20; turn++) {
            leases.ensure(List.of(request()), accountant::grant, NOW);
            others.ensure(List.of(request()), other::grant, NOW);
        }
        long leased = store.leases().stream().mapToLong(l -> l.amountMicros()).sum();
        assertEquals(100, leased, "all of the budget and no more");
    }
}
