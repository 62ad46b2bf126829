package mizan.core.decision;

import mizan.core.campaign.Ad;
import mizan.core.campaign.AdGroupId;
import mizan.core.campaign.AdvertiserId;
import mizan.core.campaign.Bid;
import mizan.core.campaign.ChargeBy;
import mizan.core.campaign.DemandTier;

/// An ad that passed every check but its neighbours, with what it offers.
///
/// @param ordinal its ad group's place in the snapshot
/// @param valueMicros expected value of 1,000 renders in the first position, in micros: the paced CPM bid,
///     or the paced CPC bid x clicks per 1,000
/// @param clickRatePpm predicted clicks per million renders, at least 1
/// @param order its turn in the seed's shuffle, which breaks ties, so that no id is favoured
record Bidder(
        int ordinal, Snapshot.Entry entry, Ad ad, long valueMicros, long clickRatePpm, double multiplier, long order) {

    /// Of 1,000 renders: 100 currency units a render. Twenty of them, times a factor in ppm, still fit in a
    /// long.
    private static final long MAX_VALUE_MICROS = Bid.MAX_MICROS;

    /// A predicted rate above one click in ten renders counts as one in ten: in a feed it is a measuring
    /// error or fraud, and a bound is what lets the search stop early.
    static final long MAX_CLICK_RATE_PPM = 100_000;

    /// @param rate predicted clicks per render, as measured
    static long clickRatePpm(double rate) {
        return Math.clamp((long) (rate * 1_000_000), 1, MAX_CLICK_RATE_PPM);
    }

    /// @param micros the bid, after pacing
    static long worth(ChargeBy chargeBy, long micros, long clickRatePpm) {
        long value = switch (chargeBy) {
            case IMPRESSION, VIEWABLE_IMPRESSION -> micros;
            case CLICK -> Math.multiplyExact(micros, clickRatePpm) / 1_000;
        };
        return Math.min(value, MAX_VALUE_MICROS);
    }

    /// The bid shaded by the pace, rounded down.
    static long paced(Bid bid, double multiplier) {
        return Math.max(1, (long) (bid.amountMicros() * Math.min(1, multiplier)));
    }

    /// The most that 1,000 renders can be worth to this bid at this pace, whatever its click rate. For a bid
    /// on impressions it is what they are worth.
    static long boundMicros(Bid bid, double multiplier) {
        return worth(bid.chargeBy(), paced(bid, multiplier), MAX_CLICK_RATE_PPM);
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

    long bidMicros() {
        return entry.group().bid().amountMicros();
    }
}
