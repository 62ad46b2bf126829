package mizan.server.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import mizan.server.http.ApiKey;
import mizan.server.http.ApiKeyStore;
import mizan.server.http.Mode;
import mizan.server.http.Principal;
import mizan.server.http.Scope;

/// API keys in one SQLite file.
public final class SqliteApiKeyStore implements ApiKeyStore {
    private static final int SCHEMA = 2;
    private final ReentrantLock lock = new ReentrantLock();
    private final Connection connection;

    private SqliteApiKeyStore(Connection connection) {
        this.connection = connection;
    }

    public static SqliteApiKeyStore open(Path file) {
        return SqliteFile.store(file, "/mizan/store/keys/", SCHEMA, SqliteApiKeyStore::new);
    }

    @Override
    public List<ApiKey> load() {
        lock.lock();
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(
                        "SELECT hash, id, name, mode, scopes, advertiser, created_at, expires_at, revoked_at,"
                                + " behind, waiting FROM api_key")) {
            var keys = new ArrayList<ApiKey>();
            while (rows.next()) {
                keys.add(key(rows));
            }
            return keys;
        } catch (SQLException e) {
            throw new StoreFailed("the API keys could not be read", e);
        } finally {
            lock.unlock();
        }
    }

    private static ApiKey key(ResultSet row) throws SQLException {
        var scopes = Arrays.stream(row.getString(5).split(" ", -1))
                .filter(text -> !text.isEmpty())
                .map(Scope::parse)
                .collect(Collectors.toSet());
        var principal = new Principal(
                row.getString(2),
                row.getString(10),
                Mode.valueOf(row.getString(4)),
                scopes,
                Optional.ofNullable(row.getString(6)));
        return new ApiKey(
                row.getString(1),
                principal,
                row.getString(3),
                Instant.ofEpochMilli(row.getLong(7)),
                time(row, 8),
                time(row, 9),
                row.getBoolean(11));
    }

    private static Optional<Instant> time(ResultSet row, int column) throws SQLException {
        long millis = row.getLong(column);
        return row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
    }

    @Override
    public void put(ApiKey key) {
        lock.lock();
        try (var insert = connection.prepareStatement("INSERT OR REPLACE INTO api_key"
                + " (hash, id, name, mode, scopes, advertiser, created_at, expires_at, revoked_at, behind, waiting)"
                + " VALUES (?,?,?,?,?,?,?,?,?,?,?)")) {
            var principal = key.principal();
            insert.setString(1, key.hash());
            insert.setString(2, principal.keyId());
            insert.setString(3, key.name());
            insert.setString(4, principal.mode().name());
            insert.setString(
                    5, principal.scopes().stream().map(Scope::text).sorted().collect(Collectors.joining(" ")));
            insert.setString(6, principal.advertiser().orElse(null));
            insert.setLong(7, key.createdAt().toEpochMilli());
            set(insert, 8, key.expiresAt());
            set(insert, 9, key.revokedAt());
            insert.setString(10, principal.behind());
            insert.setBoolean(11, key.isWaiting());
            insert.executeUpdate();
        } catch (SQLException e) {
            throw new StoreFailed("an API key was not kept", e);
        } finally {
            lock.unlock();
        }
    }

    private static void set(PreparedStatement insert, int at, Optional<Instant> time) throws SQLException {
        if (time.isPresent()) {
            insert.setLong(at, time.get().toEpochMilli());
        } else {
            insert.setNull(at, Types.INTEGER);
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            connection.close();
        } catch (SQLException e) {
            throw new StoreFailed("the API keys did not close", e);
        } finally {
            lock.unlock();
        }
    }
}
