package mizan.app;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import mizan.core.campaign.Campaign;
import mizan.server.api.Actions;
import mizan.server.app.Engine;
import mizan.server.app.Server;
import mizan.server.http.ApiKeys;
import mizan.server.http.Mode;
import mizan.server.http.Principal;
import mizan.server.http.RememberedAnswers;
import mizan.server.http.Scope;
import mizan.server.openrtb.Supply;
import mizan.server.pages.FrontDoor;
import mizan.server.pages.PageRoutes;
import mizan.server.people.EntryLinks;
import mizan.server.people.People;
import mizan.server.people.RememberedPeople;
import mizan.server.people.Workspace;
import mizan.server.proof.Sealing;
import mizan.server.serve.LeaseRules;
import mizan.sim.story.MarsaCommunity;
import mizan.sim.story.MovableClock;
import mizan.sim.story.Story;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// The main job, live, on the embedded engine, in a folder of its own that is made anew each time.
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description =
                "A community, its advertisers and 26 weeks of history through the real engine, then live traffic.")
final class DemoCommand implements Callable<Integer> {
    static final String KEY = "mz_test_demo";

    /// Anybody may ask for the invented community's ads: no money of the world is behind them.
    private static final Supply OFFERED = new Supply(
            "marsa.example",
            Optional.empty(),
            "mizan",
            Optional.empty(),
            OptionalInt.empty(),
            false,
            List.of(new Supply.Seller(
                    "marsa", Supply.Seller.Type.PUBLISHER, Optional.of("Marsa"), Optional.of("marsa.example"), false)),
            List.of(),
            List.of(),
            List.of(new Supply.Offering("home", Set.of("*"), true, 200, Optional.of("marsa"))));

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

    @Option(names = "--json", description = "for programs: one JSON object a line; with --headless one in all")
    private boolean json;

    @Option(names = "--lang", defaultValue = "en", description = "language of these lines: en or ar (${DEFAULT-VALUE})")
    private String lang = "en";

    private Transcript say = new Transcript(Transcript.Form.SILENT, System.out, 0);
    private DemoWords words = new DemoWords("en");

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (port < 0
                || port > 65_535
                || weeks < 1
                || weeks > 260
                || advertisers < 1
                || advertisers > 2_000
                || !DemoWords.LANGUAGES.contains(lang)) {
            System.err.println(
                    "mizan: --port is 0 to 65535, --weeks 1 to 260, --advertisers 1 to 2,000, --lang en or ar. See --help.");
            return Main.USAGE;
        }
        say = new Transcript(form(), System.out, processStart());
        words = new DemoWords(lang);
        if (!headless) {
            port = Ports.free("127.0.0.1", port);
        }
        Folders.emptied(folder);
        say.line("  " + words.of("banner", Main.VERSION));
        say.line("");
        say.done("java", words.of("java", Runtime.version().feature(), cores(), gigabytes()));
        // Headless runs start on a fixed day, so that the same seed gives the same figures on any day.
        var end = headless ? Instant.parse("2026-11-23T00:00:00Z") : Instant.now();
        var start = end.minus(Duration.ofDays(7L * weeks));
        var clock = new MovableClock(start);
        var rules = new LeaseRules(Duration.ofDays(1), Duration.ofMinutes(15));
        var engine = Engine.embedded(folder, rules, clock, new SplittableRandom(seed));
        say.done("store", words.of("store", folder));
        var story = new Story(engine, clock, seed);
        story.begin(advertisers, start, weeks);
        say.done(
                "community",
                words.of("community", story.newest(Integer.MAX_VALUE).size()));
        say.done("booked", words.of("booked", advertisers, booked(engine).size(), dollars(engine)));
        if (headless) {
            play(story, start);
            return finish(engine, story);
        }
        return live(engine, story, start);
    }

    private Transcript.Form form() {
        if (json) {
            return headless ? Transcript.Form.SILENT : Transcript.Form.JSON;
        }
        return Transcript.onTerminal(System.getenv()) ? Transcript.Form.TERMINAL : Transcript.Form.PLAIN;
    }

    /// [System#nanoTime] when the process began, as far as the system tells.
    private static long processStart() {
        var running = ProcessHandle.current()
                .info()
                .startInstant()
                .map(start -> Duration.between(start, Instant.now()))
                .orElse(Duration.ZERO);
        return System.nanoTime() - running.toNanos();
    }

    private static int cores() {
        return Runtime.getRuntime().availableProcessors();
    }

    private static String gigabytes() {
        return String.format(Locale.ROOT, "%.1f", Runtime.getRuntime().maxMemory() / (double) (1L << 30));
    }

    private static Collection<Campaign> booked(Engine engine) {
        return engine.booking().book().campaigns().values();
    }

    /// The budgets of all campaigns together, in whole dollars.
    private static String dollars(Engine engine) {
        long micros = booked(engine).stream()
                .mapToLong(c -> c.budget().totalMicros().orElse(0))
                .sum();
        return String.format(Locale.ROOT, "%,d", micros / 1_000_000);
    }

    private void play(Story story, Instant start) {
        double began = say.seconds();
        for (int week = 1; week <= weeks; week++) {
            story.playWeek(week, start.plus(Duration.ofDays(7L * (week - 1))));
            long left = Math.round((say.seconds() - began) / week * (weeks - week));
            var shown = String.format(Locale.ROOT, "%,d", story.tally().adsShown());
            say.bar(words.of("playing", weeks), week, weeks, words.of("bar", week, weeks, shown, left));
            say.event(
                    "week",
                    Transcript.json()
                            .put("week", week)
                            .put("weeks", weeks)
                            .put("impressions", story.tally().adsShown()));
        }
    }

    /// Serves at once and plays the history beside it, so that the pages fill while one looks.
    private int live(Engine engine, Story story, Instant start) throws InterruptedException {
        var keys = new ApiKeys();
        keys.admit(
                ApiKeys.hash(KEY), new Principal("key_demo", Mode.TEST, EnumSet.allOf(Scope.class), Optional.empty()));
        engine.supply().replace(OFFERED);
        var traffic = new LiveTraffic(story);
        var time = InstantSource.system();
        var random = new SecureRandom();
        var engines = Map.of(Mode.TEST, engine);
        var workspace = Workspace.of(new RememberedPeople(), "http://localhost:" + port, keys, time, random);
        var owner = workspace
                .people()
                .join(workspace.people().setUp(), new People.Joining(words.of("owner"), "owner@marsa.example", ""));
        var actions = Actions.of(workspace, keys, engines, time);
        var door = FrontDoor.open(workspace, Mode.TEST);
        var links = new EntryLinks(time, random);
        var pages = new PageRoutes(
                engine, new MarsaCommunity(story, traffic::readersPerSecond), actions, door, links, true);
        try (var server = new Server(
                new Server.Listen("127.0.0.1", port),
                engines,
                Mode.TEST,
                keys,
                new RememberedAnswers(),
                new Server.Console(actions, door, pages.routes()),
                time)) {
            var base = "http://localhost:" + server.port();
            say.done("listening", words.of("listening"));
            links(base, base + links.link(owner.id()));
            Runtime.getRuntime().addShutdownHook(new Thread(() -> say.line("\n  " + words.of("stopped", folder))));
            play(story, start);
            story.goLive();
            settled(engine, story);
            var pressed = say.terminal() ? Keys.open() : Optional.<Keys>empty();
            hints(pressed.isPresent());
            readOn(story, traffic, pressed, base);
            return 0;
        }
    }

    private void links(String base, String entrance) {
        say.line("");
        link("console", entrance, words.of("console.note"));
        link("feed", base + "/feed", words.of("feed.note"));
        link("repository", base + "/ads", words.of("repository.note"));
        link("api", base + "/docs", words.of("api.note", KEY));
        var other = lang.equals("ar") ? "en" : "ar";
        say.line(String.format(Locale.ROOT, "  %-11s %s", words.of("other"), base + "/?lang=" + other));
        say.line("");
        say.event(
                "listening",
                Transcript.json()
                        .put("console", entrance)
                        .put("feed", base + "/feed")
                        .put("repository", base + "/ads")
                        .put("api", base + "/docs")
                        .put("key", KEY)
                        .put("seconds", say.tenths()));
    }

    private void link(String name, String address, String note) {
        say.line(String.format(Locale.ROOT, "  %-11s %-42s  %s", words.of(name), address, note));
    }

    private void settled(Engine engine, Story story) {
        engine.settle();
        var sums = engine.invariants();
        long broken = story.tally().termsBroken();
        var entries = String.format(Locale.ROOT, "%,d", sums.entries());
        boolean held = sums.holds() && broken == 0;
        if (held) {
            say.done("settled", words.of("settled", entries, sums.largestOverspend(), broken));
        } else {
            say.line("  ✗ " + words.of("unsettled", sums.ledgerSum(), sums.largestOverspend(), broken));
        }
        say.event(
                "history",
                Transcript.json()
                        .put("ledger_sum", sums.ledgerSum())
                        .put("ledger_entries", sums.entries())
                        .put("overspend_micros", sums.largestOverspend())
                        .put("terms_broken", broken)
                        .put("seconds", say.tenths()));
    }

    private void hints(boolean keys) {
        say.line("");
        say.line("  " + words.of("try") + "  " + words.of(keys ? "keys" : "no_keys"));
        hint("mizan verify last --folder " + folder, words.of("verify"));
        hint("mizan doctor --folder " + folder, words.of("doctor"));
    }

    private void hint(String command, String what) {
        say.line(String.format(Locale.ROOT, "        %-36s %s", command, what));
    }

    /// Readers go on reading; keys change what they see.
    private void readOn(Story story, LiveTraffic traffic, Optional<Keys> keys, String base)
            throws InterruptedException {
        while (true) {
            traffic.step();
            var key = keys.flatMap(Keys::pressed);
            if (key.isPresent()) {
                act(key.get(), story, traffic, base);
            }
        }
    }

    private void act(char key, Story story, LiveTraffic traffic, String base) {
        switch (key) {
            case 'b' -> say.line("  " + words.of("key.b", story.boycott(), base + "/desk"));
            case 'r' -> say.line("  " + words.of("key.r", story.returnAll(), base + "/desk"));
            case 'x' -> {
                traffic.postSomethingUnwanted();
                say.line("  " + words.of("key.x", base + "/feed"));
            }
            default -> {
                // Other keys mean nothing here.
            }
        }
    }

    /// Prints what the weeks came to: as one JSON object, of which only the seconds may differ between two
    /// runs of one seed, or as lines.
    private int finish(Engine engine, Story story) {
        engine.settle();
        var sealing = engine.sealing().orElseThrow();
        while (sealing.step()) {
            // Until every charge has its receipt.
        }
        var totals = engine.reports().totals();
        var sums = engine.invariants();
        var tally = story.tally();
        var figures = Transcript.json();
        figures.put("seed", seed);
        figures.put("weeks", weeks);
        figures.put("feeds", totals.decisions());
        figures.put("ads_shown", totals.counts().rendered());
        figures.put("impressions_billed", totals.counts().charged());
        figures.put("clicks", totals.counts().clicks());
        figures.putObject("revenue")
                .put("currency", "USD")
                .put("micros", totals.counts().spendMicros());
        figures.put("overspend_micros", sums.largestOverspend());
        figures.put("terms_broken", tally.termsBroken());
        figures.put("ledger_sum", sums.ledgerSum());
        figures.put("ledger_entries", sums.entries());
        figures.put("sealed", sealing.newest().map(Sealing.Newest::size).orElse(0L));
        figures.put("journal_bytes", engine.journal().durableEnd());
        figures.put("seconds", say.tenths());
        if (json) {
            System.out.println(figures);
        } else {
            say.line("");
            figures.properties()
                    .forEach(f -> say.line(String.format(
                            Locale.ROOT,
                            "  %-20s %s",
                            f.getKey(),
                            f.getValue().isObject()
                                    ? f.getValue()
                                    : f.getValue().asString())));
        }
        engine.close();
        boolean held = sums.holds() && tally.termsBroken() == 0;
        return held ? 0 : Main.PROBLEM;
    }
}
