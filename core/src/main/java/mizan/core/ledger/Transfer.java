package mizan.core.ledger;

import java.time.Instant;
import java.util.Currency;
import mizan.core.campaign.AdvertiserId;
import mizan.core.ledger.AccountId.Kind;

/// Money moved. One amount and two accounts, so it cannot be unbalanced; never changed once written, and
/// writing an id again changes nothing. An account's balance is what it was credited minus what it was
/// debited.
public sealed interface Transfer {
    /// Unique over the ledger; for a charge it is derived from the impression's id.
    String id();

    /// Micros, at least 1.
    long micros();

    Currency currency();

    Instant at();

    AccountId debit();

    AccountId credit();

    /// Money paid in, or a credit.
    ///
    /// @param reference what it is for: a payment, or the id of the credited impression
    record Direct(String id, AccountId debit, AccountId credit, long micros, Instant at, String reference)
            implements Transfer {
        public Direct {
            requirePositive(micros);
            if (!debit.currency().equals(credit.currency()) || debit.equals(credit)) {
                throw new IllegalArgumentException("a transfer joins two accounts of one currency");
            }
        }

        @Override
        public Currency currency() {
            return debit.currency();
        }
    }

    /// A lease granted: from the advertiser's funds to its holds.
    record Pending(String id, AdvertiserId advertiser, long lease, long micros, Currency currency, Instant at)
            implements Transfer {
        public Pending {
            requirePositive(micros);
        }

        @Override
        public AccountId debit() {
            return new AccountId(Kind.ADVERTISER_FUNDS, advertiser.value(), currency);
        }

        @Override
        public AccountId credit() {
            return new AccountId(Kind.ADVERTISER_HOLDS, advertiser.value(), currency);
        }
    }

    /// An impression charged: from the holds to the platform's revenue.
    record Posted(String id, AdvertiserId advertiser, long lease, long micros, Currency currency, Instant at)
            implements Transfer {
        public Posted {
            requirePositive(micros);
        }

        @Override
        public AccountId debit() {
            return new AccountId(Kind.ADVERTISER_HOLDS, advertiser.value(), currency);
        }

        @Override
        public AccountId credit() {
            return new AccountId(Kind.PLATFORM_REVENUE, "", currency);
        }
    }

    /// What a closed lease did not spend: from the holds back to the funds.
    record Voided(String id, AdvertiserId advertiser, long lease, long micros, Currency currency, Instant at)
            implements Transfer {
        public Voided {
            requirePositive(micros);
        }

        @Override
        public AccountId debit() {
            return new AccountId(Kind.ADVERTISER_HOLDS, advertiser.value(), currency);
        }

        @Override
        public AccountId credit() {
            return new AccountId(Kind.ADVERTISER_FUNDS, advertiser.value(), currency);
        }
    }

    private static void requirePositive(long micros) {
        if (micros < 1) {
            throw new IllegalArgumentException("a transfer is at least one micro, not " + micros);
        }
    }
}
