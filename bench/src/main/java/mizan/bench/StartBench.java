package mizan.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import mizan.server.app.Engine;
import mizan.server.http.ApiKeys;
import mizan.server.http.Mode;
import mizan.server.http.StrictJson;
import mizan.server.serve.LeaseRules;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// A server of its own process on a full folder: from its start to its first right decision, over HTTP. And
/// what a large book takes of the heap.
@Command(name = "start", mixinStandardHelpOptions = true, description = "From the start to the first decision.")
final class StartBench implements Callable<Integer> {
    @Option(names = "--campaigns", defaultValue = "10000", description = "on disk (${DEFAULT-VALUE})")
    private int campaigns;

    @Option(names = "--starts", defaultValue = "3", description = "of which the median counts (${DEFAULT-VALUE})")
    private int starts;

    @Option(names = "--ad-groups", defaultValue = "100000", description = "whose memory is measured (${DEFAULT-VALUE})")
    private int adGroups;

    @Mixin
    private Figures output = new Figures();

    @Override
    public Integer call() throws Exception {
        var folder = Files.createTempDirectory("mizan-start");
        var winner = fill(folder.resolve("live"));
        var archive = folder.resolve("classes.jsa");
        // The first start leaves the archive of loaded classes that the launcher keeps too.
        start(folder, archive, winner);
        var took = new Started[starts];
        for (int i = 0; i < starts; i++) {
            took[i] = start(folder, archive, winner);
        }
        Arrays.sort(took, Comparator.comparingLong(Started::millis));
        var figures = Figures.object()
                .put("campaigns", campaigns)
                .put("first_decision_ms", took[starts / 2].millis())
                .put("first_decision_best_ms", took[0].millis())
                .put("first_decision_cpu_ms", took[starts / 2].cpuMillis());
        var large = Files.createTempDirectory("mizan-heap");
        long asBooked = heapAbove(large, engine -> {
            var book = new BookedMarket(engine, 1, Instant.now());
            book.open(adGroups / 50, adGroups / 5, adGroups);
        });
        long asRead = heapAbove(large, _ -> {});
        output.print(figures.put("ad_groups", adGroups)
                .put("heap_mb_100k", Figures.tenth(asRead / 1e6))
                .put("heap_mb_100k_before_a_restart", Figures.tenth(asBooked / 1e6))
                .put("bytes_per_ad_group", asRead / adGroups));
        return 0;
    }

    /// Books the campaigns and one that outbids them all everywhere. Answers the ad that must win.
    private String fill(Path folder) {
        try (var engine = engine(folder)) {
            var book = new BookedMarket(engine, 1, Instant.now().minusSeconds(60));
            // First, because leases for a cold start are granted in the order of ids.
            var winner = book.openOne(50_000_000);
            book.open(Math.max(1, campaigns / 50), campaigns - 1, campaigns - 1);
            return winner;
        }
    }

    private static Engine engine(Path folder) {
        return Engine.embedded(folder, LeaseRules.STANDARD, InstantSource.system(), new SplittableRandom(1));
    }

    /// @param millis from starting the process to the right answer
    /// @param cpuMillis processor time of the server until then, on all cores
    private record Started(long millis, long cpuMillis) {}

    private Started start(Path folder, Path archive, String winner) throws IOException, InterruptedException {
        var key = ApiKeys.create(Mode.LIVE, new SplittableRandom(7));
        var builder = new ProcessBuilder(
                ProcessHandle.current().info().command().orElse("java"),
                "-XX:+AutoCreateSharedArchive",
                "-XX:SharedArchiveFile=" + archive,
                "-Xlog:cds=off",
                "-Xlog:cds+dynamic=off",
                "-Xmx2g",
                "-XX:+UseCompactObjectHeaders",
                "--enable-native-access=ALL-UNNAMED",
                "-jar",
                jar(),
                "start",
                "--port",
                "0",
                "--folder",
                folder.toString());
        builder.environment().put("MIZAN_ADMIN_KEY", key);
        builder.redirectError(ProcessBuilder.Redirect.INHERIT);
        try (var client = HttpClient.newHttpClient()) {
            long began = System.nanoTime();
            var process = builder.start();
            try {
                decide(client, process, key, winner);
                long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
                var cpu = process.info().totalCpuDuration().orElse(Duration.ZERO);
                return new Started(millis, cpu.toMillis());
            } finally {
                process.destroy();
                process.waitFor(20, TimeUnit.SECONDS);
            }
        }
    }

    private static void decide(HttpClient client, Process process, String key, String winner)
            throws IOException, InterruptedException {
        var said = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        var line = Optional.ofNullable(said.readLine())
                .orElseThrow(() -> new IllegalStateException("the server did not start"));
        var base = line.replaceFirst(".*(http://[^/]+).*", "$1");
        var body = StrictJson.own(
                "{\"placement\":\"home\",\"viewer\":{\"key\":\"r1\",\"country\":\"AA\",\"language\":\"ar\"}}");
        var posts = body.putArray("posts");
        for (int i = 0; i < 12; i++) {
            posts.addObject().put("id", "p" + i).put("author", "a" + i).put("text", "A calm day at the harbour");
        }
        var request = HttpRequest.newBuilder(URI.create(base + "/v1/decisions"))
                .header("authorization", "Bearer " + key)
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                .build();
        var answer = client.send(request, HttpResponse.BodyHandlers.ofString());
        var first = StrictJson.own(answer.body())
                .path("slots")
                .path(0)
                .path("ad")
                .path("id")
                .asString("");
        if (!first.equals(winner)) {
            throw new IllegalStateException("expected " + winner + ", but the answer was " + answer.body());
        }
    }

    /// The program itself, which the launcher runs as one jar.
    private static String jar() {
        var path = System.getProperty("java.class.path", "");
        if (!path.endsWith(".jar")) {
            throw new IllegalStateException("run it with the launcher: ./mizan bench start");
        }
        return path;
    }

    private interface Filling {
        void fill(Engine engine);
    }

    /// Bytes of the heap that an engine holds above an empty one.
    private static long heapAbove(Path folder, Filling filling) throws IOException {
        long empty;
        try (var engine = engine(Files.createTempDirectory("mizan-empty"))) {
            engine.tick();
            empty = used();
        }
        try (var engine = engine(folder)) {
            filling.fill(engine);
            engine.tick();
            return used() - empty;
        }
    }

    private static long used() {
        var memory = ManagementFactory.getMemoryMXBean();
        memory.gc();
        memory.gc();
        return memory.getHeapMemoryUsage().getUsed();
    }
}
