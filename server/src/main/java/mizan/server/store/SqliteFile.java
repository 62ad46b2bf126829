package mizan.server.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import org.sqlite.SQLiteConfig;

/// One SQLite file: durable writes (WAL, synchronous=FULL) and a schema that moves forward by numbered
/// scripts.
final class SqliteFile implements Database {
    /// Nobody asks for the keys that an insert made; unless told so, the driver looks for them after each update:
    /// a regular expression, one more statement, and a fifteenth of all that a busy server allocated.
    private static final Properties OPTIONS = new Properties();

    static {
        OPTIONS.setProperty(SQLiteConfig.Pragma.JDBC_GET_GENERATED_KEYS.pragmaName, "false");
    }

    private static final int CACHE_KIB = 8 << 10;
    private final Path file;

    private final boolean onlyRead;

    private SqliteFile(Path file, boolean onlyRead) {
        this.file = file;
        this.onlyRead = onlyRead;
    }

    /// The same file for a reader, who can change nothing.
    SqliteFile onlyRead() {
        return new SqliteFile(file, true);
    }

    /// Opens or makes the file and brings its schema up to date.
    ///
    /// @param scripts resource folder with `1.sql`, `2.sql`, ...; the number of the newest applied is kept
    ///     in the file
    /// @throws IllegalStateException when the file was written by a newer Mizan
    static SqliteFile open(Path file, String scripts, int newest) {
        return open(file, new SchemaScripts(scripts, newest));
    }

    static SqliteFile open(Path file, SchemaScripts scripts) {
        var opened = new SqliteFile(file, false);
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            try (var connection = opened.connect()) {
                opened.migrate(connection, scripts);
            }
            return opened;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SQLException e) {
            throw new StoreFailed("cannot open " + file, e);
        }
    }

    /// What a store makes of its connection.
    interface Opening<T> {
        T with(Connection connection) throws SQLException;
    }

    /// A store over one connection to its file, brought up to date as [#open] does.
    static <T> T store(Path file, String scripts, int newest, Opening<T> opening) {
        try {
            return opening.with(open(file, scripts, newest).connect());
        } catch (SQLException e) {
            throw new StoreFailed("cannot open " + file, e);
        }
    }

    @Override
    public Connection connect() throws SQLException {
        var connection = DriverManager.getConnection("jdbc:sqlite:" + file, OPTIONS);
        try (var statement = connection.createStatement()) {
            statement.execute("PRAGMA journal_mode=WAL");
            statement.execute("PRAGMA synchronous=FULL");
            statement.execute("PRAGMA busy_timeout=10000");
            statement.execute("PRAGMA foreign_keys=ON");
            // Of pages, in KiB, taken as they are needed. With SQLite's own 2 MiB the ledger of a busy hour reads pages
            // again that it has just written.
            statement.execute("PRAGMA cache_size=-" + CACHE_KIB);
            if (onlyRead) {
                statement.execute("PRAGMA query_only=ON");
            }
        }
        return connection;
    }

    private void migrate(Connection connection, SchemaScripts scripts) throws SQLException {
        scripts.apply(connection, version(connection), "The file " + file, next -> {
            try (var statement = connection.createStatement()) {
                statement.execute("PRAGMA user_version=" + next);
            }
        });
    }

    @Override
    public boolean lost(SQLException failure) {
        return false;
    }

    @Override
    public String toString() {
        return file.toString();
    }

    private static int version(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("PRAGMA user_version")) {
            return row.getInt(1);
        }
    }
}
