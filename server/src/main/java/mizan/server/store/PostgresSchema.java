package mizan.server.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;

/// One store's tables in a schema of a PostgreSQL database.
final class PostgresSchema implements Database {
    /// What ends a connection: its own class, and what an administrator or a crash says last.
    private static final String CONNECTION_FAILED = "08";
    private static final Set<String> ENDED = Set.of("57P01", "57P02", "57P03", "25P03");
    /// A report adds up what a year has brought.
    private static final int REPORT_SECONDS = 60;

    private final Postgres postgres;
    private final String name;
    private final boolean onlyRead;

    PostgresSchema(Postgres postgres, String name, boolean onlyRead) {
        this.postgres = postgres;
        this.name = name;
        this.onlyRead = onlyRead;
    }

    /// The same tables for a reader, who can change nothing.
    PostgresSchema onlyRead() {
        return new PostgresSchema(postgres, name, true);
    }

    @Override
    public Connection connect() throws SQLException {
        var connection = postgres.connect();
        connection.setSchema(name);
        if (onlyRead) {
            connection.setReadOnly(true);
            Postgres.waitFor(connection, REPORT_SECONDS);
        }
        // A reader sees all of one moment, and a writer learns that another one was first.
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        return connection;
    }

    @Override
    public boolean lost(SQLException failure) {
        for (SQLException e = failure; e != null; e = e.getNextException()) {
            var state = e.getSQLState();
            if (state != null && (state.startsWith(CONNECTION_FAILED) || ENDED.contains(state))) {
                return true;
            }
        }
        return false;
    }

    /// Makes what is missing. Of several programs that start at once, one does it and the others wait.
    void migrate(SchemaScripts scripts) throws SQLException {
        try (var connection = postgres.connect();
                var statement = connection.createStatement()) {
            statement.execute("SELECT pg_advisory_lock(hashtext('mizan schema'))");
            try (var known = connection.prepareStatement("SELECT 1 FROM pg_namespace WHERE nspname = ?")) {
                known.setString(1, name);
                try (var row = known.executeQuery()) {
                    if (!row.next()) {
                        statement.execute("CREATE SCHEMA " + name);
                    }
                }
            }
            connection.setSchema(name);
            statement.execute("CREATE TABLE IF NOT EXISTS schema_version (number integer NOT NULL)");
            int version = 0;
            try (var row = statement.executeQuery("SELECT coalesce(max(number), 0) FROM schema_version")) {
                row.next();
                version = row.getInt(1);
            }
            scripts.apply(
                    connection,
                    version,
                    "The schema " + name + " of " + postgres,
                    next -> statement.execute("INSERT INTO schema_version VALUES (" + next + ")"));
        }
    }

    @Override
    public String toString() {
        return "schema " + name + " of " + postgres;
    }
}
