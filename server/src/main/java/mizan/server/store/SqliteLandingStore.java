package mizan.server.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
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
    private final ReentrantLock lock = new ReentrantLock();
    private final Connection connection;

    private SqliteLandingStore(Connection connection) {
        this.connection = connection;
    }

    public static SqliteLandingStore open(Path file) {
        return SqliteFile.store(file, "/mizan/store/landings/", SCHEMA, SqliteLandingStore::new);
    }

    @Override
    public List<LandingPage> all() {
        lock.lock();
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT creative, page FROM landing")) {
            var found = new ArrayList<LandingPage>();
            while (rows.next()) {
                found.add(read(new CreativeId(rows.getString(1)), StrictJson.own(rows.getString(2))));
            }
            return found;
        } catch (SQLException e) {
            throw new StoreFailed("the landing pages could not be read", e);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void put(LandingPage page) {
        lock.lock();
        try (var write = connection.prepareStatement("INSERT OR REPLACE INTO landing VALUES (?,?)")) {
            write.setString(1, page.creative().value());
            write.setString(2, write(page));
            write.executeUpdate();
        } catch (SQLException e) {
            throw new StoreFailed("a look at a landing page was not kept", e);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void remove(CreativeId creative) {
        lock.lock();
        try (var delete = connection.prepareStatement("DELETE FROM landing WHERE creative = ?")) {
            delete.setString(1, creative.value());
            delete.executeUpdate();
        } catch (SQLException e) {
            throw new StoreFailed("a landing page was not forgotten", e);
        } finally {
            lock.unlock();
        }
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
        lock.lock();
        try {
            connection.close();
        } catch (SQLException e) {
            throw new StoreFailed("the landing pages did not close", e);
        } finally {
            lock.unlock();
        }
    }
}
