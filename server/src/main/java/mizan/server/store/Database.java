package mizan.server.store;

import java.sql.Connection;
import java.sql.SQLException;

/// Where one store keeps its tables: a file of SQLite's or a schema of PostgreSQL's. A store's statements are such
/// that both take them; only the scripts that make the tables stand twice.
sealed interface Database permits SqliteFile, PostgresSchema {
    /// A connection of its own for a writer or a reader. What it does is durable when a commit returns.
    Connection connect() throws SQLException;

    /// Whether a connection is of no more use after this failure.
    boolean lost(SQLException failure);
}
