package mizan.core.ledger;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Currency;
import mizan.core.campaign.AdGroupId;
import mizan.core.campaign.AdvertiserId;
import mizan.core.campaign.CampaignId;

/// An amount of a budget that one node may spend alone: settled + held <= amount.
///
/// @param day the advertiser's local day at the grant; all that it settles counts to that day
/// @param servesUntil no new hold at or after this instant; never beyond the end of `day`
/// @param closesAt what is not settled flows back after this instant, when its last token has expired
public record Lease(
        long id,
        AdGroupId adGroup,
        CampaignId campaign,
        AdvertiserId advertiser,
        Currency currency,
        LocalDate day,
        long amountMicros,
        long settledMicros,
        Instant servesUntil,
        Instant closesAt,
        boolean closed) {
    public Lease {
        if (amountMicros < 1 || settledMicros < 0 || settledMicros > amountMicros) {
            throw new IllegalArgumentException("a lease settles 0 to its amount");
        }
        if (closesAt.isBefore(servesUntil)) {
            throw new IllegalArgumentException("a lease closes after it has served");
        }
    }

    /// What of a budget this lease takes: all of it while open, what it settled once closed.
    public long usedMicros() {
        return closed ? settledMicros : amountMicros;
    }

    /// Whether a charge of this price fits.
    public boolean affords(long priceMicros) {
        return !closed && priceMicros <= amountMicros - settledMicros;
    }

    /// The same lease with more to spend.
    public Lease growing(long moreMicros) {
        return new Lease(
                id,
                adGroup,
                campaign,
                advertiser,
                currency,
                day,
                Math.addExact(amountMicros, moreMicros),
                settledMicros,
                servesUntil,
                closesAt,
                closed);
    }

    public Lease settling(long priceMicros) {
        return with(Math.addExact(settledMicros, priceMicros), closed);
    }

    public Lease closing() {
        return with(settledMicros, true);
    }

    private Lease with(long settled, boolean nowClosed) {
        return new Lease(
                id,
                adGroup,
                campaign,
                advertiser,
                currency,
                day,
                amountMicros,
                settled,
                servesUntil,
                closesAt,
                nowClosed);
    }
}
