package mizan.server.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import mizan.server.lift.LiftStore;

/// Experiments' groups and conversions in one SQLite file. A batch is one transaction.
public final class SqliteLiftStore implements LiftStore {
    private static final int SCHEMA = 1;
    private final Connection connection;
    private final Transactions transactions;

    private SqliteLiftStore(Connection connection) throws SQLException {
        this.connection = connection;
        this.transactions = new Transactions(connection);
    }

    public static SqliteLiftStore open(Path file) {
        return SqliteFile.store(file, "/mizan/store/lift/", SCHEMA, SqliteLiftStore::new);
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
    public void keep(long to, List<Met> met) {
        transactions.run("the groups of experiments were not written", () -> {
            try (var move = connection.prepareStatement("UPDATE journal_position SET position = ?");
                    var insert = connection.prepareStatement("INSERT OR IGNORE INTO met VALUES (?,?,?,?)")) {
                move.setLong(1, to);
                move.executeUpdate();
                for (var one : met) {
                    insert.setString(1, one.experiment());
                    insert.setString(2, one.viewer());
                    insert.setInt(3, one.heldOut() ? 1 : 0);
                    insert.setLong(4, micros(one.at()));
                    insert.addBatch();
                }
                insert.executeBatch();
                return true;
            }
        });
    }

    @Override
    public int add(List<Done> done) {
        return transactions.run("conversions were not written", () -> {
            try (var insert = connection.prepareStatement("INSERT OR IGNORE INTO done VALUES (?,?,?,?,?)")) {
                int fresh = 0;
                for (var one : done) {
                    insert.setString(1, one.advertiser());
                    insert.setString(2, one.id());
                    insert.setString(3, one.viewer());
                    insert.setString(4, one.kind());
                    insert.setLong(5, micros(one.at()));
                    fresh += insert.executeUpdate();
                }
                return fresh;
            }
        });
    }

    @Override
    public Group group(Question question, boolean heldOut) {
        var ofKind = question.kind().isPresent() ? " AND d.kind = ?" : "";
        return transactions.run("the groups of an experiment were not read", () -> {
            try (var query = connection.prepareStatement("SELECT COALESCE(SUM(over), 0), COALESCE(SUM(over AND EXISTS"
                    + " (SELECT 1 FROM done d WHERE d.advertiser = ? AND d.viewer = m.viewer AND d.at >= m.at"
                    + " AND d.at < m.at + ?" + ofKind + ")), 0), COUNT(*)"
                    + " FROM (SELECT viewer, at, at <= ? AS over FROM met WHERE experiment = ? AND held_out = ?) m")) {
                int next = 1;
                query.setString(next++, question.advertiser());
                query.setLong(next++, question.windowMicros());
                if (question.kind().isPresent()) {
                    query.setString(next++, question.kind().get());
                }
                query.setLong(next++, micros(question.now()) - question.windowMicros());
                query.setString(next++, question.experiment());
                query.setInt(next, heldOut ? 1 : 0);
                try (var row = query.executeQuery()) {
                    long over = row.getLong(1);
                    return new Group(over, row.getLong(2), row.getLong(3) - over);
                }
            }
        });
    }

    @Override
    public Kept of(String viewer) {
        return transactions.run("what is kept of a viewer was not read", () -> {
            var met = new ArrayList<Met>();
            try (var query = connection.prepareStatement("SELECT experiment, held_out, at FROM met WHERE viewer = ?")) {
                query.setString(1, viewer);
                try (var row = query.executeQuery()) {
                    while (row.next()) {
                        met.add(new Met(row.getString(1), viewer, row.getInt(2) == 1, instant(row.getLong(3))));
                    }
                }
            }
            var done = new ArrayList<Done>();
            try (var query = connection.prepareStatement(
                    "SELECT advertiser, id, kind, at FROM done WHERE viewer = ? ORDER BY at")) {
                query.setString(1, viewer);
                try (var row = query.executeQuery()) {
                    while (row.next()) {
                        done.add(new Done(
                                row.getString(1), row.getString(2), viewer, row.getString(3), instant(row.getLong(4))));
                    }
                }
            }
            return new Kept(met, done);
        });
    }

    @Override
    public void forget(List<String> viewers) {
        transactions.run("viewers were not forgotten", () -> {
            for (var sql : List.of("DELETE FROM met WHERE viewer = ?", "DELETE FROM done WHERE viewer = ?")) {
                try (var delete = connection.prepareStatement(sql)) {
                    for (var viewer : viewers) {
                        delete.setString(1, viewer);
                        delete.executeUpdate();
                    }
                }
            }
            return true;
        });
    }

    @Override
    public void prune(Instant before) {
        transactions.run("old groups were not forgotten", () -> {
            for (var sql : List.of("DELETE FROM met WHERE at < ?", "DELETE FROM done WHERE at < ?")) {
                try (var delete = connection.prepareStatement(sql)) {
                    delete.setLong(1, micros(before));
                    delete.executeUpdate();
                }
            }
            return true;
        });
    }

    private static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    private static long micros(Instant at) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, at);
    }

    @Override
    public void close() {
        transactions.close();
    }
}
