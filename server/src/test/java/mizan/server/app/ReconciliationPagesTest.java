package mizan.server.app;

import static mizan.server.app.BilledServer.BUYER;
import static mizan.server.app.BilledServer.PLATFORM;
import static mizan.server.app.BilledServer.STRANGER;
import static mizan.server.app.BilledServer.json;
import static mizan.server.app.BilledServer.location;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// An advertiser's own counts, from the file to the dispute.
class ReconciliationPagesTest {
    @TempDir
    private Path folder = Path.of("");

    private BilledServer server;

    @BeforeEach
    void start() throws Exception {
        server = new BilledServer(folder);
        server.show(3);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private JsonNode compare(String key, String query, String file) throws Exception {
        var answer = server.send(key, "POST", "/v1/reconciliations" + query, "text/csv", file);
        assertEquals(201, answer.statusCode(), answer.body());
        return json(answer);
    }

    private String file(String name, int impressions) {
        return "\uFEFFاليوم;الحملة;مرات الظهور;التكلفة\r\n٢٠٢٦-١١-٢٣;" + name + ";" + impressions + ";0,06\r\n";
    }

    @Test
    void givenEventsThatNoReaderSent_whenTheAdvertiserCountedThem_thenTheLineIsExplainedAndKept() throws Exception {
        server.crawl(2);
        var made = compare(BUYER, "?tolerance=0", file("شتاء", 5));
        var line = made.path("lines").get(0);
        assertEquals(server.campaign, line.path("item").stringValue());
        assertEquals("EXPLAINED", line.path("state").stringValue());
        assertEquals(5, line.path("theirs").path("impressions").longValue());
        assertEquals(3, line.path("ours").path("impressions").longValue());
        var reason = line.path("differences").get(0).path("reasons").get(0);
        assertEquals("INVALID_TRAFFIC", reason.path("cause").stringValue());
        assertEquals(2, reason.path("amount").longValue());
        assertEquals("SAME", line.path("differences").get(1).path("state").stringValue());
        var path = "/v1/reconciliations/" + made.path("id").stringValue();
        assertEquals(made, json(server.get(BUYER, path)));
        var csv = server.get(BUYER, path + "/csv").body();
        assertTrue(
                csv.contains("2,2026-11-23," + server.campaign + ",impressions,5,3,2,0,EXPLAINED,invalid_traffic 2,0"),
                csv);
        assertTrue(csv.contains(",cost,0.06,0.06,0,0,"), csv);
    }

    @Test
    void givenAShowingBilledAfterMidnight_whenItIsCountedTheDayBefore_thenBothDaysSaySo() throws Exception {
        // Midnight in Riyadh, where the advertiser's days begin.
        server.now.set(Instant.parse("2026-11-23T20:59:50Z"));
        server.showLate(30);
        var rows = "day,ad,impressions\n2026-11-23," + server.ad + ",4\n2026-11-24," + server.ad + ",0\n";
        var lines = compare(BUYER, "?tolerance=0", rows).path("lines");
        assertEquals(2, lines.size(), lines.toString());
        for (var line : lines) {
            assertEquals("EXPLAINED", line.path("state").stringValue(), line.toString());
            var reasons = line.path("differences").get(0).path("reasons");
            assertEquals("LATE_EVENT", reasons.get(0).path("cause").stringValue());
        }
    }

    @Test
    void givenACreditedShowing_whenCostsAreCompared_thenTheCreditExplainsIt() throws Exception {
        var dispute = server.post("/v1/disputes", """
                {"campaign":"%s","reason":"OTHER","text":"x"}""".formatted(server.campaign));
        server.post("/v1/disputes/" + dispute + "/answer", """
                {"outcome":"ACCEPTED_IN_PART","at_most_micros":20000,"text":"One."}""");
        var rows = "date,ad group,spend\n2026-11-23,All,0.04\n";
        var difference = compare(BUYER, "?tolerance=0", rows)
                .path("lines")
                .get(0)
                .path("differences")
                .get(0);
        assertEquals("CREDITED", difference.path("reasons").get(0).path("cause").stringValue());
        assertEquals(-20_000, difference.path("reasons").get(0).path("amount").longValue());
        assertEquals(0, difference.path("unexplained").longValue());
    }

    @Test
    void givenAnUnexplainedLine_whenItIsDisputedFromItsPage_thenTheDisputeHasTheDaysAndTheLine() throws Exception {
        var sent = server.multipart(
                BUYER, "/reconciliations", Map.of("file", file("Winter", 9) + "x;y\r\n", "tolerance", "١٠"));
        var page = location(sent).replace("?said=recon_kept", "");
        assertTrue(page.startsWith("/reconciliations/rec_"), location(sent));
        for (var lang : new String[] {"en", "ar"}) {
            var body = server.get(BUYER, page + "?lang=" + lang).body();
            assertTrue(body.contains(page + "/dispute"), body);
            assertTrue(body.contains(lang.equals("en") ? "Unexplained" : "بلا تفسير"), body);
        }
        var opened = location(
                server.form(BUYER, page + "/dispute", Map.of("campaign", server.campaign, "text", "We have nine.")));
        assertTrue(opened.startsWith("/disputes/dsp_"), opened);
        var dispute = json(server.get(PLATFORM, "/v1" + opened.substring(0, opened.indexOf('?'))));
        assertEquals("2026-11-23", dispute.path("from").stringValue());
        assertEquals(9, dispute.path("claimed").path("impressions").longValue());
        var text = dispute.path("entries").get(0).path("text").stringValue();
        assertTrue(text.startsWith("We have nine.") && text.contains("impressions 9/3") && text.contains("rec_"), text);
    }

    @Test
    void givenAnotherAdvertiser_whenItAsksOrComparesForeignNames_thenItLearnsNothing() throws Exception {
        var id = compare(PLATFORM, "?advertiser=" + server.advertiser, file("Winter", 3))
                .path("id")
                .stringValue();
        assertEquals(200, server.get(BUYER, "/reconciliations/" + id).statusCode());
        assertEquals(404, server.get(STRANGER, "/reconciliations/" + id).statusCode());
        assertEquals(
                404, server.get(STRANGER, "/v1/reconciliations/" + id + "/csv").statusCode());
        assertEquals(
                404,
                server.form(
                                STRANGER,
                                "/reconciliations/" + id + "/dispute",
                                Map.of("campaign", server.campaign, "text", "x"))
                        .statusCode());
        assertFalse(server.get(STRANGER, "/v1/reconciliations?advertiser=" + server.advertiser)
                .body()
                .contains(id));
        // A campaign of somebody else is as unknown as one that nobody has, and no number of it is told.
        var line = compare(STRANGER, "?advertiser=" + server.advertiser, file(server.campaign, 3))
                .path("lines")
                .get(0);
        assertEquals("UNKNOWN", line.path("state").stringValue());
        assertEquals(0, line.path("ours").path("impressions").longValue());
    }

    @Test
    void givenFilesThatCannotBeRead_whenSent_thenThePageSaysWhyAndNothingIsKept() throws Exception {
        for (var bad : Map.of("", "recon_empty", "a,b\n1,2\n", "recon_head").entrySet()) {
            var sent = server.multipart(BUYER, "/reconciliations", Map.of("file", bad.getKey(), "tolerance", "10"));
            assertEquals("/reconciliations?said=" + bad.getValue(), location(sent));
        }
        var sent = server.multipart(BUYER, "/reconciliations", Map.of("file", file("Winter", 3), "tolerance", "51"));
        assertEquals("/reconciliations?said=recon_tolerance", location(sent));
        assertEquals(
                400,
                server.send(BUYER, "POST", "/v1/reconciliations", "text/csv", "a\n")
                        .statusCode());
        assertEquals(
                0, json(server.get(BUYER, "/v1/reconciliations")).path("data").size());
    }
}
