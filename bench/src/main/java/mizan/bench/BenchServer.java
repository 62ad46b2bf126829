package mizan.bench;

import com.sun.management.ThreadMXBean;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.logging.Level;
import java.util.logging.Logger;
import mizan.core.campaign.Placement;
import mizan.core.feed.FeedPost;
import mizan.core.feed.Viewer;
import mizan.server.app.Engine;
import mizan.server.app.Server;
import mizan.server.http.ApiKeys;
import mizan.server.http.Mode;
import mizan.server.http.Principal;
import mizan.server.http.Scope;
import mizan.server.journal.FolderDisk;
import mizan.server.journal.Journal;
import mizan.server.serve.LeaseRules;
import mizan.sim.story.Marsa;

/// The real server with the benchmark's book, in a process of its own. What it knows of itself it tells only
/// to the process that started it, line by line; nothing of that is in the API.
final class BenchServer {
    /// Held, because the level of a logger that nobody holds is forgotten.
    private static final Logger HELIDON = Logger.getLogger("io.helidon");

    private final Engine engine;
    private int recordBytes;

    private BenchServer(Engine engine) {
        this.engine = engine;
    }

    /// Says its port, then answers `allocated`, `serve`, `record` and `append` until its input ends.
    ///
    /// @param arguments how many ad groups
    public static void main(String[] arguments) throws Exception {
        HELIDON.setLevel(Level.WARNING);
        var folder = Files.createTempDirectory("mizan-bench");
        var time = InstantSource.system();
        var engine = Engine.embedded(folder, LeaseRules.STANDARD, time, new SplittableRandom(1));
        new BenchBook(engine, new SplittableRandom(2))
                .open(Integer.parseInt(arguments[0]), time.instant().minusSeconds(60));
        sendPosts(engine);
        var keys = new ApiKeys();
        keys.admit(
                ApiKeys.hash(FeedRequests.KEY),
                new Principal("bench", Mode.TEST, EnumSet.of(Scope.SERVE), Optional.empty()));
        try (var server = new Server(
                new Server.Listen("127.0.0.1", 0), Map.of(Mode.TEST, engine), Mode.TEST, keys, List.of(), time)) {
            System.out.println(server.port());
            new BenchServer(engine).answerQuestions();
        }
    }

    /// What the platform sent before: its newest posts, some of them about violence and crime.
    private static void sendPosts(Engine engine) {
        var marsa = new Marsa(new SplittableRandom(5));
        for (int i = 0; i < FeedRequests.POSTS; i++) {
            var post = marsa.write(0.06);
            engine.posts()
                    .take(Marsa.post(
                            FeedRequests.post(i),
                            post.authors().getFirst(),
                            post.content().text().orElse(""),
                            post.topics()));
        }
    }

    private void answerQuestions() throws Exception {
        var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (var line = in.readLine(); line != null; line = in.readLine()) {
            System.out.println(
                    switch (line) {
                        case "allocated" -> Long.toString(threads().getTotalThreadAllocatedBytes());
                        case "serve" -> Double.toString(serveMicros());
                        case "record" -> Integer.toString(recordBytes);
                        case "append" -> Double.toString(appendMicros());
                        default -> throw new IllegalArgumentException(line);
                    });
        }
    }

    /// CPU time of one decision without HTTP: what [mizan.server.serve.ServeAds] takes for the same pages.
    private double serveMicros() {
        long journal = engine.journal().end();
        var compiled = engine.snapshots().current();
        Placement placement =
                Optional.ofNullable(compiled.placements().get("home")).orElseThrow();
        var random = new SplittableRandom(11);
        var posts = new ArrayList<FeedPost>();
        for (int i = 0; i < FeedRequests.POSTS; i++) {
            posts.add(engine.snapshots()
                    .facts(engine.posts().find(FeedRequests.post(i)).orElseThrow()));
        }
        int decisions = 1_000;
        long cpu = threads().getCurrentThreadCpuTime();
        long until = System.nanoTime() + 2_000_000_000L;
        int done = 0;
        for (; done < decisions || System.nanoTime() < until; done++) {
            var viewer = new Viewer(
                    Optional.of("direct_" + done),
                    Optional.of(BenchBook.COUNTRIES.get(random.nextInt(BenchBook.COUNTRIES.size()))),
                    Optional.empty(),
                    Optional.of(random.nextInt(10) < 6 ? "ar" : "en"),
                    Optional.of(random.nextInt(4) == 0 ? "desktop" : "phone"),
                    Viewer.Profile.of(
                            true,
                            false,
                            Optional.empty(),
                            Set.of(BenchBook.INTERESTS.get(random.nextInt(10))),
                            Set.of()),
                    Set.of(),
                    Set.of());
            int from = random.nextInt(posts.size() - 20);
            engine.serving().serve(placement, viewer, posts.subList(from, from + 20));
        }
        double micros = (threads().getCurrentThreadCpuTime() - cpu) / 1e3 / done;
        recordBytes = Math.toIntExact((engine.journal().end() - journal) / done);
        return micros;
    }

    /// CPU time of appending one record as large as a decision's, to a journal of its own.
    private double appendMicros() throws IOException {
        int records = 50_000;
        long nanos = 0;
        var record = new byte[recordBytes];
        try (var journal = Journal.open(FolderDisk.open(Files.createTempDirectory("mizan-journal")), 1L << 30)) {
            for (int i = 0; i < 2 * records; i += 500) {
                long cpu = threads().getCurrentThreadCpuTime();
                for (int n = 0; n < 500; n++) {
                    journal.append((byte) 1, record);
                }
                // The first half warms up.
                nanos += i < records ? 0 : threads().getCurrentThreadCpuTime() - cpu;
                journal.flush();
            }
        }
        return nanos / 1e3 / records;
    }

    private static ThreadMXBean threads() {
        return (ThreadMXBean) ManagementFactory.getThreadMXBean();
    }
}
