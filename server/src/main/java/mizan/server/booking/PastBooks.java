package mizan.server.booking;

import java.util.TreeMap;
import mizan.core.campaign.Book;

/// Books of past revisions, for explaining old decisions. Each is made from the nearest one that is known,
/// forwards by what was changed since, or backwards by what the things changed later were before. So it costs
/// what differs between the two, not the whole history.
final class PastBooks {
    /// Neighbours share nearly everything, so a few cost little; far ones cost what differs.
    private static final int KEPT = 16;

    private final BookStore store;
    private final TreeMap<Long, Book> kept = new TreeMap<>();

    PastBooks(BookStore store) {
        this.store = store;
    }

    /// @param now the newest book
    synchronized Book at(long revision, Book now) {
        if (revision >= now.revision()) {
            return now;
        }
        var before = kept.floorEntry(revision);
        var from = before == null ? Book.EMPTY : before.getValue();
        if (from.revision() == revision) {
            return from;
        }
        var after = kept.ceilingEntry(revision);
        var to = after == null ? now : after.getValue();
        var found = revision - from.revision() <= to.revision() - revision
                ? forwards(from, revision)
                : backwards(to, revision);
        keep(found);
        return found;
    }

    private Book forwards(Book from, long revision) {
        var builder = new BookBuilder(from);
        store.read(from.revision(), revision, builder::apply);
        return builder.book();
    }

    private Book backwards(Book from, long revision) {
        var builder = new BookBuilder(from);
        store.readPast(revision, from.revision(), builder::restore);
        builder.at(revision);
        return builder.book();
    }

    /// The one nearest to its neighbour goes when there are too many.
    private void keep(Book book) {
        kept.put(book.revision(), book);
        if (kept.size() <= KEPT) {
            return;
        }
        long nearest = Long.MAX_VALUE;
        long goes = 0;
        for (var revision : kept.keySet()) {
            var next = kept.higherKey(revision);
            if (next != null && next - revision < nearest) {
                nearest = next - revision;
                goes = next.equals(book.revision()) ? revision : next;
            }
        }
        kept.remove(goes);
    }
}
