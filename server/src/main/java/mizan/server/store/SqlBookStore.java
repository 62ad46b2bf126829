package mizan.server.store;

import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import mizan.server.booking.BookStore;
import mizan.server.booking.Change;
import mizan.server.booking.Kind;
import mizan.server.http.StrictJson;

/// The book's versions in a database.
public final class SqlBookStore implements BookStore {
    static final SchemaScripts SQLITE = new SchemaScripts("/mizan/store/book/", 2);
    static final SchemaScripts POSTGRES = new SchemaScripts("/mizan/store/postgresql/book/", 1);
    private static final String COLUMNS = "SELECT revision, kind, id, verb, actor, why, at, body FROM version ";
    private static final String PAST = """
            SELECT v.revision, touched.kind, touched.id, v.verb, v.actor, v.why, v.at, v.body,
              (SELECT count(*) FROM version c WHERE c.id = touched.id AND c.revision <= ?)
            FROM (SELECT DISTINCT kind, id FROM version WHERE revision > ? AND revision <= ?) touched
            LEFT JOIN version v ON v.revision =
              (SELECT max(revision) FROM version m WHERE m.id = touched.id AND m.revision <= ?)
            """;
    private final Session session;

    private SqlBookStore(Database database) {
        session = Session.open(database);
    }

    /// In a file of SQLite's.
    public static SqlBookStore open(Path file) {
        return new SqlBookStore(SqliteFile.open(file, SQLITE));
    }

    /// In schema `name` of a PostgreSQL database.
    public static SqlBookStore open(Postgres postgres, String name) {
        return new SqlBookStore(postgres.schema(name, POSTGRES));
    }

    @Override
    public void append(List<Change> changes) {
        session.run("the book did not take a change", () -> {
            var insert = session.statement(
                    "INSERT INTO version (revision, kind, id, verb, actor, why, at, body) VALUES (?,?,?,?,?,?,?,?)");
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
            return insert.executeBatch();
        });
    }

    @Override
    public void read(long after, long upTo, Consumer<Change> reader) {
        read(
                () -> {
                    var query = session.statement(COLUMNS + "WHERE revision > ? AND revision <= ? ORDER BY revision");
                    query.setLong(1, after);
                    query.setLong(2, upTo);
                    return query;
                },
                row -> reader.accept(change(row)));
    }

    @Override
    public List<Change> history(String id, int limit) {
        var found = new ArrayList<Change>();
        read(
                () -> {
                    var query = session.statement(COLUMNS + "WHERE id = ? ORDER BY revision DESC LIMIT ?");
                    query.setString(1, id);
                    query.setInt(2, limit);
                    return query;
                },
                row -> found.add(change(row)));
        return found;
    }

    @Override
    public void readPast(long revision, long changedUpTo, Consumer<Past> reader) {
        read(
                () -> {
                    var query = session.statement(PAST);
                    query.setLong(1, revision);
                    query.setLong(2, revision);
                    query.setLong(3, changedUpTo);
                    query.setLong(4, revision);
                    return query;
                },
                row -> {
                    int count = row.getInt(9);
                    reader.accept(new Past(
                            Kind.valueOf(row.getString(2)),
                            row.getString(3),
                            count == 0 ? Optional.empty() : Optional.of(change(row)),
                            count));
                });
    }

    @Override
    public Optional<Image> image() {
        return session.run("the book's image could not be read", () -> {
            try (var row =
                    session.statement("SELECT revision, bytes FROM image").executeQuery()) {
                return row.next() ? Optional.of(new Image(row.getLong(1), row.getBytes(2))) : Optional.empty();
            }
        });
    }

    @Override
    public void keep(Image image) {
        session.run("the book's image could not be kept", () -> {
            var replace =
                    session.statement("INSERT INTO image (one, revision, bytes) VALUES (1, ?, ?) ON CONFLICT (one)"
                            + " DO UPDATE SET revision = excluded.revision, bytes = excluded.bytes");
            replace.setLong(1, image.revision());
            replace.setBytes(2, image.bytes());
            int rows = replace.executeUpdate();
            replace.clearParameters(); // The statement is kept; half a kilobyte for each ad group need not be.
            return rows;
        });
    }

    private interface Asking {
        PreparedStatement query() throws SQLException;
    }

    private interface RowVisitor {
        void row(ResultSet row) throws SQLException;
    }

    private void read(Asking asking, RowVisitor visitor) {
        session.run("the book could not be read", () -> {
            try (var rows = asking.query().executeQuery()) {
                while (rows.next()) {
                    visitor.row(rows);
                }
                return rows;
            }
        });
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
        session.close();
    }
}
