package mizan.server.accounting;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import mizan.core.campaign.AdGroupId;
import mizan.core.decision.Live;
import mizan.core.ledger.Lease;

/// What this node may spend, in memory: held + settled <= amount within each lease. Safe from any thread.
///
/// Only leases granted in this life of the process are served from; those of a former life close by time.
public final class Leases {
    private final LedgerStore store;
    private final Map<AdGroupId, Serving> current = new HashMap<>();
    private final Map<Long, Serving> byLease = new HashMap<>();

    public Leases(LedgerStore store) {
        this.store = store;
    }

    /// Money held for one impression.
    public record Hold(long lease, int sequence, long micros) {}

    /// What this group can still hold from its lease; 0 without one.
    public synchronized Live.Available available(AdGroupId group) {
        var serving = current.get(group);
        return serving == null ? new Live.Available(0, "none") : new Live.Available(serving.left(), serving.limit);
    }

    /// Asks the ledger, in one transaction, for the groups whose lease is missing, over, or too small for one more.
    public synchronized void ensure(Collection<LeaseRequest> requests, Instant now) {
        var missing = requests.stream().filter(request -> lacking(request, now)).toList();
        if (missing.isEmpty()) {
            return;
        }
        for (var granted : store.grant(missing)) {
            var serving = new Serving(granted.lease(), granted.limit());
            current.put(granted.request().adGroup(), serving);
            granted.lease().ifPresent(lease -> byLease.put(lease.id(), serving));
        }
    }

    /// Holds money, or nothing when the lease has too little left or has stopped serving.
    public synchronized Optional<Hold> hold(AdGroupId group, long micros, Instant now) {
        var serving = current.get(group);
        if (micros < 1 || serving == null || serving.lease.isEmpty() || micros > serving.left()) {
            return Optional.empty();
        }
        var lease = serving.lease.get();
        if (!now.isBefore(lease.servesUntil())) {
            return Optional.empty();
        }
        int sequence = serving.nextSequence++;
        serving.held.put(sequence, micros);
        serving.heldMicros += micros;
        return Optional.of(new Hold(lease.id(), sequence, micros));
    }

    /// The accountant settled this hold, at a price of 0 or more; for clicks it may differ from what was held.
    public synchronized void settled(long lease, int sequence, long priceMicros) {
        var serving = byLease.get(lease);
        if (serving != null) {
            serving.release(sequence);
            serving.settledMicros += priceMicros;
        }
    }

    /// The hold's token has expired and every event before that has been folded, so it can never be charged.
    public synchronized void lapsed(long lease, int sequence) {
        var serving = byLease.get(lease);
        if (serving != null) {
            serving.release(sequence);
        }
    }

    /// The ledger closed this lease.
    public synchronized void closed(long lease) {
        var serving = byLease.remove(lease);
        if (serving != null) {
            current.values().remove(serving);
        }
    }

    private boolean lacking(LeaseRequest request, Instant now) {
        var serving = current.get(request.adGroup());
        return serving == null
                || serving.lease.isEmpty()
                || !now.isBefore(serving.lease.get().servesUntil())
                || serving.left() < request.neededMicros();
    }

    private static final class Serving {
        final Optional<Lease> lease;
        final String limit;
        final Map<Integer, Long> held = new HashMap<>();
        long heldMicros;
        long settledMicros;
        int nextSequence;

        Serving(Optional<Lease> lease, String limit) {
            this.lease = lease;
            this.limit = limit;
        }

        long left() {
            return Math.max(0, lease.map(Lease::amountMicros).orElse(0L) - heldMicros - settledMicros);
        }

        void release(int sequence) {
            var micros = held.remove(sequence);
            if (micros != null) {
                heldMicros -= micros;
            }
        }
    }
}
