package mizan.server.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;

/// Numbered scripts that bring a store's tables forward: `1.sql`, `2.sql`, ..., each in one transaction.
///
/// @param folder of resources, ends with a slash
/// @param newest the highest number that this program knows
record SchemaScripts(String folder, int newest) {
    /// How a database keeps the number of the newest script that was applied.
    interface Numbering {
        void write(int number) throws SQLException;
    }

    /// Applies what is missing.
    ///
    /// @param where the name of the database, for people
    /// @throws IllegalStateException when it was written by a newer Mizan
    void apply(Connection connection, int version, String where, Numbering numbering) throws SQLException {
        if (version > newest) {
            throw new IllegalStateException(where + " has schema " + version + ", this Mizan knows up to " + newest
                    + ". It was written by a newer version: start that one, or restore a backup.");
        }
        for (int next = version + 1; next <= newest; next++) {
            connection.setAutoCommit(false);
            try (var statement = connection.createStatement()) {
                for (var sql : script(folder + next + ".sql").split(";\\s*\\n")) {
                    if (!sql.isBlank()) {
                        statement.execute(sql);
                    }
                }
                numbering.write(next);
            }
            connection.commit();
            connection.setAutoCommit(true);
        }
    }

    private static String script(String name) {
        try (var in = SchemaScripts.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the schema script " + name + " is not in the program");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
