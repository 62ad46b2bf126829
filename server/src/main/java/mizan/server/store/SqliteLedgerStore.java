package mizan.server.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import mizan.core.campaign.AdGroupId;
import mizan.core.campaign.AdvertiserId;
import mizan.core.campaign.CampaignId;
import mizan.core.ledger.AccountId;
import mizan.core.ledger.Lease;
import mizan.core.ledger.Transfer;
import mizan.core.receipt.ImpressionId;
import mizan.server.accounting.ImpressionState;
import mizan.server.accounting.LedgerBatch;
import mizan.server.accounting.LedgerStore;

/// The ledger in one SQLite file. One connection, one writer at a time; a batch is one transaction.
public final class SqliteLedgerStore implements LedgerStore {
    static final int SCHEMA = 2;
    private final ReentrantLock lock = new ReentrantLock();
    private final Connection connection;
    private final PreparedStatement transfer;
    private final PreparedStatement balance;
    private final PreparedStatement lease;
    private final PreparedStatement impression;
    private final PreparedStatement impressionById;
    private final PreparedStatement use;
    private final PreparedStatement count;
    private final PreparedStatement lost;
    private final PreparedStatement invalid;

    private SqliteLedgerStore(Connection connection) throws SQLException {
        this.connection = connection;
        connection.setAutoCommit(false);
        transfer = connection.prepareStatement("INSERT INTO transfer (id, kind, debit, credit, micros, currency, at,"
                + " advertiser, reference) VALUES (?,?,?,?,?,?,?,?,?)");
        balance = connection.prepareStatement("INSERT INTO balance VALUES (?,?,?,?) ON CONFLICT DO UPDATE SET micros ="
                + " micros + excluded.micros");
        lease = connection.prepareStatement("INSERT INTO lease VALUES (?,?,?,?,?,?,?,?,?,?,?) ON CONFLICT DO UPDATE SET"
                + " amount = excluded.amount, settled = excluded.settled, closed = excluded.closed");
        impression = connection.prepareStatement("INSERT INTO impression VALUES (?,?,?,?,?,?,?,?) ON CONFLICT DO UPDATE"
                + " SET seen = excluded.seen, charged = excluded.charged");
        impressionById =
                connection.prepareStatement("SELECT decided_at, seen, charged, body FROM impression WHERE id = ?");
        use = connection.prepareStatement("INSERT INTO budget_use VALUES (?,?,?) ON CONFLICT DO UPDATE SET micros ="
                + " micros + excluded.micros");
        count = connection.prepareStatement("INSERT INTO count_hour VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?) ON CONFLICT DO"
                + " UPDATE SET decided = decided + excluded.decided, rendered = rendered + excluded.rendered,"
                + " viewable = viewable + excluded.viewable, clicks = clicks + excluded.clicks,"
                + " hides = hides + excluded.hides, charged = charged + excluded.charged,"
                + " spend = spend + excluded.spend");
        lost = connection.prepareStatement(
                "INSERT INTO lost_day VALUES (?,?,?,?) ON CONFLICT DO UPDATE SET times =" + " times + excluded.times");
        invalid = connection.prepareStatement(
                "INSERT INTO invalid_day VALUES (?,?,?,?,?) ON CONFLICT DO UPDATE SET times = times + excluded.times");
    }

    public static SqliteLedgerStore open(Path file) {
        return SqliteFile.store(file, "/mizan/store/ledger/", SCHEMA, SqliteLedgerStore::new);
    }

    @Override
    public void commit(LedgerBatch batch) {
        lock.lock();
        try {
            requirePosition(batch.from());
            transfers(batch.transfers());
            leases(batch.leases());
            impressions(batch.impressions());
            uses(batch.use());
            counts(batch.counts());
            reasons(batch.reasons());
            invalid(batch.invalid());
            meta("position", batch.to() - batch.from());
            meta("decisions", batch.decisions());
            raise("next_lease", nextLease(batch.leases()));
            connection.commit();
        } catch (SQLException e) {
            rollBack(e);
            throw new StoreFailed("the ledger did not take a batch", e);
        } catch (RuntimeException e) {
            rollBack(e);
            throw e;
        } finally {
            lock.unlock();
        }
    }

    private void rollBack(Exception cause) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }

    private void requirePosition(long from) throws SQLException {
        long stored = metaValue("position");
        if (stored != from) {
            throw new IllegalStateException("the ledger stands at " + stored + ", the batch starts at " + from);
        }
    }

    private void transfers(List<Transfer> transfers) throws SQLException {
        var changes = new HashMap<AccountId, Long>();
        for (var t : transfers) {
            transfer.setString(1, t.id());
            transfer.setString(2, kind(t));
            transfer.setString(3, text(t.debit()));
            transfer.setString(4, text(t.credit()));
            transfer.setLong(5, t.micros());
            transfer.setString(6, t.currency().getCurrencyCode());
            transfer.setLong(7, t.at().toEpochMilli());
            transfer.setString(
                    8,
                    t.debit().owner().isEmpty() ? t.credit().owner() : t.debit().owner());
            transfer.setString(9, reference(t));
            transfer.addBatch();
            changes.merge(t.debit(), -t.micros(), Math::addExact);
            changes.merge(t.credit(), t.micros(), Math::addExact);
        }
        if (!transfers.isEmpty()) {
            transfer.executeBatch();
        }
        for (var change : changes.entrySet()) {
            balance.setString(1, change.getKey().kind().name());
            balance.setString(2, change.getKey().owner());
            balance.setString(3, change.getKey().currency().getCurrencyCode());
            balance.setLong(4, change.getValue());
            balance.executeUpdate();
        }
    }

    static String text(AccountId account) {
        var kind = account.kind().name().toLowerCase(java.util.Locale.ROOT);
        return account.owner().isEmpty() ? kind : kind + ":" + account.owner();
    }

    private static String kind(Transfer transfer) {
        return switch (transfer) {
            case Transfer.Direct _ -> "direct";
            case Transfer.Pending _ -> "pending";
            case Transfer.Posted _ -> "posted";
            case Transfer.Voided _ -> "voided";
        };
    }

    private static String reference(Transfer transfer) {
        return switch (transfer) {
            case Transfer.Direct direct -> direct.reference();
            case Transfer.Pending pending -> "lease " + pending.lease();
            case Transfer.Posted posted -> "lease " + posted.lease();
            case Transfer.Voided voided -> "lease " + voided.lease();
        };
    }

    private static long nextLease(List<Lease> leases) {
        return 1 + leases.stream().mapToLong(Lease::id).max().orElse(-1);
    }

    private void leases(List<Lease> leases) throws SQLException {
        for (var l : leases) {
            lease.setLong(1, l.id());
            lease.setString(2, l.adGroup().value());
            lease.setString(3, l.campaign().value());
            lease.setString(4, l.advertiser().value());
            lease.setString(5, l.currency().getCurrencyCode());
            lease.setString(6, l.day().toString());
            lease.setLong(7, l.amountMicros());
            lease.setLong(8, l.settledMicros());
            lease.setLong(9, l.servesUntil().toEpochMilli());
            lease.setLong(10, l.closesAt().toEpochMilli());
            lease.setInt(11, l.closed() ? 1 : 0);
            lease.executeUpdate();
        }
    }

    private void impressions(List<ImpressionState> states) throws SQLException {
        for (var state : states) {
            var i = state.impression();
            impression.setString(1, i.id().value());
            impression.setString(2, i.campaign().value());
            impression.setString(3, i.ad().value());
            impression.setLong(4, i.servedAt().toEpochMilli());
            impression.setLong(5, state.decidedAt());
            impression.setInt(6, ImpressionCodec.bits(state.seen()));
            impression.setInt(7, state.charged() ? 1 : 0);
            impression.setBytes(8, ImpressionCodec.write(state));
            impression.addBatch();
        }
        if (!states.isEmpty()) {
            impression.executeBatch();
        }
    }

    private void uses(Map<LedgerBatch.BudgetKey, Long> changes) throws SQLException {
        for (var change : changes.entrySet()) {
            use.setString(1, change.getKey().owner());
            use.setString(2, change.getKey().day());
            use.setLong(3, change.getValue());
            use.executeUpdate();
        }
    }

    private void counts(Map<LedgerBatch.Counted, LedgerBatch.Counts> changes) throws SQLException {
        for (var change : changes.entrySet()) {
            var what = change.getKey();
            var more = change.getValue();
            count.setLong(1, what.hour());
            count.setString(2, what.ad());
            count.setString(3, what.placement());
            count.setString(4, what.advertiser());
            count.setString(5, what.campaign());
            count.setString(6, what.adGroup());
            count.setLong(7, more.decided());
            count.setLong(8, more.rendered());
            count.setLong(9, more.viewable());
            count.setLong(10, more.clicks());
            count.setLong(11, more.hides());
            count.setLong(12, more.charged());
            count.setLong(13, more.spendMicros());
            count.executeUpdate();
        }
    }

    private void reasons(Map<LedgerBatch.LostBecause, Long> changes) throws SQLException {
        for (var change : changes.entrySet()) {
            lost.setString(1, change.getKey().day().toString());
            lost.setString(2, change.getKey().campaign().value());
            lost.setString(3, change.getKey().code());
            lost.setLong(4, change.getValue());
            lost.executeUpdate();
        }
    }

    private void invalid(Map<LedgerBatch.Invalid, Long> changes) throws SQLException {
        for (var change : changes.entrySet()) {
            invalid.setString(1, change.getKey().day().toString());
            invalid.setString(2, change.getKey().campaign().value());
            invalid.setString(3, change.getKey().kind().name());
            invalid.setString(4, change.getKey().reason().name());
            invalid.setLong(5, change.getValue());
            invalid.executeUpdate();
        }
    }

    private void meta(String name, long more) throws SQLException {
        if (more != 0) {
            try (var update = connection.prepareStatement("UPDATE meta SET value = value + ? WHERE name = ?")) {
                update.setLong(1, more);
                update.setString(2, name);
                update.executeUpdate();
            }
        }
    }

    private void raise(String name, long atLeast) throws SQLException {
        try (var update = connection.prepareStatement("UPDATE meta SET value = max(value, ?) WHERE name = ?")) {
            update.setLong(1, atLeast);
            update.setString(2, name);
            update.executeUpdate();
        }
    }

    private long metaValue(String name) throws SQLException {
        try (var query = connection.prepareStatement("SELECT value FROM meta WHERE name = ?")) {
            query.setString(1, name);
            try (var row = query.executeQuery()) {
                return row.getLong(1);
            }
        }
    }

    @Override
    public State load() {
        return read(() -> {
            var balances = new HashMap<AccountId, Long>();
            each(
                    "SELECT kind, owner, currency, micros FROM balance",
                    row -> balances.put(
                            new AccountId(
                                    AccountId.Kind.valueOf(row.getString(1)),
                                    row.getString(2),
                                    Currency.getInstance(row.getString(3))),
                            row.getLong(4)));
            var open = new ArrayList<Lease>();
            each("SELECT * FROM lease WHERE closed = 0 ORDER BY id", row -> open.add(lease(row)));
            var used = new HashMap<LedgerBatch.BudgetKey, Long>();
            each(
                    "SELECT owner, day, micros FROM budget_use",
                    row -> used.put(new LedgerBatch.BudgetKey(row.getString(1), row.getString(2)), row.getLong(3)));
            return new State(metaValue("position"), balances, open, used, metaValue("next_lease"));
        });
    }

    private static Lease lease(ResultSet row) throws SQLException {
        return new Lease(
                row.getLong(1),
                new AdGroupId(row.getString(2)),
                new CampaignId(row.getString(3)),
                new AdvertiserId(row.getString(4)),
                Currency.getInstance(row.getString(5)),
                LocalDate.parse(row.getString(6)),
                row.getLong(7),
                row.getLong(8),
                Instant.ofEpochMilli(row.getLong(9)),
                Instant.ofEpochMilli(row.getLong(10)),
                row.getInt(11) == 1);
    }

    @Override
    public Optional<ImpressionState> impression(ImpressionId id) {
        return read(() -> {
            impressionById.setString(1, id.value());
            try (var row = impressionById.executeQuery()) {
                return row.next()
                        ? Optional.of(ImpressionCodec.read(
                                id.value(), row.getLong(1), row.getInt(2), row.getInt(3) == 1, row.getBytes(4)))
                        : Optional.empty();
            }
        });
    }

    @Override
    public boolean holds(String transferId) {
        return read(() -> {
            try (var query = connection.prepareStatement("SELECT 1 FROM transfer WHERE id = ?")) {
                query.setString(1, transferId);
                try (var row = query.executeQuery()) {
                    return row.next();
                }
            }
        });
    }

    @Override
    public void close() {
        lock.lock();
        try {
            connection.close();
        } catch (SQLException e) {
            throw new StoreFailed("the ledger did not close", e);
        } finally {
            lock.unlock();
        }
    }

    private interface Query<T> {
        T run() throws SQLException;
    }

    private interface RowVisitor {
        void row(ResultSet row) throws SQLException;
    }

    private <T> T read(Query<T> query) {
        lock.lock();
        try {
            return query.run();
        } catch (SQLException e) {
            throw new StoreFailed("the ledger could not be read", e);
        } finally {
            lock.unlock();
        }
    }

    private void each(String sql, RowVisitor visitor) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                visitor.row(rows);
            }
        }
    }
}
