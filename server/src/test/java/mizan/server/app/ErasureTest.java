package mizan.server.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import mizan.core.decision.Explanation;
import mizan.core.decision.Snapshot;
import mizan.core.experiment.GhostAds;
import mizan.core.receipt.DecisionRecord;
import mizan.server.http.StrictJson;
import mizan.server.serve.FactCodec;
import mizan.verifier.Verify;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A viewer asks what is kept, and to be forgotten: afterwards nothing in the folder leads to them, and everything that
/// was proved stays proved.
class ErasureTest {
    private static final String VIEWER = "member-4711";

    @TempDir
    private Path folder = Path.of("");

    private LiveServer live;
    private LiveServer.Booked booked;

    @BeforeEach
    void start() throws Exception {
        live = new LiveServer(folder.resolve("data"), Instant.parse("2026-03-02T10:00:00Z"));
        booked = live.book();
    }

    @AfterEach
    void stop() {
        live.close();
    }

    @Test
    void givenAViewerOfWhomAllSortsAreKept_whenTheyAskWhatIs_thenTheyAreToldAllOfItAndNothingOfOthers()
            throws Exception {
        var viewer = ofTheExperiment();
        lives(viewer);
        live.report(
                "RENDERED", live.page("somebody else").at("/slots/0/ad/token").asString("none"));
        live.pass(Duration.ofSeconds(10));
        var told = export(viewer);
        assertEquals(2, told.path("pages").size(), told.toString());
        assertEquals("SA", told.at("/pages/0/viewer/country").stringValue());
        assertEquals("[\"p0\",\"p1\",\"p2\"]", told.at("/pages/0/posts").toString());
        assertEquals(booked.ad(), told.at("/pages/0/ads/0/ad").stringValue());
        assertEquals("RENDERED", told.at("/pages/0/ads/0/events/0/kind").stringValue());
        assertEquals("CLICK", told.at("/pages/0/ads/0/events/1/kind").stringValue());
        assertEquals("HIDE", told.at("/pages/1/ads/0/events/1/kind").stringValue());
        assertEquals("[\"" + booked.ad() + "\"]", told.path("hidden_ads").toString());
        assertEquals("purchase", told.at("/conversions/0/kind").stringValue());
        assertEquals(1, told.path("experiments").size(), told.toString());
        assertTrue(told.path("next_after").isNull());
        assertEquals(0, export("nobody").path("pages").size());
    }

    @Test
    void givenAViewerWhoIsErased_whenEveryFileOfTheFolderIsRead_thenNoneHoldsTheirKeyAndNothingLeadsToTheirName()
            throws Exception {
        var viewer = ofTheExperiment();
        lives(viewer);
        var name = export(viewer).path("name").stringValue();
        erase(viewer);
        var after = export(viewer);
        assertNotEquals(name, after.path("name").stringValue());
        for (var list : List.of("pages", "hidden_ads", "hidden_advertisers", "experiments", "conversions")) {
            assertEquals(0, after.path(list).size(), list);
        }
        live.restart(() -> {
            assertEquals(List.of(), filesWith(viewer));
            assertTrue(!filesWith(name).isEmpty(), "the record stays, under a name that is nobody's");
        });
        assertNotEquals(name, live.engine().viewers().name(viewer), "a restart brings nothing back");
        assertEquals(0, export(viewer).path("pages").size());
    }

    @Test
    void givenAViewerWhoIsErased_whenTheyComeBack_thenTheyAreSomebodyNewAndOthersAreNot() throws Exception {
        lives(VIEWER);
        var other = live.engine().viewers().name("somebody else");
        assertFalse(shown(VIEWER), "they hid the ad");
        erase(VIEWER);
        assertTrue(shown(VIEWER), "nobody remembers that they hid it");
        assertEquals(other, live.engine().viewers().name("somebody else"));
        live.pass(Duration.ofSeconds(10));
        assertEquals(1, export(VIEWER).path("pages").size());
    }

    @Test
    void givenAViewerWhoIsErased_whenDecisionsAreRepeatedAndThePackVerified_thenAllHoldsAsBefore() throws Exception {
        lives(VIEWER);
        live.pass(Duration.ofDays(1));
        live.engine().sealing().orElseThrow().step();
        var before = live.engine().reports().totals();
        erase(VIEWER);
        live.restart(() -> {});
        live.pass(Duration.ofMinutes(5));
        var sealing = live.engine().sealing().orElseThrow();
        while (sealing.step()) {
            // Until nothing is left to seal.
        }
        var repeated = records();
        assertFalse(repeated.isEmpty());
        for (var record : repeated) {
            var snapshot = Snapshot.compile(live.engine().booking().bookAt(record.bookRevision()));
            assertEquals(
                    record.impressions().stream()
                            .map(i -> i.ad() + " " + i.priceMicros())
                            .toList(),
                    Explanation.repeat(record, snapshot).winners().stream()
                            .map(w -> w.ad() + " " + w.priceMicros())
                            .toList());
        }
        assertEquals(before.counts(), live.engine().reports().totals().counts());
        assertTrue(live.engine().invariants().holds());
        var pack = folder.resolve("pack.zip");
        Files.write(pack, live.bytes("/v1/campaigns/" + booked.campaign() + "/proof-pack"));
        var said = new StringBuilder();
        assertEquals(
                Verify.HOLDS,
                Verify.run(
                        new Verify.Question(pack.toString(), Optional.empty(), List.of(), Optional.empty(), false),
                        said),
                said.toString());
    }

    @Test
    void givenAReaderOfAnAuctionElsewhere_whenDecided_thenTheSellersIdIsInNoFileEither() throws Exception {
        live.put("/v1/supply", """
                {"domain":"marsa.example","seat":"mizan","offers":[{"placement":"home","servers_without_key":true}]}""");
        live.post("/v1/posts", """
                {"posts":[{"id":"https://other.example/p/1","author":"@a","text":"A lovely morning in the garden."}]}""", 200);
        live.post("/openrtb2/auction", """
                {"id":"r1","imp":[{"id":"1","tagid":"home","banner":{"w":300,"h":250}}],
                "site":{"id":"s","content":{"ext":{"feedurls":["https://other.example/p/1"]}}},
                "user":{"id":"seller-4711"},
                "device":{"ua":"Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
                "ip":"192.0.2.1","geo":{"country":"ARE"}}}""", 200);
        live.pass(Duration.ofSeconds(10));
        var name = live.engine().viewers().name("openrtb:seller-4711");
        assertEquals(
                1,
                records().stream()
                        .filter(r -> r.viewer().key().equals(Optional.of(name)))
                        .count());
        live.restart(() -> assertEquals(List.of(), filesWith("seller-4711")));
    }

    /// A viewer who may see the campaign, which holds one of a hundred out: names are drawn anew in each folder.
    private String ofTheExperiment() throws Exception {
        live.patch("/v1/campaigns/" + booked.campaign(), "{\"holdout_percent\":1}");
        var holdout = GhostAds.Holdout.of(booked.campaign(), 1);
        return Stream.iterate(1, i -> i + 1)
                .map(i -> VIEWER + "-" + i)
                .filter(key -> !holdout.holds(live.engine().viewers().name(key)))
                .findFirst()
                .orElseThrow();
    }

    /// Two pages, a click, a purchase, and an ad that they hide.
    private void lives(String viewer) throws Exception {
        var first = live.show(viewer);
        live.report("RENDERED", first);
        live.pass(Duration.ofSeconds(20));
        live.report("CLICK", first);
        live.pass(Duration.ofMinutes(5));
        var second = live.show(viewer);
        live.report("RENDERED", second);
        live.report("HIDE", second);
        live.post(
                "/v1/conversions",
                "{\"conversions\":[{\"advertiser\":\"" + booked.advertiser() + "\",\"id\":\"order-1\",\"viewer\":\""
                        + viewer + "\",\"kind\":\"purchase\"}]}",
                202);
        live.pass(Duration.ofSeconds(10));
        live.engine().repository().orElseThrow().step();
    }

    private boolean shown(String viewer) throws Exception {
        return live.page(viewer).path("slots").get(0).path("ad").isObject();
    }

    private JsonNode export(String viewer) throws Exception {
        return checked("/v1/viewers/export", "{\"key\":\"" + viewer + "\"}");
    }

    private void erase(String viewer) throws Exception {
        assertEquals(
                1,
                checked("/v1/viewers/erase", "{\"keys\":[\"" + viewer + "\"]}")
                        .path("erased")
                        .intValue());
    }

    private ObjectNode checked(String path, String body) throws Exception {
        var answer = live.post(path, body, 200);
        new DescribedApi(StrictJson.own(live.get("/openapi.json").body()))
                .check("POST", path, body, 200, answer.toString());
        return answer;
    }

    private List<DecisionRecord> records() {
        var records = new ArrayList<DecisionRecord>();
        live.engine().journal().read(0, entry -> {
            FactCodec.decision(entry).ifPresent(decided -> records.add(decided.record()));
            return true;
        });
        return records;
    }

    private List<String> filesWith(String text) throws Exception {
        var found = new ArrayList<String>();
        try (var files = Files.walk(folder.resolve("data"))) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                var content = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
                if (content.contains(text)) {
                    found.add(file.toString());
                }
            }
        }
        return found;
    }
}
