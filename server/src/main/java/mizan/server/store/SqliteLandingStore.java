package mizan.server.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import mizan.core.campaign.CreativeId;
import mizan.server.http.StrictJson;
import mizan.server.landing.LandingPage;
import mizan.server.landing.LandingStore;
import mizan.server.landing.Look;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Looks at landing pages in one SQLite file; each page is one JSON text, because it is only ever read whole.
public final class SqliteLandingStore implements LandingStore {
    private static final int SCHEMA = 1;
    private final Connection connection;
    private final Transactions transactions;

    private SqliteLandingStore(Connection connection) throws SQLException {
        this.connection = connection;
        this.transactions = new Transactions(connection);
    }

    public static SqliteLandingStore open(Path file) {
        return SqliteFile.store(file, "/mizan/store/landings/", SCHEMA, SqliteLandingStore::new);
    }

    @Override
    public List<LandingPage> all() {
        return transactions.run("the landing pages could not be read", () -> {
            try (var statement = connection.createStatement();
                    var rows = statement.executeQuery("SELECT creative, page FROM landing")) {
                var found = new ArrayList<LandingPage>();
                while (rows.next()) {
                    found.add(read(new CreativeId(rows.getString(1)), StrictJson.own(rows.getString(2))));
                }
                return found;
            }
        });
    }

    @Override
    public void put(LandingPage page) {
        transactions.run("a look at a landing page was not kept", () -> {
            try (var write = connection.prepareStatement("INSERT OR REPLACE INTO landing VALUES (?,?)")) {
                write.setString(1, page.creative().value());
                write.setString(2, write(page));
                return write.executeUpdate();
            }
        });
    }

    @Override
    public void remove(CreativeId creative) {
        transactions.run("a landing page was not forgotten", () -> {
            try (var delete = connection.prepareStatement("DELETE FROM landing WHERE creative = ?")) {
                delete.setString(1, creative.value());
                return delete.executeUpdate();
            }
        });
    }

    private static String write(LandingPage page) {
        var json = JsonNodeFactory.instance.objectNode().put("address", page.address());
        page.approved().ifPresent(look -> write(json.putObject("approved"), look));
        page.latest().ifPresent(look -> write(json.putObject("latest"), look));
        return json.put("failures", page.failures())
                .put("trouble", page.trouble())
                .put("next_at", page.nextAt().toString())
                .toString();
    }

    private static void write(ObjectNode json, Look look) {
        json.put("at", look.at().toString()).put("host", look.host());
        look.sketch().forEach(json.putArray("sketch")::add);
    }

    private static LandingPage read(CreativeId creative, JsonNode json) {
        return new LandingPage(
                creative,
                json.path("address").asString(),
                look(json.path("approved")),
                look(json.path("latest")),
                json.path("failures").asInt(),
                json.path("trouble").asString(),
                Instant.parse(json.path("next_at").asString()));
    }

    private static Optional<Look> look(JsonNode json) {
        if (!json.isObject()) {
            return Optional.empty();
        }
        var sketch = new ArrayList<Long>();
        json.path("sketch").forEach(hash -> sketch.add(hash.longValue()));
        return Optional.of(new Look(
                Instant.parse(json.path("at").asString()), json.path("host").asString(), sketch));
    }

    @Override
    public void close() {
        transactions.close();
    }
}
