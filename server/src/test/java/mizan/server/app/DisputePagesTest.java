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
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Disputes as people have them: in forms, each side with its own.
class DisputePagesTest {
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

    private Map<String, String> opening() {
        var fields = new HashMap<String, String>();
        fields.put("campaign", server.campaign);
        fields.put("reason", "counts_differ");
        fields.put("impressions", "٢");
        fields.put("text", "We counted two.");
        return fields;
    }

    private String open() throws Exception {
        var opened = location(server.form(BUYER, "/disputes", opening()));
        assertTrue(opened.startsWith("/disputes/dsp_") && opened.endsWith("?said=dispute_opened"), opened);
        return opened.substring(0, opened.indexOf('?'));
    }

    @Test
    void givenABilledCampaign_whenItsBuyerDisputesAndFinanceAcceptsAPart_thenBothSeeTheNumbersAndTheCredit()
            throws Exception {
        var dispute = open();
        var page = server.get(BUYER, dispute + "?lang=ar").body();
        assertTrue(page.contains("أرقام الطرفين"), page);
        assertFalse(page.contains("/answer\""), "the advertiser may answer itself");
        assertTrue(server.get(PLATFORM, dispute + "?lang=en").body().contains("/answer\""));
        // Three showings at 0.02 each: one fits, and half of another.
        var answer = Map.of("outcome", "ACCEPTED_IN_PART", "at_most", "0.03", "text", "One.", "seen", "1");
        assertEquals(dispute + "?said=dispute_answered", location(server.form(PLATFORM, dispute + "/answer", answer)));
        var after = json(server.get(PLATFORM, "/v1" + dispute));
        assertEquals("ACCEPTED_IN_PART", after.path("state").stringValue());
        assertEquals(2, after.path("claimed").path("impressions").longValue());
        assertEquals(1, after.path("credited").path("showings").longValue());
        assertFalse(server.get(BUYER, dispute).body().contains("<textarea"), "a dispute that is over goes on");
    }

    @Test
    void givenAnAnswerToWhatWasNotRead_whenItIsSent_thenNothingIsCreditedAndThePageSaysSo() throws Exception {
        var dispute = open();
        var note = Map.of("text", "One more thing.", "seen", "1");
        assertEquals(dispute + "?said=dispute_noted", location(server.form(BUYER, dispute + "/note", note)));
        var answer = Map.of("outcome", "ACCEPTED", "text", "Yes.", "seen", "1");
        assertEquals(dispute + "?said=dispute_moved", location(server.form(PLATFORM, dispute + "/answer", answer)));
        assertEquals(
                "OPENED",
                json(server.get(PLATFORM, "/v1" + dispute)).path("state").stringValue());
        assertTrue(server.get(PLATFORM, dispute + "?said=dispute_moved&lang=en")
                .body()
                .contains("Read it first"));
    }

    @Test
    void givenFormsWithFaults_whenTheyAreSent_thenEachIsExplainedAndNothingIsOpened() throws Exception {
        var faults = Map.of("text", "", "from", "2020-01-01", "to", "yesterday");
        var said = Map.of("text", "dispute_text", "from", "dispute_days", "to", "dispute_days");
        for (var fault : faults.entrySet()) {
            var fields = opening();
            fields.put(fault.getKey(), fault.getValue());
            assertEquals(
                    "/disputes?said=" + said.get(fault.getKey()), location(server.form(BUYER, "/disputes", fields)));
        }
        assertEquals(0, json(server.get(PLATFORM, "/v1/disputes")).path("data").size());
        var dispute = open();
        var part = Map.of("outcome", "ACCEPTED_IN_PART", "at_most", "", "text", "x", "seen", "1");
        assertEquals(dispute + "?said=amount_needed", location(server.form(PLATFORM, dispute + "/answer", part)));
    }

    @Test
    void givenAnotherAdvertiser_whenItAsksForTheDisputeOrItsCampaign_thenNeitherIsThere() throws Exception {
        var dispute = open();
        assertEquals(404, server.get(STRANGER, dispute).statusCode());
        assertEquals(
                404,
                server.form(STRANGER, dispute + "/note", Map.of("text", "x", "seen", "1"))
                        .statusCode());
        assertEquals(
                403,
                server.form(BUYER, dispute + "/answer", Map.of("outcome", "ACCEPTED", "text", "x", "seen", "1"))
                        .statusCode());
        assertEquals(400, server.form(STRANGER, "/disputes", opening()).statusCode());
        var list = server.get(STRANGER, "/disputes").body();
        assertFalse(list.contains(dispute) || list.contains(server.campaign), list);
        assertTrue(server.get(BUYER, "/disputes").body().contains(dispute));
    }
}
