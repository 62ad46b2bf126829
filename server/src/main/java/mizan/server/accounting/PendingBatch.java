package mizan.server.accounting;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mizan.core.ledger.AccountId;
import mizan.core.ledger.Lease;
import mizan.core.ledger.Transfer;
import mizan.core.receipt.ImpressionId;

/// Changes that are not written yet, laid over what the accountant holds. Reads see them; nothing else does
/// until they are applied.
final class PendingBatch {
    private final Accountant base;
    private final List<Transfer> transfers = new ArrayList<>();
    private final Map<Long, Lease> leases = new LinkedHashMap<>();
    private final Map<ImpressionId, ImpressionState> impressions = new LinkedHashMap<>();
    private final Map<AccountId, Long> balances = new HashMap<>();
    private final Map<LedgerBatch.BudgetKey, Long> use = new HashMap<>();
    private final Map<LedgerBatch.Counted, LedgerBatch.Counts> counts = new HashMap<>();
    private final Map<LedgerBatch.LostBecause, Long> reasons = new HashMap<>();
    private final Map<LedgerBatch.Invalid, Long> invalid = new HashMap<>();
    private long decisions;

    PendingBatch(Accountant base) {
        this.base = base;
    }

    long balance(AccountId account) {
        return base.balances.getOrDefault(account, 0L) + balances.getOrDefault(account, 0L);
    }

    long used(String owner, String day) {
        var key = new LedgerBatch.BudgetKey(owner, day);
        return base.use.getOrDefault(key, 0L) + use.getOrDefault(key, 0L);
    }

    Optional<Lease> openLease(long id) {
        var lease = leases.containsKey(id) ? leases.get(id) : base.openLeases.get(id);
        return Optional.ofNullable(lease).filter(l -> !l.closed());
    }

    Optional<ImpressionState> impression(ImpressionId id) {
        var changed = impressions.get(id);
        return changed != null ? Optional.of(changed) : base.impression(id);
    }

    Map<ImpressionId, ImpressionState> impressions() {
        return impressions;
    }

    void move(Transfer transfer) {
        transfers.add(transfer);
        balances.merge(transfer.debit(), -transfer.micros(), Math::addExact);
        balances.merge(transfer.credit(), transfer.micros(), Math::addExact);
    }

    /// Whether this batch holds a transfer of this id.
    boolean moved(String id) {
        return transfers.stream().anyMatch(t -> t.id().equals(id));
    }

    void put(Lease lease) {
        leases.put(lease.id(), lease);
    }

    void put(ImpressionState state) {
        impressions.put(state.impression().id(), state);
    }

    /// Adds to the used part of every budget that this lease draws on.
    void use(Lease lease, long micros) {
        LedgerBatch.BudgetKey.of(lease).forEach(key -> use.merge(key, micros, Math::addExact));
    }

    void count(LedgerBatch.Counted what, LedgerBatch.Counts more) {
        counts.merge(what, more, LedgerBatch.Counts::plus);
    }

    void lost(LedgerBatch.LostBecause reason, long times) {
        reasons.merge(reason, times, Math::addExact);
    }

    void invalid(LedgerBatch.Invalid what) {
        invalid.merge(what, 1L, Math::addExact);
    }

    void decision() {
        decisions++;
    }

    boolean isEmpty() {
        return transfers.isEmpty() && leases.isEmpty() && impressions.isEmpty() && invalid.isEmpty() && decisions == 0;
    }

    LedgerBatch toWrite(long from, long to) {
        return new LedgerBatch(
                from,
                to,
                transfers,
                List.copyOf(leases.values()),
                List.copyOf(impressions.values()),
                use,
                counts,
                reasons,
                invalid,
                decisions);
    }

    void apply() {
        balances.forEach((account, change) -> base.balances.merge(account, change, Math::addExact));
        use.forEach((key, change) -> base.use.merge(key, change, Math::addExact));
        leases.forEach((id, lease) -> {
            if (lease.closed()) {
                base.openLeases.remove(id);
            } else {
                base.openLeases.put(id, lease);
            }
        });
    }
}
