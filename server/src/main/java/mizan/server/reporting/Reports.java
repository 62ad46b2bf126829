package mizan.server.reporting;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mizan.core.receipt.AdEvent;
import mizan.core.traffic.InvalidTraffic;
import mizan.server.accounting.ImpressionState;
import mizan.server.accounting.LedgerBatch;

/// Questions about the past. Answers are as old as the last fold: seconds.
public interface Reports extends AutoCloseable {
    /// One movement of money.
    record Entry(
            long sequence,
            String id,
            String kind,
            String debit,
            String credit,
            String currency,
            long micros,
            Instant at,
            String reference) {}

    /// Movements after a sequence number, oldest first.
    List<Entry> entries(long after, int limit, Optional<String> advertiser);

    /// Movements before a sequence number, newest first.
    ///
    /// @param account one side of the movement, such as `advertiser_funds:adv_...`; empty for all
    List<Entry> newestEntries(long before, int limit, Optional<String> account);

    /// The movement of this id.
    Optional<Entry> entry(String id);

    /// What figures are added up by.
    enum By {
        ADVERTISER,
        CAMPAIGN,
        AD_GROUP,
        AD,
        PLACEMENT
    }

    /// Figures within `[from, to)` by id, and by whose they are; whole hours.
    ///
    /// @param only an advertiser's, campaign's, ad group's or ad's id; empty for all
    Map<Part, LedgerBatch.Counts> parts(By by, Instant from, Instant to, Optional<String> only);

    record Part(String id, String advertiser) {}

    /// Figures of all advertisers who pay in this currency, within `[from, to)`, by hours since 1970.
    Map<Long, LedgerBatch.Counts> hours(Instant from, Instant to, Currency currency);

    /// Figures of one thing, within `[from, to)`, by hours since 1970.
    ///
    /// @param of an advertiser's, campaign's, ad group's or ad's id
    Map<Long, LedgerBatch.Counts> hours(Instant from, Instant to, String of);

    /// What each advertiser spent in each of so many weeks (UTC), oldest first, in micros.
    ///
    /// @param monday that the first week begins with
    Map<String, long[]> weekly(LocalDate monday, int weeks);

    /// Figures by day since 1970 (UTC) and by id, within `[from, to)`.
    ///
    /// @param only an advertiser's, campaign's, ad group's or ad's id; empty for all
    Map<Key, LedgerBatch.Counts> daily(By by, Instant from, Instant to, Optional<String> only);

    record Key(long day, String id) {}

    /// The newest impressions of a campaign.
    List<ImpressionState> impressions(String campaign, int limit);

    /// A campaign's billed impressions that were shown in `[from, to)`, oldest first.
    List<ImpressionState> charged(String campaign, Instant from, Instant to, int limit);

    /// Figures of an advertiser by the hour, within `[from, to)`.
    List<Hourly> hourly(String advertiser, Instant from, Instant to);

    /// @param hour hours since 1970
    record Hourly(long hour, String campaign, String adGroup, String ad, LedgerBatch.Counts counts) {}

    /// What was given back for an advertiser's showings that were shown in `[from, to)`.
    List<Credited> credited(String advertiser, Instant from, Instant to);

    record Credited(ImpressionState showing, long micros, Instant at) {}

    /// A campaign's showings that were shown in `[from, midnight)` and billed from midnight on.
    List<ImpressionState> billedAfter(String campaign, Instant from, Instant midnight);

    /// How often a campaign lost, by reason, since a day.
    Map<String, Long> reasons(String campaign, String sinceDay);

    /// Events that no reader sent, by what they reported and why they are invalid, on days within `[from, to)` (UTC).
    Map<Invalid, Long> invalid(String campaign, LocalDate from, LocalDate to);

    record Invalid(AdEvent.Kind kind, InvalidTraffic reason) {}

    /// How often ad groups lost, by reason, on days within `[from, to)` (UTC).
    Map<String, Long> reasons(LocalDate from, LocalDate to);

    /// Events that no reader sent, on days within `[from, to)` (UTC).
    long invalid(LocalDate from, LocalDate to);

    /// What advertisers were given back within `[from, to)`, in micros by currency.
    Map<String, Long> credits(Instant from, Instant to);

    /// How often each ad was shown, by everything before a position of the journal.
    Rendered rendered();

    /// @param position 0 while no ad was shown
    record Rendered(long position, Map<String, Long> byAd) {
        public Rendered {
            byAd = Map.copyOf(byAd);
        }
    }

    /// Totals of everything.
    Totals totals();

    /// @param decisions feeds decided
    record Totals(long decisions, LedgerBatch.Counts counts) {}

    /// Adds up every entry again and compares every budget with what was used of it.
    Sums sums();

    /// @param wrongBalances accounts whose balance is not the sum of its entries
    /// @param negative accounts of advertisers below zero
    record Sums(long ledgerSum, long entries, List<String> wrongBalances, List<String> negative) {}

    @Override
    void close();
}
