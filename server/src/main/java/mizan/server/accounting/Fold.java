package mizan.server.accounting;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import mizan.core.campaign.ChargeBy;
import mizan.core.campaign.PlacementId;
import mizan.core.ledger.Transfer;
import mizan.core.receipt.AdEvent;
import mizan.core.receipt.Impression;

/// How one fact changes the ledger.
///
/// An impression is charged at most once: by the first event of its charging kind that came before its token
/// expired, while its lease still has the money. Whatever else comes is counted, and costs nothing:
/// repeated, late, replayed or unknown. What no reader sent is counted apart, by its reason. Nothing is written about
/// an impression before its first event: until then
/// its decision in the journal says it all.
final class Fold {
    private static final LedgerBatch.Counts DECIDED = new LedgerBatch.Counts(1, 0, 0, 0, 0, 0, 0);
    private final PendingBatch batch;
    private final List<Accountant.Settlement> settlements = new ArrayList<>();

    Fold(PendingBatch batch) {
        this.batch = batch;
    }

    List<Accountant.Settlement> settlements() {
        return settlements;
    }

    void fact(Fact fact) {
        switch (fact) {
            case Fact.Decided(var _, var record) -> {
                batch.decision();
                for (var impression : record.impressions()) {
                    count(record.placement(), impression, impression.servedAt(), DECIDED);
                }
            }
            case Fact.Happened(var _, var event, var decision) ->
                batch.impression(event.impression())
                        .or(() -> decision.flatMap(decided -> decided.untouched(event.impression())))
                        .ifPresent(state -> happened(state, event));
            case Fact.PostChanged _ -> {}
        }
    }

    private void happened(ImpressionState state, AdEvent event) {
        if (event.invalid().isPresent()) {
            // A reader's own event may still follow: the impression stays as it was.
            batch.invalid(LedgerBatch.Invalid.of(
                    state.impression(), event, event.invalid().get()));
            return;
        }
        var fresh = implied(event.kind());
        fresh.removeAll(state.seen());
        boolean charges = !state.charged() && inTime(state, event) && paysFor(state, event) && affordable(state);
        if (fresh.isEmpty() && !charges) {
            return;
        }
        var seen = EnumSet.copyOf(implied(event.kind()));
        seen.addAll(state.seen());
        long price = charges ? state.impression().priceMicros() : 0;
        var after = new ImpressionState(
                state.impression(), state.placement(), seen, state.charged() || charges, state.decidedAt());
        batch.put(after);
        if (charges) {
            charge(state, event, price);
        }
        count(
                state.placement(),
                state.impression(),
                event.at(),
                new LedgerBatch.Counts(
                        0,
                        one(fresh, AdEvent.Kind.RENDERED),
                        one(fresh, AdEvent.Kind.VIEWABLE),
                        one(fresh, AdEvent.Kind.CLICK),
                        one(fresh, AdEvent.Kind.HIDE),
                        charges ? 1 : 0,
                        price));
    }

    private static boolean inTime(ImpressionState state, AdEvent event) {
        return event.at().isBefore(state.impression().expiresAt());
    }

    private static boolean paysFor(ImpressionState state, AdEvent event) {
        return implied(event.kind()).contains(chargingKind(state.impression().chargeBy()));
    }

    private boolean affordable(ImpressionState state) {
        return batch.openLease(state.impression().lease())
                .filter(lease -> lease.affords(state.impression().priceMicros()))
                .isPresent();
    }

    private void charge(ImpressionState state, AdEvent event, long price) {
        var impression = state.impression();
        var lease = batch.openLease(impression.lease()).orElseThrow();
        batch.put(lease.settling(price));
        if (price > 0) {
            batch.move(new Transfer.Posted(
                    "charge/" + impression.id(),
                    impression.advertiser(),
                    lease.id(),
                    price,
                    impression.currency(),
                    event.at()));
        }
        settlements.add(new Accountant.Settlement(lease.id(), impression.sequence(), price));
    }

    private static AdEvent.Kind chargingKind(ChargeBy chargeBy) {
        return switch (chargeBy) {
            case IMPRESSION -> AdEvent.Kind.RENDERED;
            case VIEWABLE_IMPRESSION -> AdEvent.Kind.VIEWABLE;
            case CLICK -> AdEvent.Kind.CLICK;
        };
    }

    /// Nobody can click what was not on screen (MRC: a genuine click counts as viewed), or see what was not
    /// rendered.
    private static Set<AdEvent.Kind> implied(AdEvent.Kind kind) {
        return switch (kind) {
            case RENDERED -> EnumSet.of(AdEvent.Kind.RENDERED);
            case VIEWABLE -> EnumSet.of(AdEvent.Kind.RENDERED, AdEvent.Kind.VIEWABLE);
            case CLICK -> EnumSet.of(AdEvent.Kind.RENDERED, AdEvent.Kind.VIEWABLE, AdEvent.Kind.CLICK);
            case HIDE, HIDE_ADVERTISER -> EnumSet.of(AdEvent.Kind.HIDE);
            case SHOW_AGAIN -> EnumSet.noneOf(AdEvent.Kind.class);
        };
    }

    private static int one(Set<AdEvent.Kind> fresh, AdEvent.Kind kind) {
        return fresh.contains(kind) ? 1 : 0;
    }

    private void count(PlacementId placement, Impression impression, Instant at, LedgerBatch.Counts more) {
        batch.count(LedgerBatch.Counted.of(placement, impression, at), more);
    }
}
