package mizan.server.store;

import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import mizan.server.webhooks.Delivery;
import mizan.server.webhooks.Event;
import mizan.server.webhooks.EventType;
import mizan.server.webhooks.Webhook;
import mizan.server.webhooks.WebhookSecret;
import mizan.server.webhooks.WebhookStore;

/// Webhooks in one SQLite file. Secrets stand in it as they are, because they sign: the file is its owner's alone.
public final class SqliteWebhookStore implements WebhookStore {
    private static final int SCHEMA = 1;
    private static final String DELIVERY =
            "SELECT number, webhook, event, body, state, tries, next_at, said FROM delivery ";
    private final Connection connection;
    private final Transactions transactions;

    private SqliteWebhookStore(Connection connection) throws SQLException {
        this.connection = connection;
        this.transactions = new Transactions(connection);
    }

    public static SqliteWebhookStore open(Path file) {
        return SqliteFile.store(file, "/mizan/store/webhooks/", SCHEMA, SqliteWebhookStore::new);
    }

    @Override
    public List<Webhook> webhooks() {
        return read(
                "SELECT id, advertiser, url, types, secrets, old_until, made_at, failing_since, disabled FROM webhook"
                        + " ORDER BY id",
                row -> new Webhook(
                        row.getString(1),
                        Optional.ofNullable(row.getString(2)),
                        URI.create(row.getString(3)),
                        Arrays.stream(row.getString(4).split(" "))
                                .map(EventType::valueOf)
                                .collect(Collectors.toSet()),
                        Arrays.stream(row.getString(5).split(" "))
                                .map(WebhookSecret::parse)
                                .toList(),
                        time(row, 6),
                        Instant.ofEpochMilli(row.getLong(7)),
                        time(row, 8),
                        row.getInt(9) == 1));
    }

    @Override
    public void put(Webhook w) {
        write(
                "INSERT OR REPLACE INTO webhook (id, advertiser, url, types, secrets, old_until, made_at, failing_since,"
                        + " disabled) VALUES (?,?,?,?,?,?,?,?,?)",
                w.id(),
                w.advertiser(),
                w.url(),
                w.types().stream().map(Enum::name).sorted().collect(Collectors.joining(" ")),
                w.secrets().stream().map(WebhookSecret::text).collect(Collectors.joining(" ")),
                w.oldUntil(),
                w.madeAt(),
                w.failingSince(),
                w.disabled() ? 1L : 0L);
    }

    @Override
    public void remove(String webhook) {
        transactions.run("a webhook was not removed", () -> {
            update("DELETE FROM delivery WHERE webhook = ?", webhook);
            update("DELETE FROM webhook WHERE id = ?", webhook);
            return true;
        });
    }

    @Override
    public Optional<Found> found() {
        return read(
                        "SELECT revision, at FROM found",
                        row -> new Found(row.getLong(1), Instant.ofEpochMilli(row.getLong(2))))
                .stream()
                .findFirst();
    }

    @Override
    public void found(Found until, List<Telling> tellings) {
        transactions.run("events were not put on their way", () -> {
            update("INSERT OR REPLACE INTO found (one, revision, at) VALUES (1,?,?)", until.revision(), until.at());
            for (var telling : tellings) {
                var event = telling.event();
                update(
                        "INSERT OR IGNORE INTO delivery (webhook, event, body, state, tries, next_at, said)"
                                + " VALUES (?,?,?,'WAITING',0,?,'')",
                        telling.webhook(),
                        event.id(),
                        event.json().toString(),
                        event.at());
            }
            return true;
        });
    }

    @Override
    public List<Delivery> due(Instant now, int limit) {
        return read(
                DELIVERY + "WHERE state = 'WAITING' AND next_at <= ? AND webhook IN"
                        + " (SELECT id FROM webhook WHERE disabled = 0) ORDER BY next_at, number LIMIT ?",
                SqliteWebhookStore::delivery,
                now,
                (long) limit);
    }

    private static Delivery delivery(ResultSet row) throws SQLException {
        return new Delivery(
                row.getLong(1),
                row.getString(2),
                Event.read(row.getString(3), row.getString(4)),
                Delivery.State.valueOf(row.getString(5)),
                row.getInt(6),
                Instant.ofEpochMilli(row.getLong(7)),
                row.getString(8));
    }

    @Override
    public void put(Delivery d) {
        write(
                "UPDATE delivery SET state = ?, tries = ?, next_at = ?, said = ? WHERE number = ?",
                d.state().name(),
                (long) d.tries(),
                d.nextAt(),
                d.said(),
                d.number());
    }

    @Override
    public Optional<Delivery> delivery(long number) {
        return read(DELIVERY + "WHERE number = ?", SqliteWebhookStore::delivery, number).stream()
                .findFirst();
    }

    @Override
    public List<Delivery> newest(String webhook, int limit) {
        return read(
                DELIVERY + "WHERE webhook = ? ORDER BY number DESC LIMIT ?",
                SqliteWebhookStore::delivery,
                webhook,
                (long) limit);
    }

    @Override
    public void forget(Instant before) {
        write("DELETE FROM delivery WHERE state <> 'WAITING' AND next_at < ?", before);
    }

    @FunctionalInterface
    private interface Mapper<T> {
        T map(ResultSet row) throws SQLException;
    }

    private <T> List<T> read(String sql, Mapper<T> mapper, Object... values) {
        return transactions.run("webhooks could not be read", () -> {
            var all = new ArrayList<T>();
            try (var select = connection.prepareStatement(sql)) {
                set(select, values);
                try (var rows = select.executeQuery()) {
                    while (rows.next()) {
                        all.add(mapper.map(rows));
                    }
                }
            }
            return all;
        });
    }

    private void write(String sql, Object... values) {
        transactions.run("a change of the webhooks was not kept", () -> {
            update(sql, values);
            return true;
        });
    }

    private void update(String sql, Object... values) throws SQLException {
        try (var statement = connection.prepareStatement(sql)) {
            set(statement, values);
            statement.executeUpdate();
        }
    }

    private static void set(PreparedStatement statement, Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            var value = values[i] instanceof Optional<?> maybe ? maybe.orElse(null) : values[i];
            switch (value) {
                case null -> statement.setObject(i + 1, null);
                case Long number -> statement.setLong(i + 1, number);
                case Instant moment -> statement.setLong(i + 1, moment.toEpochMilli());
                default -> statement.setString(i + 1, value.toString());
            }
        }
    }

    private static Optional<Instant> time(ResultSet row, int column) throws SQLException {
        long millis = row.getLong(column);
        return row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
    }

    @Override
    public void close() {
        transactions.close();
    }
}
