package mizan.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import mizan.server.app.Engine;
import mizan.server.app.Server;
import mizan.server.http.ApiKeys;
import mizan.server.http.Mode;
import mizan.server.http.Principal;
import mizan.server.http.Scope;
import mizan.server.serve.LeaseRules;
import mizan.sim.story.Marsa;
import mizan.sim.story.MovableClock;
import mizan.sim.story.Story;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.JsonNodeFactory;

/// Decisions over real HTTP, beside the constant reply of the same server in the same run.
@Command(
        name = "http",
        mixinStandardHelpOptions = true,
        description = "A feed of 20 posts, 10 of them Arabic and sent along, over HTTP.")
final class HttpBench implements Callable<Integer> {
    private static final String KEY = "mz_test_bench";

    @Option(names = "--ad-groups", defaultValue = "1000", description = "active ad groups (${DEFAULT-VALUE})")
    private int adGroups;

    @Option(names = "--requests", defaultValue = "1500", description = "measured requests (${DEFAULT-VALUE})")
    private int requests;

    @Mixin
    private Figures output = new Figures();

    @Override
    public Integer call() throws Exception {
        var folder = Files.createTempDirectory("mizan-bench");
        var clock = new MovableClock(Instant.now());
        clock.letGo();
        var engine = Engine.embedded(
                folder, new LeaseRules(Duration.ofHours(1), Duration.ofMinutes(15)), clock, new SplittableRandom(1));
        var story = new Story(engine, clock, 1);
        story.begin(adGroups, Instant.now().minusSeconds(60));
        var keys = new ApiKeys();
        keys.admit(ApiKeys.hash(KEY), new Principal("bench", Mode.TEST, EnumSet.allOf(Scope.class), Optional.empty()));
        try (var server = new Server(
                        new Server.Listen("127.0.0.1", 0),
                        Map.of(Mode.TEST, engine),
                        Mode.TEST,
                        keys,
                        List.of(),
                        InstantSource.system());
                var client = HttpClient.newHttpClient()) {
            var base = "http://127.0.0.1:" + server.port();
            // A reader of its own for each request: one reader would soon have met every frequency cap.
            var decide = new ArrayList<HttpRequest>();
            for (int reader = 0; reader < requests; reader++) {
                decide.add(HttpRequest.newBuilder(URI.create(base + "/v1/decisions"))
                        .header("authorization", "Bearer " + KEY)
                        .header("content-type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body(story, "bench_" + reader)))
                        .build());
            }
            var constant = List.of(
                    HttpRequest.newBuilder(URI.create(base + "/health/live")).build());
            run(client, decide, requests);
            run(client, constant, requests);
            print(run(client, decide, requests), run(client, constant, requests));
            return 0;
        }
    }

    /// @param cpuMicros CPU time of the whole process for one request, its client included
    private record Measured(double p50Micros, double p99Micros, double cpuMicros) {}

    private static Measured run(HttpClient client, List<HttpRequest> sent, int times) throws Exception {
        var machine = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        var nanos = new long[times];
        long cpu = machine.getProcessCpuTime();
        for (int i = 0; i < times; i++) {
            long began = System.nanoTime();
            var answer = client.send(sent.get(i % sent.size()), HttpResponse.BodyHandlers.ofByteArray());
            nanos[i] = System.nanoTime() - began;
            if (answer.statusCode() != 200) {
                throw new IllegalStateException("the server answered " + answer.statusCode());
            }
        }
        double used = (machine.getProcessCpuTime() - cpu) / 1e3 / times;
        Arrays.sort(nanos);
        return new Measured(nanos[times / 2] / 1e3, nanos[times * 99 / 100] / 1e3, used);
    }

    private static String body(Story story, String reader) {
        var root = JsonNodeFactory.instance.objectNode().put("placement", "home");
        root.putObject("viewer").put("key", reader).put("country", "SA").put("language", "ar");
        var posts = root.putArray("posts");
        var arabic = new Marsa(new SplittableRandom(3));
        story.newest(10).forEach(posts::add);
        while (posts.size() < 20) {
            var post = arabic.write(0);
            var text = post.content().text().orElse("");
            if (text.codePoints().anyMatch(c -> c >= 0x600 && c < 0x700)) {
                posts.addObject()
                        .put("id", "inline_" + posts.size())
                        .put("author", post.authors().getFirst())
                        .put("text", text);
            }
        }
        return root.toString();
    }

    private void print(Measured decide, Measured constant) {
        output.print(Figures.object()
                .put("ad_groups", adGroups)
                .put("p50_us", Math.round(decide.p50Micros()))
                .put("p99_us", Math.round(decide.p99Micros()))
                .put("cpu_us_per_decision_with_client", Math.round(decide.cpuMicros()))
                .put("constant_reply_p50_us", Math.round(constant.p50Micros()))
                .put("constant_reply_p99_us", Math.round(constant.p99Micros()))
                .put("constant_reply_cpu_us_with_client", Math.round(constant.cpuMicros()))
                .put("cpu_us_per_decision_above_constant", Math.round(decide.cpuMicros() - constant.cpuMicros())));
    }
}
