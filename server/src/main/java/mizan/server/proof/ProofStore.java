package mizan.server.proof;

import java.io.IOException;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import mizan.log.EntrySource;

/// Where receipts, terms, statements, credits and payments are kept, in the order in which they are sealed. What is
/// appended stays; texts
/// and openings may be deleted, their commitments not.
public interface ProofStore extends EntrySource, AutoCloseable {
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
