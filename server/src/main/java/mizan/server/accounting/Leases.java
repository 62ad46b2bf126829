package mizan.server.accounting;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import mizan.core.campaign.AdGroupId;
import mizan.core.decision.Live;
import mizan.core.ledger.Lease;

/// What this node may spend, in memory: held + settled <= amount within each lease. Safe from any thread.
///
/// Only leases granted in this life of the process are served from; those of a former life close by time, so
/// what they held is held until their last token has expired.
public final class Leases {
    private static final String NO_LEASE = "no_lease";
    private final Map<AdGroupId, Serving> current = new HashMap<>();
    private final Map<Long, Serving> byLease = new HashMap<>();
    private final Set<Serving> refused = new HashSet<>();

    /// Money held for one impression.
    public record Hold(long lease, int sequence, long micros) {}

    /// What this group can still hold, and which budget limits it first.
    public synchronized Live.Available available(AdGroupId group) {
        var serving = current.get(group);
        return serving == null ? new Live.Available(0, NO_LEASE) : new Live.Available(serving.left(), serving.limit);
    }

    /// The lease that this group can go on with, and whether it should be asked for more before it runs dry.
    ///
    /// @param lease absent when there is none that serves at `now`
    /// @param askForMore true when less than a fifth is left, or too little for what is needed
    public record Standing(Optional<Lease> lease, boolean askForMore) {}

    public synchronized Standing standing(AdGroupId group, long neededMicros, Instant now) {
        var serving = current.get(group);
        if (serving == null || serving.lease.isEmpty()) {
            boolean refusedJustNow = serving != null && now.isBefore(serving.askAgainAt);
            return new Standing(Optional.empty(), !refusedJustNow);
        }
        var lease = serving.lease.get();
        if (!now.isBefore(lease.servesUntil())) {
            return new Standing(Optional.empty(), true);
        }
        boolean low = serving.left() < Math.max(neededMicros, lease.amountMicros() / 5);
        return new Standing(serving.lease, low && !now.isBefore(serving.askAgainAt));
    }

    /// Takes up what the accountant granted. A refusal is remembered until `askAgainAt`, so that a spent
    /// budget is not asked for at every request.
    public synchronized void take(Collection<Accountant.Granted> granted, Instant askAgainAt) {
        for (var grant : granted) {
            var group = grant.request().adGroup();
            var before = current.get(group);
            if (grant.lease().isEmpty()) {
                var kept = before != null ? before : new Serving(Optional.empty());
                kept.limit = grant.limit();
                kept.askAgainAt = askAgainAt;
                refused.add(kept);
                current.put(group, kept);
                continue;
            }
            var lease = grant.lease().get();
            boolean grown =
                    grant.request().growing().filter(id -> id == lease.id()).isPresent();
            if (grown && !serves(lease.id())) {
                continue; // Given up while it was asked for.
            }
            var serving = byLease.computeIfAbsent(lease.id(), _ -> new Serving(Optional.of(lease)));
            serving.lease = Optional.of(lease);
            serving.limit = grant.limit();
            serving.askAgainAt = Instant.MIN;
            current.put(group, serving);
        }
    }

    /// Forgets what was refused, since a budget changed; a lease that was granted stays.
    public synchronized void budgetsChanged() {
        refused.forEach(serving -> serving.askAgainAt = Instant.MIN);
        refused.clear();
    }

    /// Holds money (0 when nobody else wants the slot and it has no floor), or nothing when the lease has
    /// too little left or has stopped serving.
    ///
    /// @param until when it can be charged no more; see [#lapse]
    public synchronized Optional<Hold> hold(AdGroupId group, long micros, Instant now, Instant until) {
        return hold(group, micros, now, until, Optional.empty());
    }

    /// Holds the expected cost of a click. The longer it does not come, the less likely it is to come at all,
    /// and the less of it is held: after `age` still `micros * e^(-age / clickDelay)`.
    public synchronized Optional<Hold> holdForClick(
            AdGroupId group, long micros, long priceMicros, Duration clickDelay, Instant now, Instant until) {
        return hold(group, micros, now, until, Optional.of(new Click(priceMicros, clickDelay)));
    }

    private record Click(long priceMicros, Duration delay) {}

    private Optional<Hold> hold(AdGroupId group, long micros, Instant now, Instant until, Optional<Click> click) {
        var serving = current.get(group);
        if (serving != null) {
            serving.held.clicks().fade(now);
            click.ifPresent(c -> serving.held.clicks().delay(c.delay()));
        }
        if (micros < 0 || serving == null || serving.lease.isEmpty() || micros > serving.left()) {
            return Optional.empty();
        }
        var lease = serving.lease.get();
        if (!now.isBefore(lease.servesUntil())) {
            return Optional.empty();
        }
        int sequence = click.isPresent()
                ? serving.held.holdForClick(micros, click.get().priceMicros(), until)
                : serving.held.hold(micros, until);
        return Optional.of(new Hold(lease.id(), sequence, micros));
    }

    /// The accountant settled this hold, at a price of 0 or more; for clicks it may differ from what was
    /// held.
    public synchronized void settled(long lease, int sequence, long priceMicros) {
        var serving = byLease.get(lease);
        if (serving != null) {
            serving.held.release(sequence);
            serving.settledMicros += priceMicros;
        }
    }

    /// Whether [#lapse] would give anything back.
    public synchronized boolean lapses(Instant before) {
        return byLease.values().stream().anyMatch(serving -> serving.held.lapses(before));
    }

    /// Gives back what was held for tokens that expired before this instant. Call it when every event that came
    /// before has been folded, so that none of them can be charged any more.
    public synchronized void lapse(Instant before) {
        byLease.values().forEach(serving -> serving.held.lapse(before));
    }

    /// Lets what is held for clicks shrink to what may still be clicked.
    public synchronized void fade(Instant now) {
        byLease.values().forEach(serving -> serving.held.clicks().fade(now));
    }

    /// What was leased and neither held nor settled, for each budget that it was taken from: it counts as used,
    /// but nothing has been bought with it.
    public synchronized Map<LedgerBatch.BudgetKey, Long> unheld() {
        var unheld = new HashMap<LedgerBatch.BudgetKey, Long>();
        for (var serving : byLease.values()) {
            serving.lease.ifPresent(lease ->
                    LedgerBatch.BudgetKey.of(lease).forEach(key -> unheld.merge(key, serving.left(), Math::addExact)));
        }
        return unheld;
    }

    /// The ledger closed this lease.
    public synchronized void closed(long lease) {
        var serving = byLease.remove(lease);
        if (serving != null) {
            current.values().remove(serving);
        }
    }

    /// Whether holds may be taken from this lease.
    synchronized boolean serves(long lease) {
        return byLease.containsKey(lease);
    }

    /// Serves from none of them any more; each closes when its time has come.
    synchronized void giveUp() {
        current.clear();
        byLease.clear();
    }

    /// Asks for the groups that lack money, in one transaction, and takes up what is granted. While the ledger is
    /// away nothing is, and what was granted before is spent.
    public void ensure(
            List<LeaseRequest> requests,
            Function<List<LeaseRequest>, List<Accountant.Granted>> ledger,
            Instant askAgainAt) {
        if (!requests.isEmpty()) {
            take(asked(requests, ledger), askAgainAt);
        }
    }

    private static List<Accountant.Granted> asked(
            List<LeaseRequest> requests, Function<List<LeaseRequest>, List<Accountant.Granted>> ledger) {
        try {
            return ledger.apply(requests);
        } catch (LedgerFailed | WriterEnded _) {
            return requests.stream()
                    .map(request -> new Accountant.Granted(request, Optional.empty(), NO_LEASE))
                    .toList();
        }
    }

    private static final class Serving {
        Optional<Lease> lease;
        String limit = "none";
        Instant askAgainAt = Instant.MIN;
        final Holds held = new Holds();
        long settledMicros;

        Serving(Optional<Lease> lease) {
            this.lease = lease;
        }

        long left() {
            long amount = lease.isPresent() ? lease.get().amountMicros() : 0;
            return Math.max(0, amount - held.micros() - settledMicros);
        }
    }
}
