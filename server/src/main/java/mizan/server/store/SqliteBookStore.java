package mizan.server.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import mizan.server.booking.BookStore;
import mizan.server.booking.Change;
import mizan.server.booking.Kind;
import mizan.server.http.StrictJson;

/// The book's versions in one SQLite file.
public final class SqliteBookStore implements BookStore {
    static final int SCHEMA = 2;
    private static final String COLUMNS = "SELECT revision, kind, id, verb, actor, why, at, body FROM version ";
    private final ReentrantLock lock = new ReentrantLock();
    private final Connection connection;

    private SqliteBookStore(Connection connection) throws SQLException {
        this.connection = connection;
        connection.setAutoCommit(false);
    }

    public static SqliteBookStore open(Path file) {
        return SqliteFile.store(file, "/mizan/store/book/", SCHEMA, SqliteBookStore::new);
    }

    @Override
    public void append(List<Change> changes) {
        lock.lock();
        try (var insert = connection.prepareStatement(
                "INSERT INTO version (revision, kind, id, verb, actor, why, at, body) VALUES (?,?,?,?,?,?,?,?)")) {
            for (var change : changes) {
                insert.setLong(1, change.revision());
                insert.setString(2, change.kind().name());
                insert.setString(3, change.id());
                insert.setString(4, change.verb());
                insert.setString(5, change.actor());
                insert.setString(6, change.why());
                insert.setLong(7, change.at().toEpochMilli());
                insert.setString(8, change.body().toString());
                insert.addBatch();
            }
            insert.executeBatch();
            connection.commit();
        } catch (SQLException e) {
            rollBack(e);
            throw new StoreFailed("the book did not take a change", e);
        } finally {
            lock.unlock();
        }
    }

    private void rollBack(SQLException cause) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }

    @Override
    public void read(long after, long upTo, Consumer<Change> reader) {
        lock.lock();
        try (var query =
                connection.prepareStatement(COLUMNS + "WHERE revision > ? AND revision <= ? ORDER BY revision")) {
            query.setLong(1, after);
            query.setLong(2, upTo);
            try (var rows = query.executeQuery()) {
                while (rows.next()) {
                    reader.accept(change(rows));
                }
            }
        } catch (SQLException e) {
            throw new StoreFailed("the book could not be read", e);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public List<Change> history(String id, int limit) {
        lock.lock();
        try (var query = connection.prepareStatement(COLUMNS + "WHERE id = ? ORDER BY revision DESC LIMIT ?")) {
            query.setString(1, id);
            query.setInt(2, limit);
            var found = new ArrayList<Change>();
            try (var rows = query.executeQuery()) {
                while (rows.next()) {
                    found.add(change(rows));
                }
            }
            return found;
        } catch (SQLException e) {
            throw new StoreFailed("the book could not be read", e);
        } finally {
            lock.unlock();
        }
    }

    private static final String PAST = """
            SELECT v.revision, touched.kind, touched.id, v.verb, v.actor, v.why, v.at, v.body,
              (SELECT count(*) FROM version c WHERE c.id = touched.id AND c.revision <= ?1)
            FROM (SELECT DISTINCT kind, id FROM version WHERE revision > ?1 AND revision <= ?2) touched
            LEFT JOIN version v ON v.revision =
              (SELECT max(revision) FROM version m WHERE m.id = touched.id AND m.revision <= ?1)
            """;

    @Override
    public void readPast(long revision, long changedUpTo, Consumer<Past> reader) {
        lock.lock();
        try (var query = connection.prepareStatement(PAST)) {
            query.setLong(1, revision);
            query.setLong(2, changedUpTo);
            try (var rows = query.executeQuery()) {
                while (rows.next()) {
                    int count = rows.getInt(9);
                    reader.accept(new Past(
                            Kind.valueOf(rows.getString(2)),
                            rows.getString(3),
                            count == 0 ? Optional.empty() : Optional.of(change(rows)),
                            count));
                }
            }
        } catch (SQLException e) {
            throw new StoreFailed("the book could not be read", e);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Optional<Image> image() {
        lock.lock();
        try (var query = connection.prepareStatement("SELECT revision, bytes FROM image");
                var rows = query.executeQuery()) {
            return rows.next() ? Optional.of(new Image(rows.getLong(1), rows.getBytes(2))) : Optional.empty();
        } catch (SQLException e) {
            throw new StoreFailed("the book's image could not be read", e);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void keep(Image image) {
        lock.lock();
        try (var replace = connection.prepareStatement("INSERT OR REPLACE INTO image VALUES (1, ?, ?)")) {
            replace.setLong(1, image.revision());
            replace.setBytes(2, image.bytes());
            replace.executeUpdate();
            connection.commit();
        } catch (SQLException e) {
            rollBack(e);
            throw new StoreFailed("the book's image could not be kept", e);
        } finally {
            lock.unlock();
        }
    }

    private static Change change(ResultSet row) throws SQLException {
        return new Change(
                row.getLong(1),
                Kind.valueOf(row.getString(2)),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                Instant.ofEpochMilli(row.getLong(7)),
                StrictJson.own(row.getString(8)));
    }

    @Override
    public void close() {
        lock.lock();
        try {
            connection.close();
        } catch (SQLException e) {
            throw new StoreFailed("the book did not close", e);
        } finally {
            lock.unlock();
        }
    }
}
