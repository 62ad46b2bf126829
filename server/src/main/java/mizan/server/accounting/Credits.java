package mizan.server.accounting;

import java.time.Instant;
import java.util.Currency;
import mizan.core.campaign.AdvertiserId;
import mizan.core.ledger.AccountId;
import mizan.core.ledger.Transfer;
import mizan.core.receipt.ImpressionId;

/// How money for one showing goes back, whoever found that it should.
public final class Credits {
    private Credits() {}

    /// The transfer is named after the showing, so the ledger refuses a second credit of it.
    public static String id(ImpressionId impression) {
        return "credit/" + impression;
    }

    /// @param micros what the showing was billed
    public static Transfer.Direct of(
            ImpressionId impression, AdvertiserId advertiser, Currency currency, long micros, Instant at) {
        return new Transfer.Direct(
                id(impression),
                new AccountId(AccountId.Kind.PLATFORM_REVENUE, "", currency),
                new AccountId(AccountId.Kind.ADVERTISER_FUNDS, advertiser.value(), currency),
                micros,
                at,
                impression.value());
    }
}
