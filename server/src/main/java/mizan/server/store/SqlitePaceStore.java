package mizan.server.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import mizan.core.pacing.HourlyRate;
import mizan.core.pacing.PaceState;
import mizan.server.serve.PaceStore;

/// The pace in one SQLite file. A save is one transaction.
public final class SqlitePaceStore implements PaceStore {
    private static final int SCHEMA = 1;
    private final ReentrantLock lock = new ReentrantLock();
    private final Connection connection;

    private SqlitePaceStore(Connection connection) throws SQLException {
        this.connection = connection;
        connection.setAutoCommit(false);
    }

    public static SqlitePaceStore open(Path file) {
        return SqliteFile.store(file, "/mizan/store/pace/", SCHEMA, SqlitePaceStore::new);
    }

    @Override
    public Kept load() {
        lock.lock();
        try (var statement = connection.createStatement()) {
            var levels = new HashMap<String, PaceState>();
            try (var rows = statement.executeQuery("SELECT name, log_multiplier, steps FROM level")) {
                while (rows.next()) {
                    levels.put(rows.getString(1), new PaceState(rows.getDouble(2), rows.getInt(3)));
                }
            }
            var traffic = new HashMap<String, HourlyRate>();
            try (var rows = statement.executeQuery("SELECT about, newest_hour, counts, exposures FROM traffic")) {
                while (rows.next()) {
                    traffic.put(
                            rows.getString(1),
                            HourlyRate.of(numbers(rows.getString(3)), numbers(rows.getString(4)), rows.getLong(2)));
                }
            }
            connection.commit();
            return new Kept(levels, traffic);
        } catch (SQLException e) {
            throw new StoreFailed("the pace could not be read", e);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void save(Kept changed) {
        lock.lock();
        try {
            levels(changed.levels());
            traffic(changed.traffic());
            connection.commit();
        } catch (SQLException e) {
            rollBack(e);
            throw new StoreFailed("the pace was not saved", e);
        } finally {
            lock.unlock();
        }
    }

    private void levels(Map<String, PaceState> levels) throws SQLException {
        try (var write = connection.prepareStatement("INSERT OR REPLACE INTO level VALUES (?,?,?)")) {
            for (var level : levels.entrySet()) {
                write.setString(1, level.getKey());
                write.setDouble(2, level.getValue().logMultiplier());
                write.setInt(3, level.getValue().steps());
                write.addBatch();
            }
            write.executeBatch();
        }
    }

    private void traffic(Map<String, HourlyRate> rates) throws SQLException {
        try (var write = connection.prepareStatement("INSERT OR REPLACE INTO traffic VALUES (?,?,?,?)")) {
            for (var rate : rates.entrySet()) {
                write.setString(1, rate.getKey());
                write.setLong(2, rate.getValue().newestHour());
                write.setString(3, text(rate.getValue().counts()));
                write.setString(4, text(rate.getValue().exposures()));
                write.addBatch();
            }
            write.executeBatch();
        }
    }

    private static String text(double[] numbers) {
        return Arrays.stream(numbers).mapToObj(Double::toString).collect(Collectors.joining(" "));
    }

    private static double[] numbers(String text) {
        return Arrays.stream(text.split(" ", -1))
                .mapToDouble(Double::parseDouble)
                .toArray();
    }

    private void rollBack(Exception cause) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            connection.close();
        } catch (SQLException e) {
            throw new StoreFailed("the pace did not close", e);
        } finally {
            lock.unlock();
        }
    }
}
