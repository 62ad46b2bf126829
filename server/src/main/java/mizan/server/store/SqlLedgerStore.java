package mizan.server.store;

import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mizan.core.campaign.AdGroupId;
import mizan.core.campaign.AdvertiserId;
import mizan.core.campaign.CampaignId;
import mizan.core.ledger.AccountId;
import mizan.core.ledger.Lease;
import mizan.core.ledger.Transfer;
import mizan.core.receipt.ImpressionId;
import mizan.server.accounting.ImpressionState;
import mizan.server.accounting.LedgerBatch;
import mizan.server.accounting.LedgerFailed;
import mizan.server.accounting.LedgerMoved;
import mizan.server.accounting.LedgerStore;
import mizan.server.accounting.Turn;
import mizan.server.accounting.WriterEnded;

/// The ledger in a database. One connection, one writer at a time; a batch is one transaction.
public final class SqlLedgerStore implements LedgerStore {
    static final SchemaScripts SQLITE = new SchemaScripts("/mizan/store/ledger/", 4);
    static final SchemaScripts POSTGRES = new SchemaScripts("/mizan/store/postgresql/ledger/", 2);

    private static final String TRANSFER = "INSERT INTO transfer (seq, id, kind, debit, credit, micros, currency, at,"
            + " advertiser, reference) VALUES (?,?,?,?,?,?,?,?,?,?)";
    private static final String BALANCE = "INSERT INTO balance (kind, owner, currency, micros) VALUES (?,?,?,?)"
            + " ON CONFLICT (kind, owner, currency) DO UPDATE SET micros = balance.micros + excluded.micros";
    private static final String LEASE = "INSERT INTO lease (id, ad_group, campaign, advertiser, currency, day, amount,"
            + " settled, serves_until, closes_at, closed) VALUES (?,?,?,?,?,?,?,?,?,?,?) ON CONFLICT (id) DO UPDATE SET"
            + " amount = excluded.amount, settled = excluded.settled, closed = excluded.closed";
    private static final String IMPRESSION = "INSERT INTO impression (id, campaign, ad, served_at, decided_at, seen,"
            + " charged, body) VALUES (?,?,?,?,?,?,?,?)"
            + " ON CONFLICT (id) DO UPDATE SET seen = excluded.seen, charged = excluded.charged";
    private static final String IMPRESSION_BY_ID =
            "SELECT decided_at, seen, charged, body FROM impression WHERE id = ?";
    private static final String USE = "INSERT INTO budget_use (owner, day, micros) VALUES (?,?,?)"
            + " ON CONFLICT (owner, day) DO UPDATE SET micros = budget_use.micros + excluded.micros";
    private static final String LOST = "INSERT INTO lost_day (day, campaign, code, times) VALUES (?,?,?,?)"
            + " ON CONFLICT (campaign, day, code) DO UPDATE SET times = lost_day.times + excluded.times";
    private static final String INVALID = "INSERT INTO invalid_day (day, campaign, kind, reason, times)"
            + " VALUES (?,?,?,?,?) ON CONFLICT (campaign, day, kind, reason)"
            + " DO UPDATE SET times = invalid_day.times + excluded.times";

    private final Session session;
    private final CountTables counts;

    private SqlLedgerStore(Database database) {
        session = Session.open(database);
        counts = new CountTables(session);
    }

    /// In a file of SQLite's.
    public static SqlLedgerStore open(Path file) {
        return new SqlLedgerStore(SqliteFile.open(file, SQLITE));
    }

    /// In schema `name` of a PostgreSQL database.
    ///
    /// @param folder names the folder whose journal is folded; the first one stays the only one
    /// @throws DatabaseUnfit when it is another one's
    public static SqlLedgerStore open(Postgres postgres, String name, String folder) {
        var opened = new SqlLedgerStore(postgres.schema(name, POSTGRES));
        if (!opened.belongsTo(folder)) {
            opened.close();
            throw new DatabaseUnfit("The ledger in " + postgres + " belongs to another folder of Mizan's, whose journal"
                    + " it follows. Next: start with that folder, or name an empty database with --store.");
        }
        return opened;
    }

    private boolean belongsTo(String folder) {
        return asked("the ledger does not say whose it is", () -> {
            var claim = session.statement("INSERT INTO owner (one, folder) VALUES (1, ?) ON CONFLICT DO NOTHING");
            claim.setString(1, folder);
            claim.executeUpdate();
            try (var row = session.statement("SELECT folder FROM owner").executeQuery()) {
                return row.next() && row.getString(1).equals(folder);
            }
        });
    }

    @Override
    public long begin(Role role) {
        return asked("the ledger has no new writer", () -> {
            session.statement("UPDATE meta SET value = value + 1 WHERE name = 'writers'")
                    .executeUpdate();
            long number = metaValue("writers");
            if (role == Role.FOLDS) {
                var end = session.statement("DELETE FROM writer WHERE role = ?");
                end.setString(1, role.name());
                end.executeUpdate();
            }
            var begin = session.statement("INSERT INTO writer (number, role, version) VALUES (?,?,0)");
            begin.setLong(1, number);
            begin.setString(2, role.name());
            begin.executeUpdate();
            return number;
        });
    }

    @Override
    public void commit(Turn turn, LedgerBatch batch) {
        asked("the ledger did not take a batch", () -> {
            takeTurn(turn);
            takePosition(batch.from(), batch.to());
            transfers(batch.transfers());
            leases(batch.leases());
            impressions(batch.impressions());
            uses(batch.use());
            counts.add(batch.counts());
            reasons(batch.reasons());
            invalid(batch.invalid());
            addDecisions(batch.decisions());
            raiseNextLease(nextLease(batch.leases()));
            return batch;
        });
    }

    @Override
    public long version() {
        return read(() -> metaValue("version"));
    }

    /// The first statements of a batch: whoever else writes waits for the end of it.
    private void takeTurn(Turn turn) throws SQLException {
        var mine = session.statement("UPDATE writer SET version = ? WHERE number = ?");
        mine.setLong(1, turn.version() + 1);
        mine.setLong(2, turn.writer());
        if (mine.executeUpdate() == 0) {
            throw new WriterEnded();
        }
        var next = session.statement("UPDATE meta SET value = value + 1 WHERE name = 'version' AND value = ?");
        next.setLong(1, turn.version());
        if (next.executeUpdate() == 0) {
            throw new LedgerMoved();
        }
    }

    @Override
    public long written(long writer) {
        return read(() -> {
            var query = session.statement("SELECT version FROM writer WHERE number = ?");
            query.setLong(1, writer);
            try (var row = query.executeQuery()) {
                return row.next() ? row.getLong(1) : 0;
            }
        });
    }

    /// Two writers at once are a database's to tell apart: the second is told that it was not first.
    private <T> T asked(String failure, Session.Work<T> work) {
        try {
            return session.run(failure, work);
        } catch (StoreFailed e) {
            if (e.outrun()) {
                throw new LedgerMoved();
            }
            throw new LedgerFailed(String.valueOf(e.getMessage()), e);
        }
    }

    private void takePosition(long from, long to) throws SQLException {
        var take = session.statement("UPDATE meta SET value = ? WHERE name = 'position' AND value = ?");
        take.setLong(1, to);
        take.setLong(2, from);
        if (take.executeUpdate() == 0) {
            throw new IllegalStateException(
                    "the ledger stands at " + metaValue("position") + ", the batch starts at " + from);
        }
    }

    /// Numbered without a gap in the order of commits, so that whoever reads on from a number misses none.
    private void transfers(List<Transfer> transfers) throws SQLException {
        if (transfers.isEmpty()) {
            return;
        }
        var next = new long[] {newestTransfer() + 1};
        write(TRANSFER, transfers, (row, t) -> {
            row.setLong(1, next[0]++);
            row.setString(2, t.id());
            row.setString(3, kind(t));
            row.setString(4, text(t.debit()));
            row.setString(5, text(t.credit()));
            row.setLong(6, t.micros());
            row.setString(7, t.currency().getCurrencyCode());
            row.setLong(8, t.at().toEpochMilli());
            row.setString(
                    9,
                    t.debit().owner().isEmpty() ? t.credit().owner() : t.debit().owner());
            row.setString(10, reference(t));
        });
        var changes = new HashMap<AccountId, Long>();
        for (var t : transfers) {
            changes.merge(t.debit(), -t.micros(), Math::addExact);
            changes.merge(t.credit(), t.micros(), Math::addExact);
        }
        write(BALANCE, changes.entrySet(), (row, change) -> {
            row.setString(1, change.getKey().kind().name());
            row.setString(2, change.getKey().owner());
            row.setString(3, change.getKey().currency().getCurrencyCode());
            row.setLong(4, change.getValue());
        });
    }

    private long newestTransfer() throws SQLException {
        try (var row = session.statement("SELECT max(seq) FROM transfer").executeQuery()) {
            row.next();
            return row.getLong(1);
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
        write(LEASE, leases, (row, l) -> {
            row.setLong(1, l.id());
            row.setString(2, l.adGroup().value());
            row.setString(3, l.campaign().value());
            row.setString(4, l.advertiser().value());
            row.setString(5, l.currency().getCurrencyCode());
            row.setString(6, l.day().toString());
            row.setLong(7, l.amountMicros());
            row.setLong(8, l.settledMicros());
            row.setLong(9, l.servesUntil().toEpochMilli());
            row.setLong(10, l.closesAt().toEpochMilli());
            row.setInt(11, l.closed() ? 1 : 0);
        });
    }

    private void impressions(List<ImpressionState> states) throws SQLException {
        write(IMPRESSION, states, (row, state) -> {
            var i = state.impression();
            row.setString(1, i.id().value());
            row.setString(2, i.campaign().value());
            row.setString(3, i.ad().value());
            row.setLong(4, i.servedAt().toEpochMilli());
            row.setLong(5, state.decidedAt());
            row.setInt(6, ImpressionCodec.bits(state.seen()));
            row.setInt(7, state.charged() ? 1 : 0);
            row.setBytes(8, ImpressionCodec.write(state));
        });
    }

    private void uses(Map<LedgerBatch.BudgetKey, Long> changes) throws SQLException {
        write(USE, changes.entrySet(), (row, change) -> {
            row.setString(1, change.getKey().owner());
            row.setString(2, change.getKey().day());
            row.setLong(3, change.getValue());
        });
    }

    private void reasons(Map<LedgerBatch.LostBecause, Long> changes) throws SQLException {
        write(LOST, changes.entrySet(), (row, change) -> {
            row.setString(1, change.getKey().day().toString());
            row.setString(2, change.getKey().campaign().value());
            row.setString(3, change.getKey().code());
            row.setLong(4, change.getValue());
        });
    }

    private void invalid(Map<LedgerBatch.Invalid, Long> changes) throws SQLException {
        write(INVALID, changes.entrySet(), (row, change) -> {
            row.setString(1, change.getKey().day().toString());
            row.setString(2, change.getKey().campaign().value());
            row.setString(3, change.getKey().kind().name());
            row.setString(4, change.getKey().reason().name());
            row.setLong(5, change.getValue());
        });
    }

    private void addDecisions(long more) throws SQLException {
        if (more != 0) {
            var update = session.statement("UPDATE meta SET value = value + ? WHERE name = 'decisions'");
            update.setLong(1, more);
            update.executeUpdate();
        }
    }

    private void raiseNextLease(long atLeast) throws SQLException {
        var update = session.statement("UPDATE meta SET value = ? WHERE name = 'next_lease' AND value < ?");
        update.setLong(1, atLeast);
        update.setLong(2, atLeast);
        update.executeUpdate();
    }

    private long metaValue(String name) throws SQLException {
        var query = session.statement("SELECT value FROM meta WHERE name = ?");
        query.setString(1, name);
        try (var row = query.executeQuery()) {
            row.next();
            return row.getLong(1);
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
            each(
                    "SELECT id, ad_group, campaign, advertiser, currency, day, amount, settled, serves_until, closes_at,"
                            + " closed FROM lease WHERE closed = 0 ORDER BY id",
                    row -> open.add(lease(row)));
            var used = new HashMap<LedgerBatch.BudgetKey, Long>();
            each(
                    "SELECT owner, day, micros FROM budget_use",
                    row -> used.put(new LedgerBatch.BudgetKey(row.getString(1), row.getString(2)), row.getLong(3)));
            return new State(
                    metaValue("version"), metaValue("position"), balances, open, used, metaValue("next_lease"));
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
            var query = session.statement(IMPRESSION_BY_ID);
            query.setString(1, id.value());
            try (var row = query.executeQuery()) {
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
            var query = session.statement("SELECT 1 FROM transfer WHERE id = ?");
            query.setString(1, transferId);
            try (var row = query.executeQuery()) {
                return row.next();
            }
        });
    }

    @Override
    public void close() {
        session.close();
    }

    private interface Filler<T> {
        void fill(PreparedStatement row, T item) throws SQLException;
    }

    /// One statement for each of these, sent together.
    private <T> void write(String sql, Collection<T> items, Filler<T> filler) throws SQLException {
        if (items.isEmpty()) {
            return;
        }
        var statement = session.statement(sql);
        for (var item : items) {
            filler.fill(statement, item);
            statement.addBatch();
        }
        statement.executeBatch();
    }

    private interface RowVisitor {
        void row(ResultSet row) throws SQLException;
    }

    private <T> T read(Session.Work<T> query) {
        return asked("the ledger could not be read", query);
    }

    private void each(String sql, RowVisitor visitor) throws SQLException {
        try (var rows = session.statement(sql).executeQuery()) {
            while (rows.next()) {
                visitor.row(rows);
            }
        }
    }
}
