package mizan.server.store;

import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import mizan.server.http.StrictJson;
import mizan.server.reading.pull.Progress;
import mizan.server.reading.pull.Source;
import mizan.server.reading.pull.SourceStore;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// Sources in one SQLite file; progress is one JSON text, because it is only ever read whole.
public final class SqliteSourceStore implements SourceStore {
    private static final int SCHEMA = 1;
    private final Connection connection;
    private final Transactions transactions;

    private SqliteSourceStore(Connection connection) throws SQLException {
        this.connection = connection;
        this.transactions = new Transactions(connection);
    }

    public static SqliteSourceStore open(Path file) {
        return SqliteFile.store(file, "/mizan/store/sources/", SCHEMA, SqliteSourceStore::new);
    }

    @Override
    public List<Known> all() {
        return transactions.run("the sources could not be read", () -> {
            try (var statement = connection.createStatement();
                    var rows = statement.executeQuery(
                            "SELECT id, kind, address, created_at, progress FROM source ORDER BY id")) {
                var found = new ArrayList<Known>();
                while (rows.next()) {
                    var source = new Source(
                            rows.getString(1),
                            Source.Kind.valueOf(rows.getString(2)),
                            URI.create(rows.getString(3)),
                            Instant.ofEpochMilli(rows.getLong(4)));
                    found.add(new Known(source, read(rows.getString(5))));
                }
                return found;
            }
        });
    }

    @Override
    public void put(Known known) {
        transactions.run("a source was not kept", () -> {
            try (var write = connection.prepareStatement("INSERT OR REPLACE INTO source VALUES (?,?,?,?,?)")) {
                write.setString(1, known.source().id());
                write.setString(2, known.source().kind().name());
                write.setString(3, known.source().address().toString());
                write.setLong(4, known.source().createdAt().toEpochMilli());
                write.setString(5, write(known.progress()));
                return write.executeUpdate();
            }
        });
    }

    @Override
    public void remove(String id) {
        transactions.run("a source was not removed", () -> {
            try (var delete = connection.prepareStatement("DELETE FROM source WHERE id = ?")) {
                delete.setString(1, id);
                return delete.executeUpdate();
            }
        });
    }

    private static String write(Progress progress) {
        var json = JsonNodeFactory.instance.objectNode();
        progress.etag().ifPresent(e -> json.put("etag", e));
        progress.lastModified().ifPresent(m -> json.put("last_modified", m));
        progress.cursor().ifPresent(c -> json.put("cursor", c));
        progress.recent().forEach(json.putArray("recent")::add);
        json.put("next_at", progress.nextAt().toString());
        progress.readAt().ifPresent(r -> json.put("read_at", r.toString()));
        json.put("failures", progress.failures());
        progress.trouble().ifPresent(t -> json.put("trouble", t));
        return json.put("kept", progress.kept())
                .put("erased", progress.erased())
                .put("refused", progress.refused())
                .toString();
    }

    private static Progress read(String text) {
        var json = StrictJson.own(text);
        var recent = new ArrayList<String>();
        json.path("recent").forEach(id -> recent.add(id.stringValue()));
        return new Progress(
                optional(json.path("etag")),
                optional(json.path("last_modified")),
                optional(json.path("cursor")),
                recent,
                Instant.parse(json.path("next_at").stringValue()),
                optional(json.path("read_at")).map(Instant::parse),
                json.path("failures").intValue(),
                optional(json.path("trouble")),
                json.path("kept").longValue(),
                json.path("erased").longValue(),
                json.path("refused").longValue());
    }

    private static Optional<String> optional(JsonNode node) {
        return node.isString() ? Optional.of(node.stringValue()) : Optional.empty();
    }

    @Override
    public void close() {
        transactions.close();
    }
}
