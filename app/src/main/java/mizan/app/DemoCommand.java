package mizan.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Locale;
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
import mizan.server.pages.PageRoutes;
import mizan.server.serve.LeaseRules;
import mizan.sim.story.Marsa;
import mizan.sim.story.MovableClock;
import mizan.sim.story.Story;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.JsonNodeFactory;

/// The main job, live, on the embedded engine, in a folder of its own that is made anew each time.
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description =
                "A community, its advertisers and 26 weeks of history through the real engine, then live traffic.")
final class DemoCommand implements Callable<Integer> {
    static final String KEY = "mz_test_demo";

    @Option(
            names = "--port",
            defaultValue = "8080",
            description = "port to listen on; 0 takes any free one (${DEFAULT-VALUE})")
    private int port;

    @Option(names = "--folder", defaultValue = "mizan-demo", description = "where its data goes (${DEFAULT-VALUE})")
    private Path folder = Path.of("mizan-demo");

    @Option(names = "--weeks", defaultValue = "26", description = "weeks of history (${DEFAULT-VALUE})")
    private int weeks;

    @Option(names = "--advertisers", defaultValue = "60", description = "how many advertisers (${DEFAULT-VALUE})")
    private int advertisers;

    @Option(names = "--seed", defaultValue = "7", description = "same seed, same figures (${DEFAULT-VALUE})")
    private long seed;

    @Option(names = "--headless", description = "play the history, print the figures, end")
    private boolean headless;

    @Option(names = "--json", description = "figures as one JSON object")
    private boolean json;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (weeks < 1 || weeks > 260 || advertisers < 1 || advertisers > 2_000) {
            System.err.println("mizan: --weeks is 1 to 260 and --advertisers 1 to 2,000.");
            return Main.REFUSED;
        }
        long began = System.nanoTime();
        var say = new Progress(json);
        say.line("Mizan 0.1.0 · demo · nothing leaves this machine");
        emptied(folder);
        // Headless runs start on a fixed day, so that the same seed gives the same figures on any day.
        var end = headless ? Instant.parse("2026-11-23T00:00:00Z") : Instant.now();
        var start = end.minus(Duration.ofDays(7L * weeks));
        var clock = new MovableClock(start);
        var rules = new LeaseRules(Duration.ofDays(1), Duration.ofMinutes(15));
        var engine = Engine.embedded(folder, rules, clock, new SplittableRandom(seed));
        say.done("Store ready in " + folder + " (embedded)");
        var story = new Story(engine, clock, seed);
        story.begin(advertisers, start);
        say.done("Community \"Marsa\": 1,200 readers, posts in Arabic and English · " + advertisers + " advertisers");
        if (headless) {
            play(story, start, say);
            return finish(engine, story, began, say);
        }
        return live(engine, story, clock, start, began, say);
    }

    private void play(Story story, Instant start, Progress say) {
        for (int week = 1; week <= weeks; week++) {
            story.playWeek(week, start.plus(Duration.ofDays(7L * (week - 1))));
            say.bar("Playing " + weeks + " weeks", week, weeks);
        }
    }

    /// Serves at once and plays the history beside it, so that the pages fill while one looks.
    private int live(Engine engine, Story story, MovableClock clock, Instant start, long began, Progress say)
            throws InterruptedException {
        var keys = new ApiKeys();
        keys.admit(
                ApiKeys.hash(KEY), new Principal("key_demo", Mode.TEST, EnumSet.allOf(Scope.class), Optional.empty()));
        var pages = new PageRoutes(engine, "Marsa", () -> story.newest(12));
        try (var server = new Server(
                new Server.Listen("127.0.0.1", port),
                Map.of(Mode.TEST, engine),
                Mode.TEST,
                keys,
                pages.routes(),
                InstantSource.system())) {
            var base = "http://localhost:" + server.port();
            say.done("Listening after " + seconds(began) + " s");
            say.line("");
            say.line("  Console     " + base + "/");
            say.line("  Feed        " + base + "/feed");
            say.line("  Repository  " + base + "/ads          public, no sign-in");
            say.line("  API         " + base + "/docs         test key: " + KEY);
            say.line("  عربي        " + base + "/?lang=ar");
            say.line("");
            play(story, start, say);
            clock.letGo();
            var sums = engine.invariants();
            say.done("Ledger sum " + sums.ledgerSum() + " · " + sums.largestOverspend() + " overspent · "
                    + story.tally().termsBroken() + " terms broken");
            say.line(
                    "  Press b for a boycott · r for a return · x to post something nobody wants beside an ad · Ctrl-C stops");
            traffic(engine, story);
            return 0;
        }
    }

    /// A few readers a second, and the keys of the terminal.
    private static void traffic(Engine engine, Story story) throws InterruptedException {
        var random = new SplittableRandom(1);
        var posts = new Marsa(random.split());
        long served = 0;
        while (true) {
            story.page("r_" + random.nextInt(1_200));
            if (++served % 50 == 0) {
                var post = posts.write(0.06);
                story.write(engine.posts()
                        .take(Marsa.post(
                                "live_" + served,
                                post.authors().getFirst(),
                                post.content().text().orElse(""),
                                post.topics()))
                        .id());
            }
            key(engine, story, served);
            Thread.sleep(25);
        }
    }

    private static void key(Engine engine, Story story, long served) {
        try {
            if (System.in.available() == 0) {
                return;
            }
            switch (System.in.read()) {
                case 'b' -> story.boycott();
                case 'r' -> story.returnAll();
                case 'x' ->
                    story.write(engine.posts()
                            .take(Marsa.post(
                                    "live_x_" + served,
                                    "@marsanews",
                                    "Dozens killed in an overnight air strike on the city, officials say.",
                                    java.util.Set.of("news")))
                            .id());
                default -> {
                    // Other keys mean nothing here.
                }
            }
        } catch (IOException _) {
            // No terminal: the demo goes on without keys.
        }
    }

    private int finish(Engine engine, Story story, long began, Progress say) {
        engine.settle();
        var totals = engine.reports().totals();
        var sums = engine.invariants();
        var tally = story.tally();
        var figures = JsonNodeFactory.instance.objectNode();
        figures.put("feeds", totals.decisions());
        figures.put("ads_shown", totals.counts().rendered());
        figures.put("impressions_billed", totals.counts().charged());
        figures.put("clicks", totals.counts().clicks());
        figures.put("revenue_micros", totals.counts().spendMicros());
        figures.put("currency", "USD");
        figures.put("overspend_micros", sums.largestOverspend());
        figures.put("terms_broken", tally.termsBroken());
        figures.put("ledger_sum", sums.ledgerSum());
        figures.put("journal_bytes", engine.journal().durableEnd());
        if (json) {
            // The seconds differ from run to run, so they stand on the other stream: the figures are the
            // same byte for byte.
            System.out.println(figures);
            System.err.println("{\"seconds\":" + seconds(began) + "}");
        } else {
            figures.properties()
                    .forEach(f ->
                            say.line("  " + f.getKey() + "  " + f.getValue().asString()));
            say.line("  seconds  " + seconds(began));
        }
        engine.close();
        boolean held = sums.holds() && tally.termsBroken() == 0;
        return held ? 0 : Main.PROBLEM;
    }

    private static String seconds(long began) {
        return String.format(Locale.ROOT, "%.1f", (System.nanoTime() - began) / 1e9);
    }

    /// Only a folder that an earlier demo made is emptied.
    private static void emptied(Path folder) throws IOException {
        var mark = folder.resolve(".mizan-demo");
        if (Files.exists(folder)) {
            if (!Files.exists(mark)) {
                throw new IOException(
                        "The folder " + folder + " exists and was not made by the demo, so it is left alone."
                                + " Choose another one with --folder.");
            }
            try (var files = Files.walk(folder)) {
                for (var file :
                        files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
        Files.createDirectories(folder);
        Files.writeString(mark, "made by mizan demo; emptied at its next start\n");
    }
}
