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

/// One press issues the invoices of a month; each is a document of its own advertiser.
class InvoicesInMassTest {
    @TempDir
    private Path folder = Path.of("");

    private BilledServer server;
    private String invoice = "";

    @BeforeEach
    void issue() throws Exception {
        server = new BilledServer(folder);
        server.show(3);
        server.put(
                "/v1/billing/operator",
                "{\"name\":\"Marsa\",\"address\":\"12 Corniche Road\",\"tax_basis_points\":1500}");
        server.put(
                "/v1/advertisers/" + server.advertiser + "/billing",
                "{\"name\":\"Nordlys Gulf FZ-LLC\",\"address\":\"P.O. Box 1\"}");
        server.now.set(Instant.parse("2026-12-03T10:00:00Z"));
        var sealing = server.engine.sealing().orElseThrow();
        while (sealing.step()) {
            // Until the month is closed in the log.
        }
        var sent = server.form(PLATFORM, "/invoices", Map.of("month", "2026-11"));
        assertTrue(location(sent).startsWith("/invoices?said=documents_"), location(sent));
        var issued = json(server.get(PLATFORM, "/v1/invoices")).path("data");
        assertEquals(1, issued.size(), issued.toString());
        invoice = issued.get(0).path("id").stringValue();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void givenInvoicesIssuedInMass_whenTheAuditLogIsRead_thenEachIsALineOfItsAdvertiser() throws Exception {
        for (var key : new String[] {PLATFORM, BUYER}) {
            var log = server.get(key, "/audit").body();
            assertTrue(log.contains("issueInvoicesForm") && log.contains(invoice), log);
        }
        var others = server.get(STRANGER, "/audit").body();
        assertFalse(others.contains("issueInvoicesForm") || others.contains(invoice), others);
    }

    @Test
    void givenNothingMoreToIssue_whenItIsPressedAgain_thenTheLineHasNoDocument() throws Exception {
        int before = linesOf(invoice);
        assertTrue(before > 0);
        assertTrue(location(server.form(PLATFORM, "/invoices", Map.of("month", "2026-11")))
                .contains("documents_"));
        assertEquals(1, json(server.get(PLATFORM, "/v1/invoices")).path("data").size());
        assertEquals(before, linesOf(invoice));
    }

    private int linesOf(String document) throws Exception {
        return server.get(BUYER, "/audit").body().split(document, -1).length - 1;
    }

    @Test
    void givenAnotherAdvertisersInvoice_whenAskedFor_thenItIsNotThere() throws Exception {
        for (var path : new String[] {
            "/v1/invoices/" + invoice,
            "/v1/invoices/" + invoice + "/csv",
            "/v1/invoices/" + invoice + "/pdf",
            "/invoices/" + invoice
        }) {
            assertEquals(200, server.bytes(BUYER, path).statusCode(), path);
            assertEquals(404, server.bytes(STRANGER, path).statusCode(), path);
        }
        assertFalse(server.get(STRANGER, "/v1/invoices").body().contains(invoice));
        assertFalse(server.get(STRANGER, "/v1/invoices?advertiser=" + server.advertiser)
                .body()
                .contains(invoice));
    }
}
