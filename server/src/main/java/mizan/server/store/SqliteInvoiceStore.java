package mizan.server.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;
import mizan.server.billing.Document;
import mizan.server.billing.DocumentJson;
import mizan.server.billing.InvoiceStore;
import mizan.server.billing.Party;
import mizan.server.http.StrictJson;

/// Invoices, credit notes and the parties' data in one SQLite file, which itself refuses to change a document.
public final class SqliteInvoiceStore implements InvoiceStore {
    private static final int SCHEMA = 1;
    private final Connection connection;
    private final Transactions transactions;

    private SqliteInvoiceStore(Connection connection) throws SQLException {
        this.connection = connection;
        this.transactions = new Transactions(connection);
    }

    public static SqliteInvoiceStore open(Path file) {
        return SqliteFile.store(file, "/mizan/store/invoices/", SCHEMA, SqliteInvoiceStore::new);
    }

    @Override
    public Document add(Document.Kind kind, LongFunction<Document> numbered) {
        return transactions.run("a document was not issued", () -> {
            var document = numbered.apply(next(kind));
            insert(document);
            return document;
        });
    }

    private long next(Document.Kind kind) throws SQLException {
        try (var query =
                connection.prepareStatement("SELECT ifnull(max(number), 0) + 1 FROM document WHERE kind = ?")) {
            query.setString(1, kind.code());
            try (var row = query.executeQuery()) {
                return row.getLong(1);
            }
        }
    }

    private void insert(Document document) throws SQLException {
        try (var insert = connection.prepareStatement("INSERT INTO document VALUES (?,?,?,?,?)")) {
            insert.setString(1, document.kind().code());
            insert.setLong(2, document.number());
            insert.setString(3, document.advertiser());
            insert.setString(4, document.month().toString());
            insert.setString(5, DocumentJson.write(document).toString());
            insert.executeUpdate();
        }
    }

    @Override
    public List<Document> all(Optional<String> advertiser) {
        return documents("?1 IS NULL OR advertiser = ?1", q -> q.setString(1, advertiser.orElse(null)));
    }

    @Override
    public Optional<Document> find(String name) {
        for (var kind : Document.Kind.values()) {
            var number = kind.number(name);
            if (number.isPresent()) {
                return documents("kind = ? AND number = ?", q -> {
                            q.setString(1, kind.code());
                            q.setLong(2, number.getAsLong());
                        })
                        .stream()
                        .findFirst();
            }
        }
        return Optional.empty();
    }

    private interface Filler {
        void fill(PreparedStatement query) throws SQLException;
    }

    private List<Document> documents(String which, Filler filler) {
        return transactions.run("the invoices could not be read", () -> {
            try (var query =
                    connection.prepareStatement("SELECT body FROM document WHERE " + which + " ORDER BY rowid")) {
                filler.fill(query);
                var found = new ArrayList<Document>();
                try (var rows = query.executeQuery()) {
                    while (rows.next()) {
                        found.add(DocumentJson.read(StrictJson.own(rows.getString(1))));
                    }
                }
                return found;
            }
        });
    }

    @Override
    public Optional<Party> party(String id) {
        return transactions.run("billing data could not be read", () -> {
            try (var query =
                    connection.prepareStatement("SELECT body FROM party WHERE id = ? ORDER BY sequence DESC LIMIT 1")) {
                query.setString(1, id);
                try (var row = query.executeQuery()) {
                    return row.next()
                            ? Optional.of(DocumentJson.party(StrictJson.own(row.getString(1))))
                            : Optional.<Party>empty();
                }
            }
        });
    }

    @Override
    public void keep(String id, Party party, String actor, Instant at) {
        transactions.run("billing data was not kept", () -> {
            try (var insert = connection.prepareStatement("INSERT INTO party (id, at, actor, body) VALUES (?,?,?,?)")) {
                insert.setString(1, id);
                insert.setLong(2, at.toEpochMilli());
                insert.setString(3, actor);
                insert.setString(4, DocumentJson.write(party).toString());
                return insert.executeUpdate();
            }
        });
    }

    @Override
    public void close() {
        transactions.close();
    }
}
