package mizan.server.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import mizan.server.http.ApiKeys;
import mizan.server.http.Mode;
import mizan.server.http.Principal;
import mizan.server.http.Scope;
import mizan.server.http.StrictJson;
import mizan.server.serve.LeaseRules;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/// Book, rate, decide, show, count, bill, explain: the one path, as an integrator walks it.
class AdPathTest {
    private static final String KEY = "mz_test_0000000000000000000000000000000000000000000000000000";
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @TempDir
    Path folder;

    private Engine engine;
    private Server server;
    private int keys;
    private Optional<DescribedApi> described = Optional.empty();

    @BeforeEach
    void start() {
        engine = Engine.embedded(folder, LeaseRules.STANDARD, InstantSource.system(), new SplittableRandom(1));
        var apiKeys = new ApiKeys();
        apiKeys.admit(
                ApiKeys.hash(KEY), new Principal("key_test", Mode.TEST, EnumSet.allOf(Scope.class), Optional.empty()));
        server = new Server(
                new Server.Listen("127.0.0.1", 0),
                Map.of(Mode.TEST, engine),
                Mode.TEST,
                apiKeys,
                List.of(),
                InstantSource.system());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void givenABookedCampaign_whenAFeedIsFilledAndTheAdRendered_thenItIsBilledOnceAndExplained() throws Exception {
        var campaign = book("STRICT", List.of("حرب"), 2_000_000_000L);
        var decision = post(
                "/v1/decisions",
                feed(List.of(
                        "Fresh bread from the oven this morning, and coffee with friends by the sea.",
                        "صورة جميلة من المدينة القديمة هذا المساء مع الأصدقاء",
                        "The football match was a joy to watch with the children.",
                        "Reading a wonderful book about gardens and the history of tea.")),
                200);
        assertFalse(
                decision.path("slots").get(0).path("ad").isNull(),
                () -> decision + "\n" + engine.posts().find("p0")
                        + engine.accountant().balances());
        var ad = (ObjectNode) decision.path("slots").get(0).path("ad");
        assertEquals(
                "Paid by Nordlys Gulf FZ-LLC", "Paid by " + ad.path("payer").stringValue());
        var token = ad.path("token").stringValue();
        for (int i = 0; i < 3; i++) {
            var taken = post("/v1/events", "{\"events\":[{\"kind\":\"RENDERED\",\"token\":\"" + token + "\"}]}", 202);
            assertEquals(1, taken.path("accepted").longValue());
        }
        engine.settle();
        var totals = engine.reports().totals();
        assertEquals(1, totals.counts().rendered());
        assertEquals(1, totals.counts().charged());
        assertTrue(totals.counts().spendMicros() > 0);
        var invariants = get("/v1/ledger/invariants", 200);
        assertTrue(invariants.path("holds").booleanValue(), invariants.toString());
        assertEquals(0, invariants.path("ledger_sum_micros").longValue());
        var explanation = get("/v1/decisions/" + decision.path("id").stringValue() + "/explanation", 200);
        assertEquals(
                "won", explanation.path("candidates").get(0).path("outcome").stringValue());
        assertTrue(get("/v1/campaigns/" + campaign, 200).path("servable").booleanValue());
    }

    @Test
    void givenAReadersLanguage_whenTheFeedIsFilled_thenTheLabelIsInIt() throws Exception {
        book("RELAXED", List.of(), 2_000_000_000L);
        var page = feed(List.of(
                "A lovely morning in the garden with the children and the cat.",
                "Coffee and bread with friends near the old harbour today.",
                "We watched the football match and it was a joy."));
        for (var expected : List.of(List.of("ar", "إعلان"), List.of("en", "Ad"), List.of("fr", "Ad"))) {
            var asked = page.replace("\"country\"", "\"language\":\"" + expected.getFirst() + "\",\"country\"");
            var slots = post("/v1/decisions", asked, 200).path("slots");
            assertEquals(
                    expected.getLast(), slots.get(0).path("ad").path("label").stringValue(), expected.getFirst());
        }
    }

    @Test
    void givenEventsThatNoReaderSent_whenTheyAreTaken_thenTheyAreKeptAndNotCountedAndTheReadersOwnStillCharges()
            throws Exception {
        var campaign = book("RELAXED", List.of(), 2_000_000_000L);
        var token = page(post("/v1/decisions", threePosts(), 200));
        var browser = "Mozilla/5.0 (X11; Ubuntu; Linux x86_64; rv:144.0) Gecko/20100101 Firefox/144.0";
        var event = "{\"events\":[{\"kind\":\"RENDERED\",\"token\":\"" + token + "\"%s}]}";
        assertEquals(200, browserGet("/t/rendered/" + token, "Googlebot/2.1 (+http://www.google.com/bot.html)"));
        assertEquals(200, browserGet("/t/rendered/" + token, browser, "Sec-Purpose", "prefetch"));
        assertEquals(303, browserGet("/c/" + token, "curl/8.5.0"));
        var relayed = post("/v1/events", event.formatted(",\"user_agent\":\"HeadlessChrome/140\""), 202);
        assertEquals(1, relayed.path("invalid").path("crawler").intValue());
        engine.settle();
        assertEquals(0, spent());
        var told = get("/v1/campaigns/" + campaign + "/invalid-traffic", 200);
        assertEquals(4, told.path("invalid_events").intValue());
        assertEquals(1.0, told.path("invalid_share").doubleValue());
        assertEquals("crawler", told.path("reasons").get(0).path("reason").stringValue());
        assertEquals(200, browserGet("/t/rendered/" + token, browser));
        engine.settle();
        assertTrue(spent() > 0);
        assertEquals(
                0.8,
                get("/v1/campaigns/" + campaign + "/invalid-traffic", 200)
                        .path("invalid_share")
                        .doubleValue());
        get("/v1/campaigns/" + campaign + "/invalid-traffic?from=yesterday", 400);
        get("/v1/campaigns/cmp_1/invalid-traffic", 404);
    }

    @Test
    void givenAProgramThatReads_whenItsPageIsDecided_thenItGetsNoAdsAndIsToldWhy() throws Exception {
        book("RELAXED", List.of(), 2_000_000_000L);
        var asked = threePosts().replace("\"country\"", "\"user_agent\":\"Examplebot/1.0\",\"country\"");
        var answer = post("/v1/decisions", asked, 200);
        assertEquals("crawler", answer.path("withheld").stringValue());
        assertEquals(0, answer.path("slots").size());
    }

    @Test
    void givenAMemberWithoutAds_whenTheFeedIsAskedFor_thenItStaysAsItIsAndNothingIsWrittenDown() throws Exception {
        book("RELAXED", List.of(), 2_000_000_000L);
        long before = engine.journal().end();
        var answer = post("/v1/decisions", granted("none"), 200);
        assertEquals("ad_free", answer.path("withheld").stringValue());
        assertEquals(0, answer.path("slots").size());
        assertFalse(answer.has("id"));
        assertEquals(before, engine.journal().end());
    }

    @Test
    void givenAMemberWithFewerAds_whenOnePageIsAskedFor_thenEachSlotGivenUpSaysWhyAndTheDecisionRepeats()
            throws Exception {
        book("RELAXED", List.of(), 2_000_000_000L);
        assertTrue(post("/v1/decisions", granted("all"), 200)
                .path("slots")
                .get(0)
                .path("ad")
                .isObject());
        var answer = post("/v1/decisions", granted("fewer"), 200);
        assertTrue(answer.path("slots").get(0).path("ad").isNull(), answer.toString());
        assertEquals("fewer_ads", answer.path("slots").get(0).path("reason").stringValue());
        get("/v1/decisions/" + answer.path("id").stringValue() + "/explanation", 200);
        assertEquals(0, engine.brokenTerms());
    }

    @Test
    void givenARoleThatIsNone_whenTheFeedIsAskedFor_thenItIsRefusedWithThePlace() throws Exception {
        book("RELAXED", List.of(), 2_000_000_000L);
        var refused = post("/v1/decisions", granted("some"), 400);
        assertTrue(refused.toString().contains("/viewer/ads"), refused.toString());
    }

    private static String granted(String ads) {
        return threePosts().replace("\"country\"", "\"ads\":\"" + ads + "\",\"country\"");
    }

    private long spent() {
        return engine.reports().totals().counts().spendMicros();
    }

    private static String threePosts() {
        return feed(List.of(
                "A lovely morning in the garden with the children and the cat.",
                "Coffee and bread with friends near the old harbour today.",
                "We watched the football match and it was a joy."));
    }

    private static String page(ObjectNode decision) {
        return decision.path("slots").get(0).path("ad").path("token").stringValue();
    }

    /// As a browser does, without a key.
    private int browserGet(String path, String agent, String... headers) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .header("user-agent", agent);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return CLIENT.send(request.build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    @Test
    void givenARenderedAd_whenReachIsAsked_thenItsOneViewerIsCountedAndDaysThatAreNoneAreRefused() throws Exception {
        var campaign = book("RELAXED", List.of(), 2_000_000_000L);
        var decision = post(
                "/v1/decisions",
                feed(List.of(
                        "A lovely morning in the garden with the children and the cat.",
                        "Coffee and bread with friends near the old harbour today.",
                        "We watched the football match and it was a joy.")),
                200);
        var token = decision.path("slots").get(0).path("ad").path("token").stringValue();
        post("/v1/events", "{\"events\":[{\"kind\":\"RENDERED\",\"token\":\"" + token + "\"}]}", 202);
        engine.settle();
        var reach = get("/v1/campaigns/" + campaign + "/reach", 200);
        assertEquals(1, reach.path("viewers").path("estimate").longValue());
        assertEquals(1, reach.path("frequencies").get(0).path("viewers").longValue());
        var both = get("/v1/campaigns/" + campaign + "/reach/overlap?with=" + campaign, 200);
        assertEquals(1, both.path("viewers_of_both").path("estimate").longValue());
        get("/v1/campaigns/" + campaign + "/reach?from=yesterday", 400);
        get("/v1/campaigns/" + campaign + "/reach?from=2026-03-02&to=2026-03-02", 400);
        get("/v1/campaigns/" + campaign + "/reach/overlap?with=nobody", 400);
    }

    @Test
    void givenANeighbourWithAnExcludedWord_whenTheFeedIsFilled_thenTheSlotStaysEmptyAndSaysWhy() throws Exception {
        book("RELAXED", List.of("قهوة"), 2_000_000_000L);
        var decision = post(
                "/v1/decisions?explain=true",
                feed(List.of(
                        "صباح الخير يا أصدقاء، نتمنى لكم يوما جميلا",
                        "شربنا القهوة في المقهى القديم مع الأصدقاء",
                        "صباح جميل ومشمس في المدينة مع القهوة")),
                200);
        assertTrue(decision.path("slots").get(0).path("ad").isNull());
        assertEquals(
                "no_eligible_neighbours",
                decision.path("slots").get(0).path("reason").stringValue());
        var candidate = decision.path("explanation").get(0);
        assertEquals("excluded_keyword", candidate.path("outcome").stringValue());
        assertEquals("قهوة", candidate.path("detail").stringValue());
    }

    @Test
    void givenAPageWithAnAd_whenTheNextComesWithItsCursor_thenTheAdDoesNotComeAgainAndAForgedCursorIsRefused()
            throws Exception {
        book("RELAXED", List.of(), 2_000_000_000L);
        var page = feed(List.of(
                "A lovely morning in the garden with the children and the cat.",
                "Coffee and bread with friends near the old harbour today.",
                "We watched the football match and it was a joy."));
        var first = post("/v1/decisions", page, 200);
        assertFalse(first.path("slots").get(0).path("ad").isNull());
        var cursor = first.path("cursor").stringValue();
        var withCursor = page.substring(0, page.length() - 1) + ",\"seconds\":[3,0,12],\"cursor\":\"";
        var second = post("/v1/decisions?explain=true", withCursor + cursor + "\"}", 200);
        assertTrue(second.path("slots").get(0).path("ad").isNull());
        var candidate = second.path("explanation").get(0);
        assertEquals("separation", candidate.path("outcome").stringValue());
        assertEquals("page_before", candidate.path("winner_on").stringValue());
        var again = get("/v1/decisions/" + second.path("id").stringValue() + "/explanation", 200);
        assertEquals(second.path("explanation"), again.path("candidates"));
        var refused = post("/v1/decisions", withCursor + cursor.replace('A', 'B') + "\"}", 400);
        assertTrue(refused.toString().contains("/cursor"), refused.toString());
    }

    @Test
    void givenABudgetOfThreeImpressions_whenTenFeedsAreFilled_thenThreeAdsAreShownAndNoMore() throws Exception {
        book("RELAXED", List.of(), 60_000L);
        int shown = 0;
        for (int i = 0; i < 10; i++) {
            var decision = post(
                    "/v1/decisions",
                    feed(List.of(
                            "A lovely morning in the garden with the children and the cat.",
                            "Coffee and bread with friends near the old harbour today.",
                            "We watched the football match and it was a joy.")),
                    200);
            shown += decision.path("slots").get(0).path("ad").isNull() ? 0 : 1;
        }
        assertEquals(3, shown);
        assertEquals(
                0,
                get("/v1/ledger/invariants", 200)
                        .path("largest_overspend_micros")
                        .longValue());
    }

    @Test
    void givenABookedCampaign_whenOneFieldIsPatched_thenTheOthersStayAndTheChangeIsLogged() throws Exception {
        var campaign = book("STANDARD", List.of(), 2_000_000_000L);
        var before = get("/v1/campaigns/" + campaign, 200);
        var patched = send("PATCH", "/v1/campaigns/" + campaign, "{\"pacing\":\"EVEN\"}", 200);
        assertEquals("[\"pacing\"]", patched.path("changed").toString());
        var after = get("/v1/campaigns/" + campaign, 200);
        before.remove(List.of("committed", "pacing", "updated_at"));
        after.remove(List.of("committed", "pacing", "updated_at"));
        assertEquals(before, after);
        post("/v1/campaigns/" + campaign + "/pause", "{\"why\":\"asks for proof of two placements\"}", 200);
        var changes = get("/v1/campaigns/" + campaign + "/changes", 200).path("data");
        assertEquals("pause", changes.get(0).path("verb").stringValue());
        assertEquals(
                "asks for proof of two placements", changes.get(0).path("why").stringValue());
        assertFalse(get("/v1/campaigns/" + campaign, 200).path("servable").booleanValue());
    }

    @Test
    void givenHostileBodies_whenSent_thenTheyAreRefusedWithAProblemAndNothingChanges() throws Exception {
        book("STANDARD", List.of(), 2_000_000_000L);
        long revision = engine.booking().book().revision();
        var bodies = List.of(
                "",
                "{",
                "[]",
                "null",
                "{\"name\":1,\"name\":2}",
                "{\"currency\":NaN}",
                "{\"payer\":\"" + "x".repeat(70_000) + "\"}",
                "[".repeat(5_000),
                "{\"name\":{\"en\":\"\\ud800\"}}",
                "{\"micros\":-1}",
                "{\"micros\":1e400}",
                "{\"micros\":999999999999999999999999}",
                "{\"unknown\":true}",
                "{\"name\":{\"en\":\"a\\u202eb\"}}",
                "{\"metadata\":[]}",
                "{\"budget\":{\"total_micros\":1.5}}",
                "{} {}",
                "\ufeff{}");
        for (var path : List.of(
                "/v1/advertisers",
                "/v1/campaigns",
                "/v1/ad-groups",
                "/v1/ads",
                "/v1/creatives",
                "/v1/placements",
                "/v1/suitability-terms",
                "/v1/decisions",
                "/v1/posts",
                "/v1/events")) {
            for (var body : bodies) {
                var answer = raw("POST", path, body.getBytes(java.nio.charset.StandardCharsets.UTF_8));
                assertTrue(
                        answer.statusCode() >= 400 && answer.statusCode() < 500,
                        path + " " + body + answer.statusCode());
                assertEquals(
                        "application/problem+json",
                        answer.headers().firstValue("content-type").orElse(""));
            }
            assertEquals(
                    400,
                    raw("POST", path, new byte[] {'{', '"', (byte) 0xC3, '"', '}'})
                            .statusCode(),
                    path);
            assertEquals(413, raw("POST", path, new byte[2 << 20]).statusCode(), path);
        }
        assertEquals(revision, engine.booking().book().revision());
    }

    @Test
    void givenOneIdempotencyKey_whenFundingIsSentTwice_thenTheMoneyIsBookedOnce() throws Exception {
        var advertiser = advertiser();
        var path = "/v1/advertisers/" + advertiser + "/funding";
        var body = "{\"micros\":5000000,\"currency\":\"USD\",\"reference\":\"PO 17\"}";
        assertEquals(
                400,
                raw("POST", path, body.getBytes(java.nio.charset.StandardCharsets.UTF_8))
                        .statusCode());
        var first = keyed(path, body, "k1");
        var second = keyed(path, body, "k1");
        assertEquals(first.body(), second.body());
        assertEquals("true", second.headers().firstValue("idempotent-replayed").orElse(""));
        assertEquals(409, keyed(path, body.replace("17", "18"), "k1").statusCode());
        assertEquals(
                5_000_000L,
                get("/v1/ledger/accounts", 200)
                        .path("data")
                        .get(0)
                        .path("micros")
                        .longValue());
    }

    @Test
    void givenAPaymentSentAgainAfterARestart_whenBooked_thenTheMoneyIsThereOnce() throws Exception {
        var advertiser = advertiser();
        var path = "/v1/advertisers/" + advertiser + "/funding";
        var body = "{\"micros\":5000000,\"currency\":\"USD\",\"reference\":\"PO 17\"}";
        assertEquals(201, keyed(path, body, "k1").statusCode());
        server.close();
        start();
        assertEquals(201, keyed(path, body, "k1").statusCode());
        assertEquals(
                5_000_000L,
                get("/v1/ledger/accounts", 200)
                        .path("data")
                        .get(0)
                        .path("micros")
                        .longValue());
    }

    @Test
    void givenAKeyWithOneRight_whenUsedAndRevoked_thenItOpensThatAndThenNothing() throws Exception {
        var made = post("/v1/api-keys", """
                {"name":"feed server","mode":"TEST","scopes":["serve"]}""", 201);
        var text = made.path("key").stringValue();
        assertEquals(403, as(text, "/v1/campaigns"), "another right");
        assertEquals(404, as(text, "/v1/decisions/dec_00000000000000000000000000/explanation"), "its right");
        var listed = get("/v1/api-keys", 200).toString();
        assertTrue(listed.contains("feed server"), listed);
        assertFalse(listed.contains(text), "the text of a key is never shown again");
        post("/v1/api-keys", "{\"name\":\"n\",\"mode\":\"TEST\",\"scopes\":[\"everything\"]}", 400);
        post("/v1/api-keys", "{\"name\":\"n\",\"mode\":\"TEST\",\"scopes\":[]}", 400);
        var revoke = request("/v1/api-keys/" + made.path("id").stringValue() + "/revoke")
                .POST(HttpRequest.BodyPublishers.noBody());
        assertEquals(
                200,
                CLIENT.send(revoke.build(), HttpResponse.BodyHandlers.discarding())
                        .statusCode());
        assertEquals(401, as(text, "/v1/decisions/dec_00000000000000000000000000/explanation"), "revoked");
    }

    @Test
    void givenACampaignThatCannotServe_whenRead_thenItSaysWhatHasToChangeSinceWhenAndHow() throws Exception {
        var campaign = book("STANDARD", List.of(), 2_000_000_000L);
        post("/v1/campaigns/" + campaign + "/pause", "{\"why\":\"rain\"}", 200);
        var reason = get("/v1/campaigns/" + campaign, 200)
                .path("reasons_not_servable")
                .get(0);
        assertEquals("campaign_paused", reason.path("code").stringValue());
        assertEquals(campaign, reason.path("of").stringValue());
        assertEquals(
                get("/v1/campaigns/" + campaign + "/changes", 200)
                        .path("data")
                        .get(0)
                        .path("at"),
                reason.path("since"));
        assertFalse(reason.path("fix").stringValue().isBlank());
        var ad = get("/v1/ads?campaign=" + campaign, 200).path("data").get(0);
        assertFalse(ad.path("servable").booleanValue(), "an ad whose campaign is paused");
        assertEquals(campaign, ad.path("reasons_not_servable").get(0).path("of").stringValue());
    }

    @Test
    void givenManyCampaigns_whenListedPageByPage_thenEachComesOnceAndFiltersHold() throws Exception {
        var advertiser = advertiser();
        for (int i = 0; i < 7; i++) {
            post(
                    "/v1/campaigns",
                    "{\"advertiser\":\"" + advertiser + "\",\"name\":{\"en\":\"" + i + "\"},"
                            + "\"external_id\":\"x" + i + "\",\"entity_status\":\"" + (i < 3 ? "DRAFT" : "ACTIVE")
                            + "\",\"budget\":{\"total_micros\":1}}",
                    201);
        }
        post(
                "/v1/campaigns",
                "{\"advertiser\":\"" + advertiser + "\",\"name\":{\"en\":\"again\"},"
                        + "\"external_id\":\"x1\",\"budget\":{\"total_micros\":1}}",
                400);
        var names = new java.util.ArrayList<String>();
        var cursor = "";
        do {
            var page = get("/v1/campaigns?limit=3" + cursor, 200);
            page.path("data").forEach(c -> names.add(c.path("name").path("en").stringValue()));
            cursor = page.path("has_more").booleanValue()
                    ? "&after=" + page.path("next").stringValue()
                    : "";
        } while (!cursor.isEmpty());
        assertEquals(
                List.of("0", "1", "2", "3", "4", "5", "6"),
                names.stream().sorted().toList());
        assertEquals(3, get("/v1/campaigns?status=DRAFT", 200).path("data").size());
        assertEquals(
                7,
                get("/v1/campaigns?advertiser=" + advertiser, 200).path("data").size());
        assertEquals(
                0,
                get("/v1/campaigns?updated_since=2999-01-01T00%3A00%3A00Z", 200)
                        .path("data")
                        .size());
        assertEquals(
                7,
                get("/v1/campaigns?updated_since=2020-01-01T00:00:00Z", 200)
                        .path("data")
                        .size());
        for (var wrong : List.of("limit=0", "after=cmp_1", "status=OPEN", "updated_since=today", "statsu=DRAFT")) {
            get("/v1/campaigns?" + wrong, 400);
        }
    }

    @Test
    void givenTwoWhoReadTheSameCampaign_whenBothChangeItsBudget_thenTheSecondIsToldThatItHasChanged() throws Exception {
        var campaign = book("STANDARD", List.of(), 2_000_000_000L);
        var path = "/v1/campaigns/" + campaign;
        var read = CLIENT.send(request(path).GET().build(), HttpResponse.BodyHandlers.ofString());
        var tag = read.headers().firstValue("etag").orElseThrow();
        assertEquals("100000", read.headers().firstValue("ratelimit-limit").orElse(""));
        assertEquals(428, budget(path, 3, ""));
        assertEquals(200, budget(path, 3_000_000_000L, tag));
        assertEquals(412, budget(path, 4_000_000_000L, tag));
        var change = get(path + "/changes", 200).path("data").get(0);
        assertEquals("increase_budget", change.path("verb").stringValue());
        assertEquals("budget", change.path("fields").get(0).path("field").stringValue());
        assertEquals(
                2_000_000_000L,
                change.path("fields").get(0).path("from").path("total_micros").longValue());
    }

    private int budget(String path, long total, String tag) throws Exception {
        var change = request(path).header("content-type", "application/json");
        return CLIENT.send(
                        (tag.isEmpty() ? change : change.header("if-match", tag))
                                .method(
                                        "PATCH",
                                        HttpRequest.BodyPublishers.ofString(
                                                "{\"budget\":{\"total_micros\":" + total + "}}"))
                                .build(),
                        HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    @Test
    void givenAKeyOfOneAdvertiser_whenItReachesForMore_thenItIsRefused() throws Exception {
        var other = book("STANDARD", List.of(), 2_000_000_000L);
        var advertiser = id(post("/v1/advertisers", """
                {"name":{"en":"Sama"},"payer":"Sama","currency":"USD"}""", 201));
        var placement =
                get("/v1/placements", 200).path("data").get(0).path("id").stringValue();
        var terms =
                get("/v1/suitability-terms", 200).path("data").get(0).path("id").stringValue();
        var key = post(
                        "/v1/api-keys",
                        "{\"name\":\"Sama\",\"mode\":\"TEST\",\"advertiser\":\"" + advertiser
                                + "\",\"scopes\":[\"book:read\",\"book:write\"]}",
                        201)
                .path("key")
                .stringValue();
        assertEquals(403, patchAs(key, "/v1/advertisers/" + advertiser, "{\"account_status\":\"ACTIVE\"}"));
        assertEquals(403, patchAs(key, "/v1/placements/" + placement, "{\"floor_cpm_micros\":0}"));
        assertEquals(404, patchAs(key, "/v1/campaigns/" + other, "{\"pacing\":\"EVEN\"}"));
        assertEquals(404, as(key, "/v1/campaigns/" + other));
        var own = id(post(
                "/v1/campaigns",
                "{\"advertiser\":\"" + advertiser + "\",\"name\":{\"en\":\"Own\"},\"budget\":{\"total_micros\":1}}",
                201));
        assertEquals(400, patchAs(key, "/v1/campaigns/" + own, "{\"suitability_terms\":\"" + terms + "\"}"));
        assertEquals(200, patchAs(key, "/v1/campaigns/" + own, "{\"pacing\":\"ASAP\"}"));
    }

    private int patchAs(String key, String path, String body) throws Exception {
        return CLIENT.send(
                        HttpRequest.newBuilder(request(path).build().uri())
                                .header("authorization", "Bearer " + key)
                                .header("content-type", "application/json")
                                .method("PATCH", HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    @Test
    void givenAnErasedPost_whenAFeedNamesIt_thenNoAdStandsBesideIt() throws Exception {
        book("RELAXED", List.of(), 2_000_000_000L);
        post(
                "/v1/posts",
                "{\"id\":\"p\",\"author\":\"@a\",\"text\":\"A lovely morning in the garden with the cat.\"}",
                200);
        var feed = "{\"placement\":\"home\",\"posts\":[\"p\",\"p\",\"p\"]}";
        assertFalse(
                post("/v1/decisions", feed, 200).path("slots").get(0).path("ad").isNull());
        assertEquals(
                1,
                post("/v1/posts/erase", "{\"ids\":[\"p\"]}", 200).path("erased").intValue());
        assertTrue(
                post("/v1/decisions", feed, 200).path("slots").get(0).path("ad").isNull());
    }

    @Test
    void givenAnAdThatWasPaidFor_whenThePostBesideItTurnsBad_thenItIsCreditedOnceWithANotice() throws Exception {
        book("RELAXED", List.of("war"), 2_000_000_000L);
        var posts = feed(List.of(
                "A lovely morning in the garden with the children and the cat.",
                "Coffee and bread with friends near the old harbour today.",
                "We watched the football match and it was a joy."));
        var ad = post("/v1/decisions", posts, 200).path("slots").get(0).path("ad");
        var event = "{\"events\":[{\"kind\":\"RENDERED\",\"token\":\""
                + ad.path("token").stringValue() + "\"}]}";
        post("/v1/events", event, 202);
        engine.settle();
        long paid = engine.reports().totals().counts().spendMicros();
        var edited = "{\"id\":\"p0\",\"author\":\"@a0\",\"text\":\"The war came to the garden this morning.\"}";
        for (int i = 0; i < 2; i++) {
            post("/v1/posts", edited, 200);
            post("/v1/posts/erase", "{\"ids\":[\"p1\"]}", 200);
            engine.settle();
        }
        var notices = get("/v1/notices", 200).path("data");
        assertEquals(1, notices.size(), notices.toString());
        assertEquals("excluded_keyword", notices.get(0).path("rule").stringValue());
        assertEquals("war", notices.get(0).path("detail").stringValue());
        assertEquals("EDITED", notices.get(0).path("cause").stringValue());
        assertEquals(paid, notices.get(0).path("credited").path("micros").longValue());
        var credits = engine.reports().entries(0, 100, Optional.empty()).stream()
                .filter(e -> e.id().startsWith("credit/"))
                .toList();
        assertEquals(1, credits.size());
        assertEquals(paid, credits.getFirst().micros());
        assertTrue(get("/v1/ledger/invariants", 200).path("holds").booleanValue());
    }

    @Test
    void givenABilledShowing_whenItIsDisputedAndAccepted_thenItIsCreditedOnceWithItsReceipt() throws Exception {
        var campaign = billed();
        var objection = "{\"campaign\":\"" + campaign
                + "\",\"reason\":\"COUNTS_DIFFER\",\"claimed\":{\"impressions\":0},\"text\":\"We counted none.\"}";
        var first = post("/v1/disputes", objection, 201);
        assertEquals(1, first.path("ours").path("billed").longValue());
        assertEquals(0, first.path("claimed").path("impressions").longValue());
        var path = "/v1/disputes/" + id(first);
        post(path + "/notes", "{\"text\":\"Our log is attached to the order.\"}", 200);
        var answer = "{\"outcome\":\"ACCEPTED\",\"text\":\"You are right.\"}";
        assertEquals(200, keyed(path + "/answer", answer, "answer-one").statusCode());
        assertEquals(
                409,
                keyed(path + "/answer", answer.replace("right", "right again"), "answer-two")
                        .statusCode());
        var done = get(path, 200);
        assertEquals("ACCEPTED", done.path("state").stringValue());
        assertEquals(spent(), done.path("credited").path("micros").longValue());
        var showing = get(path + "/showings", 200).path("data").get(0);
        assertEquals(spent(), showing.path("credited_micros").longValue());
        // The same showing once more: there is nothing left to give back.
        var second = "/v1/disputes/" + id(post("/v1/disputes", objection, 201));
        assertEquals(200, keyed(second + "/answer", answer, "answer-three").statusCode());
        assertEquals(0, get(second, 200).path("credited").path("micros").longValue());
        assertTrue(get("/v1/ledger/invariants", 200).path("holds").booleanValue());
        assertEquals(2, get("/v1/disputes?state=ACCEPTED", 200).path("data").size());
    }

    @Test
    void givenARuleOfFourEyesForCredits_whenADisputeIsAccepted_thenNothingIsCreditedBeforeASecondPerson()
            throws Exception {
        var campaign = billed();
        var rule = raw("PUT", "/v1/approval-rules/credit", "{\"above_micros\":0}".getBytes(UTF_8));
        assertEquals(200, rule.statusCode(), rule.body());
        var impression = engine.reports()
                .impressions(campaign, 1)
                .getFirst()
                .impression()
                .id()
                .value();
        var opened = post(
                "/v1/disputes",
                "{\"campaign\":\"" + campaign + "\",\"reason\":\"OTHER\",\"text\":\"This one.\",\"impressions\":[\""
                        + impression + "\"]}",
                201);
        var path = "/v1/disputes/" + id(opened);
        var waits = keyed(
                path + "/answer",
                "{\"outcome\":\"ACCEPTED_IN_PART\",\"at_most_micros\":900000000,\"text\":\"In part.\"}",
                "four-eyes");
        assertEquals(202, waits.statusCode(), waits.body());
        assertEquals("OPENED", get(path, 200).path("state").stringValue());
        assertEquals(0, get(path, 200).path("credited").path("micros").longValue());
        var approval = StrictJson.own(waits.body()).path("approval").path("id").stringValue();
        var own = keyed("/v1/approvals/" + approval + "/approve", "{}", "own");
        assertEquals(403, own.statusCode(), own.body());
        assertEquals(
                200,
                keyed(path + "/answer", "{\"outcome\":\"REFUSED\",\"text\":\"No.\"}", "no")
                        .statusCode());
        assertEquals(
                409,
                raw("POST", path + "/withdraw", "{\"text\":\"x\"}".getBytes(UTF_8))
                        .statusCode());
    }

    @Test
    void givenAnotherAdvertisersKey_whenADisputeIsAskedFor_thenItIsNotThere() throws Exception {
        var campaign = billed();
        var objection = "{\"campaign\":\"" + campaign + "\",\"reason\":\"OTHER\",\"text\":\"x\"}";
        var dispute = "/v1/disputes/" + id(post("/v1/disputes", objection, 201));
        var key = post(
                        "/v1/api-keys",
                        "{\"name\":\"Sama\",\"mode\":\"TEST\",\"advertiser\":\"" + advertiser()
                                + "\",\"scopes\":[\"ledger:read\",\"money:write\"]}",
                        201)
                .path("key")
                .stringValue();
        assertEquals(404, as(key, dispute));
        assertEquals(404, as(key, dispute + "/showings"));
        var refused = CLIENT.send(
                HttpRequest.newBuilder(request("/v1/disputes").build().uri())
                        .header("authorization", "Bearer " + key)
                        .header("content-type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(objection))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertEquals(400, refused.statusCode(), refused.body());
        post("/v1/disputes", objection.replace("OTHER", "MOOD"), 400);
        post("/v1/disputes", objection.replace("\"text\":\"x\"", "\"text\":\"x\",\"from\":\"2020-01-01\""), 400);
    }

    /// A campaign with one showing that was billed.
    private String billed() throws Exception {
        var campaign = book("RELAXED", List.of(), 2_000_000_000L);
        var token = page(post("/v1/decisions", threePosts(), 200));
        post("/v1/events", "{\"events\":[{\"kind\":\"RENDERED\",\"token\":\"" + token + "\"}]}", 202);
        engine.settle();
        assertTrue(spent() > 0);
        return campaign;
    }

    @Test
    void givenAnAdThatWasPaidFor_whenAPersonJudgesThePostBesideItWorse_thenItIsCreditedOnce() throws Exception {
        book("RELAXED", List.of(), 2_000_000_000L);
        var token = page(post("/v1/decisions", threePosts(), 200));
        post("/v1/events", "{\"events\":[{\"kind\":\"RENDERED\",\"token\":\"" + token + "\"}]}", 202);
        engine.settle();
        assertTrue(spent() > 0);
        var commitment = get("/v1/verdicts?post=p0", 200).path("commitment").stringValue();
        var review = "{\"post\":\"p0\",\"commitment\":\"" + commitment
                + "\",\"tier\":\"FLOOR\",\"reason\":\"a threat in dialect\",\"reviewer\":\"Reem\"}";
        for (int i = 0; i < 2; i++) {
            post("/v1/reviews/posts", review, 200);
            engine.settle();
        }
        var notices = get("/v1/notices", 200).path("data");
        assertEquals(1, notices.size(), notices.toString());
        assertEquals("RELABELLED", notices.get(0).path("cause").stringValue());
        assertEquals(spent(), notices.get(0).path("credited").path("micros").longValue());
    }

    @Test
    void givenPagesThatWereShown_whenStricterTermsAreTried_thenTheAnswerSaysWhatTheyWouldHaveCostAndNothingIsBooked()
            throws Exception {
        book("RELAXED", List.of(), 2_000_000_000L);
        var posts = List.of(
                "Coffee and bread with friends near the old harbour today.",
                "We watched the football match and it was a joy.",
                "A lovely morning in the garden with the children and the cat.");
        for (int i = 0; i < 3; i++) {
            post("/v1/decisions", feed(posts), 200);
        }
        engine.settle();
        var terms = get("/v1/suitability-terms", 200).path("data").get(0);
        var path = "/v1/suitability-terms/" + terms.path("id").stringValue();
        var harmless = post(path + "/dry-run", "{\"keywords\":[\"earthquake\"]}", 200);
        assertEquals(3, harmless.path("ads").path("kept").intValue(), harmless.toString());
        assertEquals(0, harmless.path("reach_change_ppm").path("estimate").intValue());
        var harmful = post(path + "/dry-run", "{\"keywords\":[\"coffee\",\"football\"]}", 200);
        assertEquals(3, harmful.path("ads").path("lost").intValue(), harmful.toString());
        assertEquals(
                -1_000_000, harmful.path("reach_change_ppm").path("estimate").intValue());
        assertEquals(2, harmful.path("posts").path("blocked").intValue());
        // The model is not sure of the football.
        assertEquals(1, harmful.path("posts").path("newly_blocked_though_safe").intValue());
        assertEquals(
                "excluded_keyword",
                harmful.path("blocked_posts").get(0).path("rule").stringValue());
        assertEquals(3, harmful.path("blocked_posts").get(0).path("ads").intValue());
        assertEquals(terms.path("version"), get(path, 200).path("version"));
        post(path + "/dry-run", "{\"max_tier\":\"FLOOR\"}", 400);
    }

    @Test
    void givenSignedTerms_whenTheyAreChangedByAnother_thenTheNewVersionIsNotSignedByTheFirst() throws Exception {
        var advertiser = advertiser();
        var terms = id(post(
                "/v1/suitability-terms",
                "{\"advertiser\":\"" + advertiser + "\",\"name\":\"House\",\"signed_by\":\"Noor\"}",
                201));
        var path = "/v1/suitability-terms/" + terms;
        var changed = send("PATCH", path, "{\"keywords\":[\"war\"]}", 200);
        assertTrue(changed.has("effective_at"));
        assertFalse(changed.has("signed_by"), changed.toString());
        var signed = send("PATCH", path, "{\"keywords\":[\"storm\"],\"signed_by\":\"Hadi\"}", 200);
        assertEquals("Hadi", signed.path("signed_by").stringValue());
        assertEquals(3, signed.path("version").intValue());
    }

    @Test
    void givenASharedList_whenAnotherSubscribes_thenItsWordsKeepAdsAwayAndAForgedOneIsRefused() throws Exception {
        book("RELAXED", List.of(), 2_000_000_000L);
        var own = "/v1/suitability-terms/"
                + id((ObjectNode) get("/v1/suitability-terms", 200).path("data").get(0));
        var publisher = id(post(
                "/v1/suitability-terms",
                "{\"advertiser\":\"" + advertiser()
                        + "\",\"name\":\"Disasters\",\"keywords\":[\"earthquake\",\"زلزال\"]}",
                201));
        var list = get("/v1/suitability-terms/" + publisher + "/list", 200);
        assertEquals(64, list.path("sha256").stringValue().length());
        var page = feed(List.of(
                "The earthquake shook the old town this morning.",
                "Coffee and bread with friends near the old harbour today."));
        assertFalse(
                post("/v1/decisions", page, 200).path("slots").get(0).path("ad").isNull());
        send("PATCH", own, "{\"lists\":[" + list.toString().replace("earthquake", "volcano") + "]}", 400);
        send("PATCH", own, "{\"lists\":[" + list + "]}", 200);
        assertTrue(
                post("/v1/decisions", page, 200).path("slots").get(0).path("ad").isNull());
        // Pinned: what the publisher changes later is another version, which nobody has taken yet.
        send("PATCH", "/v1/suitability-terms/" + publisher, "{\"keywords\":[]}", 200);
        assertTrue(
                post("/v1/decisions", page, 200).path("slots").get(0).path("ad").isNull());
    }

    @Test
    void givenAViewerWhoHidAnAd_whenTheNextPageIsFilled_thenItIsNotShownToThemAgain() throws Exception {
        book("RELAXED", List.of(), 2_000_000_000L);
        var page = feed(List.of(
                "A lovely morning in the garden with the children and the cat.",
                "Coffee and bread with friends near the old harbour today."));
        var ad = post("/v1/decisions", page, 200).path("slots").get(0).path("ad");
        post(
                "/v1/events",
                "{\"events\":[{\"kind\":\"HIDE\",\"token\":\""
                        + ad.path("token").stringValue() + "\"}]}",
                202);
        engine.settle();
        var again = post("/v1/decisions?explain=true", page, 200);
        assertTrue(again.path("slots").get(0).path("ad").isNull());
        assertEquals(
                "hidden_by_viewer",
                again.path("explanation").get(0).path("outcome").stringValue());
        var other = page.replace("\"v1\"", "\"v2\"");
        assertFalse(post("/v1/decisions", other, 200)
                .path("slots")
                .get(0)
                .path("ad")
                .isNull());
    }

    @Test
    void givenACommunityThatVetoesAds_whenItsPostIsOnThePage_thenNoAdStandsBesideItAndTheLogSaysWho() throws Exception {
        book("RELAXED", List.of(), 2_000_000_000L);
        var page = feed(List.of(
                        "A lovely morning in the garden with the children and the cat.",
                        "Coffee and bread with friends near the old harbour today."))
                .replace("\"author\":\"@a1\"", "\"author\":\"@a1\",\"community\":\"gardeners\"");
        assertFalse(
                post("/v1/decisions", page, 200).path("slots").get(0).path("ad").isNull());
        var placement = id((ObjectNode) get("/v1/placements", 200).path("data").get(0));
        var path = "/v1/placements/" + placement + "/vetoes/gardeners";
        send("PUT", path, "{\"any_ad\":true,\"why\":\"no ads in the garden\"}", 200);
        var kept = post("/v1/decisions?explain=true", page, 200);
        assertTrue(kept.path("slots").get(0).path("ad").isNull());
        assertEquals(
                "community_veto",
                kept.path("explanation").get(0).path("outcome").stringValue());
        assertEquals("gardeners", kept.path("explanation").get(0).path("detail").stringValue());
        var log = get("/v1/placements/" + placement + "/changes", 200)
                .path("data")
                .get(0);
        assertEquals("veto", log.path("verb").stringValue());
        assertEquals("no ads in the garden", log.path("why").stringValue());
        assertTrue(get(path, 200).path("any_ad").booleanValue());
        send("PUT", path, "{\"industries\":[\"gambling\"]}", 200);
        assertFalse(
                post("/v1/decisions", page, 200).path("slots").get(0).path("ad").isNull());
        send("PUT", path, "{}", 200);
        assertFalse(get("/v1/placements/" + placement, 200).path("vetoes").has("gardeners"));
    }

    @Test
    void givenAPostThatMachinesExclude_whenAPersonReviewsIt_thenTheirVerdictCountsUntilItIsEdited() throws Exception {
        book("STRICT", List.of(), 2_000_000_000L);
        var text = "Dozens were killed in the war this morning";
        var sent = "{\"id\":\"https://example.org/p/1\",\"author\":\"@a\",\"text\":\"%s\"}";
        post("/v1/posts", sent.formatted(text), 200);
        var feed = "{\"placement\":\"home\",\"posts\":[\"https://example.org/p/1\",\"https://example.org/p/1\"]}";
        assertTrue(
                post("/v1/decisions", feed, 200).path("slots").get(0).path("ad").isNull());
        post("/v1/posts/report", "{\"post\":\"https://example.org/p/1\",\"reason\":\"a film\"}", 202);
        var open = get("/v1/reviews/posts", 200).path("data").get(0);
        assertEquals("reported", open.path("question").stringValue());
        assertEquals("a film", open.path("report").stringValue());
        var lexicon = open.path("verdicts").get(0);
        assertEquals("lexicon", lexicon.path("rater").stringValue());
        int start = lexicon.path("span").path("start").intValue();
        int end = lexicon.path("span").path("end").intValue();
        assertEquals(lexicon.path("evidence").stringValue(), text.substring(start, end));

        var review = "{\"post\":\"https://example.org/p/1\",\"commitment\":\"%s\",\"tier\":\"SAFE\","
                + "\"reason\":\"a scene of a film\",\"reviewer\":\"Reem\"}";
        var commitment = open.path("commitment").stringValue();
        post("/v1/reviews/posts", review.formatted("00"), 409);
        var counts =
                post("/v1/reviews/posts", review.formatted(commitment), 200).path("counts");
        assertEquals("Reem", counts.path("rater_version").stringValue());
        assertEquals("a scene of a film", counts.path("evidence").stringValue());
        assertFalse(
                post("/v1/decisions", feed, 200).path("slots").get(0).path("ad").isNull());
        assertEquals(0, get("/v1/reviews/posts", 200).path("open").longValue());

        post("/v1/posts", sent.formatted(text + " again"), 200);
        assertEquals(
                "lexicon",
                get("/v1/verdicts?post=https%3A%2F%2Fexample.org%2Fp%2F1", 200)
                        .path("counts")
                        .path("rater")
                        .stringValue());
    }

    @Test
    void givenAVersionThatNobodyKnows_whenAskedFor_thenItIsRefused() throws Exception {
        for (var version : Map.of("2026-12-01", 200, "2020-01-01", 400).entrySet()) {
            var answer = CLIENT.send(
                    request("/v1/campaigns")
                            .header("mizan-version", version.getKey())
                            .build(),
                    HttpResponse.BodyHandlers.discarding());
            assertEquals(version.getValue(), answer.statusCode());
        }
    }

    private int as(String key, String path) throws Exception {
        return CLIENT.send(
                        HttpRequest.newBuilder(request(path).build().uri())
                                .header("authorization", "Bearer " + key)
                                .build(),
                        HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    @Test
    void givenTheDescription_whenRead_thenEveryReferenceIsDefined() throws Exception {
        var document = get("/openapi.json", 200);
        var schemas = document.path("components").path("schemas");
        var references = java.util.regex.Pattern.compile("#/components/schemas/([A-Za-z]+)")
                .matcher(document.toString());
        int seen = 0;
        while (references.find()) {
            assertTrue(schemas.has(references.group(1)), references.group(1));
            seen++;
        }
        assertTrue(seen > 50, "only " + seen + " references");
        assertTrue(document.path("paths").has("/v1/decisions"));
    }

    private String book(String preset, List<String> keywords, long budget) throws Exception {
        post("/v1/placements", """
                {"code":"home","name":{"en":"Home"},"currency":"USD","first_slot":1,"min_gap":3,"max_ads":2,"floor_cpm_micros":20000000}""", 201);
        var advertiser = advertiser();
        keyed(
                "/v1/advertisers/" + advertiser + "/funding",
                "{\"micros\":100000000000,\"currency\":\"USD\",\"reference\":\"PO 1\"}",
                "fund" + keys++);
        var terms = id(post(
                "/v1/suitability-terms",
                "{\"advertiser\":\"" + advertiser + "\",\"name\":\"House\",\"preset\":\"" + preset + "\",\"keywords\":"
                        + quoted(keywords) + "}",
                201));
        var campaign = id(post(
                "/v1/campaigns",
                "{\"advertiser\":\"" + advertiser + "\",\"name\":{\"en\":\"Winter\"},"
                        + "\"entity_status\":\"ACTIVE\",\"budget\":{\"total_micros\":" + budget
                        + "},\"suitability_terms\":\"" + terms
                        + "\",\"pacing\":\"ASAP\"}",
                201));
        var group = id(post(
                "/v1/ad-groups",
                "{\"campaign\":\"" + campaign + "\",\"name\":{\"en\":\"All\"},"
                        + "\"entity_status\":\"ACTIVE\",\"bid\":{\"charge_by\":\"IMPRESSION\",\"amount_micros\":20000000}}",
                201));
        var creative = id(post(
                "/v1/creatives",
                "{\"advertiser\":\"" + advertiser + "\",\"headline\":{\"en\":\"Night photos\"},"
                        + "\"body\":{\"en\":\"Without the grain\"},\"call_to_action\":{\"en\":\"See\"},"
                        + "\"landing_page\":\"https://nordlys.example/night\"}",
                201));
        post("/v1/creatives/" + creative + "/review", "{\"decision\":\"APPROVED\"}", 200);
        post(
                "/v1/ads",
                "{\"ad_group\":\"" + group + "\",\"creative\":\"" + creative + "\",\"entity_status\":\"ACTIVE\"}",
                201);
        return campaign;
    }

    private String advertiser() throws Exception {
        return id(post("/v1/advertisers", """
                {"name":{"en":"Nordlys","ar":"نورديليس"},"payer":"Nordlys Gulf FZ-LLC","currency":"USD"}""", 201));
    }

    private static String feed(List<String> texts) {
        var posts = new StringBuilder();
        for (int i = 0; i < texts.size(); i++) {
            posts.append(i == 0 ? "" : ",")
                    .append("{\"id\":\"p")
                    .append(i)
                    .append("\",\"author\":\"@a")
                    .append(i)
                    .append("\",\"text\":\"")
                    .append(texts.get(i))
                    .append("\"}");
        }
        return "{\"placement\":\"home\",\"viewer\":{\"key\":\"v1\",\"country\":\"SA\"},\"posts\":[" + posts + "]}";
    }

    private static String quoted(List<String> texts) {
        return texts.isEmpty() ? "[]" : "[\"" + String.join("\",\"", texts) + "\"]";
    }

    private static String id(ObjectNode json) {
        return json.path("id").stringValue();
    }

    private ObjectNode post(String path, String body, int expected) throws Exception {
        return send("POST", path, body, expected);
    }

    private ObjectNode get(String path, int expected) throws Exception {
        var answer = CLIENT.send(request(path).GET().build(), HttpResponse.BodyHandlers.ofString());
        assertEquals(expected, answer.statusCode(), answer.body());
        described().check("GET", path, "", answer.statusCode(), answer.body());
        return StrictJson.own(answer.body());
    }

    private ObjectNode send(String method, String path, String body, int expected) throws Exception {
        var answer = raw(method, path, body.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        assertEquals(expected, answer.statusCode(), answer.body());
        described().check(method, path, body, answer.statusCode(), answer.body());
        return StrictJson.own(answer.body());
    }

    /// Every request and answer of these tests is held against the description of the API.
    private DescribedApi described() throws Exception {
        if (described.isEmpty()) {
            var answer = CLIENT.send(request("/openapi.json").GET().build(), HttpResponse.BodyHandlers.ofString());
            described = Optional.of(new DescribedApi(StrictJson.own(answer.body())));
        }
        return described.get();
    }

    private HttpResponse<String> raw(String method, String path, byte[] body) throws IOException, InterruptedException {
        return CLIENT.send(
                request(path)
                        .header("content-type", "application/json")
                        .method(method, HttpRequest.BodyPublishers.ofByteArray(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> keyed(String path, String body, String key) throws IOException, InterruptedException {
        return CLIENT.send(
                request(path)
                        .header("content-type", "application/json")
                        .header("idempotency-key", key)
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .header("authorization", "Bearer " + KEY);
    }
}
