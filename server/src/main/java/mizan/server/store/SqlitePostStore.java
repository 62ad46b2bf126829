package mizan.server.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import mizan.server.rating.KnownPost;
import mizan.server.rating.PostStore;

/// Posts in one SQLite file. Reading has a connection of its own, so a decision never waits for a commit.
public final class SqlitePostStore implements PostStore {
    private static final int SCHEMA = 1;
    private static final String COLUMNS =
            "SELECT id, commitment, taken_at, fingerprint, salt, text, facts FROM post WHERE ";
    private final ReentrantLock writing = new ReentrantLock();
    private final ReentrantLock reading = new ReentrantLock();
    private final Connection writer;
    private final Connection reader;
    private final PreparedStatement newest;
    private final PreparedStatement committed;

    private SqlitePostStore(Connection writer, Connection reader) throws SQLException {
        this.writer = writer;
        this.reader = reader;
        try (var statement = writer.createStatement()) {
            // Freed pages are overwritten with zeros: what is erased is not found in the file either.
            statement.execute("PRAGMA secure_delete=ON");
        }
        writer.setAutoCommit(false);
        newest = reader.prepareStatement(COLUMNS + "id = ? ORDER BY seq DESC LIMIT 1");
        committed = reader.prepareStatement(COLUMNS + "commitment = ? AND text IS NOT NULL LIMIT 1");
    }

    public static SqlitePostStore open(Path file) {
        try {
            var opened = SqliteFile.open(file, "/mizan/store/posts/", SCHEMA);
            return new SqlitePostStore(opened.connect(), opened.connect());
        } catch (SQLException e) {
            throw new StoreFailed("cannot open the posts", e);
        }
    }

    @Override
    public void append(List<KnownPost> posts) {
        write("posts were not kept", () -> {
            try (var insert = writer.prepareStatement(
                    "INSERT INTO post (id, commitment, taken_at, fingerprint, salt, text, facts)"
                            + " VALUES (?,?,?,?,?,?,?)")) {
                for (var post : posts) {
                    insert.setString(1, post.id());
                    insert.setString(2, post.commitment());
                    insert.setLong(3, post.takenAt().toEpochMilli());
                    insert.setString(4, post.fingerprint());
                    insert.setString(5, post.salt());
                    insert.setString(6, post.text());
                    insert.setString(7, PostFacts.write(post));
                    insert.addBatch();
                }
                insert.executeBatch();
            }
            return posts.size();
        });
    }

    @Override
    public Optional<KnownPost> find(String id) {
        return read(newest, id);
    }

    @Override
    public Optional<KnownPost> opening(String commitment) {
        return read(committed, commitment);
    }

    private Optional<KnownPost> read(PreparedStatement query, String by) {
        reading.lock();
        try {
            query.setString(1, by);
            try (var row = query.executeQuery()) {
                return row.next() && row.getString(6) != null ? Optional.of(post(row)) : Optional.empty();
            }
        } catch (SQLException e) {
            throw new StoreFailed("the posts could not be read", e);
        } finally {
            reading.unlock();
        }
    }

    private static KnownPost post(ResultSet row) throws SQLException {
        var facts = PostFacts.read(row.getString(7));
        return new KnownPost(
                row.getString(1),
                facts.authors(),
                facts.language(),
                facts.community(),
                facts.topics(),
                facts.verdict(),
                row.getString(6),
                row.getString(5),
                row.getString(2),
                row.getString(4),
                Instant.ofEpochMilli(row.getLong(3)));
    }

    @Override
    public int erase(Collection<String> ids) {
        int erased = write("posts were not erased", () -> {
            int found = 0;
            try (var update = writer.prepareStatement("UPDATE post SET fingerprint = NULL, salt = NULL, text = NULL,"
                    + " facts = NULL WHERE id = ? AND text IS NOT NULL")) {
                for (var id : ids) {
                    update.setString(1, id);
                    found += update.executeUpdate() > 0 ? 1 : 0;
                }
            }
            return found;
        });
        if (erased > 0) {
            emptyLog();
        }
        return erased;
    }

    @Override
    public int prune(Instant before, long newest) {
        return write("old posts were not dropped", () -> {
            try (var delete = writer.prepareStatement(
                    "DELETE FROM post WHERE taken_at < ? OR seq <= (SELECT max(seq) FROM post) - ?")) {
                delete.setLong(1, before.toEpochMilli());
                delete.setLong(2, newest);
                return delete.executeUpdate();
            }
        });
    }

    private interface Work {
        int run() throws SQLException;
    }

    private int write(String failure, Work work) {
        writing.lock();
        try {
            int done = work.run();
            writer.commit();
            return done;
        } catch (SQLException e) {
            try {
                writer.rollback();
            } catch (SQLException second) {
                e.addSuppressed(second);
            }
            throw new StoreFailed(failure, e);
        } finally {
            writing.unlock();
        }
    }

    /// The write-ahead log still holds the pages as they were.
    private void emptyLog() {
        reading.lock();
        writing.lock();
        try (var statement = reader.createStatement();
                var row = statement.executeQuery("PRAGMA wal_checkpoint(TRUNCATE)")) {
            if (row.getInt(1) != 0) {
                throw new SQLException("busy");
            }
        } catch (SQLException e) {
            throw new StoreFailed("the log of the posts was not emptied", e);
        } finally {
            writing.unlock();
            reading.unlock();
        }
    }

    @Override
    public void close() {
        reading.lock();
        writing.lock();
        try {
            reader.close();
            writer.close();
        } catch (SQLException e) {
            throw new StoreFailed("the posts did not close", e);
        } finally {
            writing.unlock();
            reading.unlock();
        }
    }
}
