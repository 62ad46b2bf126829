package mizan.app;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import mizan.server.app.Engine;
import mizan.server.app.Server;
import mizan.server.http.ApiKeys;
import mizan.server.http.Mode;
import mizan.server.http.Principal;
import mizan.server.http.Scope;
import mizan.server.serve.LeaseRules;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// The server on one's own data. Keys are given by the environment, so that none is in a file of the repository.
@Command(
        name = "start",
        mixinStandardHelpOptions = true,
        description =
                "Run the server. MIZAN_ADMIN_KEY holds the first API key (mz_live_ and 52 digits); one is made when it is not set.")
final class StartCommand implements Callable<Integer> {
    @Option(names = "--host", defaultValue = "127.0.0.1", description = "address to listen on (${DEFAULT-VALUE})")
    private String host = "127.0.0.1";

    @Option(names = "--port", defaultValue = "8080", description = "port to listen on (${DEFAULT-VALUE})")
    private int port;

    @Option(names = "--folder", defaultValue = "mizan-data", description = "where the data is (${DEFAULT-VALUE})")
    private Path folder = Path.of("mizan-data");

    @Override
    public Integer call() throws InterruptedException {
        var time = InstantSource.system();
        var random = new SecureRandom();
        var live = Engine.embedded(folder.resolve("live"), LeaseRules.STANDARD, time, random);
        var test = Engine.embedded(folder.resolve("test"), LeaseRules.STANDARD, time, random);
        var given = Optional.ofNullable(System.getenv("MIZAN_ADMIN_KEY"));
        var key = given.orElseGet(() -> ApiKeys.create(Mode.LIVE, random));
        var keys = new ApiKeys();
        keys.admit(
                ApiKeys.hash(key), new Principal("key_admin", Mode.LIVE, EnumSet.allOf(Scope.class), Optional.empty()));
        try (var server = new Server(
                new Server.Listen(host, port),
                Map.of(Mode.LIVE, live, Mode.TEST, test),
                Mode.LIVE,
                keys,
                List.of(),
                time)) {
            System.out.println("Mizan listens on http://" + host + ":" + server.port() + "/docs");
            if (given.isEmpty()) {
                System.out.println("API key of this run, shown once: " + key);
                System.out.println("Set MIZAN_ADMIN_KEY to keep one across restarts.");
            }
            new CountDownLatch(1).await();
            return 0;
        }
    }
}
