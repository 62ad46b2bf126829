package mizan.sim.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import mizan.core.ledger.AccountId;
import mizan.core.ledger.Lease;
import mizan.core.ledger.Transfer;
import mizan.core.receipt.ImpressionId;
import mizan.server.accounting.ImpressionState;
import mizan.server.accounting.LedgerBatch;
import mizan.server.accounting.LedgerMoved;
import mizan.server.accounting.LedgerStore;
import mizan.server.accounting.Turn;
import mizan.server.accounting.WriterEnded;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What the accountant relies on, asked of every ledger store.
abstract class LedgerStoreContract {
    private static final int SEEDS = Integer.getInteger("mizan.store.seeds", 20);
    private LedgerStore store;

    /// A store without anything in it.
    abstract LedgerStore empty(String name);

    /// The same store after the process that used it has gone.
    abstract LedgerStore reopened(LedgerStore before);

    @BeforeEach
    void open() {
        store = empty("plain");
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void givenAnEmptyStore_whenLoaded_thenItStandsAtTheBeginningAndTheFirstLeaseIsOne() {
        assertEquals(new LedgerStore.State(0, 0, Map.of(), List.of(), Map.of(), 1), sorted(store.load()));
    }

    @Test
    void givenRandomBatches_whenReopened_thenWhatIsLoadedIsWhatWasCommitted() {
        for (long seed = 0; seed < SEEDS; seed++) {
            var batches = new LedgerBatches(new SplittableRandom(seed));
            var expected = new Expected();
            var tried = empty("seed-" + seed);
            for (int i = 0; i < 25; i++) {
                var batch = batches.next();
                commit(tried, batch);
                expected.take(batch);
                if (i % 8 == 7) {
                    tried = reopened(tried);
                }
                assertEquals(expected.state(), sorted(tried.load()), "seed " + seed + ", batch " + i);
            }
            tried = reopened(tried);
            assertEquals(expected.state(), sorted(tried.load()), "seed " + seed);
            for (var state : batches.impressions()) {
                assertEquals(
                        Optional.of(state), tried.impression(state.impression().id()), "seed " + seed);
            }
            for (var id : expected.transferIds) {
                assertTrue(tried.holds(id), "seed " + seed + " " + id);
            }
            tried.close();
        }
    }

    @Test
    void givenAPositionPassedOrNotReached_whenABatchStartsThere_thenItIsRefusedAndNothingIsWritten() {
        var batches = new LedgerBatches(new SplittableRandom(1));
        commit(store, LedgerBatches.only(0, 100, List.of(batches.transfer())));
        var before = sorted(store.load());
        for (long from : new long[] {0, 99, 101, Long.MAX_VALUE}) {
            var transfer = batches.transfer();
            assertThrows(
                    IllegalStateException.class,
                    () -> commit(store, LedgerBatches.only(from, Long.MAX_VALUE, List.of(transfer))));
            assertFalse(store.holds(transfer.id()));
        }
        assertEquals(before, sorted(store.load()));
        store = reopened(store);
        assertEquals(before, sorted(store.load()));
    }

    @Test
    void givenATransferWrittenBefore_whenABatchRepeatsIt_thenTheWholeBatchIsRefused() {
        var random = new SplittableRandom(2);
        var batches = new LedgerBatches(random);
        var written = batches.transfer();
        commit(store, LedgerBatches.only(0, 10, List.of(written)));
        var before = sorted(store.load());
        var fresh = batches.transfer();
        var full = full(batches, 10, List.of(fresh, written));
        assertThrows(RuntimeException.class, () -> commit(store, full));
        nothingOf(full, fresh, before);
        store = reopened(store);
        nothingOf(full, fresh, before);
        commit(store, full(batches, 10, List.of(fresh)));
        assertTrue(store.holds(fresh.id()), "a refused batch must not stand in the way of the next");
    }

    @Test
    void givenOneTransferTwiceInABatch_whenCommitted_thenTheWholeBatchIsRefused() {
        var batches = new LedgerBatches(new SplittableRandom(3));
        var before = sorted(store.load());
        var twice = batches.transfer();
        var full = full(batches, 0, List.of(twice, twice));
        assertThrows(RuntimeException.class, () -> commit(store, full));
        nothingOf(full, twice, before);
    }

    @Test
    void givenNothingWritten_whenAskedForIds_thenTheyAreNotThere() {
        assertEquals(Optional.empty(), store.impression(new ImpressionId("imp_00000000000000000000000000")));
        assertFalse(store.holds("ent_00000000000000000000000000"));
        assertFalse(store.holds("' OR 1=1 --"));
    }

    /// As a writer who begins for this batch alone.
    private static void commit(LedgerStore store, LedgerBatch batch) {
        store.commit(new Turn(store.begin(LedgerStore.Role.FOLDS), store.load().version()), batch);
    }

    @Test
    void givenTwoWritersWhoBuildOnTheSameVersion_whenBothCommit_thenTheSecondIsRefusedAndMayLookAgain() {
        var batches = new LedgerBatches(new SplittableRandom(4));
        long one = store.begin(LedgerStore.Role.FOLDS);
        long other = store.begin(LedgerStore.Role.LEASES);
        store.commit(new Turn(one, 0), LedgerBatches.only(0, 5, List.of(batches.transfer())));
        var late = batches.transfer();
        assertThrows(
                LedgerMoved.class, () -> store.commit(new Turn(other, 0), LedgerBatches.only(0, 5, List.of(late))));
        assertFalse(store.holds(late.id()));
        assertEquals(1, store.load().version());
        assertEquals(0, store.written(other));
        store.commit(new Turn(other, 1), LedgerBatches.only(5, 5, List.of(late)));
        assertTrue(store.holds(late.id()));
        store = reopened(store);
        assertEquals(1, store.written(one));
        assertEquals(2, store.written(other));
    }

    @Test
    void givenAFolder_whenAnotherBegins_thenTheFirstWritesNothingAnyMoreAndTakersOfLeasesGoOn() {
        var batches = new LedgerBatches(new SplittableRandom(5));
        long first = store.begin(LedgerStore.Role.FOLDS);
        long leases = store.begin(LedgerStore.Role.LEASES);
        store.commit(new Turn(first, 0), LedgerBatches.only(0, 5, List.of(batches.transfer())));
        store = reopened(store);
        long second = store.begin(LedgerStore.Role.FOLDS);
        var late = batches.transfer();
        assertThrows(
                WriterEnded.class, () -> store.commit(new Turn(first, 1), LedgerBatches.only(5, 9, List.of(late))));
        assertFalse(store.holds(late.id()));
        store.commit(new Turn(leases, 1), LedgerBatches.only(5, 5, List.of(late)));
        store.commit(new Turn(second, 2), LedgerBatches.only(5, 9, List.of(batches.transfer())));
        assertEquals(9, store.load().position());
    }

    private void nothingOf(LedgerBatch refused, Transfer fresh, LedgerStore.State before) {
        assertEquals(before, sorted(store.load()));
        assertFalse(store.holds(fresh.id()));
        for (var state : refused.impressions()) {
            assertEquals(Optional.empty(), store.impression(state.impression().id()));
        }
    }

    /// A batch with something of every kind in it.
    private static LedgerBatch full(LedgerBatches batches, long from, List<Transfer> transfers) {
        var leases = new HashMap<Long, Lease>();
        var impressions = new HashMap<ImpressionId, ImpressionState>();
        var use = new HashMap<LedgerBatch.BudgetKey, Long>();
        while (leases.isEmpty() || impressions.isEmpty() || use.isEmpty()) {
            var more = batches.next();
            more.leases().forEach(l -> leases.put(l.id(), l));
            more.impressions().forEach(i -> impressions.put(i.impression().id(), i));
            use.putAll(more.use());
        }
        return new LedgerBatch(
                from,
                from + 5,
                transfers,
                List.copyOf(leases.values()),
                List.copyOf(impressions.values()),
                use,
                Map.of(),
                Map.of(),
                Map.of(),
                1);
    }

    /// Open leases come in no order that anybody relies on; a balance that came back to zero may be left
    /// out.
    private static LedgerStore.State sorted(LedgerStore.State state) {
        var balances = new HashMap<>(state.balances());
        balances.values().removeIf(micros -> micros == 0);
        var open = new ArrayList<>(state.openLeases());
        open.sort(java.util.Comparator.comparingLong(Lease::id));
        return new LedgerStore.State(state.version(), state.position(), balances, open, state.use(), state.nextLease());
    }

    /// The promises of a store, kept in the simplest way.
    private static final class Expected {
        private final Map<AccountId, Long> balances = new HashMap<>();
        private final Map<Long, Lease> leases = new HashMap<>();
        private final Map<LedgerBatch.BudgetKey, Long> use = new HashMap<>();
        private final List<String> transferIds = new ArrayList<>();
        private long version;
        private long position;

        void take(LedgerBatch batch) {
            version++;
            for (var t : batch.transfers()) {
                balances.merge(t.debit(), -t.micros(), Long::sum);
                balances.merge(t.credit(), t.micros(), Long::sum);
                transferIds.add(t.id());
            }
            batch.leases().forEach(l -> leases.put(l.id(), l));
            batch.use().forEach((key, micros) -> use.merge(key, micros, Long::sum));
            position = batch.to();
        }

        LedgerStore.State state() {
            long next = leases.keySet().stream().mapToLong(id -> id + 1).max().orElse(1);
            return sorted(new LedgerStore.State(
                    version,
                    position,
                    balances,
                    leases.values().stream().filter(l -> !l.closed()).toList(),
                    use,
                    next));
        }
    }
}
