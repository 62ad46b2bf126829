package mizan.server.store;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import mizan.core.receipt.ImpressionId;
import mizan.server.findings.Finding;
import mizan.server.findings.FindingsStore;

/// Findings in one SQLite file. A batch is one transaction.
public final class SqliteFindingsStore implements FindingsStore {
    private static final int SCHEMA = 2;
    private final Connection connection;
    private final Transactions transactions;

    private SqliteFindingsStore(Connection connection) throws SQLException {
        this.connection = connection;
        this.transactions = new Transactions(connection);
    }

    public static SqliteFindingsStore open(Path file) {
        return SqliteFile.store(file, "/mizan/store/findings/", SCHEMA, SqliteFindingsStore::new);
    }

    @Override
    public long position() {
        return transactions.run("the place in the journal was not read", () -> {
            try (var statement = connection.createStatement();
                    var row = statement.executeQuery("SELECT position FROM journal_position")) {
                return row.getLong(1);
            }
        });
    }

    @Override
    public void commit(Batch batch) {
        transactions.run("findings were not written", () -> {
            try (var move =
                    connection.prepareStatement("UPDATE journal_position SET position = ? WHERE position = ?")) {
                move.setLong(1, batch.to());
                move.setLong(2, batch.from());
                if (move.executeUpdate() != 1) {
                    throw new IllegalStateException("the findings do not stand at " + batch.from());
                }
            }
            write("INSERT INTO decided_beside VALUES (?,?,?,?)", batch.served(), (insert, one) -> {
                insert.setString(1, one.post());
                insert.setLong(2, one.positions().getFirst());
                insert.setBytes(3, packed(one.positions()));
                insert.setLong(4, micros(one.last()));
            });
            write("INSERT OR REPLACE INTO last_change VALUES (?,?,?)", batch.changes(), (insert, one) -> {
                insert.setString(1, one.post());
                insert.setLong(2, one.position());
                insert.setLong(3, micros(one.at()));
            });
            write(
                    "INSERT INTO finding (impression, advertiser, is_open, facts) VALUES (?,?,?,?)"
                            + " ON CONFLICT (impression) DO UPDATE SET is_open = excluded.is_open, facts = excluded.facts",
                    batch.findings(),
                    (insert, one) -> {
                        insert.setString(1, one.impression().value());
                        insert.setString(2, one.advertiser().value());
                        insert.setInt(3, one.open() ? 1 : 0);
                        insert.setString(4, FindingFacts.write(one));
                    });
            return true;
        });
    }

    private interface Row<T> {
        void set(PreparedStatement insert, T one) throws SQLException;
    }

    private <T> void write(String sql, List<T> all, Row<T> row) throws SQLException {
        if (all.isEmpty()) {
            return;
        }
        try (var insert = connection.prepareStatement(sql)) {
            for (var one : all) {
                row.set(insert, one);
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    @Override
    public List<Long> beside(String post, Instant since) {
        return transactions.run("the ads beside a post were not read", () -> {
            try (var query = connection.prepareStatement(
                    "SELECT positions FROM decided_beside WHERE post = ? AND last_at >= ? ORDER BY first")) {
                query.setString(1, post);
                query.setLong(2, micros(since));
                var found = new ArrayList<Long>();
                try (var rows = query.executeQuery()) {
                    while (rows.next()) {
                        var positions = ByteBuffer.wrap(rows.getBytes(1));
                        while (positions.hasRemaining()) {
                            found.add(positions.getLong());
                        }
                    }
                }
                return found;
            }
        });
    }

    private static byte[] packed(List<Long> positions) {
        var bytes = ByteBuffer.allocate(Long.BYTES * positions.size());
        positions.forEach(bytes::putLong);
        return bytes.array();
    }

    @Override
    public List<Changed> newestChanges(int limit) {
        return transactions.run("the changes of posts were not read", () -> {
            try (var query = connection.prepareStatement(
                    "SELECT post, position, at FROM last_change ORDER BY position DESC LIMIT ?")) {
                query.setInt(1, limit);
                var found = new ArrayList<Changed>();
                try (var rows = query.executeQuery()) {
                    while (rows.next()) {
                        found.add(new Changed(rows.getString(1), rows.getLong(2), instant(rows.getLong(3))));
                    }
                }
                return found;
            }
        });
    }

    @Override
    public Optional<Finding> finding(ImpressionId impression) {
        return transactions.run("a finding was not read", () -> {
            try (var query = connection.prepareStatement("SELECT facts FROM finding WHERE impression = ?")) {
                query.setString(1, impression.value());
                try (var row = query.executeQuery()) {
                    return row.next() ? Optional.of(FindingFacts.read(row.getString(1))) : Optional.empty();
                }
            }
        });
    }

    @Override
    public List<Finding> open() {
        return transactions.run("open findings were not read", () -> {
            var found = new ArrayList<Finding>();
            try (var statement = connection.createStatement();
                    var rows = statement.executeQuery("SELECT facts FROM finding WHERE is_open = 1")) {
                while (rows.next()) {
                    found.add(FindingFacts.read(rows.getString(1)));
                }
            }
            return found;
        });
    }

    @Override
    public List<Numbered> newest(Optional<String> advertiser, long below, int limit) {
        return transactions.run("findings were not read", () -> {
            try (var query = connection.prepareStatement("SELECT number, facts FROM finding WHERE number < ?"
                    + (advertiser.isPresent() ? " AND advertiser = ?" : "") + " ORDER BY number DESC LIMIT ?")) {
                query.setLong(1, below);
                int next = 2;
                if (advertiser.isPresent()) {
                    query.setString(next++, advertiser.get());
                }
                query.setInt(next, limit);
                var found = new ArrayList<Numbered>();
                try (var rows = query.executeQuery()) {
                    while (rows.next()) {
                        found.add(new Numbered(rows.getLong(1), FindingFacts.read(rows.getString(2))));
                    }
                }
                return found;
            }
        });
    }

    @Override
    public void prune(Instant before) {
        transactions.run("old ads were not forgotten", () -> {
            for (var sql :
                    List.of("DELETE FROM decided_beside WHERE last_at < ?", "DELETE FROM last_change WHERE at < ?")) {
                try (var delete = connection.prepareStatement(sql)) {
                    delete.setLong(1, micros(before));
                    delete.executeUpdate();
                }
            }
            return true;
        });
    }

    private static long micros(Instant at) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, at);
    }

    private static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    @Override
    public void close() {
        transactions.close();
    }
}
