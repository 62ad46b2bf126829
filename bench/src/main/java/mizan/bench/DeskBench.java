package mizan.bench;

import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.logging.Logger;
import mizan.core.campaign.Ad;
import mizan.core.campaign.Book;
import mizan.core.campaign.CampaignId;
import mizan.core.campaign.EntityStatus;
import mizan.server.accounting.LedgerBatch;
import mizan.server.accounting.LedgerBatch.Counted;
import mizan.server.accounting.LedgerBatch.Counts;
import mizan.server.accounting.LedgerStore;
import mizan.server.accounting.Turn;
import mizan.server.api.Actions;
import mizan.server.app.Engine;
import mizan.server.app.Server;
import mizan.server.http.ApiKeys;
import mizan.server.http.Mode;
import mizan.server.http.RememberedAnswers;
import mizan.server.pages.FrontDoor;
import mizan.server.pages.PageRoutes;
import mizan.server.people.EntryLinks;
import mizan.server.people.RememberedPeople;
import mizan.server.people.Workspace;
import mizan.server.serve.LeaseRules;
import mizan.server.store.SqlLedgerStore;
import mizan.sim.story.Market;
import mizan.sim.story.MarsaCommunity;
import mizan.sim.story.MovableClock;
import mizan.sim.story.Story;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// What the revenue desk costs the server with a year of many advertisers: the demo's boycott and return booked through
/// the real book, and the figures of every day written into the real ledger, without the showings behind them.
@Command(
        name = "desk",
        mixinStandardHelpOptions = true,
        description = "The revenue desk of a year with many advertisers: CPU time and size of the page.")
final class DeskBench implements Callable<Integer> {
    private static final Logger HELIDON = Logger.getLogger("io.helidon");
    private static final int WARM = 15;
    private static final List<Integer> HOURS = List.of(8, 17);

    @Option(names = "--advertisers", description = "how many (default: ${DEFAULT-VALUE})")
    private int advertisers = 500;

    @Option(names = "--weeks", description = "of figures (default: ${DEFAULT-VALUE})")
    private int weeks = 52;

    @Option(names = "--pages", description = "pages measured (default: ${DEFAULT-VALUE})")
    private int pages = 30;

    @Option(names = "--seed", description = "of the figures (default: ${DEFAULT-VALUE})")
    private long seed = 227;

    @Option(names = "--hold", description = "after the figures, serve until the input ends: a browser is to look")
    private boolean hold;

    @Mixin
    private Figures output = new Figures();

    @Override
    public Integer call() throws Exception {
        HELIDON.setLevel(Level.WARNING);
        var folder = Files.createTempDirectory("mizan-desk");
        try {
            var end = Instant.now();
            var start = end.minus(Duration.ofDays(7L * weeks));
            var clock = new MovableClock(start);
            // The server closes it.
            var engine = Engine.embedded(folder, LeaseRules.STANDARD, clock, new SplittableRandom(seed));
            var story = new Story(engine, clock, seed);
            story.begin(advertisers, start, weeks);
            long rows = live(engine, story, clock, start, folder.resolve("ledger.db"));
            clock.letGo();
            measure(engine, story, rows);
        } finally {
            try (var files = Files.walk(folder)) {
                for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
        return 0;
    }

    /// A year of bookings and of what came of them.
    ///
    /// @return hourly figures written
    private long live(Engine engine, Story story, MovableClock clock, Instant start, Path ledger) {
        var random = new SplittableRandom(seed);
        long rows = 0;
        try (var store = SqlLedgerStore.open(ledger)) {
            long writer = store.begin(LedgerStore.Role.LEASES);
            for (int week = 1; week <= weeks; week++) {
                var monday = start.plus(Duration.ofDays(7L * (week - 1)));
                clock.set(monday);
                story.happenings(week);
                var counts = new HashMap<Counted, Counts>();
                var ads = ads(engine.booking().book());
                for (var house : story.market().houses()) {
                    if (spends(engine, house)) {
                        var ad = Objects.requireNonNull(ads.get(new CampaignId(house.campaign())));
                        count(counts, house, ad, monday, random);
                    }
                }
                rows += counts.size();
                long at = store.load().position();
                store.commit(
                        new Turn(writer, store.version()),
                        new LedgerBatch(
                                at, at, List.of(), List.of(), List.of(), Map.of(), counts, Map.of(), Map.of(), 0));
            }
        }
        return rows;
    }

    private static boolean spends(Engine engine, Market.House house) {
        var campaign = engine.booking().book().campaigns().get(new CampaignId(house.campaign()));
        return campaign != null && campaign.status() == EntityStatus.ACTIVE;
    }

    /// One ad of each campaign.
    private static Map<CampaignId, Ad> ads(Book book) {
        var ads = new HashMap<CampaignId, Ad>();
        for (var ad : book.ads().values()) {
            ads.put(Objects.requireNonNull(book.adGroups().get(ad.adGroup())).campaign(), ad);
        }
        return ads;
    }

    private static void count(
            Map<Counted, Counts> counts, Market.House house, Ad ad, Instant monday, SplittableRandom random) {
        for (int day = 0; day < 7; day++) {
            for (int hour : HOURS) {
                long shown = random.nextLong(50, 400);
                counts.put(
                        new Counted(
                                monday.getEpochSecond() / 3_600 + 24L * day + hour,
                                "home",
                                house.id(),
                                house.campaign(),
                                ad.adGroup().value(),
                                ad.id().value(),
                                "USD"),
                        new Counts(
                                shown,
                                shown * 9 / 10,
                                shown * 6 / 10,
                                shown / 80,
                                0,
                                shown * 9 / 10,
                                shown * house.bidMicros() / 1_000));
            }
        }
    }

    private void measure(Engine engine, Story story, long rows) throws Exception {
        var time = InstantSource.system();
        var random = new SecureRandom();
        var keys = new ApiKeys();
        var engines = Map.of(Mode.TEST, engine);
        var workspace = Workspace.of(new RememberedPeople(), "http://localhost", keys, time, random);
        var actions = Actions.of(workspace, keys, engines, time);
        var door = FrontDoor.open(workspace, Mode.TEST);
        var routes = new PageRoutes(
                engine,
                new MarsaCommunity(story, OptionalInt::empty),
                actions,
                door,
                new EntryLinks(time, random),
                true);
        try (var server = new Server(
                        new Server.Listen("127.0.0.1", 0),
                        engines,
                        Mode.TEST,
                        keys,
                        new RememberedAnswers(),
                        new Server.Console(actions, door, routes.routes()),
                        time);
                var client = HttpClient.newHttpClient()) {
            var base = "http://localhost:" + server.port();
            var figures = Figures.object()
                    .put("advertisers", advertisers)
                    .put("weeks", weeks)
                    .put("hourly_figures", rows)
                    .put("first_page_cpu_ms", Figures.tenth(cpuMillis(client, base + "/desk", 1)));
            for (var page : List.of("/desk", "/desk?weeks=52", "/desk?lang=ar", "/advertisers")) {
                cpuMillis(client, base + page, WARM);
                figures.putObject(page)
                        .put("cpu_ms", Figures.tenth(cpuMillis(client, base + page, pages)))
                        .put("html_bytes", get(client, base + page).body().length);
            }
            output.print(figures.put("base", base));
            if (hold) {
                System.out.flush();
                while (System.in.read() >= 0) {
                    // Until whoever looks has seen enough.
                }
            }
        }
    }

    /// CPU time a page, of the whole process: the client's share, and what runs beside, are in it.
    private static double cpuMillis(HttpClient client, String page, int times) throws Exception {
        var process = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long before = process.getProcessCpuTime();
        for (int i = 0; i < times; i++) {
            int status = get(client, page).statusCode();
            if (status != 200) {
                throw new IllegalStateException(page + " answers " + status);
            }
        }
        return (process.getProcessCpuTime() - before) / 1e6 / times;
    }

    private static HttpResponse<byte[]> get(HttpClient client, String page) throws Exception {
        return client.send(HttpRequest.newBuilder(URI.create(page)).build(), HttpResponse.BodyHandlers.ofByteArray());
    }
}
