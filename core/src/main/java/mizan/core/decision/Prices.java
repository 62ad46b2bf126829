package mizan.core.decision;

import mizan.core.campaign.ChargeBy;
import mizan.core.campaign.Placement;

/// What a winner pays: the value that the others lose by its presence (Vickrey-Clarke-Groves), never above
/// its offer, never below the placement's floor. Rounded down at every step: the fraction is the advertiser's.
///
/// Source: Varian and Harris, "The VCG Auction in Theory and Practice", AER Papers and Proceedings 2014.
final class Prices {
    private Prices() {}

    /// @param priceMicros for the charging event
    /// @param heldMicros the price, or for a click what it will cost on average, at least 1
    /// @param boundMicros what it would have had to be worth at least to win, per 1,000 renders
    /// @param sumMicros W(N): what its tier's ads of the page are worth above the floor, per 1,000 renders
    /// @param sumWithoutMicros W(N\i): what they would have been worth without this advertiser
    record Price(long priceMicros, long heldMicros, long boundMicros, long sumMicros, long sumWithoutMicros) {}

    /// @param with the chosen arrangement
    /// @param without the best arrangement without any ad of the winner's advertiser
    static Price of(
            Arrangement.Placed winner, Placement placement, Arrangement.Solution with, Arrangement.Solution without) {
        var bidder = winner.bidder();
        long factorPpm = Arrangement.factorPpm(placement, winner.nth());
        long own = Arrangement.net(placement, bidder) * factorPpm;
        long sum = with.net(bidder.tier());
        long sumWithout = without.net(bidder.tier());
        long externality = Math.max(0, sumWithout - (sum - own));
        // The reserve takes part like a bidder. The larger of floor and externality would not do: it leaves out
        // what the slot below would still have earned, and overbidding would pay.
        long bound = Arrangement.reserve(placement) + bidder.costMicros() + externality / factorPpm;
        long price = bidder.paysOffer()
                ? perEvent(bidder)
                : perEvent(bidder, Math.min(bidder.valueMicros(), Math.max(bound, placement.floorCpmMicros())));
        return new Price(
                price,
                held(bidder.chargeBy(), price, bidder.clickRatePpm()),
                bound,
                sum / 1_000_000,
                sumWithout / 1_000_000);
    }

    /// The offer itself.
    private static long perEvent(Bidder bidder) {
        return switch (bidder.chargeBy()) {
            case IMPRESSION, VIEWABLE_IMPRESSION -> bidder.offerMicros() / 1_000;
            case CLICK -> bidder.offerMicros();
        };
    }

    private static long perEvent(Bidder bidder, long perMille) {
        return switch (bidder.chargeBy()) {
            case IMPRESSION, VIEWABLE_IMPRESSION -> perMille / 1_000;
            // Micros per mille over clicks per mille, where clicks per mille are ppm / 1,000. By the mean rate,
            // whatever sample it was ranked by: so clicks bring on average what the others lost.
            case CLICK -> Math.min(bidder.offerMicros(), perMille * 1_000 / bidder.clickRatePpm());
        };
    }

    /// What must be held while the outcome is open. A click's cost is held as its expectation, rounded up.
    static long held(ChargeBy chargeBy, long price, long clickRatePpm) {
        return switch (chargeBy) {
            case IMPRESSION, VIEWABLE_IMPRESSION -> price;
            case CLICK -> Math.max(1, Math.ceilDiv(price * clickRatePpm, 1_000_000));
        };
    }
}
