package mizan.server.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import mizan.server.http.Answer;
import mizan.server.http.FairShare;
import mizan.server.http.Idempotency;
import mizan.server.http.Problem;
import mizan.server.http.ProblemCode;
import mizan.server.http.StrictJson;
import tools.jackson.databind.node.JsonNodeFactory;

/// What keyed requests were answered, in one SQLite file. A claim is durable before its request runs, an
/// answer before it is sent; requests that wait at the same time share one write.
public final class SqliteIdempotency implements Idempotency {
    /// While as many are kept, further keys are refused: forgetting one early could do something twice.
    static final int MAX = 2_000_000;
    private static final int SCHEMA = 1;
    private static final long BETWEEN_PRUNING_MILLIS = 1_000;

    private final int most;
    private final ReentrantLock lock = new ReentrantLock();
    private final Connection connection;
    private final Rounds<Write> rounds = new Rounds<>(this::write);
    /// Requests of this process that run now, with their hashes.
    private final Map<Name, String> running = new ConcurrentHashMap<>();
    /// How many each advertiser has; the platform's are under no name.
    private final Map<String, Long> counts = new HashMap<>();

    private long count;
    private long prunedAt = Long.MIN_VALUE;

    private record Name(String owner, String key) {
        Optional<String> tenant() {
            return tenantOf(owner);
        }
    }

    /// What stands before the stroke of a [mizan.server.http.Principal#holder].
    private static Optional<String> tenantOf(String owner) {
        int stroke = owner.indexOf('/');
        return stroke < 0 ? Optional.empty() : Optional.of(owner.substring(0, stroke));
    }

    private sealed interface Write {
        record Claimed(Name name, String hash, Instant now) implements Write {}

        record Answered(Name name, Answer answer) implements Write {}

        record Forgotten(Name name) implements Write {}
    }

    private SqliteIdempotency(Connection connection, int most) throws SQLException {
        this.connection = connection;
        this.most = most;
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(
                        "SELECT substr(owner, 1, instr(owner, '/')), count(*) FROM answer GROUP BY 1")) {
            while (rows.next()) {
                add(tenantOf(rows.getString(1)), rows.getLong(2));
            }
        }
        connection.setAutoCommit(false);
    }

    public static SqliteIdempotency open(Path file) {
        return open(file, MAX);
    }

    static SqliteIdempotency open(Path file, int most) {
        try {
            var opened = SqliteFile.open(file, "/mizan/store/answers/", SCHEMA);
            return new SqliteIdempotency(opened.connect(), most);
        } catch (SQLException e) {
            throw new StoreFailed("cannot open the answers", e);
        }
    }

    @Override
    public Claim claim(String owner, String key, String requestHash, Instant now) {
        var name = new Name(owner, key);
        var other = running.putIfAbsent(name, requestHash);
        if (other != null) {
            return other.equals(requestHash) ? new Claim.InFlight() : new Claim.Mismatch();
        }
        boolean fresh = false;
        try {
            var before = found(name, requestHash, now);
            if (before instanceof Claim.Fresh) {
                rounds.write(new Write.Claimed(name, requestHash, now));
                fresh = true;
            }
            return before;
        } finally {
            if (!fresh) {
                running.remove(name);
            }
        }
    }

    /// Nobody else asks for this name meanwhile: it is among those that run.
    private Claim found(Name name, String requestHash, Instant now) {
        lock.lock();
        try (var query = connection.prepareStatement("SELECT request_hash, since, status, content_type, headers, body"
                + " FROM answer WHERE owner = ? AND key = ?")) {
            query.setString(1, name.owner());
            query.setString(2, name.key());
            try (var row = query.executeQuery()) {
                if (!row.next() || row.getLong(2) + KEPT.toMillis() <= now.toEpochMilli()) {
                    if (!hasRoom(name)) {
                        dropOld(now);
                    }
                    if (!hasRoom(name)) {
                        throw Problem.of(ProblemCode.OVERLOADED)
                                .with("retry-after", "60")
                                .refused();
                    }
                    return new Claim.Fresh();
                }
                if (!row.getString(1).equals(requestHash)) {
                    return new Claim.Mismatch();
                }
                int status = row.getInt(3);
                if (row.wasNull()) {
                    return new Claim.Unknown();
                }
                var body = row.getBytes(6);
                return new Claim.Done(new Answer(
                        status, row.getString(4), body == null ? new byte[0] : body, headers(row.getString(5))));
            }
        } catch (SQLException e) {
            throw new StoreFailed("the answers could not be read", e);
        } finally {
            lock.unlock();
        }
    }

    private boolean hasRoom(Name name) {
        long own = name.tenant().map(t -> counts.getOrDefault(t, 0L)).orElse(0L);
        return FairShare.hasRoom(name.tenant(), most, count, own);
    }

    private void add(Optional<String> tenant, long more) {
        count += more;
        tenant.ifPresent(t -> counts.merge(t, more, Long::sum));
    }

    @Override
    public void keep(String owner, String key, Answer answer) {
        end(new Name(owner, key), new Write.Answered(new Name(owner, key), answer));
    }

    @Override
    public void forget(String owner, String key) {
        end(new Name(owner, key), new Write.Forgotten(new Name(owner, key)));
    }

    /// When it cannot be written how a request ended, its claim stays, and its outcome is unknown.
    private void end(Name name, Write write) {
        try {
            rounds.write(write);
        } finally {
            running.remove(name);
        }
    }

    private void write(List<Write> writes) {
        lock.lock();
        try (var claim = connection.prepareStatement(
                        "INSERT OR REPLACE INTO answer VALUES (?,?,?,?,NULL,NULL,NULL,NULL)");
                var keep = connection.prepareStatement(
                        "UPDATE answer SET status = ?, content_type = ?, headers = ?, body = ? WHERE owner = ? AND key"
                                + " = ?");
                var forget = connection.prepareStatement("DELETE FROM answer WHERE owner = ? AND key = ?")) {
            var changes = new ArrayList<Counted>();
            for (var write : writes) {
                switch (write) {
                    case Write.Claimed(var name, var hash, var now) -> {
                        changes.addAll(prune(now));
                        claim.setString(1, name.owner());
                        claim.setString(2, name.key());
                        claim.setString(3, hash);
                        claim.setLong(4, now.toEpochMilli());
                        boolean replaced = isThere(name);
                        claim.executeUpdate();
                        changes.add(new Counted(name.tenant(), replaced ? 0 : 1));
                    }
                    case Write.Answered(var name, var answer) -> {
                        keep.setInt(1, answer.status());
                        keep.setString(2, answer.contentType());
                        keep.setString(3, headers(answer.headers()));
                        keep.setBytes(4, answer.body());
                        keep.setString(5, name.owner());
                        keep.setString(6, name.key());
                        keep.executeUpdate();
                    }
                    case Write.Forgotten(var name) -> {
                        forget.setString(1, name.owner());
                        forget.setString(2, name.key());
                        changes.add(new Counted(name.tenant(), -forget.executeUpdate()));
                    }
                }
            }
            connection.commit();
            changes.forEach(c -> add(c.tenant(), c.more()));
        } catch (SQLException e) {
            rollBack(e);
            throw new StoreFailed("an answer was not kept", e);
        } finally {
            lock.unlock();
        }
    }

    private void dropOld(Instant now) throws SQLException {
        var dropped = prune(now);
        connection.commit();
        dropped.forEach(c -> add(c.tenant(), c.more()));
    }

    /// How many answers of an advertiser came or went.
    private record Counted(Optional<String> tenant, long more) {}

    /// Whether an old answer stands where a new claim goes.
    private boolean isThere(Name name) throws SQLException {
        try (var query = connection.prepareStatement("SELECT 1 FROM answer WHERE owner = ? AND key = ?")) {
            query.setString(1, name.owner());
            query.setString(2, name.key());
            try (var row = query.executeQuery()) {
                return row.next();
            }
        }
    }

    /// Answers what was dropped.
    private List<Counted> prune(Instant now) throws SQLException {
        if (now.toEpochMilli() - BETWEEN_PRUNING_MILLIS < prunedAt) {
            return List.of();
        }
        prunedAt = now.toEpochMilli();
        var dropped = new ArrayList<Counted>();
        try (PreparedStatement delete =
                connection.prepareStatement("DELETE FROM answer WHERE since <= ? RETURNING owner")) {
            delete.setLong(1, now.minus(KEPT).toEpochMilli());
            try (var rows = delete.executeQuery()) {
                while (rows.next()) {
                    dropped.add(new Counted(tenantOf(rows.getString(1)), -1));
                }
            }
        }
        return dropped;
    }

    private void rollBack(SQLException cause) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }

    private static String headers(Map<String, String> headers) {
        var json = JsonNodeFactory.instance.objectNode();
        new TreeMap<>(headers).forEach(json::put);
        return json.toString();
    }

    private static Map<String, String> headers(String text) {
        var headers = new TreeMap<String, String>();
        StrictJson.own(text)
                .properties()
                .forEach(e -> headers.put(e.getKey(), e.getValue().stringValue()));
        return headers;
    }

    @Override
    public void close() {
        lock.lock();
        try {
            connection.close();
        } catch (SQLException e) {
            throw new StoreFailed("the answers did not close", e);
        } finally {
            lock.unlock();
        }
    }
}
