package mizan.server.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import org.sqlite.SQLiteConfig;

/// One SQLite file: durable writes (WAL, synchronous=FULL) and a schema that moves forward by numbered
/// scripts.
final class SqliteFile {
    /// Nobody asks for the keys that an insert made; unless told so, the driver looks for them after each update:
    /// a regular expression, one more statement, and a fifteenth of all that a busy server allocated.
    private static final Properties OPTIONS = new Properties();

    static {
        OPTIONS.setProperty(SQLiteConfig.Pragma.JDBC_GET_GENERATED_KEYS.pragmaName, "false");
    }

    private static final int CACHE_KIB = 8 << 10;
    private final Path file;

    private SqliteFile(Path file) {
        this.file = file;
    }

    /// Opens or makes the file and brings its schema up to date.
    ///
    /// @param scripts resource folder with `1.sql`, `2.sql`, ...; the number of the newest applied is kept
    ///     in the file
    /// @throws IllegalStateException when the file was written by a newer Mizan
    static SqliteFile open(Path file, String scripts, int newest) {
        var opened = new SqliteFile(file);
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            try (var connection = opened.connect()) {
                opened.migrate(connection, scripts, newest);
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

    /// A connection of its own for a writer or a reader.
    Connection connect() throws SQLException {
        var connection = DriverManager.getConnection("jdbc:sqlite:" + file, OPTIONS);
        try (var statement = connection.createStatement()) {
            statement.execute("PRAGMA journal_mode=WAL");
            statement.execute("PRAGMA synchronous=FULL");
            statement.execute("PRAGMA busy_timeout=10000");
            statement.execute("PRAGMA foreign_keys=ON");
            // Of pages, in KiB, taken as they are needed. With SQLite's own 2 MiB the ledger of a busy hour reads pages
            // again that it has just written.
            statement.execute("PRAGMA cache_size=-" + CACHE_KIB);
        }
        return connection;
    }

    private void migrate(Connection connection, String scripts, int newest) throws SQLException, IOException {
        int version = version(connection);
        if (version > newest) {
            throw new IllegalStateException("The file " + file + " has schema " + version + ", this Mizan knows up to "
                    + newest + ". It was written by a newer version: start that one, or restore a backup.");
        }
        for (int next = version + 1; next <= newest; next++) {
            connection.setAutoCommit(false);
            try (var statement = connection.createStatement()) {
                for (var sql : script(scripts + next + ".sql").split(";\\s*\\n")) {
                    if (!sql.isBlank()) {
                        statement.execute(sql);
                    }
                }
                statement.execute("PRAGMA user_version=" + next);
            }
            connection.commit();
            connection.setAutoCommit(true);
        }
    }

    private static int version(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("PRAGMA user_version")) {
            return row.getInt(1);
        }
    }

    private static String script(String name) throws IOException {
        try (var in = SqliteFile.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the schema script " + name + " is not in the program");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
