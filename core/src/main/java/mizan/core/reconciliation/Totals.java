package mizan.core.reconciliation;

import mizan.core.campaign.ChargeBy;

/// What the platform counted in a span.
///
/// @param billed how many were charged
/// @param micros what they were charged
public record Totals(long rendered, long viewable, long clicks, long billed, long micros) {
    public static final Totals NONE = new Totals(0, 0, 0, 0, 0);

    public Totals plus(Totals more) {
        return new Totals(
                rendered + more.rendered,
                viewable + more.viewable,
                clicks + more.clicks,
                billed + more.billed,
                Math.addExact(micros, more.micros));
    }

    public long of(Measure measure) {
        return switch (measure) {
            case IMPRESSIONS -> rendered;
            case CLICKS -> clicks;
            case COST -> micros;
        };
    }

    /// What the advertiser may have taken for billable and was not billed.
    long unbilled(ChargeBy chargeBy) {
        return Math.max(0, (chargeBy == ChargeBy.CLICK ? clicks : rendered) - billed);
    }
}
