package mizan.server.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.time.Instant;
import mizan.log.LogKey;
import mizan.log.Sha256;
import mizan.server.http.StrictJson;
import mizan.server.proof.PythonCheck;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// What the platform tells everybody of itself, over HTTP and without a key: each figure against what happened.
class TrustTest {
    private static final String PATH = "/v1/public/trust";

    @TempDir
    private Path folder = Path.of("");

    private LiveServer live;

    @BeforeEach
    void start() {
        live = new LiveServer(folder, Instant.parse("2026-03-02T10:00:00Z"));
    }

    @AfterEach
    void stop() {
        live.close();
    }

    @Test
    void givenAdsShownAndOneEventOfNoReader_whenAnybodyAsks_thenLoadSharesAndSealAreWhatHappened() throws Exception {
        live.book();
        for (int i = 0; i < 9; i++) {
            live.report("RENDERED", live.show("v" + i));
        }
        live.post(
                "/v1/events",
                "{\"events\":[{\"kind\":\"RENDERED\",\"token\":\"" + live.show("w")
                        + "\",\"user_agent\":\"Googlebot/2.1 (+http://www.google.com/bot.html)\"}]}",
                202);
        live.pass(Duration.ofSeconds(30));
        live.engine().sealing().orElseThrow().step();
        var told = told();
        assertEquals("2026-02-01", told.path("from").asString(), "30 days with today");
        assertEquals("2026-03-03", told.path("to").asString());
        assertEquals(10, told.at("/ad_load/pages_sampled").intValue());
        assertEquals(30, told.at("/ad_load/posts").intValue());
        assertEquals(33.3, told.at("/ad_load/ads_per_100_posts").doubleValue(), 0.1);
        share(0, 10, told.path("adjacency_violations"));
        share(0, 10, told.path("found_later"));
        assertTrue(told.at("/found_later/high").doubleValue() > 0.2, "ten ads prove little: " + told);
        share(1, 10, told.path("invalid_traffic"));
        assertEquals(0, told.path("overspend_micros").intValue());
        assertTrue(told.path("ledger_holds").booleanValue());
        assertTrue(told.at("/seal/size").intValue() >= 9, told.toString());
        assertFalse(told.at("/seal/stopped").booleanValue());
        assertEquals(0, told.at("/seal/witnesses").size());
    }

    @Test
    void givenAPostThatIsErasedAfterwards_whenAnybodyAsks_thenTheAdsBesideItAndWhatWasGivenBackAreTold()
            throws Exception {
        live.book();
        for (int i = 0; i < 4; i++) {
            live.report("RENDERED", live.show("v" + i));
        }
        live.pass(Duration.ofMinutes(5));
        live.post("/v1/posts/erase", "{\"ids\":[\"p0\"]}", 200);
        live.pass(Duration.ofMinutes(5));
        var told = told();
        share(4, 4, told.path("found_later"));
        share(0, 4, told.path("adjacency_violations"));
        long charged = live.engine().reports().totals().counts().spendMicros();
        assertTrue(charged > 0);
        assertEquals(charged, told.at("/credits_micros/USD").longValue());
    }

    @Test
    void givenALedgerThatSomebodyChanged_whenAnybodyAsks_thenTheOverspendAndTheBrokenSumsAreTold() throws Exception {
        var booked = live.book();
        live.report("RENDERED", live.show("v"));
        live.pass(Duration.ofMinutes(5));
        assertEquals(0, told().path("overspend_micros").longValue());
        live.restart(() -> {
            sql("UPDATE budget_use SET micros = 4000000007 WHERE owner = '" + booked.campaign()
                    + "' AND day = 'total'");
            sql("UPDATE balance SET micros = micros + 5 WHERE kind = 'PLATFORM_REVENUE'");
        });
        var told = told();
        assertEquals(7, told.path("overspend_micros").longValue());
        assertFalse(told.path("ledger_holds").booleanValue());
        assertTrue(page("en").contains("a promise is broken"));
    }

    @Test
    void givenABudgetReducedBelowWhatWasSpent_whenAnybodyAsks_thenThatIsNoOverspend() throws Exception {
        var booked = live.book();
        for (int i = 0; i < 5; i++) {
            live.report("RENDERED", live.show("v" + i));
        }
        live.pass(Duration.ofMinutes(20));
        live.patch("/v1/campaigns/" + booked.campaign(), "{\"budget\":{\"total_micros\":1}}");
        live.pass(Duration.ofMinutes(5));
        assertTrue(live.engine().accountant().used(booked.campaign(), "total") > 1);
        assertEquals(0, told().path("overspend_micros").longValue());
    }

    @Test
    void givenAMonthThatIsOver_whenTimePasses_thenItIsKeptSignedAndNeverChanges() throws Exception {
        live.book();
        live.report("RENDERED", live.show("v"));
        live.pass(Duration.ofMinutes(5));
        assertEquals("[]", told().path("months").toString());
        live.pass(Duration.between(live.now(), Instant.parse("2026-05-01T00:30:00Z")));
        assertEquals("[\"2026-03\"]", told().path("months").toString(), "April had no ads");
        var march = live.get(PATH + "/2026-03.json").body();
        assertEquals("2026-03-01", StrictJson.own(march).path("from").asString());
        assertEquals("2026-04-01", StrictJson.own(march).path("to").asString());
        share(0, 1, StrictJson.own(march).path("found_later"));
        assertEquals(0, StrictJson.own(march).at("/ad_load/pages_sampled").intValue(), "its pages are seven days old");
        var note = live.get(PATH + "/2026-03.note").body();
        assertTrue(
                note.startsWith("mizan trust page\n2026-03\n" + Sha256.hex(march) + "  2026-03.json\n\n\u2014 "), note);
        var lines = Files.readAllLines(folder.resolve("log.key"));
        var key = LogKey.read(lines.getFirst(), lines.get(1));
        assertEquals(key.note(note.substring(0, note.indexOf("\n\n") + 1)), note, "by the log's key");
        var published = Files.createDirectory(folder.resolve("published"));
        var month = Files.writeString(published.resolve("2026-03.json"), march).toString();
        var over = Files.writeString(published.resolve("2026-03.note"), note).toString();
        var python = PythonCheck.of("month", month, over, key.verifierKey());
        assertEquals(0, python.code(), python.output());
        Files.writeString(Path.of(month), march + " ");
        assertEquals(2, PythonCheck.of("month", month, over, key.verifierKey()).code());
        live.post("/v1/posts/erase", "{\"ids\":[\"p0\"]}", 200);
        live.restart(() -> {});
        live.pass(Duration.ofDays(40));
        told();
        assertEquals(march, live.get(PATH + "/2026-03.json").body());
        assertEquals(404, live.get(PATH + "/2026-04.json").statusCode());
        assertEquals(404, live.get(PATH + "/index.json").statusCode());
        assertEquals(404, live.get(PATH + "/..%2Findex.json").statusCode());
    }

    @Test
    void givenThePage_whenAnybodyOpensItInEitherLanguage_thenItTellsTheSameFigures() throws Exception {
        live.book();
        for (int i = 0; i < 3; i++) {
            live.report("RENDERED", live.show("v" + i));
        }
        live.pass(Duration.ofMinutes(5));
        told();
        var english = page("en");
        assertTrue(english.contains("What can be checked here"), english);
        assertTrue(english.contains(">33.3<"), english);
        assertTrue(english.contains("no budget was passed"), english);
        var arabic = page("ar");
        assertTrue(arabic.contains("ما يمكن التحقق منه هنا"), arabic);
        assertTrue(arabic.contains("dir=\"rtl\""), arabic);
    }

    private static void share(long found, long of, JsonNode told) {
        assertEquals(found, told.path("found").longValue(), told.toString());
        assertEquals(of, told.path("of").longValue(), told.toString());
        assertTrue(told.path("low").doubleValue() <= (double) found / of, told.toString());
        assertTrue(told.path("high").doubleValue() >= (double) found / of, told.toString());
    }

    private JsonNode told() throws Exception {
        live.pass(Duration.ofMinutes(1));
        live.engine().trust().orElseThrow().step();
        var answer = live.get(PATH);
        assertEquals(200, answer.statusCode(), answer.body());
        new DescribedApi(StrictJson.own(live.get("/openapi.json").body())).check("GET", PATH, "", 200, answer.body());
        return StrictJson.own(answer.body());
    }

    private String page(String language) throws Exception {
        var answer = live.get("/trust?lang=" + language);
        assertEquals(200, answer.statusCode(), answer.body());
        return answer.body();
    }

    private void sql(String statement) throws Exception {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("ledger.db"));
                var sql = connection.createStatement()) {
            assertTrue(sql.executeUpdate(statement) > 0, statement);
        }
    }
}
