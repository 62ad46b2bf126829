package mizan.server.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import mizan.log.Sha256;
import mizan.server.reporting.LearnedStore;

/// What was learned, in a SQLite file of its own: it may be lost without loss, and its large writes must not hold up
/// those
/// of money.
public final class SqliteLearnedStore implements LearnedStore {
    private static final int SCHEMA = 1;
    private static final int MODELS_KEPT = 3;
    private final Connection connection;

    private SqliteLearnedStore(Connection connection) {
        this.connection = connection;
    }

    public static SqliteLearnedStore open(Path file) {
        return SqliteFile.store(file, "/mizan/store/learned/", SCHEMA, SqliteLearnedStore::new);
    }

    @Override
    public synchronized long reachPosition() {
        try (var query = connection.prepareStatement("SELECT value FROM meta WHERE name = 'reach_position'");
                var row = query.executeQuery()) {
            return row.next() ? row.getLong(1) : 0;
        } catch (SQLException e) {
            throw new StoreFailed("reach cannot be read", e);
        }
    }

    @Override
    public synchronized void keepReach(long position, List<Day> days) {
        atomically(() -> {
            try (var insert = connection.prepareStatement(
                            "INSERT OR REPLACE INTO reach_day (campaign, day, viewers, frequencies) VALUES (?, ?, ?, ?)");
                    var meta = connection.prepareStatement(
                            "INSERT OR REPLACE INTO meta (name, value) VALUES ('reach_position', ?)")) {
                for (var day : days) {
                    insert.setString(1, day.campaign());
                    insert.setLong(2, day.day());
                    insert.setBytes(3, day.viewers());
                    insert.setBytes(4, day.frequencies());
                    insert.addBatch();
                }
                insert.executeBatch();
                meta.setLong(1, position);
                meta.executeUpdate();
            }
        });
    }

    @Override
    public Optional<Day> reach(String campaign, long day) {
        return reach(campaign, day, day + 1).stream().findFirst();
    }

    @Override
    public synchronized List<Day> reach(String campaign, long fromDay, long toDay) {
        try (var query = connection.prepareStatement(
                "SELECT campaign, day, viewers, frequencies FROM reach_day WHERE campaign = ? AND day >= ? AND day < ?")) {
            query.setString(1, campaign);
            query.setLong(2, fromDay);
            query.setLong(3, toDay);
            var days = new ArrayList<Day>();
            try (var row = query.executeQuery()) {
                while (row.next()) {
                    days.add(new Day(row.getString(1), row.getLong(2), row.getBytes(3), row.getBytes(4)));
                }
            }
            return days;
        } catch (SQLException e) {
            throw new StoreFailed("reach cannot be read", e);
        }
    }

    @Override
    public synchronized Optional<Model> newestModel() {
        try (var query = connection.prepareStatement(
                        "SELECT version, position, at, body, checksum FROM model ORDER BY version DESC");
                var row = query.executeQuery()) {
            while (row.next()) {
                if (row.getString(5).equals(Sha256.hex(row.getBytes(4)))) {
                    return Optional.of(model(row));
                }
            }
            return Optional.empty();
        } catch (SQLException e) {
            throw new StoreFailed("models cannot be read", e);
        }
    }

    private static Model model(ResultSet row) throws SQLException {
        return new Model(row.getLong(1), row.getLong(2), Instant.ofEpochMilli(row.getLong(3)), row.getBytes(4));
    }

    @Override
    public synchronized void keepModel(long position, Instant at, byte[] body) {
        atomically(() -> {
            try (var insert = connection.prepareStatement(
                            "INSERT INTO model (position, at, body, checksum) VALUES (?, ?, ?, ?)");
                    var forget = connection.prepareStatement(
                            "DELETE FROM model WHERE version <= (SELECT max(version) FROM model) - ?")) {
                insert.setLong(1, position);
                insert.setLong(2, at.toEpochMilli());
                insert.setBytes(3, body);
                insert.setString(4, Sha256.hex(body));
                insert.executeUpdate();
                forget.setInt(1, MODELS_KEPT);
                forget.executeUpdate();
            }
        });
    }

    private interface Writes {
        void run() throws SQLException;
    }

    private void atomically(Writes writes) {
        try {
            connection.setAutoCommit(false);
            try {
                writes.run();
                connection.commit();
            } catch (SQLException | RuntimeException e) {
                // Whatever it was: switching back to single writes would keep the half of it.
                connection.rollback();
                throw e;
            } finally {
                connection.setAutoCommit(true);
            }
        } catch (SQLException e) {
            throw new StoreFailed("what was learned cannot be kept", e);
        }
    }

    @Override
    public synchronized void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new StoreFailed("what was learned did not close", e);
        }
    }
}
