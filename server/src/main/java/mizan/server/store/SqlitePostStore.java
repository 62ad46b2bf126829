package mizan.server.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import mizan.core.suitability.PostVerdict;
import mizan.core.suitability.Ratings;
import mizan.core.suitability.Ratings.Question;
import mizan.server.rating.KnownPost;
import mizan.server.rating.PostStore;

/// Posts in one SQLite file. Reading has a connection of its own, so a decision never waits for a commit.
public final class SqlitePostStore implements PostStore {
    private static final int SCHEMA = 3;
    private static final String COLUMNS =
            "SELECT id, commitment, taken_at, fingerprint, salt, text, facts, question, report FROM post WHERE ";
    /// What the file calls 0, 1 and 2.
    private static final List<Question> URGENCY = List.of(Question.REPORTED, Question.DISPUTED, Question.DOUBTED);

    private final ReentrantLock writing = new ReentrantLock();
    private final ReentrantLock reading = new ReentrantLock();
    private final Connection writer;
    private final Connection reader;
    private final PreparedStatement newest;
    private final PreparedStatement committed;
    private final PreparedStatement waiting;
    private final PreparedStatement awaiting;
    private final PreparedStatement said;

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
        waiting = reader.prepareStatement(COLUMNS + "question IS NOT NULL ORDER BY question, seq DESC LIMIT ?");
        awaiting = reader.prepareStatement("SELECT p.id, p.commitment, taken_at, fingerprint, salt, text, facts, tries"
                + " FROM awaited a JOIN post p ON p.seq = (SELECT max(seq) FROM post WHERE id = a.id)"
                + " WHERE rater = ? AND due_at <= ? AND p.commitment = a.commitment AND text IS NOT NULL"
                + " ORDER BY due_at LIMIT ?");
        said = reader.prepareStatement("SELECT verdict FROM verdict WHERE id = ? AND commitment = ? ORDER BY seq");
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
            try (var settle = writer.prepareStatement(
                            "UPDATE post SET question = NULL, report = NULL WHERE id = ? AND question IS NOT NULL");
                    var insert = writer.prepareStatement(
                            "INSERT INTO post (id, commitment, taken_at, fingerprint, salt, text, facts, question)"
                                    + " VALUES (?,?,?,?,?,?,?,?)");
                    var forget = writer.prepareStatement("DELETE FROM awaited WHERE id = ?");
                    var await = writer.prepareStatement("INSERT INTO awaited VALUES (?,?,?,?,0)")) {
                for (var post : posts) {
                    settle.setString(1, post.id());
                    settle.addBatch();
                    forget.setString(1, post.id());
                    forget.addBatch();
                }
                settle.executeBatch();
                forget.executeBatch();
                // Of two versions in one batch only the last asks.
                var last = new HashMap<String, KnownPost>();
                posts.forEach(post -> last.put(post.id(), post));
                for (var post : posts) {
                    insert.setString(1, post.id());
                    insert.setString(2, post.commitment());
                    insert.setLong(3, post.takenAt().toEpochMilli());
                    insert.setString(4, post.fingerprint());
                    insert.setString(5, post.salt());
                    insert.setString(6, post.text());
                    insert.setString(7, PostFacts.write(post));
                    ask(insert, 8, post.ratings().question().filter(_ -> post.equals(last.get(post.id()))));
                    insert.addBatch();
                }
                insert.executeBatch();
                for (var post : last.values()) {
                    for (var rater : post.ratings().awaited()) {
                        await.setString(1, rater);
                        await.setString(2, post.id());
                        await.setString(3, post.commitment());
                        await.setLong(4, post.takenAt().toEpochMilli());
                        await.addBatch();
                    }
                }
                await.executeBatch();
            }
            return posts.size();
        });
    }

    private static void ask(PreparedStatement statement, int at, Optional<Question> question) throws SQLException {
        if (question.isPresent()) {
            statement.setInt(at, URGENCY.indexOf(question.get()));
        } else {
            statement.setNull(at, Types.INTEGER);
        }
    }

    @Override
    public void add(String id, String commitment, PostVerdict verdict, Optional<Question> question) {
        write("a verdict was not kept", () -> {
            try (var insert = writer.prepareStatement(
                            "INSERT INTO verdict (id, commitment, said_at, verdict) VALUES (?,?,?,?)");
                    var ask = writer.prepareStatement(
                            "UPDATE post SET question = ?, report = NULL WHERE seq = (SELECT max(seq) FROM post"
                                    + " WHERE id = ?) AND commitment = ?");
                    var answered = writer.prepareStatement(
                            "DELETE FROM awaited WHERE rater = ? AND id = ? AND commitment = ?")) {
                answered.setString(1, verdict.rater());
                answered.setString(2, id);
                answered.setString(3, commitment);
                answered.executeUpdate();
                insert.setString(1, id);
                insert.setString(2, commitment);
                insert.setLong(3, verdict.ratedAt().toEpochMilli());
                insert.setString(4, PostFacts.write(verdict));
                insert.executeUpdate();
                ask(ask, 1, question);
                ask.setString(2, id);
                ask.setString(3, commitment);
                return ask.executeUpdate();
            }
        });
    }

    @Override
    public List<Awaited> awaiting(String rater, Instant now, int most) {
        return reading(() -> {
            awaiting.setString(1, rater);
            awaiting.setLong(2, now.toEpochMilli());
            awaiting.setInt(3, most);
            var found = new ArrayList<Awaited>();
            try (var row = awaiting.executeQuery()) {
                while (row.next()) {
                    found.add(new Awaited(post(row), row.getInt(8)));
                }
            }
            return found;
        });
    }

    @Override
    public long awaitedCount(String rater) {
        return reading(() -> {
            try (var count = reader.prepareStatement("SELECT count(*) FROM awaited WHERE rater = ?")) {
                count.setString(1, rater);
                try (var row = count.executeQuery()) {
                    return row.getLong(1);
                }
            }
        });
    }

    @Override
    public void postpone(String rater, String id, String commitment, Instant until) {
        write("a try was not counted", () -> {
            try (var update = writer.prepareStatement("UPDATE awaited SET due_at = ?, tries = tries + 1"
                    + " WHERE rater = ? AND id = ? AND commitment = ?")) {
                update.setLong(1, until.toEpochMilli());
                update.setString(2, rater);
                update.setString(3, id);
                update.setString(4, commitment);
                return update.executeUpdate();
            }
        });
    }

    @Override
    public boolean report(String id, String words) {
        return write("a report was not kept", () -> {
                    try (var ask = writer.prepareStatement("UPDATE post SET question = ?, report = ? WHERE seq ="
                            + " (SELECT max(seq) FROM post WHERE id = ?) AND text IS NOT NULL")) {
                        ask.setInt(1, URGENCY.indexOf(Question.REPORTED));
                        ask.setString(2, words);
                        ask.setString(3, id);
                        return ask.executeUpdate();
                    }
                })
                > 0;
    }

    @Override
    public List<Open> open(int most) {
        return reading(() -> {
            waiting.setInt(1, most);
            var open = new ArrayList<Open>();
            try (var row = waiting.executeQuery()) {
                while (row.next()) {
                    open.add(new Open(post(row), URGENCY.get(row.getInt(8)), Optional.ofNullable(row.getString(9))));
                }
            }
            return open;
        });
    }

    @Override
    public long openCount() {
        return reading(() -> {
            try (var statement = reader.createStatement();
                    var row = statement.executeQuery("SELECT count(*) FROM post WHERE question IS NOT NULL")) {
                return row.getLong(1);
            }
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
        return reading(() -> {
            query.setString(1, by);
            try (var row = query.executeQuery()) {
                return row.next() && row.getString(6) != null ? Optional.of(post(row)) : Optional.<KnownPost>empty();
            }
        });
    }

    private KnownPost post(ResultSet row) throws SQLException {
        var facts = PostFacts.read(row.getString(7));
        return new KnownPost(
                row.getString(1),
                facts.authors(),
                facts.language(),
                facts.community(),
                facts.topics(),
                saidLater(row.getString(1), row.getString(2), facts.ratings()),
                row.getString(6),
                row.getString(5),
                row.getString(2),
                row.getString(4),
                Instant.ofEpochMilli(row.getLong(3)));
    }

    private Ratings saidLater(String id, String commitment, Ratings before) throws SQLException {
        said.setString(1, id);
        said.setString(2, commitment);
        var ratings = before;
        try (var row = said.executeQuery()) {
            while (row.next()) {
                var verdict = PostFacts.verdict(row.getString(1));
                // A version that was rated anew came with what was said of it before.
                ratings = ratings.verdicts().contains(verdict) ? ratings : ratings.with(verdict);
            }
        }
        return ratings;
    }

    private interface Reading<T> {
        T run() throws SQLException;
    }

    private <T> T reading(Reading<T> work) {
        reading.lock();
        try {
            return work.run();
        } catch (SQLException e) {
            throw new StoreFailed("the posts could not be read", e);
        } finally {
            reading.unlock();
        }
    }

    @Override
    public int erase(Collection<String> ids) {
        int erased = write("posts were not erased", () -> {
            int found = 0;
            try (var update = writer.prepareStatement("UPDATE post SET fingerprint = NULL, salt = NULL, text = NULL,"
                            + " facts = NULL, question = NULL, report = NULL WHERE id = ? AND text IS NOT NULL");
                    var delete = writer.prepareStatement("DELETE FROM verdict WHERE id = ?");
                    var forget = writer.prepareStatement("DELETE FROM awaited WHERE id = ?")) {
                for (var id : ids) {
                    forget.setString(1, id);
                    forget.executeUpdate();
                    delete.setString(1, id);
                    delete.executeUpdate();
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
                            "DELETE FROM post WHERE taken_at < ? OR seq <= (SELECT max(seq) FROM post) - ?");
                    var said = writer.prepareStatement("DELETE FROM verdict WHERE said_at < ?");
                    var forget = writer.prepareStatement("DELETE FROM awaited WHERE id IN (SELECT id FROM awaited"
                            + " EXCEPT SELECT id FROM post)")) {
                said.setLong(1, before.toEpochMilli());
                said.executeUpdate();
                delete.setLong(1, before.toEpochMilli());
                delete.setLong(2, newest);
                int dropped = delete.executeUpdate();
                forget.executeUpdate();
                return dropped;
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
