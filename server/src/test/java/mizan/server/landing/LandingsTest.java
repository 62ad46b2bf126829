package mizan.server.landing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import mizan.core.campaign.AdvertiserId;
import mizan.core.campaign.Book;
import mizan.core.campaign.Creative;
import mizan.core.campaign.CreativeId;
import mizan.core.campaign.ReviewStatus;
import mizan.core.campaign.Text;
import mizan.core.campaign.Touched;
import mizan.core.identity.SortableId;
import mizan.server.landing.LandingPage.Drift;
import mizan.server.reading.pull.Outbound;
import mizan.server.store.SqliteLandingStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A page of this machine that changes, and what is made of it.
class LandingsTest {
    private static final CreativeId ID = new CreativeId(SortableId.of(CreativeId.PREFIX, 0, 0, 1));
    private static final Instant START = Instant.parse("2026-11-23T10:00:00Z");

    @TempDir
    private Path folder = Path.of("");

    private Instant now = START;
    private final Outbound anywhere = Outbound.alsoPrivate(() -> now);
    private HttpServer site;
    private int status = 200;
    private String page = "<title>Dates</title><p>Fresh dates from the oasis, picked by hand this morning.</p>";
    private Book book = Book.EMPTY;

    LandingsTest() throws Exception {
        site = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }

    @BeforeEach
    void open() {
        site.createContext("/", exchange -> {
            var bytes = page.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("content-type", "text/html; charset=utf-8");
            if (status == 302) {
                exchange.getResponseHeaders()
                        .add("location", "http://localhost:" + site.getAddress().getPort() + "/elsewhere");
                status = 200;
                exchange.sendResponseHeaders(302, -1);
            } else {
                exchange.sendResponseHeaders(status, bytes.length);
                exchange.getResponseBody().write(bytes);
            }
            exchange.close();
        });
        site.start();
        book = book(ReviewStatus.APPROVED);
    }

    @AfterEach
    void close() {
        site.stop(0);
    }

    private Book book(ReviewStatus review) {
        var creative = new Creative(
                ID,
                new AdvertiserId(SortableId.of(AdvertiserId.PREFIX, 0, 0, 1)),
                Creative.Kind.NATIVE_CARD,
                Text.of("en", "Dates"),
                Text.of("en", "Fresh"),
                Text.of("en", "Order"),
                address(),
                Optional.empty(),
                Optional.empty(),
                review,
                Optional.empty(),
                START);
        return new Book(1, Map.of(), Map.of(), Map.of(), Map.of(), Map.of(ID, creative), Map.of(), Map.of());
    }

    private URI address() {
        return URI.create("http://127.0.0.1:" + site.getAddress().getPort() + "/dates");
    }

    private Landings landings() {
        var landings = new Landings(SqliteLandingStore.open(folder.resolve("landings.db")), () -> book, () -> now);
        landings.changed(book, Touched.all(book));
        return landings;
    }

    private Drift after(Landings landings, Duration span) {
        now = now.plus(span);
        landings.round(anywhere);
        return landings.drifted().stream().map(LandingPage::drift).findFirst().orElse(Drift.NONE);
    }

    @Test
    void givenAPageThatSaysOtherThings_whenItsDayComes_thenItIsToldAndAPersonMayAcceptIt() {
        try (var landings = landings()) {
            assertEquals(Drift.NONE, after(landings, Duration.ZERO));
            page = page.replace("this morning", "yesterday evening 17:04")
                    .replace("<p>", "<script>var a = 1</script><p>");
            assertEquals(Drift.NONE, after(landings, Duration.ofDays(1)));
            page = "<title>Lucky</title><p>Spin the wheel and win millions at our casino tonight.</p>";
            assertEquals(Drift.NONE, after(landings, Duration.ofHours(1)), "its day has not come");
            assertEquals(Drift.OTHER_WORDS, after(landings, Duration.ofDays(1)));
            landings.accept(ID);
            assertEquals(Drift.NONE, after(landings, Duration.ofDays(1)));
        }
    }

    @Test
    void givenAPageThatLeadsElsewhere_whenLookedAt_thenItIsTold() {
        try (var landings = landings()) {
            assertEquals(Drift.NONE, after(landings, Duration.ZERO));
            status = 302;
            assertEquals(Drift.ELSEWHERE, after(landings, Duration.ofDays(1)));
            assertEquals(
                    Optional.of("localhost"),
                    landings.drifted().getFirst().latest().map(Look::host));
        }
    }

    @Test
    void givenAPageThatDoesNotAnswer_whenItIsSoThreeTimes_thenItIsGoneAndNotSooner() {
        try (var landings = landings()) {
            assertEquals(Drift.NONE, after(landings, Duration.ZERO));
            status = 404;
            assertEquals(Drift.NONE, after(landings, Duration.ofDays(1)));
            assertEquals(Drift.NONE, after(landings, Duration.ofHours(1)));
            assertEquals(Drift.GONE, after(landings, Duration.ofHours(1)));
            assertEquals("HTTP 404", landings.drifted().getFirst().trouble());
            status = 200;
            assertEquals(Drift.NONE, after(landings, Duration.ofHours(1)));
        }
    }

    @Test
    void givenARestart_whenThePageHasChangedMeanwhile_thenItIsComparedWithWhatWasApproved() {
        try (var landings = landings()) {
            after(landings, Duration.ZERO);
        }
        page = "<title>Lucky</title><p>Spin the wheel and win millions at our casino tonight.</p>";
        try (var landings = landings()) {
            assertEquals(Drift.OTHER_WORDS, after(landings, Duration.ofDays(1)));
            assertEquals(
                    START,
                    landings.drifted().getFirst().approved().orElseThrow().at());
        }
    }

    @Test
    void givenACreativeThatIsApprovedAnew_whenItsPageHasChanged_thenWhatItIsNowCounts() {
        try (var landings = landings()) {
            after(landings, Duration.ZERO);
            page = "<title>Lucky</title><p>Spin the wheel and win millions at our casino tonight.</p>";
            assertEquals(Drift.OTHER_WORDS, after(landings, Duration.ofDays(1)));
            book = book(ReviewStatus.SUSPENDED);
            landings.changed(book, Touched.all(book));
            assertEquals(Drift.NONE, after(landings, Duration.ofDays(1)));
            book = book(ReviewStatus.APPROVED);
            landings.changed(book, Touched.all(book));
            assertEquals(Drift.NONE, after(landings, Duration.ofDays(1)));
        }
    }

    @Test
    void givenAnAddressInAPrivateNetwork_whenLookedAtAsTheServerDoes_thenNothingOfItIsRead() {
        try (var landings = landings()) {
            var outbound = Outbound.guarded(() -> now);
            var page = landings.look(LandingPage.fresh(ID, address().toString()), outbound);
            assertTrue(page.latest().isEmpty());
            assertTrue(page.trouble().contains("private network"), page.trouble());
        }
    }

    @Test
    void givenRandomPages_whenSketched_thenTheResemblanceIsNearTheTrueOne() {
        for (long seed = 0; seed < 200; seed++) {
            var random = new SplittableRandom(seed);
            var shared = words(random, random.nextInt(400));
            var one = new HashSet<>(shared);
            one.addAll(words(random, random.nextInt(300)));
            var other = new HashSet<>(shared);
            other.addAll(words(random, random.nextInt(300)));
            var union = new HashSet<>(one);
            union.addAll(other);
            var both = new HashSet<>(one);
            both.retainAll(other);
            double truly = union.isEmpty() ? 1 : (double) both.size() / union.size();
            double about = look(one).resembles(look(other));
            // Four standard deviations of a sample of 128.
            assertEquals(truly, about, 4 * 0.5 / Math.sqrt(Look.SKETCH), "seed " + seed);
            assertEquals(about, look(other).resembles(look(one)), 0, "seed " + seed);
            assertEquals(1, look(one).resembles(look(one)), 0, "seed " + seed);
        }
    }

    private static Look look(Set<String> words) {
        return new Look(START, "a.example", Look.sketch(words));
    }

    private static Set<String> words(SplittableRandom random, int count) {
        var words = new HashSet<String>();
        for (int i = 0; i < count; i++) {
            words.add(Long.toString(random.nextLong(), 36));
        }
        return words;
    }

    @Test
    void givenAPageInAnyForm_whenSketched_thenNothingBreaks() {
        for (var body : List.of("", "<", "\0\0", "<html><p>", "plain words", "%PDF-1.7")) {
            for (var type : List.of("text/html", "application/pdf", "", "nonsense")) {
                var look = Look.of(
                        START, URI.create("https://WWW.A.example/"), type, body.getBytes(StandardCharsets.UTF_8));
                assertEquals("a.example", look.host());
                assertEquals(1, look.resembles(look));
            }
        }
    }
}
