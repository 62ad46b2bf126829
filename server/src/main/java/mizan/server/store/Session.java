package mizan.server.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/// One connection to a database, used by one caller at a time; one that was lost is opened again at the next use.
///
/// Whatever is run is one transaction: it is written whole or not at all. None is repeated here after a failure,
/// because it may have been written all the same, and only its owner knows how to find out.
final class Session implements AutoCloseable {
    /// A connection that rested so long may have been cut meanwhile, by a restart of the server or a firewall.
    private static final long CHECKED_AFTER_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final int CHECK_SECONDS = 5;
    /// While the database is away, one caller in so long finds out whether it is back, and the others do not wait.
    private static final long TRIED_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final ReentrantLock lock = new ReentrantLock();
    private final Database database;
    /// Statements are prepared once a connection: text to plan is most of what a small one costs.
    private final Map<String, PreparedStatement> prepared = new HashMap<>();

    private Optional<Connection> connection = Optional.empty();
    private long usedAt;
    private Optional<SQLException> refused = Optional.empty();
    private long refusedAt;

    private Session(Database database) {
        this.database = database;
    }

    /// @throws StoreFailed when there is no database
    static Session open(Database database) {
        var session = new Session(database);
        session.run("cannot open " + database, () -> session.connection);
        return session;
    }

    interface Work<T> {
        T run() throws SQLException;
    }

    /// @param failure what did not happen when the database refuses, for people
    /// @throws StoreFailed when it does. What the work itself throws goes through
    <T> T run(String failure, Work<T> work) {
        lock.lock();
        try {
            var open = connected();
            var done = work.run();
            open.commit();
            usedAt = System.nanoTime();
            return done;
        } catch (SQLException | RuntimeException e) {
            undo(e);
            throw e instanceof RuntimeException thrown ? thrown : new StoreFailed(failure, e);
        } finally {
            lock.unlock();
        }
    }

    /// A statement of the work that is running. Its results are closed by whoever asks for them.
    PreparedStatement statement(String sql) throws SQLException {
        var known = prepared.get(sql);
        if (known == null) {
            known = connected().prepareStatement(sql);
            prepared.put(sql, known);
        }
        return known;
    }

    private Connection connected() throws SQLException {
        if (connection.isPresent()
                && System.nanoTime() - usedAt > CHECKED_AFTER_NANOS
                && !connection.get().isValid(CHECK_SECONDS)) {
            abandon();
        }
        if (connection.isEmpty()) {
            if (refused.isPresent() && System.nanoTime() - refusedAt < TRIED_AGAIN_NANOS) {
                throw refused.get();
            }
            try {
                var opened = database.connect();
                opened.setAutoCommit(false);
                connection = Optional.of(opened);
                refused = Optional.empty();
            } catch (SQLException e) {
                refused = Optional.of(e);
                refusedAt = System.nanoTime();
                throw e;
            }
        }
        usedAt = System.nanoTime();
        return connection.get();
    }

    private void undo(Exception cause) {
        if (cause instanceof SQLException failure && database.lost(failure)) {
            abandon();
        } else if (connection.isPresent()) {
            try {
                // With what was added to a statement and not sent.
                for (var statement : prepared.values()) {
                    statement.close();
                }
                prepared.clear();
                connection.get().rollback();
            } catch (SQLException second) {
                cause.addSuppressed(second);
                abandon();
            }
        }
    }

    private void abandon() {
        prepared.clear();
        try {
            if (connection.isPresent()) {
                connection.get().close();
            }
        } catch (SQLException _) {
            // It is lost: that closing it fails says nothing new.
        } finally {
            connection = Optional.empty();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            prepared.clear();
            if (connection.isPresent()) {
                connection.get().close();
            }
        } catch (SQLException e) {
            throw new StoreFailed(database + " did not close", e);
        } finally {
            lock.unlock();
        }
    }
}
