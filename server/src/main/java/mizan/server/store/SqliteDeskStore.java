package mizan.server.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import mizan.server.http.StrictJson;
import mizan.server.reporting.DeskStore;

/// The log of the revenue desk in one SQLite file.
public final class SqliteDeskStore implements DeskStore {
    private static final int SCHEMA = 1;
    private final Connection connection;
    private final Transactions transactions;

    private SqliteDeskStore(Connection connection) throws SQLException {
        this.connection = connection;
        this.transactions = new Transactions(connection);
    }

    public static SqliteDeskStore open(Path file) {
        return SqliteFile.store(file, "/mizan/store/desk/", SCHEMA, SqliteDeskStore::new);
    }

    @Override
    public List<Entry> all() {
        return transactions.run("the desk's log could not be read", () -> {
            try (var statement = connection.createStatement();
                    var rows = statement.executeQuery(
                            "SELECT at, actor, kind, subject, body FROM entry ORDER BY sequence")) {
                var found = new ArrayList<Entry>();
                while (rows.next()) {
                    found.add(new Entry(
                            Instant.ofEpochMilli(rows.getLong(1)),
                            rows.getString(2),
                            rows.getString(3),
                            rows.getString(4),
                            StrictJson.object(rows.getBytes(5))));
                }
                return found;
            }
        });
    }

    @Override
    public void append(List<Entry> entries) {
        transactions.run("what was said at the desk was not kept", () -> {
            try (var insert = connection.prepareStatement(
                    "INSERT INTO entry (at, actor, kind, subject, body) VALUES (?,?,?,?,?)")) {
                for (var entry : entries) {
                    insert.setLong(1, entry.at().toEpochMilli());
                    insert.setString(2, entry.actor());
                    insert.setString(3, entry.kind());
                    insert.setString(4, entry.subject());
                    insert.setString(5, entry.body().toString());
                    insert.executeUpdate();
                }
            }
            return true;
        });
    }

    @Override
    public void close() {
        transactions.close();
    }
}
