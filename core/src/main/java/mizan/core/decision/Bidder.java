package mizan.core.decision;

import mizan.core.campaign.Ad;
import mizan.core.campaign.AdGroupId;
import mizan.core.campaign.AdvertiserId;
import mizan.core.campaign.Bid;
import mizan.core.campaign.ChargeBy;
import mizan.core.campaign.DemandTier;

/// An ad that passed every check, with what it offers.
///
/// @param slots where its terms let it stand
/// @param offerMicros the paced bid: for 1,000 renders, or for a click
/// @param valueMicros what 1,000 renders in the first position are ranked by: the offer, or the offer for a
///     click x the clicks that 1,000 renders are sampled to bring
/// @param costMicros what they cost the reader
/// @param clickRatePpm expected clicks per million renders, at least 1
/// @param turn its turn among equals
record Bidder(
        Snapshot.Entry entry,
        Ad ad,
        SlotSet slots,
        long offerMicros,
        long valueMicros,
        long costMicros,
        long clickRatePpm,
        int turn) {

    /// Of 1,000 renders: 100 currency units a render. Twenty of them, times a factor in ppm, still fit in a
    /// long.
    private static final long MAX_VALUE_MICROS = Bid.MAX_MICROS;

    /// A predicted rate above one click in ten renders counts as one in ten: in a feed it is a measuring
    /// error or fraud, and a bound is what lets the search stop early.
    static final int MAX_CLICK_RATE_PPM = 100_000;

    /// @param rate predicted clicks per render, as measured
    static int clickRatePpm(double rate) {
        return Math.clamp((long) (rate * 1_000_000), 1, MAX_CLICK_RATE_PPM);
    }

    /// A pacing multiplier in whole millionths, rounded down.
    static int multiplierPpm(double multiplier) {
        return Math.clamp((long) (multiplier * 1_000_000), 0, 1_000_000);
    }

    /// @param micros the bid, after pacing
    static long worth(ChargeBy chargeBy, long micros, long clickRatePpm) {
        long value = switch (chargeBy) {
            case IMPRESSION, VIEWABLE_IMPRESSION -> micros;
            case CLICK -> Math.multiplyExact(micros, clickRatePpm) / 1_000;
        };
        return Math.min(value, MAX_VALUE_MICROS);
    }

    /// The bid shaded by the pace, rounded down, at least 1.
    static long paced(Bid bid, int multiplierPpm) {
        return Math.max(1, bid.amountMicros() * multiplierPpm / 1_000_000);
    }

    /// The most that 1,000 renders can be worth to this bid, whatever its pace and click rate.
    static long boundMicros(Bid bid) {
        return worth(bid.chargeBy(), bid.amountMicros(), MAX_CLICK_RATE_PPM);
    }

    AdGroupId group() {
        return entry.group().id();
    }

    AdvertiserId advertiser() {
        return entry.advertiser().id();
    }

    String industry() {
        return entry.advertiser().industry();
    }

    DemandTier tier() {
        return entry.campaign().tier();
    }

    ChargeBy chargeBy() {
        return entry.group().bid().chargeBy();
    }

    /// Whether it pays its offer: demand outside the auction does by contract, demand from outside may ask to.
    boolean paysOffer() {
        return tier() != DemandTier.AUCTION || entry.group().bid().pricing() == Bid.Pricing.FIRST_PRICE;
    }
}
