package mizan.core.decision;

import mizan.core.campaign.Ad;
import mizan.core.campaign.AdGroupId;
import mizan.core.campaign.AdvertiserId;
import mizan.core.campaign.ChargeBy;
import mizan.core.campaign.DemandTier;

/// An ad that passed every check but its neighbours, with what it offers.
///
/// @param ordinal its ad group's place in the snapshot
/// @param valueMicros expected value of 1,000 renders in the first position, in micros: the paced CPM bid, or
///     the paced
/// CPC bid x clicks per 1,000
/// @param clickRatePpm predicted clicks per million renders, at least 1
/// @param order a seeded hash that breaks ties, so that no id is favoured
record Bidder(
        int ordinal, Snapshot.Entry entry, Ad ad, long valueMicros, long clickRatePpm, double multiplier, long order) {

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
