package mizan.server.store;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantLock;
import mizan.server.proof.Commitments;
import mizan.server.proof.Item;
import mizan.server.proof.ProofStore;

/// What is sealed, in one SQLite file. One connection writes, one reads.
public final class SqliteProofStore implements ProofStore {
    private static final int SCHEMA = 2;
    private static final String STORED = "SELECT idx, kind, id, advertiser, salt, body FROM entry WHERE ";
    private final ReentrantLock writing = new ReentrantLock();
    private final ReentrantLock reading = new ReentrantLock();
    private final Connection writer;
    private final Connection reader;

    private SqliteProofStore(Connection writer, Connection reader) {
        this.writer = writer;
        this.reader = reader;
    }

    public static SqliteProofStore open(Path file) {
        var sqlite = SqliteFile.open(file, "/mizan/store/proof/", SCHEMA);
        try {
            return new SqliteProofStore(sqlite.connect(), sqlite.connect());
        } catch (SQLException e) {
            throw new StoreFailed("cannot open the receipts", e);
        }
    }

    @Override
    public void append(List<Salted> items, long ledgerSequence) {
        atomically(() -> {
            insert(items);
            meta("ledger", ledgerSequence);
        });
    }

    @Override
    public void close(LocalDate day, List<Salted> statements) {
        atomically(() -> {
            insert(statements);
            try (var done = writer.prepareStatement("DELETE FROM reopened WHERE day = ?")) {
                done.setString(1, day.toString());
                done.executeUpdate();
            }
            long closed = number(writer, "SELECT value FROM meta WHERE name = 'closed'")
                    .orElse(Long.MIN_VALUE);
            meta("closed", Math.max(closed, day.toEpochDay()));
        });
    }

    private void insert(List<Salted> items) throws SQLException {
        long next = number(writer, "SELECT max(idx) FROM entry").orElse(-1) + 1;
        long closed =
                number(writer, "SELECT value FROM meta WHERE name = 'closed'").orElse(Long.MIN_VALUE);
        try (var entry = writer.prepareStatement("INSERT INTO entry VALUES (?,?,?,?,?,?,?,?,?,?,?)");
                var opening = writer.prepareStatement("INSERT INTO opening VALUES (?,?,?,?,?)");
                var reopened = writer.prepareStatement("INSERT OR IGNORE INTO reopened VALUES (?)")) {
            for (var salted : items) {
                var item = salted.item();
                entry.setLong(1, next);
                entry.setString(2, item.kind());
                entry.setString(3, item.id());
                entry.setString(4, item.advertiser());
                entry.setString(5, item.campaign());
                entry.setString(6, item.day());
                entry.setString(7, item.currency());
                entry.setLong(8, item.micros());
                entry.setBytes(9, Commitments.of(salted.salt(), item.body()));
                entry.setString(10, salted.salt());
                entry.setBytes(11, item.body());
                entry.addBatch();
                for (var one : item.openings()) {
                    opening.setLong(1, next);
                    opening.setInt(2, one.post());
                    opening.setString(3, one.postId());
                    opening.setString(4, one.salt());
                    opening.setBytes(5, one.body());
                    opening.addBatch();
                }
                if (item.micros() > 0 && LocalDate.parse(item.day()).toEpochDay() <= closed) {
                    reopened.setString(1, item.day());
                    reopened.addBatch();
                }
                next++;
            }
            entry.executeBatch();
            opening.executeBatch();
            reopened.executeBatch();
        }
    }

    private void meta(String name, long value) throws SQLException {
        try (var statement = writer.prepareStatement("INSERT OR REPLACE INTO meta VALUES (?, ?)")) {
            statement.setString(1, name);
            statement.setLong(2, value);
            statement.executeUpdate();
        }
    }

    @Override
    public long size() {
        return read(() -> number(reader, "SELECT max(idx) FROM entry").orElse(-1) + 1);
    }

    /// Entries made anew from the stored texts. A text that no longer gives its commitment is damage, and nothing is
    /// sealed over damage.
    @Override
    public List<byte[]> read(long from, long to) throws IOException {
        var entries = new ArrayList<byte[]>();
        var damaged = new ArrayList<Long>();
        each(
                "SELECT idx, kind, commitment, salt, body FROM entry WHERE idx >= ? AND idx < ? ORDER BY idx",
                q -> {
                    q.setLong(1, from);
                    q.setLong(2, to);
                },
                row -> {
                    var commitment = row.getBytes(3);
                    var body = row.getBytes(5);
                    if (body != null && !Arrays.equals(Commitments.of(row.getString(4), body), commitment)) {
                        damaged.add(row.getLong(1));
                    }
                    entries.add(Commitments.entry(row.getString(2), commitment));
                });
        if (!damaged.isEmpty()) {
            throw new IOException(
                    "entry " + damaged.getFirst() + " of the stored receipts is damaged: its text does not"
                            + " give its commitment. Nothing is sealed over it; restore proof.db from a backup.");
        }
        if (entries.size() != to - from) {
            throw new IOException("the stored receipts have gaps between " + from + " and " + to);
        }
        return entries;
    }

    @Override
    public long ledgerSequence() {
        return read(() ->
                number(reader, "SELECT value FROM meta WHERE name = 'ledger'").orElse(0));
    }

    @Override
    public long receiptsSequence() {
        return read(() ->
                number(reader, "SELECT value FROM meta WHERE name = 'receipts'").orElse(0));
    }

    @Override
    public Optional<LocalDate> closedDay() {
        var day = read(() -> number(reader, "SELECT value FROM meta WHERE name = 'closed'"));
        return day.isPresent() ? Optional.of(LocalDate.ofEpochDay(day.getAsLong())) : Optional.empty();
    }

    @Override
    public Optional<LocalDate> firstDay() {
        return day("min");
    }

    @Override
    public Optional<LocalDate> lastDay() {
        return day("max");
    }

    private Optional<LocalDate> day(String which) {
        var days = new ArrayList<LocalDate>();
        each(
                "SELECT " + which + "(day) FROM entry WHERE kind = 'receipt'",
                _ -> {},
                row -> Optional.ofNullable(row.getString(1)).ifPresent(day -> days.add(LocalDate.parse(day))));
        return days.stream().findFirst();
    }

    @Override
    public List<LocalDate> reopened() {
        var days = new ArrayList<LocalDate>();
        each("SELECT day FROM reopened ORDER BY day", _ -> {}, row -> days.add(LocalDate.parse(row.getString(1))));
        return days;
    }

    @Override
    public List<DayTotal> totals(LocalDate day) {
        var totals = new ArrayList<DayTotal>();
        each(
                "SELECT advertiser, campaign, currency, count(*), sum(micros) FROM entry WHERE day = ? AND kind = 'receipt'"
                        + " GROUP BY 1, 2, 3 ORDER BY 2",
                q -> q.setString(1, day.toString()),
                row -> totals.add(new DayTotal(
                        day.toString(),
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        row.getLong(4),
                        row.getLong(5))));
        return totals;
    }

    /// Two parts, so that each is found by an index: the days that come after, and what came late for days before.
    @Override
    public List<Billed> billed(String advertiser, Currency currency, Reach after, Reach within) {
        var found = new ArrayList<Billed>();
        var charged = "SELECT day, campaign, body, micros FROM entry WHERE kind = 'receipt' AND advertiser = ?1"
                + " AND currency = ?2 AND idx < ?3 AND ";
        each(
                "SELECT substr(day, 1, 7), campaign, ifnull(json_extract(CAST(body AS TEXT), '$.ad_group'), ''),"
                        + " count(*), sum(micros) FROM (" + charged + "day >= ?5 AND day < ?4 UNION ALL " + charged
                        + "idx >= ?6 AND day < ?5) GROUP BY 1, 2, 3 ORDER BY 1, 2, 3",
                q -> {
                    q.setString(1, advertiser);
                    q.setString(2, currency.getCurrencyCode());
                    q.setLong(3, within.size());
                    q.setString(4, within.until().toString());
                    q.setString(5, after.until().toString());
                    q.setLong(6, after.size());
                },
                row -> found.add(new Billed(
                        YearMonth.parse(row.getString(1)),
                        row.getString(2),
                        row.getString(3),
                        row.getLong(4),
                        row.getLong(5))));
        return found;
    }

    @Override
    public List<Credited> credited(String advertiser, Currency currency) {
        var found = new ArrayList<Credited>();
        each(
                "SELECT c.idx, c.day, ifnull(r.idx, c.idx), ifnull(r.day, c.day), c.campaign,"
                        + " ifnull(json_extract(CAST(r.body AS TEXT), '$.ad_group'), ''),"
                        + " json_extract(CAST(c.body AS TEXT), '$.micros') FROM entry c LEFT JOIN entry r ON r.kind ="
                        + " 'receipt' AND r.id = json_extract(CAST(c.body AS TEXT), '$.impression') WHERE c.kind ="
                        + " 'credit' AND c.advertiser = ? AND c.currency = ? ORDER BY c.idx",
                q -> {
                    q.setString(1, advertiser);
                    q.setString(2, currency.getCurrencyCode());
                },
                row -> found.add(new Credited(
                        row.getLong(1),
                        LocalDate.parse(row.getString(2)),
                        row.getLong(3),
                        LocalDate.parse(row.getString(4)),
                        row.getString(5),
                        row.getString(6),
                        row.getLong(7))));
        return found;
    }

    @Override
    public OptionalLong index(String kind, String id) {
        var found = new ArrayList<Long>();
        each(
                "SELECT idx FROM entry WHERE kind = ? AND id = ? ORDER BY idx",
                q -> {
                    q.setString(1, kind);
                    q.setString(2, id);
                },
                row -> found.add(row.getLong(1)));
        return found.isEmpty() ? OptionalLong.empty() : OptionalLong.of(found.getLast());
    }

    @Override
    public Optional<Stored> at(long index) {
        var found = new ArrayList<Stored>();
        each(STORED + "idx = ?", q -> q.setLong(1, index), row -> found.add(stored(row)));
        return found.stream().findFirst();
    }

    private static Stored stored(ResultSet row) throws SQLException {
        return new Stored(
                row.getLong(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                Optional.ofNullable(row.getBytes(6)));
    }

    @Override
    public void read(String kind, Whose whose, LocalDate from, LocalDate to, Visitor visitor) throws IOException {
        // In portions, so that nobody waits for a reader of millions.
        long after = -1;
        while (true) {
            var portion = new ArrayList<Stored>();
            long last = after;
            each(
                    STORED + "idx > ?1 AND kind = ?2 AND day >= ?3 AND day < ?4"
                            + " AND (?5 IS NULL OR advertiser = ?5) AND (?6 IS NULL OR campaign = ?6)"
                            + " ORDER BY idx LIMIT 2000",
                    q -> {
                        q.setLong(1, last);
                        q.setString(2, kind);
                        q.setString(3, from.toString());
                        q.setString(4, to.toString());
                        q.setString(5, whose.advertiser().orElse(null));
                        q.setString(6, whose.campaign().orElse(null));
                    },
                    row -> portion.add(stored(row)));
            if (portion.isEmpty()) {
                return;
            }
            for (var stored : portion) {
                visitor.stored(stored);
                after = stored.index();
            }
        }
    }

    @Override
    public List<Item.Opening> openings(long index) {
        var openings = new ArrayList<Item.Opening>();
        each(
                "SELECT post, post_id, salt, body FROM opening WHERE idx = ? ORDER BY post",
                q -> q.setLong(1, index),
                row -> openings.add(
                        new Item.Opening(row.getInt(1), row.getString(2), row.getString(3), row.getBytes(4))));
        return openings;
    }

    @Override
    public int erase(Collection<String> postIds) {
        var erased = new int[1];
        atomically(() -> {
            try (var delete = writer.prepareStatement("DELETE FROM opening WHERE post_id = ?")) {
                for (var id : postIds) {
                    delete.setString(1, id);
                    erased[0] += delete.executeUpdate();
                }
            }
        });
        return erased[0];
    }

    @Override
    public int forgetOpenings(LocalDate before) {
        var forgotten = new int[1];
        atomically(() -> {
            try (var delete =
                    writer.prepareStatement("DELETE FROM opening WHERE idx < (SELECT coalesce(min(idx), 0) FROM"
                            + " entry WHERE kind = 'receipt' AND day >= ?)")) {
                delete.setString(1, before.toString());
                forgotten[0] = delete.executeUpdate();
            }
        });
        return forgotten[0];
    }

    private interface Writes {
        void run() throws SQLException;
    }

    private void atomically(Writes writes) {
        writing.lock();
        try {
            writer.setAutoCommit(false);
            try {
                writes.run();
                writer.commit();
            } catch (SQLException | RuntimeException e) {
                // Whatever it was: switching back to single writes would keep the half of it.
                writer.rollback();
                throw e;
            } finally {
                writer.setAutoCommit(true);
            }
        } catch (SQLException e) {
            throw new StoreFailed("receipts cannot be kept", e);
        } finally {
            writing.unlock();
        }
    }

    private interface Read<T> {
        T run() throws SQLException;
    }

    private <T> T read(Read<T> read) {
        reading.lock();
        try {
            return read.run();
        } catch (SQLException e) {
            throw new StoreFailed("receipts cannot be read", e);
        } finally {
            reading.unlock();
        }
    }

    private static OptionalLong number(Connection connection, String sql) throws SQLException {
        try (var query = connection.prepareStatement(sql);
                var row = query.executeQuery()) {
            if (!row.next()) {
                return OptionalLong.empty();
            }
            long value = row.getLong(1);
            return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(value);
        }
    }

    private interface Filler {
        void fill(PreparedStatement query) throws SQLException;
    }

    private interface RowVisitor {
        void row(ResultSet row) throws SQLException;
    }

    private void each(String sql, Filler filler, RowVisitor visitor) {
        reading.lock();
        try (var query = reader.prepareStatement(sql)) {
            filler.fill(query);
            try (var rows = query.executeQuery()) {
                while (rows.next()) {
                    visitor.row(rows);
                }
            }
        } catch (SQLException e) {
            throw new StoreFailed("receipts cannot be read", e);
        } finally {
            reading.unlock();
        }
    }

    @Override
    public void close() {
        try {
            writer.close();
            reader.close();
        } catch (SQLException e) {
            throw new StoreFailed("the receipts did not close", e);
        }
    }
}
