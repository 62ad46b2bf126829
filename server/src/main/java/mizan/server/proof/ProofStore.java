package mizan.server.proof;

import java.io.IOException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Collection;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import mizan.log.EntrySource;

/// Where receipts, terms, statements, credits and payments are kept, in the order in which they are sealed. What is
/// appended stays; texts
/// and openings may be deleted, their commitments not.
public interface ProofStore extends EntrySource, AutoCloseable {
    /// How many leaves there are.
    @Override
    long size();

    /// Appends in this order, all or none, with the place in the ledger that they were read up to.
    void append(List<Salted> items, long ledgerSequence);

    /// @param salt 32 hex digits, of the item's own commitment
    record Salted(Item item, String salt) {}

    /// The last movement of money that was looked at.
    long ledgerSequence();

    /// Charges up to this movement have receipts already, though the ledger is read again: an earlier build looked at
    /// charges alone. 0 in a store that was made since.
    long receiptsSequence();

    /// The last day (UTC) that has a statement.
    Optional<LocalDate> closedDay();

    /// The first day of which something was billed.
    Optional<LocalDate> firstDay();

    /// The last day of which something was billed.
    Optional<LocalDate> lastDay();

    /// Appends a day's statements and notes it as closed.
    void close(LocalDate day, List<Salted> statements);

    /// Days before the last closed one of which something was sealed after their statement.
    List<LocalDate> reopened();

    /// What was billed on a day, by campaign.
    List<DayTotal> totals(LocalDate day);

    record DayTotal(String day, String advertiser, String campaign, String currency, long receipts, long micros) {}

    /// A part of what was charged: of the days before `until`, and in the log before `size`.
    record Reach(LocalDate until, long size) {
        public static final Reach NOTHING = new Reach(LocalDate.EPOCH, 0);
    }

    /// What was charged within one reach and outside an earlier one, by month (UTC), campaign and ad group. The money
    /// counts also where a receipt's text was deleted; its ad group is then empty.
    List<Billed> billed(String advertiser, Currency currency, Reach after, Reach within);

    /// @param count how many receipts, or credits
    record Billed(YearMonth month, String campaign, String adGroup, long count, long micros) {
        public Billed plus(Billed other) {
            return new Billed(month, campaign, adGroup, count + other.count, Math.addExact(micros, other.micros));
        }
    }

    /// All credits of an advertiser, oldest first, each with the place of what it gives back.
    List<Credited> credited(String advertiser, Currency currency);

    /// @param day (UTC) of the credit
    /// @param chargedIndex where the receipt stands; the credit's own place when it is for no impression
    /// @param chargedDay of the receipt, or the credit's own
    record Credited(
            long index,
            LocalDate day,
            long chargedIndex,
            LocalDate chargedDay,
            String campaign,
            String adGroup,
            long micros) {}

    /// Where a thing stands in the log; the last one when there are several.
    OptionalLong index(String kind, String id);

    /// A thing as it was sealed, or with an empty text when that was deleted.
    Optional<Stored> at(long index);

    /// @param text empty when it was deleted
    record Stored(long index, String kind, String id, String advertiser, String salt, Optional<byte[]> text) {}

    /// Texts of a kind in the order of the log, for `[from, to)` days.
    void read(String kind, Whose whose, LocalDate from, LocalDate to, Visitor visitor) throws IOException;

    /// Of one advertiser, one campaign, or, with neither, of everybody.
    record Whose(Optional<String> advertiser, Optional<String> campaign) {
        public static final Whose ALL = new Whose(Optional.empty(), Optional.empty());

        public static Whose advertiser(String id) {
            return new Whose(Optional.of(id), Optional.empty());
        }

        public static Whose campaign(String id) {
            return new Whose(Optional.empty(), Optional.of(id));
        }
    }

    /// What is done with each thing.
    interface Visitor {
        void stored(Stored stored) throws IOException;
    }

    /// The openings of one receipt's posts.
    List<Item.Opening> openings(long index);

    /// Deletes the openings of these posts: the receipts stay provable, and no longer tell who wrote them.
    int erase(Collection<String> postIds);

    /// Deletes the openings of receipts that were billed before a day.
    int forgetOpenings(LocalDate before);

    @Override
    void close();
}
