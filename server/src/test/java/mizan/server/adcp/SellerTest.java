package mizan.server.adcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SplittableRandom;
import mizan.core.campaign.Campaign;
import mizan.core.campaign.CampaignId;
import mizan.core.campaign.EntityStatus;
import mizan.core.suitability.Tier;
import mizan.core.suitability.Topic;
import mizan.server.api.Actions;
import mizan.server.app.Engine;
import mizan.server.app.Server;
import mizan.server.http.ApiKeys;
import mizan.server.http.Mode;
import mizan.server.http.Principal;
import mizan.server.http.Reception;
import mizan.server.http.RememberedAnswers;
import mizan.server.http.Scope;
import mizan.server.http.StrictJson;
import mizan.server.people.Rule;
import mizan.server.people.Workspace;
import mizan.server.serve.LeaseRules;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// An agent buys over MCP, as the protocol says; what the protocol's own runner checks is in `story/adcp`.
class SellerTest {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final Set<Scope> BUYER =
            EnumSet.of(Scope.BOOK_READ, Scope.BOOK_WRITE, Scope.MONEY_WRITE, Scope.LEDGER_READ);
    private static final String ACCOUNT =
            "{\"brand\":{\"domain\":\"nordlys.example\"},\"operator\":\"agency.example\"}";
    private static final long LIMIT_MICROS = 5_000_000_000L;

    @TempDir
    Path folder;

    private final Map<Mode, Engine> engines = new java.util.EnumMap<>(Mode.class);
    private Workspace workspace;
    private Server server;
    private int calls;

    @BeforeEach
    void start() throws Exception {
        var keys = new ApiKeys();
        for (var mode : Mode.values()) {
            engines.put(
                    mode,
                    Engine.embedded(
                            folder.resolve(mode.name()),
                            LeaseRules.STANDARD,
                            InstantSource.system(),
                            new SplittableRandom(7)));
            admit(keys, mode, "all", EnumSet.allOf(Scope.class));
            admit(keys, mode, "buyer", BUYER);
            admit(keys, mode, "other", BUYER);
        }
        workspace = Workspace.empty(keys, InstantSource.system(), new SplittableRandom(6));
        server = new Server(
                new Server.Listen("127.0.0.1", 0),
                engines,
                Mode.LIVE,
                keys,
                new RememberedAnswers(),
                new Server.Console(
                        Actions.of(workspace, keys, engines, InstantSource.system()), Reception.NONE, List.of()),
                InstantSource.system());
        for (var mode : Mode.values()) {
            post(key(mode, "all"), "/v1/placements", """
                    {"code":"home","name":{"en":"Home feed"},"currency":"USD","first_slot":1,"floor_cpm_micros":1000000}""");
        }
    }

    private static void admit(ApiKeys keys, Mode mode, String name, Set<Scope> scopes) {
        keys.admit(
                ApiKeys.hash(key(mode, name)),
                new Principal("key_" + name + mode, mode, EnumSet.copyOf(scopes), Optional.empty()));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static String key(Mode mode, String name) {
        return "mz_" + mode.name().toLowerCase(Locale.ROOT) + "_" + name;
    }

    private HttpResponse<String> send(String key, String path, String body, String... headers) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (!key.isEmpty()) {
            request.header("authorization", "Bearer " + key);
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private ObjectNode post(String key, String path, String body) throws Exception {
        var answer = send(key, path, body, "idempotency-key", "call-" + calls++);
        assertTrue(answer.statusCode() < 300, answer.body());
        return StrictJson.own(answer.body());
    }

    /// A tool's answer.
    private JsonNode ask(String key, String tool, String arguments) throws Exception {
        var answer = send(key, "/mcp", """
                {"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"%s","arguments":%s}}""".formatted(tool, arguments));
        assertEquals(200, answer.statusCode(), answer.body());
        var result = StrictJson.own(answer.body()).path("result");
        assertEquals(
                result.path("structuredContent"),
                StrictJson.own(result.path("content").path(0).path("text").asString()));
        assertEquals(
                result.path("structuredContent").has("adcp_error"),
                result.path("isError").booleanValue());
        return result.path("structuredContent");
    }

    private String once() {
        return "\"idempotency_key\":\"key-of-a-test-" + String.format(Locale.ROOT, "%04d", calls++) + "\"";
    }

    private static String code(JsonNode answer) {
        return answer.path("adcp_error").path("code").asString("");
    }

    private JsonNode open(String key) throws Exception {
        return ask(key, "sync_accounts", "{" + once() + ",\"accounts\":[" + account("billing", "operator") + "]}");
    }

    private static String account(String name, String value) {
        return ACCOUNT.substring(0, ACCOUNT.length() - 1) + ",\"" + name + "\":\"" + value + "\"}";
    }

    private String buy(String more) {
        return "{" + once() + ",\"account\":" + ACCOUNT + """
                ,"brand":{"domain":"nordlys.example"},"start_time":"asap","end_time":"2099-01-01T00:00:00Z",
                "packages":[{"product_id":"home","pricing_option_id":"cpm","bid_price":8.5,"budget":1000%s}]}""".formatted(more);
    }

    private Engine live() {
        return Objects.requireNonNull(engines.get(Mode.LIVE));
    }

    private Campaign campaign(String id) {
        return Optional.ofNullable(live().booking().book().campaigns().get(new CampaignId(id)))
                .orElseThrow();
    }

    // Transport

    @Test
    void givenAProgramThatSpeaksMcp_whenItBegins_thenItIsGreetedInAVersionThatIsKnownAndToldTheTools()
            throws Exception {
        var buyer = key(Mode.TEST, "buyer");
        for (var version : Map.of("2025-03-26", "2025-03-26", "2025-06-18", "2025-06-18", "2031-01-01", "2025-06-18")
                .entrySet()) {
            var greeting = send(buyer, "/mcp", """
                    {"jsonrpc":"2.0","id":"a","method":"initialize","params":{"protocolVersion":"%s"}}""".formatted(version.getKey()));
            var json = StrictJson.own(greeting.body());
            assertEquals("a", json.path("id").asString());
            assertEquals(
                    version.getValue(),
                    json.path("result").path("protocolVersion").asString());
        }
        var notified = send(buyer, "/mcp", "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}");
        assertEquals(202, notified.statusCode());
        assertEquals("", notified.body());
        var tools = send(buyer, "/mcp", "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"tools/list\"}");
        assertTrue(tools.body().contains("\"get_media_buy_artifacts\""), tools.body());
    }

    @Test
    void givenMessagesThatAreNone_whenTheyAreSent_thenEachIsRefusedByItsCode() throws Exception {
        var buyer = key(Mode.TEST, "buyer");
        var refused = Map.of(
                "{", -32_700,
                "[]", -32_700,
                "{\"id\":1,\"method\":\"ping\"}", -32_600,
                "{\"jsonrpc\":\"2.0\",\"id\":{},\"method\":\"ping\"}", -32_600,
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\",\"params\":[]}", -32_602,
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"sampling/createMessage\"}", -32_601,
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"no_tool\"}}", -32_602);
        for (var one : refused.entrySet()) {
            var answer = send(buyer, "/mcp", one.getKey());
            var code = StrictJson.own(answer.body()).path("error").path("code");
            assertEquals(one.getValue(), code.intValue(), one.getKey());
        }
        var ping = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}";
        assertEquals(
                400,
                send(buyer, "/mcp", ping, "mcp-protocol-version", "1999-01-01").statusCode());
        assertEquals(
                403, send(buyer, "/mcp", ping, "origin", "https://evil.example").statusCode());
    }

    @Test
    void givenNoKeyOrAWrongOneOrAKeyWithoutTheRight_whenAToolIsCalled_thenItIsRefusedAndToldHow() throws Exception {
        var call = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"get_products\"}}";
        var nobody = send("", "/mcp", call);
        assertEquals(401, nobody.statusCode());
        assertEquals(
                "Bearer realm=\"mizan\"",
                nobody.headers().firstValue("www-authenticate").orElse(""));
        var stranger = send("mz_test_unknown", "/mcp", call);
        assertEquals(401, stranger.statusCode());
        assertTrue(stranger.headers().firstValue("www-authenticate").orElse("").contains("invalid_token"));
        var made = post(key(Mode.TEST, "all"), "/v1/api-keys", """
                {"name":"posts alone","mode":"TEST","scopes":["posts:write"]}""");
        assertEquals(403, send(made.path("key").asString(), "/mcp", call).statusCode());
    }

    // Buying

    @Test
    void givenAnAgentThatMayNotApprove_whenItBuys_thenTheCampaignIsBookedAndPausedAndItCannotResumeIt()
            throws Exception {
        var buyer = key(Mode.LIVE, "buyer");
        open(buyer);
        var bought = ask(buyer, "create_media_buy", buy(""));
        assertEquals("paused", bought.path("status").asString(), bought.toString());
        var id = bought.path("media_buy_id").asString();
        var campaign = campaign(id);
        assertEquals(EntityStatus.PAUSED, campaign.status());
        assertEquals(1_000_000_000L, campaign.budget().totalMicros().orElseThrow());
        var group = live().booking().book().adGroups().values().stream()
                .filter(g -> g.campaign().value().equals(id))
                .findFirst()
                .orElseThrow();
        assertEquals(8_500_000L, group.bid().amountMicros());
        var resume = "{" + once() + ",\"account\":" + ACCOUNT + ",\"media_buy_id\":\"" + id + "\",\"paused\":false}";
        assertEquals("PERMISSION_DENIED", code(ask(buyer, "update_media_buy", resume)));
        assertEquals("active", approved(id).path("entity_status").asString().toLowerCase(Locale.ROOT));
        var seen = ask(buyer, "get_media_buys", "{\"media_buy_ids\":[\"" + id + "\"]}");
        assertEquals("active", seen.path("media_buys").path(0).path("status").asString(), seen.toString());
    }

    private ObjectNode approved(String id) throws Exception {
        return post(key(Mode.LIVE, "all"), "/v1/campaigns/" + id + "/resume", "{\"why\":\"looked at\"}");
    }

    @Test
    void givenABuyAboveTheLimitOfOnePerson_whenTheSecondAgrees_thenItsPackagesAreBookedWithIt() throws Exception {
        workspace.approvals().enforce(new Rule("", Rule.Kind.RAISE, OptionalLong.of(LIMIT_MICROS)));
        var buyer = key(Mode.LIVE, "buyer");
        open(buyer);
        var waits = ask(buyer, "create_media_buy", buy("").replace("1000}", "9000}"));
        assertEquals("submitted", waits.path("status").asString(), waits.toString());
        assertEquals(0, ask(buyer, "get_media_buys", "{}").path("media_buys").size());
        post(
                key(Mode.LIVE, "all"),
                "/v1/approvals/" + waits.path("task_id").asString() + "/approve",
                "{\"note\":\"seen\"}");
        var buy = ask(buyer, "get_media_buys", "{}").path("media_buys").path(0);
        assertEquals(9_000, buy.path("total_budget").intValue());
        assertEquals("home", buy.path("packages").path(0).path("product_id").asString(), buy.toString());
    }

    @Test
    void givenAKeyThatWasUsed_whenItComesAgain_thenTheSameIsAnsweredOnceDoneAndAnotherRequestIsRefused()
            throws Exception {
        var buyer = key(Mode.LIVE, "buyer");
        open(buyer);
        var request = buy("");
        var first = ask(buyer, "create_media_buy", request);
        var again = ask(buyer, "create_media_buy", request);
        assertEquals(first.path("media_buy_id"), again.path("media_buy_id"));
        assertTrue(again.path("replayed").booleanValue());
        var other = ask(buyer, "create_media_buy", request.replace("8.5", "9.5"));
        assertEquals("IDEMPOTENCY_CONFLICT", code(other));
        assertEquals(
                Set.of("code", "message"), Set.copyOf(other.path("adcp_error").propertyNames()));
        assertEquals(1, ask(buyer, "get_media_buys", "{}").path("media_buys").size());
        var refused = buy("").replace("home", "nowhere");
        assertEquals("PRODUCT_NOT_FOUND", code(ask(buyer, "create_media_buy", refused)));
        var corrected = ask(buyer, "create_media_buy", refused.replace("nowhere", "home"));
        assertEquals("", code(corrected), "a refusal gives its key free");
        assertEquals("INVALID_REQUEST", code(ask(buyer, "create_media_buy", "{}")));
    }

    @Test
    void givenAnotherAgentThatNamesTheSameBrand_whenItLooks_thenNothingOfTheFirstIsThere() throws Exception {
        var buyer = key(Mode.LIVE, "buyer");
        var other = key(Mode.LIVE, "other");
        assertEquals("ACCOUNT_NOT_FOUND", code(ask(other, "create_media_buy", buy(""))));
        open(buyer);
        var id = ask(buyer, "create_media_buy", buy("")).path("media_buy_id").asString();
        open(other);
        var look = "{\"media_buy_ids\":[\"" + id + "\"]}";
        assertEquals(0, ask(other, "get_media_buys", look).path("media_buys").size());
        var change = "{" + once() + ",\"account\":" + ACCOUNT + ",\"media_buy_id\":\"%s\",\"paused\":true}";
        var foreign = ask(other, "update_media_buy", change.formatted(id));
        var unknown = ask(other, "update_media_buy", change.formatted("cmp_00000000000000000000000000"));
        assertEquals("MEDIA_BUY_NOT_FOUND", code(foreign));
        assertEquals(unknown, foreign, "what is another's and what is not there are told alike");
    }

    @Test
    void givenTargetingThatTheFeedCannotKeepTo_whenItIsAsked_thenItIsRefusedOrHeldAndNeverIgnored() throws Exception {
        var all = key(Mode.LIVE, "all");
        open(all);
        var metros = ",\"targeting_overlay\":{\"geo_metros\":[{\"system\":\"nielsen_dma\",\"values\":[\"501\"]}]}";
        assertEquals("UNSUPPORTED_FEATURE", code(ask(all, "create_media_buy", buy(metros))));
        var list = ",\"targeting_overlay\":{\"property_list\":{\"agent_url\":\"https://g.example\",\"list_id\":\"l\"}}";
        var held = ask(all, "create_media_buy", buy(list));
        assertTrue(held.path("packages").path(0).path("paused").booleanValue(), held.toString());
        var countries = ask(all, "create_media_buy", buy(",\"targeting_overlay\":{\"geo_countries\":[\"SA\"]}"));
        var group = live().booking()
                .body(
                        mizan.server.booking.Kind.AD_GROUP,
                        countries.path("packages").path(0).path("package_id").asString())
                .orElseThrow();
        assertEquals("SA", group.path("targeting").path("countries").path(0).asString());
    }

    // What ads may stand beside

    @Test
    void givenContentStandards_whenMediaIsBought_thenTheyAreItsTermsAndWhatNobodyCanJudgeFails() throws Exception {
        var all = key(Mode.LIVE, "all");
        open(all);
        var made = ask(all, "create_content_standards", "{" + once() + ",\"account\":" + ACCOUNT + """
                ,"scope":{"languages_any":["en"]},"policies":[
                {"policy_id":"calm","enforcement":"must","policy":"No violent content, and no terrorism."},
                {"policy_id":"sober","enforcement":"should","policy":"No politics."}]}""");
        var id = made.path("standards_id").asString();
        var bought = ask(all, "create_media_buy", buy(""));
        var book = live().booking().book();
        var campaign = campaign(bought.path("media_buy_id").asString());
        var terms = book.termsOf(campaign).orElseThrow();
        assertEquals(id, terms.id().value());
        assertEquals(Tier.SAFE, terms.maxTierByTopic().get(Topic.TERRORISM));
        assertFalse(terms.maxTierByTopic().containsKey(Topic.DEBATED_SOCIAL_ISSUES), "advice is no rule");
        var verdicts = Map.of(
                "A quiet morning in the garden with the children and the cat.", "pass",
                "A violent attack shook the city this morning, and people were hurt.", "fail",
                "Politics as usual in the parliament this week.", "pass");
        for (var one : verdicts.entrySet()) {
            assertEquals(one.getValue(), verdict(all, id, one.getKey()), one.getKey());
        }
        assertEquals("fail", verdict(all, id, ""), "what has no words is unrated, which is the worst");
        ask(all, "update_content_standards", "{" + once() + ",\"standards_id\":\"" + id + """
                ","policies":[{"policy_id":"colours","enforcement":"must","policy":"Brand colours within 5 percent"}]}""");
        assertEquals("fail", verdict(all, id, "A quiet morning in the garden with the cat."));
    }

    private String verdict(String key, String standards, String words) throws Exception {
        return ask(key, "calibrate_content", """
                {"standards_id":"%s","artifact":{"property_rid":"feed.example","artifact_id":"p",
                "assets":[{"type":"text","content":"%s"}]}}""".formatted(standards, words))
                .path("verdict")
                .asString();
    }

    @Test
    void givenAnAdThatWasShown_whenItsArtifactsAreAsked_thenThePostsBesideItAreThere() throws Exception {
        var all = key(Mode.LIVE, "all");
        var engine = live();
        var account = open(all).path("accounts").path(0).path("account_id").asString();
        post(
                all,
                "/v1/advertisers/" + account + "/funding",
                "{\"micros\":900000000,\"currency\":\"USD\",\"reference\":\"PO\"}");
        var sent = ask(all, "sync_creatives", "{" + once() + ",\"account\":" + ACCOUNT + """
                ,"creatives":[{"creative_id":"bread","name":"Bread","format_id":{"agent_url":"https://a.example",
                "id":"native_card"},"assets":{"headline":{"asset_type":"text","content":"Fresh bread"}}}]}""");
        var creative = sent.path("creatives").path(0);
        assertEquals("pending_review", creative.path("status").asString(), sent.toString());
        post(
                all,
                "/v1/creatives/" + creative.path("platform_id").asString() + "/review",
                "{\"decision\":\"APPROVED\"}");
        var bought = ask(all, "create_media_buy", buy(",\"creative_assignments\":[{\"creative_id\":\"bread\"}]"));
        assertEquals("active", bought.path("status").asString(), bought.toString());
        var decision = post(all, "/v1/decisions", """
                {"placement":"home","viewer":{"key":"v1","country":"SA"},"posts":[
                {"id":"p0","author":"a0","text":"A lovely morning in the garden with the children and the cat."},
                {"id":"p1","author":"a1","text":"Coffee and bread with friends near the old harbour today."}]}""");
        var token = decision.path("slots").path(0).path("ad").path("token").asString("");
        assertFalse(token.isEmpty(), decision.toString());
        post(all, "/v1/events", "{\"events\":[{\"kind\":\"RENDERED\",\"token\":\"" + token + "\"}]}");
        engine.settle();
        var id = bought.path("media_buy_id").asString();
        var beside = ask(all, "get_media_buy_artifacts", "{\"media_buy_id\":\"" + id + "\"}");
        assertEquals(1, beside.path("collection_info").path("total_deliveries").intValue(), beside.toString());
        var above = beside.path("artifacts").path(0);
        assertEquals("p0", above.path("artifact").path("artifact_id").asString());
        assertEquals("pass", above.path("local_verdict").asString());
        assertTrue(above.path("artifact")
                .path("assets")
                .path(0)
                .path("content")
                .asString("")
                .contains("garden"));
        var delivered = ask(all, "get_media_buy_delivery", "{\"media_buy_ids\":[\"" + id + "\"]}");
        assertEquals(
                1,
                delivered
                        .path("media_buy_deliveries")
                        .path(0)
                        .path("totals")
                        .path("impressions")
                        .intValue());
    }

    @Test
    void givenALiveKey_whenTheTestControllerIsCalled_thenItDoesNothing() throws Exception {
        var asked = "{\"scenario\":\"list_scenarios\"}";
        var live = send(key(Mode.LIVE, "all"), "/mcp", """
                {"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"comply_test_controller","arguments":%s}}""".formatted(asked));
        assertTrue(live.body().contains("FORBIDDEN"), live.body());
        assertTrue(ask(key(Mode.TEST, "all"), "comply_test_controller", asked)
                .path("success")
                .booleanValue());
    }
}
