package mizan.server.accounting;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Currency;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import mizan.core.campaign.AdvertiserId;
import mizan.core.ledger.AccountId;
import mizan.core.ledger.BudgetUse;
import mizan.core.ledger.Lease;
import mizan.core.ledger.Leasing;
import mizan.core.ledger.Transfer;
import mizan.core.receipt.ImpressionId;
import mizan.core.traffic.Activity;

/// The one writer of the ledger: takes leases out of budgets, folds the journal's facts into charges, and
/// gives back what is left.
///
/// Every public method that writes is one transaction of the store, so a crash leaves all of it or nothing.
/// Facts are folded exactly once because the journal position is written in the same transaction as what
/// they changed.
public final class Accountant {
    /// Impressions of which something was heard, kept in memory; for an older one the store is asked.
    private static final int MAX_REMEMBERED = 100_000;
    /// An event gets its time before it gets into the journal; between the two it is under way. A hold
    /// outlives its token by this long, as a lease outlives its last token.
    private static final Duration UNDER_WAY = Duration.ofMinutes(1);
    /// A decision goes on without a lease rather than wait longer for a ledger that hangs.
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    /// Every time one of them was not first, another one was: with so many writers at once the last has its turn.
    private static final int MAX_TURNS = 50;

    private final LedgerStore store;
    private final Leases leases;
    private final ReentrantLock lock = new ReentrantLock();
    final Map<AccountId, Long> balances = new HashMap<>();
    final Map<Long, Lease> openLeases = new LinkedHashMap<>();
    final Map<LedgerBatch.BudgetKey, Long> use = new HashMap<>();
    private final Map<ImpressionId, ImpressionState> remembered = new LinkedHashMap<>();
    private final Deque<ImpressionId> oldestFirst = new ArrayDeque<>();
    private final LedgerStore.Role role;
    private final long writer;
    private long version;
    private long position;
    private long nextLease;
    private long largestOverspend;
    private Optional<Doubt> doubt = Optional.empty();
    private volatile Optional<String> trouble = Optional.empty();

    /// The accountant who folds; the one before is ended.
    public Accountant(LedgerStore store, Leases leases) {
        this(store, leases, LedgerStore.Role.FOLDS);
    }

    public Accountant(LedgerStore store, Leases leases, LedgerStore.Role role) {
        this.store = store;
        this.leases = leases;
        this.role = role;
        this.writer = begin(store, role);
        load();
    }

    private static long begin(LedgerStore store, LedgerStore.Role role) {
        for (int turn = 1; ; turn++) {
            try {
                return store.begin(role);
            } catch (LedgerMoved e) {
                if (turn == MAX_TURNS) {
                    throw e;
                }
            }
        }
    }

    private void load() {
        var state = store.load();
        version = state.version();
        position = state.position();
        nextLease = state.nextLease();
        balances.clear();
        balances.putAll(state.balances());
        use.clear();
        use.putAll(state.use());
        openLeases.clear();
        state.openLeases().forEach(lease -> openLeases.put(lease.id(), lease));
    }

    /// A batch that may or may not have been written.
    ///
    /// @param version that it made, if it was
    /// @param known lets memory see it
    private record Doubt(long version, Runnable known) {}

    /// Finds out what became of a batch whose commit failed. While that cannot be known, nothing else is written.
    ///
    /// @throws LedgerFailed when the ledger is still away
    public void endDoubt() {
        lock.lock();
        try {
            if (doubt.isPresent()) {
                boolean written = store.written(writer) == doubt.get().version();
                trouble = Optional.empty();
                var known = doubt.get().known();
                doubt = Optional.empty();
                if (written) {
                    known.run();
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /// Why the ledger takes nothing now; empty while it does.
    public Optional<String> trouble() {
        return trouble;
    }

    /// What came of a lease request.
    ///
    /// @param lease absent when not even one impression can be paid
    /// @param limit the budget that limits first, such as `campaign.daily`
    public record Granted(LeaseRequest request, Optional<Lease> lease, String limit) {}

    /// Takes money out of the budgets for these ad groups, in order. Readers wait for it, so it waits for nobody long.
    ///
    /// @throws LedgerFailed when it cannot be done now
    public List<Granted> grant(List<LeaseRequest> requests) {
        awaitTurn();
        try {
            endDoubt();
            if (role == LedgerStore.Role.LEASES) {
                lookAround();
            }
            var granted = inOneTransaction(
                    position,
                    batch -> requests.stream().map(r -> grant(batch, r)).toList(),
                    // Whoever asked was told of a failure. The money is there all the same, and is served from.
                    late -> leases.take(late, Instant.MIN));
            granted.forEach(g -> g.lease().ifPresent(lease -> watch(lease, g.request())));
            return granted;
        } finally {
            lock.unlock();
        }
    }

    /// Others may have taken money or given it back. Whoever writes learns of it; a taker of leases who knows of no
    /// money, or a folder who knows of no lease that has expired, would write nothing and never learn.
    private void lookAround() {
        if (store.version() != version) {
            load();
        }
    }

    private void awaitTurn() {
        try {
            if (!lock.tryLock(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new LedgerFailed("the ledger does not answer in time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LedgerFailed("interrupted", e);
        }
    }

    private Granted grant(PendingBatch batch, LeaseRequest request) {
        var left = Leasing.left(request.campaignBudget(), request.adGroupBudget(), use(batch, request));
        // A lease that was given up holds money that nobody here remembers: it must not be served from again.
        // After a clock went back over midnight the lease may be of another day than the budget that was asked.
        var growing = request.growing()
                .filter(leases::serves)
                .flatMap(batch::openLease)
                .filter(lease -> lease.day().equals(request.day()));
        long amount = growing.isPresent()
                ? Leasing.more(left, request.plannedMicros(), request.neededMicros())
                : Leasing.size(left, request.plannedMicros(), request.neededMicros());
        if (amount == 0) {
            return new Granted(request, Optional.empty(), left.limit());
        }
        var lease = growing.map(l -> l.growing(amount)).orElseGet(() -> newLease(request, amount));
        batch.put(lease);
        batch.move(new Transfer.Pending(
                "lease/" + lease.id() + "/" + lease.amountMicros(),
                lease.advertiser(),
                lease.id(),
                amount,
                lease.currency(),
                request.at()));
        batch.use(lease, amount);
        return new Granted(request, Optional.of(lease), left.limit());
    }

    private Lease newLease(LeaseRequest request, long amount) {
        return new Lease(
                nextLease++,
                request.adGroup(),
                request.campaign(),
                request.advertiser(),
                request.currency(),
                request.day(),
                amount,
                0,
                request.servesUntil(),
                request.closesAt(),
                false);
    }

    private static BudgetUse use(PendingBatch batch, LeaseRequest request) {
        var day = request.day().toString();
        var campaign = request.campaign().value();
        var group = request.adGroup().value();
        return new BudgetUse(
                batch.balance(funds(request.advertiser(), request.currency())),
                batch.used(campaign, LedgerBatch.BudgetKey.TOTAL),
                batch.used(campaign, day),
                batch.used(group, LedgerBatch.BudgetKey.TOTAL),
                batch.used(group, day));
    }

    static AccountId funds(AdvertiserId advertiser, Currency currency) {
        return new AccountId(AccountId.Kind.ADVERTISER_FUNDS, advertiser.value(), currency);
    }

    /// Money in, or a credit. Answers false, changing nothing, when a transfer of this id was made before.
    public boolean transfer(Transfer.Direct transfer) {
        lock.lock();
        try {
            endDoubt();
            return inOneTransaction(
                    position,
                    batch -> {
                        if (store.holds(transfer.id())) {
                            return false;
                        }
                        batch.move(transfer);
                        return true;
                    },
                    _ -> {});
        } finally {
            lock.unlock();
        }
    }

    /// Makes all of these that were not made before, in one transaction.
    public void transferAll(List<Transfer.Direct> transfers) {
        lock.lock();
        try {
            endDoubt();
            var _ = inOneTransaction(
                    position,
                    batch -> {
                        transfers.stream().filter(t -> !store.holds(t.id())).forEach(batch::move);
                        return true;
                    },
                    _ -> {});
        } finally {
            lock.unlock();
        }
    }

    /// Folds facts of which none was found to be invalid late.
    public void fold(List<Fact> facts, Map<LedgerBatch.LostBecause, Long> lost, long upTo) {
        fold(facts, List.of(), lost, upTo);
    }

    /// Folds facts, in the order of the journal.
    ///
    /// @param late what was counted, with these facts or before, and no reader did
    /// @param lost why ad groups lost in these decisions, and how often
    /// @param upTo the journal position behind the last of them
    public void fold(List<Fact> facts, List<Activity.Late> late, Map<LedgerBatch.LostBecause, Long> lost, long upTo) {
        lock.lock();
        try {
            endDoubt();
            settle(inOneTransaction(
                    upTo,
                    batch -> {
                        var fold = new Fold(batch);
                        facts.forEach(fold::fact);
                        var unmake = new UnmakeInvalid(batch, store::holds);
                        late.forEach(unmake::late);
                        lost.forEach(batch::lost);
                        return fold;
                    },
                    this::settle));
        } finally {
            lock.unlock();
        }
    }

    private void settle(Fold folded) {
        folded.settlements().forEach(s -> leases.settled(s.lease(), s.sequence(), s.priceMicros()));
    }

    /// Whether [#closeExpired] would give anything back.
    public boolean hasExpired(Instant now) {
        lock.lock();
        try {
            return leases.lapses(now.minus(UNDER_WAY))
                    || openLeases.values().stream().anyMatch(l -> l.closesAt().isBefore(now));
        } finally {
            lock.unlock();
        }
    }

    /// Gives back what can never be charged any more: holds whose tokens have expired and leases past their
    /// closing time. Call it when every fact up to `now` has been folded.
    public void closeExpired(Instant now) {
        lock.lock();
        try {
            endDoubt();
            lookAround();
            leases.lapse(now.minus(UNDER_WAY));
            // Found and closed under one lock: two callers must not close a lease twice.
            closed(inOneTransaction(
                    position,
                    batch -> {
                        var due = openLeases.values().stream()
                                .filter(lease -> lease.closesAt().isBefore(now))
                                .toList();
                        due.forEach(lease -> close(batch, lease, now));
                        return due;
                    },
                    this::closed));
        } finally {
            lock.unlock();
        }
    }

    private void closed(List<Lease> due) {
        due.forEach(lease -> leases.closed(lease.id()));
    }

    private static void close(PendingBatch batch, Lease lease, Instant now) {
        long rest = lease.amountMicros() - lease.settledMicros();
        batch.put(lease.closing());
        if (rest > 0) {
            batch.move(new Transfer.Voided(
                    "lease/" + lease.id() + "/rest", lease.advertiser(), lease.id(), rest, lease.currency(), now));
            batch.use(lease, -rest);
        }
    }

    public long position() {
        lock.lock();
        try {
            return position;
        } finally {
            lock.unlock();
        }
    }

    /// Balances of all accounts, now.
    public Map<AccountId, Long> balances() {
        lock.lock();
        try {
            return Map.copyOf(balances);
        } finally {
            lock.unlock();
        }
    }

    /// What is used of a budget: settled and leased.
    public long used(String owner, String day) {
        lock.lock();
        try {
            return use.getOrDefault(new LedgerBatch.BudgetKey(owner, day), 0L);
        } finally {
            lock.unlock();
        }
    }

    /// By how much the most overdrawn budget was ever passed at a grant, in micros. Grants never pass one,
    /// so this is 0 unless the rule is broken; it is kept so that the claim can be checked instead of
    /// believed.
    public long largestOverspend() {
        lock.lock();
        try {
            return largestOverspend;
        } finally {
            lock.unlock();
        }
    }

    private void watch(Lease lease, LeaseRequest request) {
        var total = request.campaignBudget().totalMicros();
        var daily = request.campaignBudget().dailyMicros();
        var key = request.campaign().value();
        var day = lease.day().toString();
        long usedTotal = use.getOrDefault(new LedgerBatch.BudgetKey(key, LedgerBatch.BudgetKey.TOTAL), 0L);
        long usedToday = use.getOrDefault(new LedgerBatch.BudgetKey(key, day), 0L);
        total.ifPresent(limit -> largestOverspend = Math.max(largestOverspend, usedTotal - limit));
        daily.ifPresent(limit -> largestOverspend = Math.max(largestOverspend, usedToday - limit));
        long funds = balances.getOrDefault(funds(lease.advertiser(), lease.currency()), 0L);
        largestOverspend = Math.max(largestOverspend, -funds);
    }

    private interface Work<T> {
        T on(PendingBatch batch);
    }

    /// Collects changes, writes them, and only then lets memory see them: a failed write leaves both as they
    /// were. When another writer was first, the ledger is read again and the changes are collected anew.
    ///
    /// @param late what else there is to do when the commit failed and turns out later to have been made
    private <T> T inOneTransaction(long upTo, Work<T> work, Consumer<T> late) {
        for (int turn = 1; ; turn++) {
            try {
                return once(upTo, work, late);
            } catch (LedgerMoved e) {
                doubt = Optional.empty();
                if (turn == MAX_TURNS) {
                    throw new LedgerFailed("the ledger has too many writers", e);
                }
                load();
            }
        }
    }

    private <T> T once(long upTo, Work<T> work, Consumer<T> late) {
        var batch = new PendingBatch(this);
        var result = work.on(batch);
        long to = Math.max(upTo, position);
        if (batch.isEmpty() && to == position) {
            return result;
        }
        doubt = Optional.of(new Doubt(version + 1, () -> {
            written(batch, to);
            late.accept(result);
        }));
        write(new Turn(writer, version), batch.toWrite(position, to));
        doubt = Optional.empty();
        written(batch, to);
        return result;
    }

    private void write(Turn turn, LedgerBatch batch) {
        try {
            store.commit(turn, batch);
            trouble = Optional.empty();
        } catch (WriterEnded e) {
            // Nobody would fold what is shown from now on.
            doubt = Optional.empty();
            leases.giveUp();
            trouble = Optional.of(e.toString());
            throw e;
        } catch (LedgerFailed e) {
            trouble = Optional.of(e.toString());
            throw e;
        }
    }

    private void written(PendingBatch batch, long to) {
        batch.apply();
        batch.impressions().values().forEach(this::remember);
        version++;
        position = to;
    }

    /// What has become of an impression, as far as it was folded.
    public Optional<ImpressionState> impression(ImpressionId id) {
        lock.lock();
        try {
            var found = remembered.get(id);
            return found != null ? Optional.of(found) : store.impression(id);
        } finally {
            lock.unlock();
        }
    }

    private void remember(ImpressionState state) {
        var id = state.impression().id();
        if (remembered.put(id, state) == null) {
            oldestFirst.add(id);
            if (oldestFirst.size() > MAX_REMEMBERED) {
                remembered.remove(oldestFirst.remove());
            }
        }
    }

    /// What one fold has to tell the node's leases.
    record Settlement(long lease, int sequence, long priceMicros) {}
}
