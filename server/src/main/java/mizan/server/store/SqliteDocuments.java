package mizan.server.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import mizan.server.adcp.Documents;
import mizan.server.http.StrictJson;
import tools.jackson.databind.node.ObjectNode;

/// What buying agents said, in one SQLite file.
public final class SqliteDocuments implements Documents {
    private static final int SCHEMA = 1;
    private final Connection connection;
    private final Transactions transactions;

    private SqliteDocuments(Connection connection) throws SQLException {
        this.connection = connection;
        this.transactions = new Transactions(connection);
    }

    public static SqliteDocuments open(Path file) {
        return SqliteFile.store(file, "/mizan/store/adcp/", SCHEMA, SqliteDocuments::new);
    }

    @Override
    public Optional<ObjectNode> find(Kind kind, String owner, String id) {
        return transactions.run("a document was not read", () -> {
            try (var query =
                    connection.prepareStatement("SELECT body FROM document WHERE kind = ? AND owner = ? AND id = ?")) {
                query.setString(1, kind.name());
                query.setString(2, owner);
                query.setString(3, id);
                try (var row = query.executeQuery()) {
                    return row.next() ? Optional.of(StrictJson.own(row.getString(1))) : Optional.empty();
                }
            }
        });
    }

    @Override
    public void put(Kind kind, String owner, String id, ObjectNode body) {
        transactions.run("a document was not written", () -> {
            try (var insert = connection.prepareStatement("INSERT OR REPLACE INTO document VALUES (?,?,?,?)")) {
                insert.setString(1, kind.name());
                insert.setString(2, owner);
                insert.setString(3, id);
                insert.setString(4, body.toString());
                return insert.executeUpdate();
            }
        });
    }

    @Override
    public Map<String, ObjectNode> all(Kind kind, String owner) {
        return transactions.run("documents were not read", () -> {
            try (var query = connection.prepareStatement(
                    "SELECT id, body FROM document WHERE kind = ? AND owner = ? ORDER BY id")) {
                query.setString(1, kind.name());
                query.setString(2, owner);
                var found = new LinkedHashMap<String, ObjectNode>();
                try (var rows = query.executeQuery()) {
                    while (rows.next()) {
                        found.put(rows.getString(1), StrictJson.own(rows.getString(2)));
                    }
                }
                return found;
            }
        });
    }

    @Override
    public void close() {
        transactions.close();
    }
}
