package mizan.server.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import mizan.core.receipt.ImpressionId;
import mizan.server.disputes.Dispute;
import mizan.server.disputes.DisputeJson;
import mizan.server.disputes.DisputeStore;

/// Disputes in one SQLite file.
public final class SqliteDisputeStore implements DisputeStore {
    private static final int SCHEMA = 1;
    private static final String CREDIT = "SELECT impression, micros, credited FROM dispute_credit WHERE dispute = ?";
    private final Connection connection;
    private final Transactions transactions;

    private SqliteDisputeStore(Connection connection) throws SQLException {
        this.connection = connection;
        this.transactions = new Transactions(connection);
    }

    public static SqliteDisputeStore open(Path file) {
        return SqliteFile.store(file, "/mizan/store/disputes/", SCHEMA, SqliteDisputeStore::new);
    }

    @Override
    public void put(Dispute dispute, List<Credit> credits) {
        transactions.run("a dispute was not written", () -> {
            try (var insert =
                    connection.prepareStatement("INSERT INTO dispute (id, advertiser, state, facts) VALUES (?,?,?,?)"
                            + " ON CONFLICT (id) DO UPDATE SET state = excluded.state, facts = excluded.facts")) {
                insert.setString(1, dispute.id());
                insert.setString(2, dispute.advertiser().value());
                insert.setString(3, dispute.state().name());
                insert.setString(4, DisputeJson.write(dispute).toString());
                insert.executeUpdate();
            }
            write(dispute.id(), credits);
            return true;
        });
    }

    @Override
    public void settled(String dispute, List<Credit> credits) {
        transactions.run("what a dispute credited was not written", () -> {
            write(dispute, credits);
            return true;
        });
    }

    private void write(String dispute, List<Credit> credits) throws SQLException {
        try (var insert = connection.prepareStatement("INSERT OR REPLACE INTO dispute_credit VALUES (?,?,?,?)")) {
            for (var credit : credits) {
                insert.setString(1, dispute);
                insert.setString(2, credit.impression().value());
                insert.setLong(3, credit.micros());
                insert.setObject(
                        4, credit.credited().isPresent() ? credit.credited().getAsLong() : null);
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    @Override
    public Optional<Dispute> find(String id) {
        return query(
                        "SELECT facts FROM dispute WHERE id = ?",
                        q -> q.setString(1, id),
                        row -> DisputeJson.read(row.getString(1)))
                .stream()
                .findFirst();
    }

    @Override
    public List<Credit> credits(String dispute, String after, int limit) {
        return query(
                CREDIT + " AND impression > ? ORDER BY impression LIMIT ?",
                q -> {
                    q.setString(1, dispute);
                    q.setString(2, after);
                    q.setInt(3, limit);
                },
                SqliteDisputeStore::credit);
    }

    @Override
    public List<Credit> pending(String dispute, int limit) {
        return query(
                CREDIT + " AND credited IS NULL ORDER BY impression LIMIT ?",
                q -> {
                    q.setString(1, dispute);
                    q.setInt(2, limit);
                },
                SqliteDisputeStore::credit);
    }

    private static Credit credit(ResultSet row) throws SQLException {
        long credited = row.getLong(3);
        return new Credit(
                new ImpressionId(row.getString(1)),
                row.getLong(2),
                row.wasNull() ? OptionalLong.empty() : OptionalLong.of(credited));
    }

    @Override
    public List<Dispute> unsettled() {
        return query(
                "SELECT facts FROM dispute WHERE id IN (SELECT dispute FROM dispute_credit WHERE credited IS NULL)",
                _ -> {},
                row -> DisputeJson.read(row.getString(1)));
    }

    @Override
    public Credited credited(String dispute) {
        return query(
                        "SELECT count(*), coalesce(sum(credited), 0) FROM dispute_credit WHERE dispute = ? AND credited > 0",
                        q -> q.setString(1, dispute),
                        row -> new Credited(row.getLong(1), row.getLong(2)))
                .getFirst();
    }

    @Override
    public List<Numbered> newest(Optional<String> advertiser, Optional<Dispute.State> state, long below, int limit) {
        return query(
                "SELECT number, facts FROM dispute WHERE number < ? AND (? = '' OR advertiser = ?)"
                        + " AND (? = '' OR state = ?) ORDER BY number DESC LIMIT ?",
                q -> {
                    q.setLong(1, below);
                    q.setString(2, advertiser.orElse(""));
                    q.setString(3, advertiser.orElse(""));
                    q.setString(4, state.map(Enum::name).orElse(""));
                    q.setString(5, state.map(Enum::name).orElse(""));
                    q.setInt(6, limit);
                },
                row -> new Numbered(row.getLong(1), DisputeJson.read(row.getString(2))));
    }

    private interface Filler {
        void fill(PreparedStatement query) throws SQLException;
    }

    private interface Reader<T> {
        T read(ResultSet row) throws SQLException;
    }

    private <T> List<T> query(String sql, Filler filler, Reader<T> reader) {
        return transactions.run("disputes were not read", () -> {
            try (var query = connection.prepareStatement(sql)) {
                filler.fill(query);
                var found = new ArrayList<T>();
                try (var rows = query.executeQuery()) {
                    while (rows.next()) {
                        found.add(reader.read(rows));
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
