package mizan.server.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.locks.ReentrantLock;

/// One connection, used by one caller at a time. Whatever is run is one transaction: it is written whole or not at
/// all.
final class Transactions implements AutoCloseable {
    private final ReentrantLock lock = new ReentrantLock();
    private final Connection connection;

    Transactions(Connection connection) throws SQLException {
        this.connection = connection;
        connection.setAutoCommit(false);
    }

    interface Work<T> {
        T run() throws SQLException;
    }

    /// @param failure what did not happen when the database refuses, for people
    /// @throws StoreFailed when it does; nothing was written then. What the work itself throws goes through, and
    ///     nothing was written either
    <T> T run(String failure, Work<T> work) {
        lock.lock();
        try {
            var done = work.run();
            connection.commit();
            return done;
        } catch (SQLException | RuntimeException e) {
            try {
                connection.rollback();
            } catch (SQLException second) {
                e.addSuppressed(second);
            }
            throw e instanceof RuntimeException refused ? refused : new StoreFailed(failure, e);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            connection.close();
        } catch (SQLException e) {
            throw new StoreFailed("a database file did not close", e);
        } finally {
            lock.unlock();
        }
    }
}
