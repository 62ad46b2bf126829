package mizan.server.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantLock;
import mizan.server.http.Mode;
import mizan.server.http.StrictJson;
import mizan.server.people.Act;
import mizan.server.people.Approval;
import mizan.server.people.Device;
import mizan.server.people.Identity;
import mizan.server.people.Invitation;
import mizan.server.people.Passkey;
import mizan.server.people.PeopleStore;
import mizan.server.people.Person;
import mizan.server.people.Role;
import mizan.server.people.Rule;
import mizan.server.people.SavedView;
import mizan.server.people.Session;
import mizan.server.people.WayBack;

/// People in one SQLite file. Every call is one transaction.
public final class SqlitePeopleStore implements PeopleStore {
    private static final int SCHEMA = 7;
    private final ReentrantLock lock = new ReentrantLock();
    private final Connection connection;

    private SqlitePeopleStore(Connection connection) throws SQLException {
        this.connection = connection;
        // What is overwritten or deleted is zeroed: a name that was erased stays in no free page.
        try (var statement = connection.createStatement()) {
            statement.execute("PRAGMA secure_delete=ON");
        }
    }

    public static SqlitePeopleStore open(Path file) {
        return SqliteFile.store(file, "/mizan/store/people/", SCHEMA, SqlitePeopleStore::new);
    }

    @Override
    public List<Person> people() {
        return read(
                "SELECT id, name, login, role, advertiser, password, totp, totp_step, recovery, created_at,"
                        + " removed_at FROM person",
                row -> new Person(
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        Role.valueOf(row.getString(4)),
                        text(row, 5),
                        text(row, 6),
                        text(row, 7),
                        row.getLong(8),
                        words(row.getString(9)),
                        Instant.ofEpochMilli(row.getLong(10)),
                        time(row, 11)));
    }

    @Override
    public void put(Person p) {
        write(
                "INSERT INTO person (id, name, login, role, advertiser, password, totp, totp_step, recovery, created_at,"
                        + " removed_at) VALUES (?,?,?,?,?,?,?,?,?,?,?) ON CONFLICT (id) DO UPDATE SET name = excluded.name,"
                        + " login = excluded.login, role = excluded.role, advertiser = excluded.advertiser,"
                        + " password = excluded.password, totp = excluded.totp, totp_step = excluded.totp_step,"
                        + " recovery = excluded.recovery, removed_at = excluded.removed_at",
                p.id(),
                p.name(),
                p.login(),
                p.role().name(),
                p.advertiser(),
                p.password(),
                p.totp(),
                p.totpStep(),
                String.join(" ", p.recovery()),
                p.createdAt(),
                p.removedAt());
    }

    @Override
    public List<Passkey> passkeys() {
        return read(
                "SELECT id, person, credential, count, created_at FROM passkey",
                row -> new Passkey(
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        row.getLong(4),
                        Instant.ofEpochMilli(row.getLong(5))));
    }

    @Override
    public void put(Passkey p) {
        write(
                "INSERT OR REPLACE INTO passkey (id, person, credential, count, created_at) VALUES (?,?,?,?,?)",
                p.id(),
                p.person(),
                p.credential(),
                p.count(),
                p.createdAt());
    }

    @Override
    public void drop(Passkey p) {
        write("DELETE FROM passkey WHERE id = ?", p.id());
    }

    @Override
    public List<Invitation> invitations() {
        return read(
                "SELECT hash, name, role, advertiser, email, made_by, until, used_at FROM invitation",
                row -> new Invitation(
                        row.getString(1),
                        row.getString(2),
                        Role.valueOf(row.getString(3)),
                        text(row, 4),
                        row.getString(5),
                        row.getString(6),
                        Instant.ofEpochMilli(row.getLong(7)),
                        time(row, 8)));
    }

    @Override
    public void put(Invitation i) {
        write(
                "INSERT OR REPLACE INTO invitation (hash, name, role, advertiser, email, made_by, until, used_at)"
                        + " VALUES (?,?,?,?,?,?,?,?)",
                i.hash(),
                i.name(),
                i.role().name(),
                i.advertiser(),
                i.email(),
                i.by(),
                i.until(),
                i.usedAt());
    }

    @Override
    public void join(Person person, Invitation used) {
        together(() -> {
            put(used);
            put(person);
        });
    }

    @Override
    public List<Session> sessions() {
        return read(
                "SELECT hash, person, csrf, created_at, seen_at, address, confirmed_at FROM session",
                row -> new Session(
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        Instant.ofEpochMilli(row.getLong(4)),
                        Instant.ofEpochMilli(row.getLong(5)),
                        row.getString(6),
                        Instant.ofEpochMilli(row.getLong(7))));
    }

    @Override
    public void put(Session s) {
        write(
                "INSERT OR REPLACE INTO session (hash, person, csrf, created_at, seen_at, address, confirmed_at)"
                        + " VALUES (?,?,?,?,?,?,?)",
                s.hash(),
                s.person(),
                s.csrf(),
                s.createdAt(),
                s.seenAt(),
                s.from(),
                s.confirmedAt());
    }

    @Override
    public List<Device> devices() {
        return read(
                "SELECT hash, person, seen_at FROM device",
                row -> new Device(row.getString(1), row.getString(2), Instant.ofEpochMilli(row.getLong(3))));
    }

    @Override
    public void put(Device d) {
        write("INSERT OR REPLACE INTO device (hash, person, seen_at) VALUES (?,?,?)", d.hash(), d.person(), d.seenAt());
    }

    @Override
    public void drop(Device d) {
        write("DELETE FROM device WHERE hash = ? AND person = ?", d.hash(), d.person());
    }

    @Override
    public List<WayBack> waysBack() {
        return read(
                "SELECT hash, person, made_by, until, used_at FROM way_back",
                row -> new WayBack(
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        Instant.ofEpochMilli(row.getLong(4)),
                        time(row, 5)));
    }

    @Override
    public void put(WayBack w) {
        write(
                "INSERT OR REPLACE INTO way_back (hash, person, made_by, until, used_at) VALUES (?,?,?,?,?)",
                w.hash(),
                w.person(),
                w.by(),
                w.until(),
                w.usedAt());
    }

    @Override
    public void end(String sessionHash) {
        write("DELETE FROM session WHERE hash = ?", sessionHash);
    }

    @Override
    public void drop(WayBack w) {
        write("DELETE FROM way_back WHERE hash = ?", w.hash());
    }

    @Override
    public List<Identity> identities() {
        return read(
                "SELECT issuer, subject, person, created_at FROM identity",
                row -> new Identity(
                        row.getString(1), row.getString(2), row.getString(3), Instant.ofEpochMilli(row.getLong(4))));
    }

    @Override
    public void put(Identity i) {
        write(
                "INSERT OR REPLACE INTO identity (issuer, subject, person, created_at) VALUES (?,?,?,?)",
                i.issuer(),
                i.subject(),
                i.person(),
                i.createdAt());
    }

    @Override
    public void drop(Identity i) {
        write("DELETE FROM identity WHERE issuer = ? AND subject = ?", i.issuer(), i.subject());
    }

    @Override
    public List<Rule> rules() {
        return read("SELECT advertiser, kind, above_micros FROM rule", row -> {
            long above = row.getLong(3);
            return new Rule(
                    row.getString(1),
                    Rule.Kind.valueOf(row.getString(2)),
                    row.wasNull() ? OptionalLong.empty() : OptionalLong.of(above));
        });
    }

    @Override
    public void put(Rule r) {
        write(
                "INSERT OR REPLACE INTO rule (advertiser, kind, above_micros) VALUES (?,?,?)",
                r.advertiser(),
                r.kind().name(),
                r.aboveMicros().isPresent() ? Optional.of(r.aboveMicros().getAsLong()) : Optional.empty());
    }

    @Override
    public List<SavedView> views() {
        return read(
                "SELECT id, owner, name, query, at FROM saved_view ORDER BY id",
                row -> new SavedView(
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        row.getString(4),
                        Instant.ofEpochMilli(row.getLong(5))));
    }

    @Override
    public void put(SavedView v) {
        write(
                "INSERT OR REPLACE INTO saved_view (id, owner, name, query, at) VALUES (?,?,?,?,?)",
                v.id(),
                v.owner(),
                v.name(),
                v.query(),
                v.at());
    }

    @Override
    public void drop(SavedView v) {
        write("DELETE FROM saved_view WHERE id = ?", v.id());
    }

    @Override
    public Optional<String> preference(String owner, String name) {
        return read("SELECT value FROM preference WHERE owner = ? AND name = ?", row -> row.getString(1), owner, name)
                .stream()
                .findFirst();
    }

    @Override
    public void prefer(String owner, String name, String value) {
        write("INSERT OR REPLACE INTO preference (owner, name, value) VALUES (?,?,?)", owner, name, value);
    }

    @Override
    public boolean wasWritten(String key) {
        return !read("SELECT 1 FROM letter WHERE key = ?", _ -> true, key).isEmpty();
    }

    @Override
    public void written(String key, Instant at) {
        write("INSERT OR IGNORE INTO letter (key, at) VALUES (?,?)", key, at);
    }

    @Override
    public List<Approval> approvals() {
        return read(
                "SELECT id, mode, kind, advertiser, asker, behind, asker_name, why, deed, subject, name, before, after,"
                        + " micros, currency, condition, asked_at, until, state, decided_by, decider_name, decided_at, note"
                        + " FROM approval",
                row -> new Approval(
                        row.getString(1),
                        Mode.valueOf(row.getString(2)),
                        Rule.Kind.valueOf(row.getString(3)),
                        text(row, 4),
                        new Approval.Asker(row.getString(5), row.getString(6), row.getString(7)),
                        row.getString(8),
                        StrictJson.own(row.getString(9)),
                        new Approval.Shown(
                                row.getString(10),
                                row.getString(11),
                                StrictJson.own(row.getString(12)),
                                StrictJson.own(row.getString(13)),
                                row.getLong(14),
                                row.getString(15)),
                        row.getString(16),
                        Instant.ofEpochMilli(row.getLong(17)),
                        Instant.ofEpochMilli(row.getLong(18)),
                        Approval.State.valueOf(row.getString(19)),
                        decision(row)));
    }

    private static Optional<Approval.Decision> decision(ResultSet row) throws SQLException {
        return row.getString(20) == null
                ? Optional.empty()
                : Optional.of(new Approval.Decision(
                        row.getString(20),
                        row.getString(21),
                        Instant.ofEpochMilli(row.getLong(22)),
                        row.getString(23)));
    }

    @Override
    public void put(Approval a) {
        var shown = a.shown();
        write(
                "INSERT OR REPLACE INTO approval (id, mode, kind, advertiser, asker, behind, asker_name, why, deed, subject,"
                        + " name, before, after, micros, currency, condition, asked_at, until, state, decided_by,"
                        + " decider_name, decided_at, note) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
                a.id(),
                a.mode().name(),
                a.kind().name(),
                a.advertiser(),
                a.asker().id(),
                a.asker().behind(),
                a.asker().name(),
                a.why(),
                a.deed().toString(),
                shown.subject(),
                shown.name(),
                shown.before().toString(),
                shown.after().toString(),
                shown.micros(),
                shown.currency(),
                a.condition(),
                a.askedAt(),
                a.until(),
                a.state().name(),
                a.decision().map(Approval.Decision::by),
                a.decision().map(Approval.Decision::name),
                a.decision().map(Approval.Decision::at),
                a.decision().map(Approval.Decision::note));
    }

    @Override
    public void erase(Person before, Person after) {
        together(() -> {
            put(after);
            write("DELETE FROM passkey WHERE person = ?", after.id());
            write("DELETE FROM session WHERE person = ?", after.id());
            write("DELETE FROM device WHERE person = ?", after.id());
            write("DELETE FROM way_back WHERE person = ?", after.id());
            write("DELETE FROM identity WHERE person = ?", after.id());
            write("DELETE FROM saved_view WHERE owner = ?", after.id());
            write("DELETE FROM preference WHERE owner = ?", after.id());
            write("UPDATE approval SET asker_name = asker WHERE asker = ?", after.id());
            write("UPDATE approval SET decider_name = decided_by WHERE decided_by = ?", after.id());
            write("UPDATE act SET name = actor, address = '' WHERE actor = ?", after.id());
            write("UPDATE act SET after = '' WHERE operation = 'join' AND subject = ?", after.id());
            var theirs = " FROM invitation WHERE used_at = ? AND role = ? AND advertiser IS ?";
            write(
                    "UPDATE act SET after = '' WHERE operation = 'invite' AND after <> ''"
                            + " AND (after ->> '$.name' = ? OR after ->> '$.name' IN (SELECT name" + theirs + "))",
                    before.name(),
                    before.createdAt(),
                    before.role().name(),
                    before.advertiser());
            write(
                    "UPDATE invitation SET name = '', email = '' WHERE hash IN (SELECT hash" + theirs + ")",
                    before.createdAt(),
                    before.role().name(),
                    before.advertiser());
        });
        emptyLog();
    }

    /// The write-ahead log still holds the pages as they were.
    private void emptyLog() {
        lock.lock();
        try (var statement = connection.createStatement()) {
            statement.execute("PRAGMA wal_checkpoint(TRUNCATE)");
        } catch (SQLException e) {
            throw new StoreFailed("what was erased is still in the write-ahead log", e);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void append(Act act) {
        write(
                "INSERT INTO act (at, actor, name, operation, subject, advertiser, before, after, address, request)"
                        + " VALUES (?,?,?,?,?,?,?,?,?,?)",
                act.at(),
                act.actor(),
                act.name(),
                act.operation(),
                act.subject(),
                act.advertiser(),
                act.before(),
                act.after(),
                act.from(),
                act.requestId());
    }

    @Override
    public List<Act> acts(long before, int limit, Optional<String> advertiser) {
        return read(
                "SELECT sequence, at, actor, name, operation, subject, advertiser, before, after, address, request"
                        + " FROM act WHERE sequence < ? AND (? = '' OR advertiser = ?) ORDER BY sequence DESC LIMIT ?",
                row -> new Act(
                        row.getLong(1),
                        Instant.ofEpochMilli(row.getLong(2)),
                        row.getString(3),
                        row.getString(4),
                        row.getString(5),
                        row.getString(6),
                        text(row, 7),
                        row.getString(8),
                        row.getString(9),
                        row.getString(10),
                        row.getString(11)),
                before,
                advertiser.orElse(""),
                advertiser.orElse(""),
                limit);
    }

    @FunctionalInterface
    private interface Mapper<T> {
        T map(ResultSet row) throws SQLException;
    }

    private <T> List<T> read(String sql, Mapper<T> mapper, Object... values) {
        lock.lock();
        try (var select = connection.prepareStatement(sql)) {
            set(select, values);
            try (var rows = select.executeQuery()) {
                var all = new ArrayList<T>();
                while (rows.next()) {
                    all.add(mapper.map(rows));
                }
                return all;
            }
        } catch (SQLException e) {
            throw new StoreFailed("the people could not be read", e);
        } finally {
            lock.unlock();
        }
    }

    private void write(String sql, Object... values) {
        lock.lock();
        try (var statement = connection.prepareStatement(sql)) {
            set(statement, values);
            statement.executeUpdate();
        } catch (SQLException e) {
            throw new StoreFailed("a change of the people was not kept", e);
        } finally {
            lock.unlock();
        }
    }

    private void together(Runnable writes) {
        lock.lock();
        try {
            connection.setAutoCommit(false);
            try {
                writes.run();
                connection.commit();
            } catch (RuntimeException failed) {
                // Whatever it was: switching back to single writes would keep the half of it.
                connection.rollback();
                throw failed;
            } finally {
                connection.setAutoCommit(true);
            }
        } catch (SQLException e) {
            throw new StoreFailed("a change of the people was not kept", e);
        } finally {
            lock.unlock();
        }
    }

    /// Instants as milliseconds, what is absent as NULL.
    private static void set(PreparedStatement statement, Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            var value = values[i] instanceof Optional<?> optional ? optional.orElse(null) : values[i];
            statement.setObject(i + 1, value instanceof Instant at ? (Object) at.toEpochMilli() : value);
        }
    }

    private static List<String> words(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split(" "));
    }

    private static Optional<String> text(ResultSet row, int column) throws SQLException {
        return Optional.ofNullable(row.getString(column));
    }

    private static Optional<Instant> time(ResultSet row, int column) throws SQLException {
        long millis = row.getLong(column);
        return row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
    }

    @Override
    public void close() {
        lock.lock();
        try {
            connection.close();
        } catch (SQLException e) {
            throw new StoreFailed("the people did not close", e);
        } finally {
            lock.unlock();
        }
    }
}
