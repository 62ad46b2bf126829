package mizan.server.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.GZIPInputStream;
import mizan.server.http.ApiKeys;
import mizan.server.http.Mode;
import mizan.server.http.Principal;
import mizan.server.http.Scope;
import mizan.server.http.StrictJson;
import mizan.server.serve.LeaseRules;
import mizan.server.store.StoreFailed;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The public ad repository, over HTTP and without a key: one test a letter of DSA art. 39(2), and what follows.
class RepositoryTest {
    private static final String KEY = "mz_test_repository";
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-03-02T10:00:00Z"));

    @TempDir
    private Path folder = Path.of("");

    private Engine engine;
    private Server server;
    private Optional<DescribedApi> described = Optional.empty();
    private String creative = "";
    private String campaign = "";
    private String rendered = "";

    @BeforeEach
    void start() {
        engine = Engine.embedded(folder, LeaseRules.STANDARD, now::get, new SplittableRandom(3));
        var keys = new ApiKeys();
        keys.admit(ApiKeys.hash(KEY), new Principal("key_1", Mode.TEST, EnumSet.allOf(Scope.class), Optional.empty()));
        server = new Server(
                new Server.Listen("127.0.0.1", 0), Map.of(Mode.TEST, engine), Mode.TEST, keys, List.of(), now::get);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void givenAnAdThatWasShown_whenAnybodyLooksItUp_thenEveryLetterOfArticle39IsThere() throws Exception {
        show(book(), 45, "SA", "v");
        show(Optional.empty(), 3, "AE", "w");
        var ad = only(search(""));
        var content = ad.path("content");
        assertEquals("صور الليل", content.path("headline").path("ar").stringValue(), "(a)");
        assertEquals(
                "https://nordlys.example/night", content.path("landing_page").stringValue(), "(a)");
        assertEquals("1473", content.path("product").stringValue(), "(a)");
        assertEquals("نورديليس", ad.path("on_behalf_of").path("ar").stringValue(), "(b)");
        assertEquals("Nordlys Gulf FZ-LLC", ad.path("payer").stringValue(), "(c)");
        assertEquals("2026-03-02", ad.path("shown").path("first").stringValue(), "(d)");
        assertTrue(ad.path("targeted").booleanValue(), "(e)");
        assertEquals("[\"AE\",\"SA\"]", ad.path("targeting").path("country").toString(), "(e)");
        assertEquals("2", ad.path("excluding").path("authors").toString(), "(e) authors are people: how many, not who");
        assertTrue(ad.path("commercial_post").isBoolean(), "(f)");
        var recipients = ad.path("recipients");
        told(48, recipients, "(g)");
        assertEquals(1, recipients.path("by_country").size(), "(g) a country with few is not named");
        assertEquals("SA", recipients.at("/by_country/0/country").stringValue());
        told(45, recipients.at("/by_country/0"), "(g)");
        assertFalse(ad.toString().contains("@rival"), "no person");
        told(48, ad.path("times_shown"), "times");
    }

    private static void told(long truth, JsonNode crowd, String of) {
        int told = crowd.path("at_least").intValue();
        assertTrue(told % 10 == 0 && told <= truth && truth < told + 20, of + ": " + crowd);
    }

    @Test
    void givenAnAd_whenItIsSearchedForByAnyOfItsProperties_thenItIsFoundByThoseAlone() throws Exception {
        show(book(), 1, "SA", "v");
        for (var found : List.of(
                "q=night",
                "q=NIGHT%20pho",
                "q=" + enc("الصُّور"),
                "q=" + enc("ليل"),
                "q=nordlys%20gulf",
                "country=SA",
                "language=fr",
                "state=running",
                "state=ended,running",
                "payer=" + enc("nordlys gulf fz-llc"),
                "targeting=country",
                "targeting=country:AE",
                "from=2026-03-02&to=2026-03-03",
                "q=night&country=SA&state=running&from=2026-01-01")) {
            assertEquals(1, search(found).path("found").intValue(), found);
        }
        for (var none : List.of(
                "q=day",
                "q=igh",
                "q=" + enc("\" OR words : \"x"),
                "q=!!!",
                "q=" + enc("😀"),
                "country=DE",
                "state=removed",
                "payer=nordlys",
                "targeting=interests",
                "from=2026-03-03",
                "to=2026-03-02",
                "advertiser=adv_1")) {
            assertEquals(0, search(none).path("found").intValue(), none);
        }
        assertEquals(400, get("/v1/public/ads?state=hidden").statusCode());
        assertEquals(400, get("/v1/public/ads?from=yesterday").statusCode());
        assertEquals(400, get("/v1/public/ads?q=" + "x".repeat(201)).statusCode());
        assertEquals(404, get("/v1/public/ads/ad_1").statusCode());
    }

    @Test
    void givenAnAdTakenDown_whenItIsLookedUp_thenWhatItShowedAndForWhomIsWithheldAndTheReasonTold() throws Exception {
        show(book(), 22, "SA", "v");
        post(
                "/v1/creatives/" + creative + "/review",
                "{\"decision\":\"REJECTED\",\"reason_code\":\"ad rule 4.2\"}",
                200);
        pass(Duration.ofSeconds(10));
        var ad = only(search("state=removed"));
        for (var withheld : List.of("content", "on_behalf_of", "payer", "advertiser")) {
            assertTrue(ad.path(withheld).isNull(), withheld);
        }
        assertEquals("ad rule 4.2", ad.path("removal").path("reason").stringValue());
        told(22, ad.path("recipients"), "the rest of the record stays");
        assertEquals(0, search("q=night").path("found").intValue(), "its words do not find it any more");
        var since = ad.path("removal").path("at");
        pass(Duration.ofDays(1));
        assertEquals(since, only(search("")).path("removal").path("at"), "the moment of the removal stays");
    }

    @Test
    void givenAYearAfterItsLastShowing_whenTheDayIsOver_thenTheRecordIsGone() throws Exception {
        show(book(), 1, "SA", "v");
        var last = now.get();
        now.set(last.plus(Duration.ofDays(365)).minusSeconds(1));
        pass(Duration.ZERO);
        assertEquals(1, search("").path("found").intValue(), "on the 365th day");
        now.set(last.plus(Duration.ofDays(366)));
        pass(Duration.ZERO);
        assertEquals(0, search("").path("found").intValue(), "on the 366th day");
    }

    @Test
    void givenANewAd_whenItWasShownAMomentAgo_thenItIsFoundWithinAMinuteAndItsFactsAreInTheLog() throws Exception {
        show(book(), 1, "SA", "v");
        var id = only(search("")).path("id").stringValue();
        engine.sealing().orElseThrow().step();
        var ad = get("/v1/public/ads/" + id);
        assertTrue(StrictJson.own(ad.body()).path("log_entry").isNumber(), ad.body());
        var proof = get("/v1/public/ads/" + id + "/proof").body();
        assertTrue(proof.startsWith("c2sp.org/tlog-proof@v1\nextra "), proof);
    }

    @Test
    void givenARestart_whenTheRepositoryOpens_thenNothingIsLostAndNothingCountsTwice() throws Exception {
        show(book(), 5, "SA", "v");
        var before = search("").path("data").toString();
        server.close();
        start();
        engine.repository().orElseThrow().step();
        assertEquals(before, search("").path("data").toString());
    }

    @Test
    void givenARenderReportedAgainAfterARestart_whenADayIsOver_thenTheLedgersCountIsTold() throws Exception {
        show(book(), 1, "SA", "v");
        server.close();
        start();
        // The server folds on its own beside this: a comparison that falls between two folds is made again a minute
        // later.
        for (int i = 0; i < 3; i++) {
            pass(Duration.ofMinutes(2));
        }
        post("/v1/events", rendered, 202);
        pass(Duration.ofMinutes(1));
        assertEquals(2, times(), "nobody remembers the first report");
        pass(Duration.ofDays(1));
        assertEquals(1, times());
    }

    @Test
    void givenAnAdThatTheLedgerCountedAndTheRepositoryLost_whenTheyAreCompared_thenTheAlarmRings() throws Exception {
        show(book(), 1, "SA", "v");
        pass(Duration.ofHours(20));
        assertEquals(0.0, behind());
        sql("DELETE FROM ad");
        pass(Duration.ofHours(5));
        now.set(now.get().plusSeconds(90));
        assertEquals(90.0, behind());
    }

    @Test
    void givenARepositoryThatCannotBeWritten_whenItCanAgain_thenTheAlarmIsOverAndNothingWasLost() throws Exception {
        show(book(), 2, "SA", "v");
        assertEquals(0.0, behind());
        sql("ALTER TABLE ad RENAME TO away");
        assertThrows(StoreFailed.class, () -> show(Optional.empty(), 3, "AE", "w"));
        now.set(now.get().plusSeconds(90));
        assertThrows(StoreFailed.class, () -> engine.repository().orElseThrow().step());
        assertEquals(90.0, behind());
        sql("ALTER TABLE away RENAME TO ad");
        engine.repository().orElseThrow().step();
        assertEquals(0.0, behind());
        assertEquals(5, times());
    }

    /// As it is kept: the public is told less.
    private long times() throws Exception {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("repository.db"));
                var query = connection.createStatement();
                var row = query.executeQuery("SELECT times FROM ad")) {
            assertTrue(row.next());
            return row.getLong(1);
        }
    }

    private void sql(String statement) throws Exception {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("repository.db"));
                var sql = connection.createStatement()) {
            sql.execute(statement);
        }
    }

    private double behind() throws Exception {
        return get("/metrics", KEY)
                .body()
                .lines()
                .filter(line -> line.startsWith("mizan_repository_behind_seconds{"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    @Test
    void givenANight_whenItIsOver_thenAnybodyTakesAllAdsAtOnceAndNothingElse() throws Exception {
        show(book(), 1, "SA", "v");
        pass(Duration.ofDays(1));
        // The end of the first night's, then a file of the second's and its end.
        for (int step = 0; step < 3; step++) {
            pass(Duration.ZERO);
        }
        var path = "/v1/public/dumps";
        var list = get(path);
        new DescribedApi(StrictJson.own(get("/openapi.json").body())).check("GET", path, "", 200, list.body());
        var newest = StrictJson.own(list.body()).path("data").path(0);
        assertEquals("2026-03-03", newest.path("day").asString());
        assertEquals(
                "[\"note\",\"SHA256SUMS\",\"ads-0001.jsonl.gz\"]",
                newest.path("files").toString());
        var file = get(path + "/2026-03-03/SHA256SUMS");
        assertTrue(file.body().endsWith("  ads-0001.jsonl.gz\n"), file.body());
        assertEquals(
                "public, max-age=300",
                file.headers().firstValue("cache-control").orElse(""),
                "nobody keeps for long what may be withdrawn");
        assertEquals(
                "*", file.headers().firstValue("access-control-allow-origin").orElse(""));
        for (var none :
                List.of("/2026-03-01/note", "/2026-03-03/other", "/2026-03-03/..%2f..%2f..%2flog.key", "/../note")) {
            assertEquals(404, get(path + none).statusCode(), none);
        }
    }

    @Test
    void givenAnAdInTheNightlyCopy_whenItIsTakenDown_thenNoCopyTellsWhatItShowedAnyMore() throws Exception {
        show(book(), 1, "SA", "v");
        pass(Duration.ofDays(1));
        for (int step = 0; step < 3; step++) {
            pass(Duration.ZERO);
        }
        assertTrue(copy("2026-03-03").contains("nordlys.example"));
        post("/v1/creatives/" + creative + "/review", "{\"decision\":\"REJECTED\",\"reason_code\":\"illegal\"}", 200);
        pass(Duration.ofSeconds(10));
        assertEquals(404, get("/v1/public/dumps/2026-03-03/ads-0001.jsonl.gz").statusCode());
        pass(Duration.ZERO);
        var anew = copy("2026-03-03");
        assertFalse(anew.contains("nordlys.example"), anew);
        assertTrue(anew.contains("\"reason\":\"illegal\""), anew);
    }

    private String copy(String day) throws Exception {
        var request = HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + server.port() + "/v1/public/dumps/" + day + "/ads-0001.jsonl.gz"));
        var answer = CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        assertEquals(200, answer.statusCode());
        try (var lines = new GZIPInputStream(answer.body())) {
            return new String(lines.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void givenManyRequestsOfOneAddress_whenItsRateIsUsedUp_thenItIsToldToWait() throws Exception {
        HttpResponse<String> last = get("/v1/public/ads");
        for (int i = 0; i < 80; i++) {
            last = get("/v1/public/ads");
        }
        assertEquals(429, last.statusCode());
        assertEquals("1", last.headers().firstValue("retry-after").orElse(""));
        assertTrue(last.body().contains("rate_limited"), last.body());
        now.set(now.get().plusSeconds(2));
        assertEquals(200, get("/v1/public/ads").statusCode());
    }

    @Test
    void givenManyAddressesOfOneIpv6Network_whenTheNetworksRateIsUsedUp_thenAllOfItWaitsAndNobodyElse()
            throws Exception {
        for (int i = 0; i < 60; i++) {
            assertEquals(200, statusFor("2001:db8:7:1::" + Integer.toHexString(i)));
        }
        assertEquals(429, statusFor("2001:db8:7:1:ffff:ffff:ffff:ffff"));
        assertEquals(200, statusFor("2001:db8:7:2::1"));
        assertEquals(200, statusFor("192.0.2.7"));
    }

    /// As a proxy on the same machine speaks for an address.
    private int statusFor(String address) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/v1/public/dumps"))
                .header("x-forwarded-for", address);
        return CLIENT.send(request.build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    @Test
    void givenAShownAdThatTheBookHasNot_whenTheRepositoryIsMadeAnew_thenItsAlarmDoesNotRingForEver() throws Exception {
        show(book(), 1, "SA", "v");
        server.close();
        for (var lost : List.of("repository.db", "book.db")) {
            for (var part : List.of("", "-wal", "-shm")) {
                Files.deleteIfExists(folder.resolve(lost + part));
            }
        }
        start();
        pass(Duration.ofMinutes(5));
        assertEquals(0, search("").path("found").intValue());
        assertEquals(0.0, behind());
    }

    private Optional<String> book() throws Exception {
        var advertiser = id(post("/v1/advertisers", """
            {"name":{"en":"Nordlys","ar":"نورديليس"},"payer":"Nordlys Gulf FZ-LLC","currency":"USD"}\
            """, 201));
        var request = request("/v1/advertisers/" + advertiser + "/funding")
                .header("idempotency-key", "k1")
                .POST(HttpRequest.BodyPublishers.ofString(
                        "{\"micros\":5000000000,\"currency\":\"USD\",\"reference\":\"PO 1\"}"));
        assertEquals(
                201,
                CLIENT.send(request.build(), HttpResponse.BodyHandlers.discarding())
                        .statusCode());
        post("/v1/placements", """
            {"code":"home","name":{"en":"Home"},"currency":"USD","first_slot":1,"min_gap":2,"max_ads":1,"floor_cpm_micros":1}\
            """, 201);
        campaign = id(post(
                "/v1/campaigns",
                "{\"advertiser\":\"" + advertiser + "\",\"name\":{\"en\":\"Winter\"},\"entity_status\":\"ACTIVE\","
                        + "\"budget\":{\"total_micros\":4000000000},\"pacing\":\"ASAP\"}",
                201));
        var group = id(post(
                "/v1/ad-groups",
                "{\"campaign\":\"" + campaign + "\",\"name\":{\"en\":\"All\"},\"entity_status\":\"ACTIVE\","
                        + "\"bid\":{\"charge_by\":\"IMPRESSION\",\"amount_micros\":20000000},"
                        + "\"targeting\":{\"countries\":[\"SA\",\"AE\"],"
                        + "\"excluded_authors\":[\"@rival\",\"@other\"]}}",
                201));
        creative = id(post(
                "/v1/creatives",
                "{\"advertiser\":\"" + advertiser + "\",\"headline\":{\"en\":\"Night photos\",\"ar\":\"صور الليل\"},"
                        + "\"body\":{\"en\":\"Without the grain\"},\"call_to_action\":{\"en\":\"See\"},"
                        + "\"category\":\"1473\",\"landing_page\":\"https://nordlys.example/night\"}",
                201));
        post("/v1/creatives/" + creative + "/review", "{\"decision\":\"APPROVED\"}", 200);
        return Optional.of(id(post(
                "/v1/ads",
                "{\"ad_group\":\"" + group + "\",\"creative\":\"" + creative + "\",\"entity_status\":\"ACTIVE\"}",
                201)));
    }

    /// Shows the ad to so many people of a country.
    private void show(Optional<String> booked, int people, String country, String name) throws Exception {
        assertTrue(booked.isEmpty() || booked.get().startsWith("ad_"));
        for (int i = 0; i < people; i++) {
            var page = post(
                    "/v1/decisions",
                    "{\"placement\":\"home\",\"viewer\":{\"key\":\"" + name + i
                            + "\",\"country\":\"" + country
                            + "\"},\"posts\":[{\"id\":\"p0\",\"author\":\"@a\",\"text\":\"A"
                            + " lovely morning in the garden with the"
                            + " children.\"},{\"id\":\"p1\",\"author\":\"@b\",\"text\":\"Coffee"
                            + " and bread with friends near the old"
                            + " harbour.\"},{\"id\":\"p2\",\"author\":\"@c\",\"text\":\"We"
                            + " watched the football match with joy.\"}]}",
                    200);
            var token = page.path("slots").get(0).path("ad").path("token").asString("");
            assertFalse(token.isEmpty(), page.toString());
            rendered = "{\"events\":[{\"kind\":\"RENDERED\",\"token\":\"" + token + "\"}]}";
            post("/v1/events", rendered, 202);
        }
        engine.settle();
        engine.repository().orElseThrow().step();
    }

    private void pass(Duration span) {
        now.set(now.get().plus(span));
        engine.settle();
        engine.repository().orElseThrow().step();
    }

    private ObjectNode search(String query) throws Exception {
        // A search costs a tenth of a second of its address' rate.
        now.set(now.get().plusMillis(100));
        var path = "/v1/public/ads?" + query;
        var answer = get(path);
        assertEquals(200, answer.statusCode(), answer.body());
        if (described.isEmpty()) {
            described = Optional.of(
                    new DescribedApi(StrictJson.own(get("/openapi.json").body())));
        }
        described.get().check("GET", path, "", 200, answer.body());
        return StrictJson.own(answer.body());
    }

    private static ObjectNode only(ObjectNode list) {
        assertEquals(1, list.path("data").size(), list.toString());
        return (ObjectNode) list.path("data").get(0);
    }

    private static String enc(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static String id(ObjectNode json) {
        return json.path("id").stringValue();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .header("authorization", "Bearer " + KEY)
                .header("content-type", "application/json");
    }

    private ObjectNode post(String path, String body, int expected) throws Exception {
        var answer = CLIENT.send(
                request(path).POST(HttpRequest.BodyPublishers.ofString(body)).build(),
                HttpResponse.BodyHandlers.ofString());
        assertEquals(expected, answer.statusCode(), path + answer.body());
        return StrictJson.own(answer.body());
    }

    private HttpResponse<String> get(String path, String key) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .header("authorization", "Bearer " + key);
        return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /// As anybody does: without a key.
    private HttpResponse<String> get(String path) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
        return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
