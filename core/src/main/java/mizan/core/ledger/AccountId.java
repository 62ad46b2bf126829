package mizan.core.ledger;

import java.util.Currency;

/// One account of the ledger, in one currency.
///
/// @param owner an advertiser's id for the two advertiser kinds, else empty: there is one such account a
///     currency
public record AccountId(Kind kind, String owner, Currency currency) {
    public enum Kind {
        ADVERTISER_FUNDS,
        ADVERTISER_HOLDS,
        PLATFORM_REVENUE,
        HOUSE_COST,
        /// Where money comes from; its balance is what was paid in, negated.
        EXTERNAL_PAYMENTS
    }

    public AccountId {
        boolean advertisers = kind == Kind.ADVERTISER_FUNDS || kind == Kind.ADVERTISER_HOLDS;
        if (advertisers == owner.isEmpty()) {
            throw new IllegalArgumentException(kind + " with owner '" + owner + "'");
        }
    }
}
