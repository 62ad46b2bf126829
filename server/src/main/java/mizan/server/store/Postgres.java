package mizan.server.store;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import java.util.regex.Pattern;
import org.postgresql.PGProperty;

/// A PostgreSQL database that was found fit to keep money in: reachable, a primary, new enough, in UTF-8, with the
/// right to make schemas.
public final class Postgres {
    /// The oldest version that the tests run on.
    public static final int OLDEST = 15;

    /// Longer than any statement may take.
    private static final int ANSWER_SECONDS = 15;

    private static final Pattern ADDRESS = Pattern.compile("jdbc:postgresql://[^?]+");
    private static final Pattern SCHEMA_NAME = Pattern.compile("[a-z][a-z0-9_]{0,62}");
    private final String url;
    private final Properties options;

    private Postgres(String url, Properties options) {
        this.url = url;
        this.options = options;
    }

    /// Looks at a database and says what is wrong with it, if anything is.
    ///
    /// @param url such as `jdbc:postgresql://db.example:5432/mizan?user=mizan`. What it says of timeouts and
    ///     certificates counts; a password is better kept in the file `~/.pgpass`, which the driver reads
    /// @throws DatabaseUnfit with what to do next
    public static Postgres at(String url) {
        if (!ADDRESS.matcher(url).lookingAt()) {
            throw new DatabaseUnfit("A store is such as jdbc:postgresql://db.example:5432/mizan?user=mizan.");
        }
        var postgres = new Postgres(url, options());
        try (var connection = postgres.connect()) {
            postgres.check(connection);
        } catch (SQLException e) {
            throw new DatabaseUnfit(postgres.inWords(e), e);
        }
        // From now on nothing else is talked to, whatever the address leads to after a switch.
        PGProperty.TARGET_SERVER_TYPE.set(postgres.options, "primary");
        return postgres;
    }

    /// Nothing waits for ever: a statement 10 s, a lock 5 s, an answer of the server 15 s, a connection 3 s. A commit
    /// is answered when it is on the disk of the primary, whatever the database's own setting.
    private static Properties options() {
        var options = new Properties();
        PGProperty.CONNECT_TIMEOUT.set(options, 3);
        PGProperty.LOGIN_TIMEOUT.set(options, 5);
        PGProperty.SOCKET_TIMEOUT.set(options, ANSWER_SECONDS);
        PGProperty.TCP_KEEP_ALIVE.set(options, true);
        PGProperty.APPLICATION_NAME.set(options, "mizan");
        // A book of a million versions is not read into memory at once.
        PGProperty.DEFAULT_ROW_FETCH_SIZE.set(options, 1_000);
        PGProperty.OPTIONS.set(
                options,
                "-c statement_timeout=10s -c lock_timeout=5s -c idle_in_transaction_session_timeout=60s"
                        + " -c synchronous_commit=on");
        return options;
    }

    Connection connect() throws SQLException {
        return DriverManager.getConnection(url, options);
    }

    /// Lets a connection wait longer than others: for a report, or for a copy of everything.
    ///
    /// @param seconds 0 for ever
    static void waitFor(Connection connection, int seconds) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("SET statement_timeout = '" + seconds + "s'");
            statement.execute("SET idle_in_transaction_session_timeout = '" + seconds + "s'");
        }
        connection.setNetworkTimeout(Runnable::run, seconds == 0 ? 0 : 1_000 * (seconds + ANSWER_SECONDS));
    }

    /// A store's tables, brought up to date.
    ///
    /// @throws DatabaseUnfit with what to do next
    PostgresSchema schema(String name, SchemaScripts scripts) {
        if (!SCHEMA_NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("not a name of a schema: " + name);
        }
        var schema = new PostgresSchema(this, name, false);
        try {
            schema.migrate(scripts);
        } catch (SQLException e) {
            throw new DatabaseUnfit(inWords(e), e);
        }
        return schema;
    }

    private void check(Connection connection) throws SQLException {
        int version = Integer.parseInt(asked(connection, "SHOW server_version_num")) / 10_000;
        if (version < OLDEST) {
            throw new DatabaseUnfit(this + " is PostgreSQL " + version + "; Mizan is tested from " + OLDEST
                    + " on. Next: upgrade it, or name another one with --store.");
        }
        if (asked(connection, "SELECT pg_is_in_recovery()").equals("t")) {
            throw new DatabaseUnfit(this + " is a standby, and money is kept on a primary alone."
                    + " Next: name the primary with --store, or promote this one.");
        }
        if (!asked(connection, "SHOW server_encoding").equals("UTF8")) {
            throw new DatabaseUnfit(this + " is not encoded in UTF-8."
                    + " Next: createdb --encoding=UTF8 --template=template0 NAME, and name that one with --store.");
        }
        if (asked(connection, "SHOW fsync").equals("off")) {
            throw new DatabaseUnfit(
                    this + " runs with fsync=off, so a power cut would lose money that was acknowledged."
                            + " Next: set fsync = on in postgresql.conf.");
        }
        if (asked(connection, "SELECT has_database_privilege(current_database(), 'CREATE')")
                .equals("f")) {
            var user = asked(connection, "SELECT current_user");
            throw new DatabaseUnfit("The user " + user + " may not make schemas in " + this
                    + ". Next: GRANT CREATE ON DATABASE " + asked(connection, "SELECT current_database()") + " TO "
                    + user + ";");
        }
    }

    private static String asked(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    private String inWords(SQLException e) {
        var state = e.getSQLState() == null ? "" : e.getSQLState();
        var next = switch (state) {
            case "28P01", "28000" ->
                "The user or the password is not accepted. Next: give user= in the address and the password in"
                        + " ~/.pgpass, and look into pg_hba.conf.";
            case "3D000" -> "There is no such database. Next: createdb --encoding=UTF8 NAME.";
            case "42501" ->
                "The user lacks a right. Next: GRANT CREATE ON DATABASE NAME TO the user, or start as the"
                        + " user who started first.";
            case "53300" -> "All its connections are taken. Next: raise max_connections.";
            default ->
                "Next: look whether PostgreSQL runs there and listens on that address (pg_isready), and whether a"
                        + " firewall is between.";
        };
        return this + " cannot be used: " + e.getMessage() + ". " + next;
    }

    /// Its address, without what may be secret.
    @Override
    public String toString() {
        var address = ADDRESS.matcher(url);
        return address.lookingAt() ? address.group() : "PostgreSQL";
    }
}
