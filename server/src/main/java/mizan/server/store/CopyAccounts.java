package mizan.server.store;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import mizan.log.Sha256;

/// Copies book and ledger of a stopped engine from its files into PostgreSQL, and compares what came of it.
///
/// Each of the two is one transaction, so a copy that was interrupted left nothing, or all of it: beginning again is
/// how it is resumed. Whatever else stands in the target is left alone, and refused.
public final class CopyAccounts {
    private static final int ROWS_AT_ONCE = 1_000;

    /// In the order of their keys, which is the same in both databases.
    private record Table(String name, String key) {}

    private static final List<Table> BOOK = List.of(new Table("version", "revision"), new Table("image", "one"));
    private static final List<Table> LEDGER = List.of(
            new Table("meta", "name"),
            new Table("transfer", "seq"),
            new Table("balance", "kind, owner, currency"),
            new Table("lease", "id"),
            new Table("budget_use", "owner, day"),
            new Table("impression", "id"),
            new Table("count_hour", "hour, ad, placement"),
            new Table("count_day", "day, ad, placement"),
            new Table("count_total", "level, time, whose"),
            new Table("lost_day", "campaign, day, code"),
            new Table("invalid_day", "campaign, day, kind, reason"));

    private final Path folder;
    private final Postgres postgres;
    private final String engine;
    private final List<Copied> copied = new ArrayList<>();

    /// One table, the same in both.
    ///
    /// @param digest SHA-256 of its rows in the order of their keys, in hexadecimal digits
    public record Copied(String table, long rows, String digest) {}

    private CopyAccounts(Path folder, Postgres postgres, String engine) {
        this.folder = folder;
        this.postgres = postgres;
        this.engine = engine;
    }

    /// Copies what is not there yet.
    ///
    /// @param engine `live` or `test`: what the schemas are named for
    /// @param owner see [SqlLedgerStore#open]
    /// @return every table, after it was compared
    /// @throws DatabaseUnfit when the target holds something else
    public static List<Copied> copy(Path folder, Postgres postgres, String engine, String owner) {
        SqlLedgerStore.open(postgres, engine + "_ledger", owner).close();
        SqlBookStore.open(postgres, engine + "_book").close();
        var copy = new CopyAccounts(folder, postgres, engine);
        copy.store("book", SqlBookStore.SQLITE, SqlBookStore.POSTGRES, BOOK, "version");
        copy.store("ledger", SqlLedgerStore.SQLITE, SqlLedgerStore.POSTGRES, LEDGER, "transfer");
        return List.copyOf(copy.copied);
    }

    private void store(String name, SchemaScripts files, SchemaScripts scripts, List<Table> tables, String telling) {
        try (var source = SqliteFile.open(folder.resolve(name + ".db"), files).connect();
                var target = postgres.schema(engine + "_" + name, scripts).connect()) {
            Postgres.waitFor(target, 0);
            source.setAutoCommit(false);
            target.setAutoCommit(false);
            if (isEmpty(target, telling)) {
                for (var table : tables) {
                    copy(source, target, table);
                }
            }
            for (var table : tables) {
                copied.add(compared(source, target, table, engine + "_" + name + "." + table.name()));
            }
            target.commit();
        } catch (SQLException e) {
            throw new StoreFailed(
                    "the " + name + " of " + folder + " was not copied, and nothing is left of it there", e);
        }
    }

    private static boolean isEmpty(Connection target, String table) throws SQLException {
        try (var statement = target.createStatement();
                var row = statement.executeQuery("SELECT 1 FROM " + table + " LIMIT 1")) {
            return !row.next();
        }
    }

    private static void copy(Connection source, Connection target, Table table) throws SQLException {
        try (var empty = target.createStatement();
                var from = source.createStatement();
                var rows = from.executeQuery("SELECT * FROM " + table.name() + " ORDER BY " + table.key())) {
            // The rows that a new schema begins with.
            empty.execute("DELETE FROM " + table.name());
            var columns = columns(rows);
            var places = String.join(",", Collections.nCopies(columns.size(), "?"));
            try (var into = target.prepareStatement(
                    "INSERT INTO " + table.name() + " (" + String.join(", ", columns) + ") VALUES (" + places + ")")) {
                int waiting = 0;
                while (rows.next()) {
                    for (int i = 1; i <= columns.size(); i++) {
                        switch (rows.getObject(i)) {
                            case Number number -> into.setLong(i, number.longValue());
                            case byte[] bytes -> into.setBytes(i, bytes);
                            default -> into.setString(i, rows.getString(i));
                        }
                    }
                    into.addBatch();
                    if (++waiting == ROWS_AT_ONCE) {
                        into.executeBatch();
                        waiting = 0;
                    }
                }
                into.executeBatch();
            }
        }
    }

    private static List<String> columns(ResultSet rows) throws SQLException {
        var columns = new ArrayList<String>();
        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
            columns.add(rows.getMetaData().getColumnName(i));
        }
        return columns;
    }

    private Copied compared(Connection source, Connection target, Table table, String name) throws SQLException {
        var here = digested(source, table, name);
        var there = digested(target, table, name);
        if (!here.equals(there)) {
            throw new DatabaseUnfit("The table " + name + " in " + postgres + " is not that of the folder " + folder
                    + ": " + there.rows() + " rows there, " + here.rows()
                    + " here. Next: name an empty database with --to.");
        }
        return here;
    }

    /// Every value with its kind and length, so that no two different tables have the same text.
    private static Copied digested(Connection connection, Table table, String name) throws SQLException {
        var digest = Sha256.begun();
        long count = 0;
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT * FROM " + table.name() + " ORDER BY " + table.key())) {
            int columns = rows.getMetaData().getColumnCount();
            while (rows.next()) {
                count++;
                for (int i = 1; i <= columns; i++) {
                    value(digest, rows, i);
                }
            }
        }
        return new Copied(name, count, HexFormat.of().formatHex(digest.digest()));
    }

    private static void value(MessageDigest digest, ResultSet rows, int column) throws SQLException {
        var bytes = switch (rows.getObject(column)) {
            case Number number -> ("n" + number.longValue()).getBytes(StandardCharsets.UTF_8);
            case byte[] blob -> blob;
            default -> ("t" + rows.getString(column)).getBytes(StandardCharsets.UTF_8);
        };
        digest.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
        digest.update(bytes);
    }
}
