package mizan.sim.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/// One server for all tests of a run that do not kill it.
public final class TestPostgres {
    private static Optional<LocalPostgres> shared = Optional.empty();

    private TestPostgres() {}

    /// The address of a new empty database. Where PostgreSQL is not installed, the test is skipped and says so; the
    /// machine that checks every change must have it.
    public static String database() {
        return shared().database();
    }

    /// Does something as the shared server's administrator.
    public static void execute(String sql) {
        shared().execute(sql);
    }

    private static synchronized LocalPostgres shared() {
        var server = shared.orElseGet(TestPostgres::start);
        if (shared.isEmpty()) {
            shared = Optional.of(server);
            Runtime.getRuntime().addShutdownHook(new Thread(server::close));
        }
        return server;
    }

    /// A server of one's own, to be ended by whoever asked for it.
    public static LocalPostgres start() {
        var programs = LocalPostgres.programs();
        Assumptions.assumeTrue(programs.isPresent(), "PostgreSQL is not here: apt-get install postgresql");
        try {
            return LocalPostgres.start(programs.get());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
