package mizan.server.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.zip.ZipFile;
import mizan.server.accounting.LedgerBatch;
import mizan.server.accounting.LedgerBatch.Counted;
import mizan.server.accounting.LedgerBatch.Counts;
import mizan.server.accounting.LedgerStore;
import mizan.server.accounting.Turn;
import mizan.server.http.StrictJson;
import mizan.server.store.SqlLedgerStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Reports as an analyst reads them: added up, compared, saved, and taken away as files.
class ReportPagesTest {
    @TempDir
    private Path folder = Path.of("");

    private ConsoleServer console;
    private String nordlys = "";
    private String oasis = "";
    private String winter = "";
    private String spring = "";
    private String dates = "";

    @BeforeEach
    void start() throws Exception {
        console = new ConsoleServer(folder);
        nordlys = advertiser("Nordlys", "USD");
        oasis = advertiser("Oasis", "EUR");
        winter = campaign(nordlys, "=Winter");
        spring = campaign(nordlys, "Spring");
        dates = campaign(oasis, "Dates");
        var counts = new HashMap<Counted, Counts>();
        // 23 November 2026 is a Monday; 21:30 UTC is the next day in Riyadh.
        count(counts, "2026-11-22T21:30:00Z", nordlys, winter, 1_000, 10, 5_000_000);
        count(counts, "2026-11-23T08:30:00Z", nordlys, winter, 500, 0, 2_500_000);
        count(counts, "2026-11-23T08:30:00Z", nordlys, spring, 100, 1, 900_000);
        count(counts, "2026-11-16T08:30:00Z", nordlys, winter, 400, 4, 2_000_000);
        count(counts, "2026-11-23T08:30:00Z", oasis, dates, 7_000, 7, 70_000_000);
        keep(counts);
    }

    private String advertiser(String name, String currency) throws Exception {
        return console.book(
                "/v1/advertisers",
                "{\"name\":{\"en\":\"%s\"},\"payer\":\"%s\",\"currency\":\"%s\",\"time_zone\":\"Asia/Riyadh\"}"
                        .formatted(name, name, currency));
    }

    private String campaign(String advertiser, String name) throws Exception {
        return console.book(
                "/v1/campaigns", "{\"advertiser\":\"%s\",\"name\":{\"en\":\"%s\"}}".formatted(advertiser, name));
    }

    private void count(
            Map<Counted, Counts> counts,
            String at,
            String advertiser,
            String campaign,
            long impressions,
            long clicks,
            long micros) {
        counts.merge(
                new Counted(
                        Instant.parse(at).getEpochSecond() / 3_600,
                        "plc_0",
                        advertiser,
                        campaign,
                        "grp_" + campaign,
                        "ad_" + campaign,
                        advertiser.equals(oasis) ? "EUR" : "USD"),
                new Counts(impressions, impressions, impressions / 2, clicks, 0, impressions, micros),
                Counts::plus);
    }

    /// As a writer beside the fold: figures alone.
    private void keep(Map<Counted, Counts> counts) throws Exception {
        try (var store = SqlLedgerStore.open(folder.resolve("ledger.db"))) {
            long at = store.load().position();
            long writer = store.begin(LedgerStore.Role.LEASES);
            store.commit(
                    new Turn(writer, store.version()),
                    new LedgerBatch(at, at, List.of(), List.of(), List.of(), Map.of(), counts, Map.of(), Map.of(), 0));
        }
    }

    @AfterEach
    void stop() {
        console.close();
    }

    @Test
    void givenFiguresOfTwoCurrencies_whenOneAdvertiserIsAskedFor_thenOnlyItsOwnAreAddedUp() throws Exception {
        var csv = csv("?advertiser=" + nordlys + "&by=campaign");
        assertEquals(
                List.of(
                        "campaign,name,currency,impressions,viewable,viewable_rate,clicks,click_rate,spend,cpm,cpc",
                        winter + ",'=Winter,USD,1900,950,0.5,14,0.007368,9.5,5,0.678571",
                        spring + ",Spring,USD,100,50,0.5,1,0.01,0.9,9,0.9",
                        "total,,USD,2000,1000,0.5,15,0.0075,10.4,5.2,0.693333"),
                csv);
        assertEquals(
                "total,,EUR,7000,3500,0.5,7,0.001,70,10,10",
                csv("?advertiser=" + oasis).getLast());
    }

    @Test
    void givenDaysByAnotherClock_whenAddedUpByTime_thenEachHourStandsInTheAdvertisersDay() throws Exception {
        var days = csv("?by=day&from=2026-11-20&to=2026-11-23&advertiser=" + nordlys);
        assertEquals(3, days.size());
        assertTrue(days.get(1).startsWith("2026-11-23,,USD,1600,"), days::toString);
        var hours = csv("?by=hour&advertiser=" + nordlys);
        assertTrue(hours.get(1).startsWith("0,,USD,1000,"), hours::toString);
        assertTrue(hours.get(2).startsWith("11,,USD,1000,"), hours::toString);
        var weekdays = csv("?by=weekday&advertiser=" + nordlys);
        assertTrue(weekdays.get(1).startsWith("1,,USD,2000,"), weekdays::toString);
    }

    @Test
    void givenASpanBefore_whenCompared_thenBothStandSideBySide() throws Exception {
        var json = StrictJson.own(
                console.get("/reports?format=json&by=campaign&compare=before&from=2026-11-17&to=2026-11-23"
                                + "&advertiser=" + nordlys)
                        .body());
        assertEquals("2026-11-10", json.path("compared").path("from").stringValue());
        var first = json.path("rows").get(0);
        assertEquals(winter, first.path("id").stringValue());
        assertEquals(7_500_000, first.path("spend_micros").longValue());
        assertEquals(2_000_000, first.path("spend_before_micros").longValue());
        assertEquals(2.75, first.path("spend_change").doubleValue());
        assertFalse(json.path("rows").get(1).has("spend_change"), "a change of nothing is a figure");
    }

    @Test
    void givenASpreadsheet_whenOpened_thenFiguresAreNumbersAndNoNameIsAFormula() throws Exception {
        var xlsx = java.net.http.HttpRequest.newBuilder(console.uri("/reports?format=xlsx&advertiser=" + nordlys))
                .header("authorization", "Bearer " + ConsoleServer.KEY)
                .build();
        var file = folder.resolve("report.xlsx");
        HttpClient.newHttpClient().send(xlsx, java.net.http.HttpResponse.BodyHandlers.ofFile(file));
        var sheet = new StringBuilder();
        try (var zip = new ZipFile(file.toFile())) {
            for (var name : List.of("xl/worksheets/sheet1.xml", "xl/sharedStrings.xml")) {
                sheet.append(new String(zip.getInputStream(zip.getEntry(name)).readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        assertTrue(sheet.indexOf("<f>") < 0, "a formula");
        assertTrue(sheet.indexOf("<v>9.5</v>") > 0, "the spend is no number");
        assertTrue(sheet.indexOf("=Winter") > 0, "the name is lost");
    }

    @Test
    void givenAView_whenItIsSaved_thenOnlyItsOwnerFindsItAndCanRemoveIt() throws Exception {
        var saved = console.post("/reports/views", Map.of("name", "By hour", "by", "hour", "advertiser", nordlys));
        assertTrue(saved.headers().firstValue("location").orElse("").endsWith("said=view_saved"));
        var page = console.get("/reports");
        assertTrue(page.body().contains("href=\"/reports?by=hour&amp;advertiser=" + nordlys + "\""), page.body());
        assertFalse(console.get(ConsoleServer.OTHER, "/reports").body().contains("By hour"));
        var view = console.workspace.store().views().getFirst();
        var remove = "/reports/views/" + view.id() + "/remove";
        assertEquals(404, console.post(ConsoleServer.OTHER, remove, Map.of()).statusCode());
        assertEquals(303, console.post(remove, Map.of()).statusCode());
        assertEquals(List.of(), console.workspace.store().views());
        var nameless = console.post("/reports/views", Map.of("name", " "));
        assertTrue(nameless.headers().firstValue("location").orElse("").endsWith("said=view_name"));
    }

    @Test
    void givenSomebodyOfAnotherAdvertiser_whenTheyAskForTheFigures_thenTheySeeNone() throws Exception {
        for (var question : List.of("", "?advertiser=" + nordlys, "?campaign=" + winter, "?by=advertiser")) {
            var body = console.get(ConsoleServer.OTHER, "/reports" + question).body();
            assertFalse(body.contains("Winter") || body.contains("Spring") || body.contains("Nordlys"), question);
            var json = console.get(
                            ConsoleServer.OTHER,
                            "/reports" + question + (question.isEmpty() ? "?" : "&") + "format=json")
                    .body();
            assertEquals(
                    0, StrictJson.own(json).path("total").path("impressions").longValue(), question);
        }
    }

    @Test
    void givenAnyAddress_whenItIsAsked_thenThePageAndTheFilesHoldTheSameRows() throws Exception {
        for (long seed = 0; seed < 40; seed++) {
            var random = new SplittableRandom(seed);
            var query = "?by=" + pick(random, "campaign", "ad", "ad_group", "placement", "day", "hour", "weekday", "x")
                    + "&from=" + pick(random, "2026-11-01", "2026-11-23", "2027-01-01", "no", "0000-00-00")
                    + "&to=" + pick(random, "2026-11-23", "2026-11-01", "", "9999-12-31")
                    + "&compare=" + pick(random, "none", "before", "year", "%00")
                    + "&sort=" + pick(random, "spend", "clicks", "cpc", "nothing")
                    + "&advertiser=" + pick(random, "", nordlys, oasis, "adv_x");
            var page = console.get("/reports" + query);
            assertEquals(200, page.statusCode(), "seed " + seed + " " + query);
            int rows = csv(query).size() - 2;
            long shown = page.body()
                    .lines()
                    .filter(l -> l.startsWith("<tr><th scope=\"row\">"))
                    .count();
            assertEquals(rows, shown, "seed " + seed + " " + query);
        }
    }

    private static String pick(SplittableRandom random, String... of) {
        return of[random.nextInt(of.length)];
    }

    private List<String> csv(String query) throws Exception {
        return console.get("/reports" + query + "&format=csv").body().lines().toList();
    }
}
