package mizan.server.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import mizan.server.reconciliation.Kept;
import mizan.server.reconciliation.ReconciliationJson;
import mizan.server.reconciliation.ReconciliationStore;

/// Comparisons of counts in one SQLite file.
public final class SqliteReconciliationStore implements ReconciliationStore {
    private static final int SCHEMA = 1;
    private final Connection connection;
    private final Transactions transactions;

    private SqliteReconciliationStore(Connection connection) throws SQLException {
        this.connection = connection;
        this.transactions = new Transactions(connection);
    }

    public static SqliteReconciliationStore open(Path file) {
        return SqliteFile.store(file, "/mizan/store/reconciliations/", SCHEMA, SqliteReconciliationStore::new);
    }

    @Override
    public void put(Kept kept) {
        transactions.run("a reconciliation was not written", () -> {
            try (var insert = connection.prepareStatement(
                    "INSERT INTO reconciliation (id, advertiser, at, facts) VALUES (?,?,?,?)")) {
                insert.setString(1, kept.id());
                insert.setString(2, kept.advertiser().value());
                insert.setLong(3, kept.at().toEpochMilli());
                insert.setString(4, ReconciliationJson.write(kept).toString());
                insert.executeUpdate();
            }
            return true;
        });
    }

    @Override
    public Optional<Kept> find(String id) {
        return read("SELECT facts FROM reconciliation WHERE id = ?", q -> q.setString(1, id)).stream()
                .findFirst();
    }

    @Override
    public List<Kept> newest(Optional<String> advertiser, int limit) {
        return read(
                "SELECT facts FROM reconciliation WHERE (? = '' OR advertiser = ?) ORDER BY number DESC LIMIT ?", q -> {
                    q.setString(1, advertiser.orElse(""));
                    q.setString(2, advertiser.orElse(""));
                    q.setInt(3, limit);
                });
    }

    @Override
    public long since(String advertiser, Instant moment) {
        return transactions.run("reconciliations were not counted", () -> {
            try (var query = connection.prepareStatement(
                    "SELECT count(*) FROM reconciliation WHERE advertiser = ? AND at >= ?")) {
                query.setString(1, advertiser);
                query.setLong(2, moment.toEpochMilli());
                try (var row = query.executeQuery()) {
                    return row.getLong(1);
                }
            }
        });
    }

    private interface Filler {
        void fill(PreparedStatement query) throws SQLException;
    }

    private List<Kept> read(String sql, Filler filler) {
        return transactions.run("reconciliations were not read", () -> {
            try (var query = connection.prepareStatement(sql)) {
                filler.fill(query);
                var found = new ArrayList<Kept>();
                try (var rows = query.executeQuery()) {
                    while (rows.next()) {
                        found.add(ReconciliationJson.read(rows.getString(1)));
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
