package mizan.server.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import mizan.core.transparency.Crowd;
import mizan.server.http.StrictJson;
import mizan.server.repository.AdRecord;
import mizan.server.repository.Audience;
import mizan.server.repository.Crowds;
import mizan.server.repository.RepositoryStore;
import mizan.server.repository.Search;
import mizan.server.repository.State;

/// The ads on record in one SQLite file, found by its full-text index (FTS5). One connection writes, another reads, so
/// a search never waits for showings to be taken.
public final class SqliteRepositoryStore implements RepositoryStore {
    private static final int SCHEMA = 1;
    private static final String RECORD = "SELECT number, id, state, facts, first, last, times, log_entry FROM ad";
    private final ReentrantLock writing = new ReentrantLock();
    private final ReentrantLock reading = new ReentrantLock();
    private final Connection writer;
    private final Connection reader;
    private final Crowds crowds;

    private SqliteRepositoryStore(Connection writer, Connection reader, Crowds crowds) throws SQLException {
        this.writer = writer;
        this.reader = reader;
        this.crowds = crowds;
        writer.setAutoCommit(false);
        try (var statement = reader.createStatement()) {
            statement.execute("PRAGMA query_only=ON");
        }
    }

    /// @param crowds what may be told of those who saw an ad
    public static SqliteRepositoryStore open(Path file, Crowds crowds) {
        try {
            var opened = SqliteFile.open(file, "/mizan/store/repository/", SCHEMA);
            return new SqliteRepositoryStore(opened.connect(), opened.connect(), crowds);
        } catch (SQLException e) {
            throw new StoreFailed("cannot open " + file, e);
        }
    }

    @Override
    public long position() {
        return read("SELECT value FROM meta WHERE name = 'position'", _ -> {}, row -> row.getLong(1))
                .getFirst();
    }

    @Override
    public Set<String> take(long position, List<Shown> shown) {
        var came = new HashSet<String>();
        write(() -> {
            for (var one : shown) {
                if (!seenAgain(one)) {
                    insert(one);
                    came.add(one.facts().ad());
                }
                for (var audience : one.audiences().entrySet()) {
                    reached(one.facts().ad(), audience.getKey(), audience.getValue());
                }
            }
            meta("position", position);
        });
        return came;
    }

    private boolean seenAgain(Shown one) throws SQLException {
        try (var update = writer.prepareStatement(
                "UPDATE ad SET first = min(first, ?), last = max(last, ?), times = times + ? WHERE id = ?")) {
            update.setLong(1, one.first().toEpochMilli());
            update.setLong(2, one.last().toEpochMilli());
            update.setLong(3, one.times());
            update.setString(4, one.facts().ad());
            return update.executeUpdate() == 1;
        }
    }

    private void insert(Shown one) throws SQLException {
        long number = next();
        try (var insert = writer.prepareStatement(
                "INSERT INTO ad (number, id, state, first, last, times, removed_at, facts) VALUES (?,?,?,?,?,?,?,?)")) {
            insert.setLong(1, number);
            insert.setString(2, one.facts().ad());
            insert.setString(3, one.facts().state().name());
            insert.setLong(4, one.first().toEpochMilli());
            insert.setLong(5, one.last().toEpochMilli());
            insert.setLong(6, one.times());
            insert.setObject(
                    7, one.facts().removedAt().map(Instant::toEpochMilli).orElse(null));
            insert.setString(8, one.facts().text());
            insert.executeUpdate();
        }
        index(number, one.facts());
    }

    /// Numbers are never given twice, so a page that somebody has open goes on where it was.
    private long next() throws SQLException {
        try (var statement = writer.createStatement();
                var row = statement.executeQuery(
                        "UPDATE meta SET value = value + 1 WHERE name = 'next' RETURNING value - 1")) {
            return row.getLong(1);
        }
    }

    private void index(long number, Facts facts) throws SQLException {
        try (var insert =
                writer.prepareStatement("INSERT OR REPLACE INTO ad_index (rowid, words, properties) VALUES (?,?,?)")) {
            insert.setLong(1, number);
            insert.setString(2, String.join(" ", facts.terms().words()));
            insert.setString(3, String.join(" ", facts.terms().properties()));
            insert.executeUpdate();
        }
    }

    private void reached(String ad, String country, Audience more) throws SQLException {
        var all = more;
        try (var query = writer.prepareStatement("SELECT sketch FROM reach WHERE ad = ? AND country = ?")) {
            query.setString(1, ad);
            query.setString(2, country);
            try (var row = query.executeQuery()) {
                if (row.next()) {
                    all = new Audience(row.getBytes(1)).and(more);
                }
            }
        }
        try (var insert = writer.prepareStatement("INSERT OR REPLACE INTO reach VALUES (?,?,?,?)")) {
            insert.setString(1, ad);
            insert.setString(2, country);
            insert.setLong(3, all.people());
            insert.setBytes(4, all.kept());
            insert.executeUpdate();
        }
    }

    private void meta(String name, long value) throws SQLException {
        try (var update = writer.prepareStatement("UPDATE meta SET value = ? WHERE name = ?")) {
            update.setLong(1, value);
            update.setString(2, name);
            update.executeUpdate();
        }
    }

    @Override
    public void change(List<Facts> changed) {
        write(() -> {
            for (var facts : changed) {
                change(facts);
            }
        });
    }

    private void change(Facts facts) throws SQLException {
        try (var update = writer.prepareStatement(
                "UPDATE ad SET state = ?, removed_at = ?, log_entry = CASE WHEN facts = ? THEN log_entry END, facts = ?"
                        + " WHERE id = ? RETURNING number")) {
            update.setString(1, facts.state().name());
            update.setObject(2, facts.removedAt().map(Instant::toEpochMilli).orElse(null));
            update.setString(3, facts.text());
            update.setString(4, facts.text());
            update.setString(5, facts.ad());
            try (var row = update.executeQuery()) {
                if (row.next()) {
                    index(row.getLong(1), facts);
                }
            }
        }
    }

    @Override
    public void each(Consumer<Kept> visitor) {
        kept("SELECT id, state, removed_at, facts FROM ad", _ -> {}).forEach(visitor);
    }

    @Override
    public List<Kept> unsealed(int limit) {
        return kept(
                "SELECT id, state, removed_at, facts FROM ad WHERE log_entry IS NULL ORDER BY number LIMIT ?",
                q -> q.setInt(1, limit));
    }

    private List<Kept> kept(String sql, Filler filler) {
        return read(sql, filler, row -> {
            long removed = row.getLong(3);
            return new Kept(
                    row.getString(1),
                    State.valueOf(row.getString(2)),
                    row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(removed)),
                    row.getString(4));
        });
    }

    @Override
    public void sealed(Map<Kept, Long> entries) {
        write(() -> {
            try (var update = writer.prepareStatement("UPDATE ad SET log_entry = ? WHERE id = ? AND facts = ?")) {
                for (var entry : entries.entrySet()) {
                    update.setLong(1, entry.getValue());
                    update.setString(2, entry.getKey().ad());
                    update.setString(3, entry.getKey().text());
                    update.addBatch();
                }
                update.executeBatch();
            }
        });
    }

    @Override
    public Optional<AdRecord> find(String ad) {
        return records(RECORD + " WHERE id = ?", q -> q.setString(1, ad)).stream()
                .findFirst();
    }

    @Override
    public List<AdRecord> search(Search search, long below, int limit) {
        var match = search.match();
        var newest = match.isEmpty() ? "number" : "ad_index.rowid";
        var numbers =
                "SELECT " + newest + from(search) + " AND " + newest + " < ? ORDER BY " + newest + " DESC LIMIT ?";
        return records(RECORD + " WHERE number IN (" + numbers + ") ORDER BY number DESC", q -> {
            int next = asked(q, search);
            q.setLong(next, below);
            q.setInt(next + 1, limit);
        });
    }

    @Override
    public long count(Search search, int most) {
        return read(
                        "SELECT count(*) FROM (SELECT 1" + from(search) + " LIMIT ?)",
                        q -> q.setInt(asked(q, search), most),
                        row -> row.getLong(1))
                .getFirst();
    }

    /// The index alone, unless days are asked for, which stand on the rows.
    private static String from(Search search) {
        var days = "first < ? AND last >= ?";
        if (search.match().isEmpty()) {
            return " FROM ad WHERE " + days;
        }
        return inDays(search)
                ? " FROM ad_index JOIN ad ON number = ad_index.rowid WHERE ad_index MATCH ? AND " + days
                : " FROM ad_index WHERE ad_index MATCH ?";
    }

    private static boolean inDays(Search search) {
        return search.from().isPresent() || search.until().isPresent();
    }

    /// Sets the parameters of [#from]. Answers the place of the next one.
    private static int asked(PreparedStatement query, Search search) throws SQLException {
        int next = 1;
        if (!search.match().isEmpty()) {
            query.setString(next++, search.match());
        }
        if (search.match().isEmpty() || inDays(search)) {
            query.setLong(next++, search.until().map(Instant::toEpochMilli).orElse(Long.MAX_VALUE));
            query.setLong(next++, search.from().map(Instant::toEpochMilli).orElse(Long.MIN_VALUE));
        }
        return next;
    }

    private List<AdRecord> records(String sql, Filler filler) {
        var bare = read(
                sql,
                filler,
                row -> new AdRecord(
                        row.getLong(1),
                        row.getString(2),
                        State.valueOf(row.getString(3)),
                        StrictJson.own(row.getString(4)),
                        Instant.ofEpochMilli(row.getLong(5)),
                        Instant.ofEpochMilli(row.getLong(6)),
                        crowds.of("times " + row.getString(2), row.getLong(7)),
                        new Crowd(0),
                        List.of(),
                        optional(row, 8)));
        return bare.stream().map(this::withAudience).toList();
    }

    private static OptionalLong optional(ResultSet row, int column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(value);
    }

    /// A country with few is not named: that there is one of it would be told.
    private AdRecord withAudience(AdRecord ad) {
        var reached = read(
                "SELECT country, people FROM reach WHERE ad = ?",
                q -> q.setString(1, ad.id()),
                row -> new AdRecord.Country(
                        row.getString(1), crowds.of("people " + ad.id() + " " + row.getString(1), row.getLong(2))));
        return ad.seenBy(
                reached.stream()
                        .filter(r -> r.code().isEmpty())
                        .map(AdRecord.Country::people)
                        .findFirst()
                        .orElse(new Crowd(0)),
                reached.stream()
                        .filter(r -> !r.code().isEmpty() && !r.people().few())
                        .sorted(Comparator.comparingLong(
                                        (AdRecord.Country r) -> r.people().atLeast())
                                .reversed()
                                .thenComparing(AdRecord.Country::code))
                        .toList());
    }

    @Override
    public Map<State, Long> states() {
        var counts = new EnumMap<State, Long>(State.class);
        read(
                "SELECT state, count(*) FROM ad GROUP BY state",
                _ -> {},
                row -> counts.put(State.valueOf(row.getString(1)), row.getLong(2)));
        return counts;
    }

    @Override
    public Optional<Instant> since() {
        return read("SELECT min(first) FROM ad", _ -> {}, row -> optional(row, 1)).stream()
                .flatMap(found -> found.stream().boxed())
                .findFirst()
                .map(Instant::ofEpochMilli);
    }

    @Override
    public List<String> countries() {
        var most = read(
                "SELECT country, max(people) FROM reach WHERE country <> '' GROUP BY country ORDER BY country",
                _ -> {},
                row -> new AdRecord.Country(row.getString(1), crowds.of("most " + row.getString(1), row.getLong(2))));
        return most.stream()
                .filter(c -> !c.people().few())
                .map(AdRecord.Country::code)
                .toList();
    }

    @Override
    public void correct(Map<String, Long> times) {
        write(() -> {
            try (var update = writer.prepareStatement("UPDATE ad SET times = ? WHERE id = ? AND times <> ?")) {
                for (var entry : times.entrySet()) {
                    update.setLong(1, entry.getValue());
                    update.setString(2, entry.getKey());
                    update.setLong(3, entry.getValue());
                    update.addBatch();
                }
                update.executeBatch();
            }
        });
    }

    @Override
    public int forget(Instant before) {
        var gone = new int[1];
        write(() -> {
            try (var index = writer.prepareStatement(
                            "DELETE FROM ad_index WHERE rowid IN (SELECT number FROM ad WHERE last < ?)");
                    var reach = writer.prepareStatement(
                            "DELETE FROM reach WHERE ad IN (SELECT id FROM ad WHERE last < ?)");
                    var ads = writer.prepareStatement("DELETE FROM ad WHERE last < ?")) {
                for (var delete : List.of(index, reach, ads)) {
                    delete.setLong(1, before.toEpochMilli());
                    gone[0] = delete.executeUpdate();
                }
            }
        });
        return gone[0];
    }

    private interface Filler {
        void fill(PreparedStatement query) throws SQLException;
    }

    private interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    private <T> List<T> read(String sql, Filler filler, Row<T> each) {
        reading.lock();
        try (var query = reader.prepareStatement(sql)) {
            filler.fill(query);
            var found = new ArrayList<T>();
            try (var rows = query.executeQuery()) {
                while (rows.next()) {
                    found.add(each.read(rows));
                }
            }
            return found;
        } catch (SQLException e) {
            throw new StoreFailed("the ad repository was not read", e);
        } finally {
            reading.unlock();
        }
    }

    private interface Work {
        void run() throws SQLException;
    }

    private void write(Work work) {
        writing.lock();
        try {
            work.run();
            writer.commit();
        } catch (SQLException | RuntimeException e) {
            try {
                writer.rollback();
            } catch (SQLException second) {
                e.addSuppressed(second);
            }
            throw e instanceof RuntimeException refused
                    ? refused
                    : new StoreFailed("the ad repository was not written", e);
        } finally {
            writing.unlock();
        }
    }

    @Override
    public void close() {
        try (writer;
                reader) {
            writing.lock();
            reading.lock();
        } catch (SQLException e) {
            throw new StoreFailed("the ad repository did not close", e);
        } finally {
            reading.unlock();
            writing.unlock();
        }
    }
}
