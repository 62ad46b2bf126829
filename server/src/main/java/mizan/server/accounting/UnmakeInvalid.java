package mizan.server.accounting;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.function.Predicate;
import mizan.core.campaign.ChargeBy;
import mizan.core.ledger.AccountId;
import mizan.core.ledger.Transfer;
import mizan.core.receipt.AdEvent;
import mizan.core.receipt.ImpressionId;
import mizan.core.traffic.Activity;

/// Moves what was counted for a reader's and was none to the invalid figures, and gives back what it cost.
///
/// Nothing is taken back in the ledger: the charge stays, and a credit stands beside it. The budget it was paid from
/// stays used. The credit is named after the impression, as that for a late finding beside a post is: an ad is
/// credited once, whatever was wrong with it.
final class UnmakeInvalid {
    private final PendingBatch batch;
    private final Predicate<String> written;

    /// @param written whether the ledger has a transfer of this id
    UnmakeInvalid(PendingBatch batch, Predicate<String> written) {
        this.batch = batch;
        this.written = written;
    }

    void late(Activity.Late late) {
        batch.impression(new ImpressionId(late.impression()))
                .filter(state -> state.seen().contains(kind(late.act())))
                .ifPresent(state -> unmake(state, late));
    }

    private void unmake(ImpressionState state, Activity.Late late) {
        var impression = state.impression();
        var kind = kind(late.act());
        var seen = EnumSet.copyOf(state.seen());
        seen.remove(kind);
        batch.put(new ImpressionState(impression, state.placement(), seen, state.charged(), state.decidedAt()));
        batch.count(LedgerBatch.Counted.of(state, late.at()), minusOne(kind));
        batch.invalid(new LedgerBatch.Invalid(
                LocalDate.ofInstant(late.at(), ZoneOffset.UTC), impression.campaign(), kind, late.reason()));
        if (state.charged()
                && impression.priceMicros() > 0
                && (late.whole() || impression.chargeBy() == ChargeBy.CLICK)) {
            credit(state, late);
        }
    }

    private void credit(ImpressionState state, Activity.Late late) {
        var impression = state.impression();
        var id = "credit/" + impression.id();
        if (!batch.moved(id) && !written.test(id)) {
            batch.move(new Transfer.Direct(
                    id,
                    new AccountId(AccountId.Kind.PLATFORM_REVENUE, "", impression.currency()),
                    Accountant.funds(impression.advertiser(), impression.currency()),
                    impression.priceMicros(),
                    late.foundAt(),
                    impression.id().value()));
        }
    }

    private static AdEvent.Kind kind(Activity.Act act) {
        return switch (act) {
            case RENDER -> AdEvent.Kind.RENDERED;
            case VIEW -> AdEvent.Kind.VIEWABLE;
            case CLICK -> AdEvent.Kind.CLICK;
        };
    }

    private static LedgerBatch.Counts minusOne(AdEvent.Kind kind) {
        return new LedgerBatch.Counts(
                0,
                minusOne(kind, AdEvent.Kind.RENDERED),
                minusOne(kind, AdEvent.Kind.VIEWABLE),
                minusOne(kind, AdEvent.Kind.CLICK),
                0,
                0,
                0);
    }

    private static long minusOne(AdEvent.Kind kind, AdEvent.Kind column) {
        return kind == column ? -1 : 0;
    }
}
