package mizan.server.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static mizan.server.app.BilledServer.BUYER;
import static mizan.server.app.BilledServer.PLATFORM;
import static mizan.server.app.BilledServer.STRANGER;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import mizan.server.http.StrictJson;
import mizan.server.proof.PythonCheck;
import mizan.verifier.Verify;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An evidence pack, opened by somebody who trusts only the log's key.
class EvidenceTest {
    /// What stands before 32 bytes of an Ed25519 key to make it one that Java reads (RFC 8410).
    private static final byte[] ED25519 = HexFormat.of().parseHex("302a300506032b6570032100");

    @TempDir
    private Path folder = Path.of("");

    private BilledServer server;

    @BeforeEach
    void start() throws Exception {
        server = new BilledServer(folder.resolve("data"));
        server.show(3);
        server.patch("/v1/campaigns/" + server.campaign, "{\"entity_status\":\"PAUSED\"}", "ads beside a fire");
        server.patch("/v1/campaigns/" + server.campaign, "{\"entity_status\":\"ACTIVE\"}", "it is over");
        var dispute = server.post("/v1/disputes", """
            {"campaign":"%s","reason":"OTHER","text":"=Look at this."}\
            """.formatted(server.campaign));
        server.post("/v1/disputes/" + dispute + "/answer", """
            {"outcome":"ACCEPTED_IN_PART","at_most_micros":20000,"text":"One."}\
            """);
        server.post("/v1/desk/advertisers/" + server.advertiser + "/notes", "{\"note\":\"They are cross.\"}");
        var sealing = server.engine.sealing().orElseThrow();
        while (sealing.step()) {
            // Until every charge has its receipt.
        }
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Map<String, byte[]> pack(String key, String query) throws Exception {
        var answer = server.bytes(key, "/v1/advertisers/" + server.advertiser + "/evidence" + query);
        assertEquals(200, answer.statusCode(), () -> new String(answer.body(), UTF_8));
        var files = new LinkedHashMap<String, byte[]>();
        try (var zip = new ZipInputStream(new ByteArrayInputStream(answer.body()))) {
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                files.put(entry.getName(), zip.readAllBytes());
            }
        }
        return files;
    }

    private static byte[] file(Map<String, byte[]> files, String name) {
        return Objects.requireNonNull(files.get(name), name);
    }

    private static String text(Map<String, byte[]> files, String name) {
        return new String(file(files, name), UTF_8);
    }

    private static String sha256(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    private List<String> keys() throws Exception {
        return Files.readAllLines(folder.resolve("data/log/keys"));
    }

    @Test
    void givenAPack_whenItsHashesAndSignatureAreChecked_thenEveryFileIsThereAndAsItWas() throws Exception {
        var files = pack(BUYER, "");
        var manifest = StrictJson.own(text(files, "manifest.json"));
        assertEquals(server.advertiser, manifest.path("advertiser").stringValue());
        assertEquals(files.size() - 2, manifest.path("files").size(), "all but the manifest and its note");
        for (var one : manifest.path("files")) {
            var bytes = file(files, one.path("name").stringValue());
            assertEquals(one.path("sha256").stringValue(), sha256(bytes));
            assertEquals(one.path("bytes").longValue(), bytes.length);
        }
        var note = text(files, "manifest.note");
        var signed = note.substring(0, note.indexOf("\n\n") + 1);
        assertEquals(
                manifest.path("origin").stringValue() + " evidence pack\n" + sha256(file(files, "manifest.json"))
                        + "\n",
                signed);
        assertTrue(verifies(signed, note.substring(note.lastIndexOf(' ') + 1).strip()));
        assertFalse(verifies(
                signed.replace(" pack", " Pack"),
                note.substring(note.lastIndexOf(' ') + 1).strip()));
    }

    /// By the log's public Ed25519 key, with nothing but Java.
    private boolean verifies(String signed, String base64) throws Exception {
        var vkey = Base64.getDecoder().decode(keys().getFirst().split("\\+", 3)[2]);
        var key = KeyFactory.getInstance("Ed25519")
                .generatePublic(new X509EncodedKeySpec(concat(ED25519, Arrays.copyOfRange(vkey, 1, vkey.length))));
        var signature = Base64.getDecoder().decode(base64);
        var check = Signature.getInstance("Ed25519");
        check.initVerify(key);
        check.update(signed.getBytes(UTF_8));
        return check.verify(Arrays.copyOfRange(signature, 4, signature.length));
    }

    private static byte[] concat(byte[] a, byte[] b) {
        var both = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, both, a.length, b.length);
        return both;
    }

    @Test
    void givenAPack_whenTheProgramAndTheOneInPythonCheckIt_thenBothHoldAndNameAFileThatIsAnother() throws Exception {
        var sent = server.bytes(BUYER, "/v1/advertisers/" + server.advertiser + "/evidence")
                .body();
        var whole = Files.write(folder.resolve("evidence.zip"), sent);
        var told = new StringBuilder();
        assertEquals(Verify.HOLDS, verify(whole, told), told.toString());
        assertTrue(
                told.toString().contains("✓ every file is the one that the platform signed for: 14"), told.toString());
        var python = PythonCheck.of("evidence", whole.toString(), keys().getFirst());
        assertEquals(0, python.code(), python.output());
        assertTrue(python.output().contains("\"receipt\": 3"), python.output());
        var changed = Files.write(
                folder.resolve("changed.zip"), with(pack(BUYER, ""), "changes.csv", "nobody did".getBytes(UTF_8)));
        assertEquals(Verify.BROKEN, verify(changed, told));
        assertTrue(told.toString().contains("✗ changes.csv: is not the file that was signed for"), told.toString());
        assertEquals(
                2,
                PythonCheck.of("evidence", changed.toString(), keys().getFirst())
                        .code());
    }

    private int verify(Path pack, StringBuilder told) throws Exception {
        return Verify.run(
                new Verify.Question(pack.toString(), Optional.empty(), keys(), Optional.empty(), false), told);
    }

    private static byte[] with(Map<String, byte[]> files, String name, byte[] bytes) throws Exception {
        var out = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(out)) {
            for (var file : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getKey().equals(name) ? bytes : file.getValue());
                zip.closeEntry();
            }
        }
        return out.toByteArray();
    }

    @Test
    void givenThePackInside_whenTheVerifierChecksIt_thenItHoldsAndEachShowingIsInIt() throws Exception {
        var proof = folder.resolve("proof.zip");
        Files.write(proof, file(pack(BUYER, ""), "proof.zip"));
        var told = new StringBuilder();
        assertEquals(
                0,
                Verify.run(
                        new Verify.Question(proof.toString(), Optional.empty(), keys(), Optional.empty(), false), told),
                told::toString);
        assertTrue(told.toString().contains("3"), told::toString);
    }

    @Test
    void givenWhatHappened_whenThePackIsRead_thenItSaysWhoDidWhatWhenAndWhyInBothLanguages() throws Exception {
        var files = pack(BUYER, "?lang=en");
        var changes = text(files, "changes.csv");
        assertTrue(
                changes.lines().anyMatch(l -> l.contains(",pause,CAMPAIGN,") && l.contains("ads beside a fire")),
                changes);
        assertTrue(text(files, "terms.json").contains("Noor Haddad"));
        assertTrue(
                text(files, "delivery.csv")
                        .contains("2026-11-23," + server.campaign + "," + server.group + "," + server.ad
                                + ",3,0,0,3,0.06"),
                text(files, "delivery.csv"));
        assertEquals(2, text(files, "credits.csv").lines().count());
        assertEquals(
                1,
                StrictJson.own("{\"a\":" + text(files, "disputes.json") + "}")
                        .path("a")
                        .size());
        // What a spreadsheet would run is text.
        assertTrue(text(files, "correspondence.csv").contains(",'=Look at this."), text(files, "correspondence.csv"));
        assertTrue(text(files, "index.html").contains("ads beside a fire"));
        assertArrayEquals("%PDF-".getBytes(UTF_8), Arrays.copyOf(file(files, "index.pdf"), 5));
        var arabic = text(pack(BUYER, "?lang=ar"), "index.html");
        assertTrue(
                arabic.contains("dir=\"rtl\"") && arabic.contains("حزمة الأدلة") && arabic.contains("إيقاف مؤقت"),
                arabic);
    }

    @Test
    void givenNotesOfThePlatform_whenEitherSideAsks_thenOnlyThePlatformHasThem() throws Exception {
        assertTrue(text(pack(PLATFORM, ""), "correspondence.csv").contains("They are cross."));
        assertFalse(text(pack(BUYER, ""), "correspondence.csv").contains("They are cross."));
    }

    @Test
    void givenAnotherAdvertiser_whenItAsks_thenThereIsNothingAndWhoAskedIsInTheAuditLog() throws Exception {
        var path = "/v1/advertisers/" + server.advertiser + "/evidence";
        assertEquals(404, server.get(STRANGER, path).statusCode());
        assertEquals(
                404,
                server.get(STRANGER, "/evidence/pack?advertiser=" + server.advertiser)
                        .statusCode());
        assertFalse(server.get(STRANGER, "/evidence").body().contains(server.advertiser));
        assertTrue(server.get(BUYER, "/evidence?lang=en").body().contains(server.advertiser));
        assertEquals(
                200,
                server.bytes(BUYER, "/evidence/pack?lang=ar&advertiser=" + server.advertiser)
                        .statusCode());
        var audit = text(pack(BUYER, ""), "audit.csv");
        assertTrue(audit.lines().anyMatch(l -> l.contains(",evidencePackOnPage,")), audit);
        assertFalse(audit.contains("stranger"), audit);
        assertEquals(400, server.get(BUYER, path + "?from=2020-01-01").statusCode());
        assertEquals(400, server.get(BUYER, path + "?from=yesterday").statusCode());
    }

    @Test
    void givenAPeriodBefore_whenItsPackIsMade_thenNothingOfTodayIsInIt() throws Exception {
        var files = pack(BUYER, "?from=2026-10-01&to=2026-11-01");
        for (var name : List.of("changes.csv", "delivery.csv", "credits.csv", "correspondence.csv", "audit.csv")) {
            assertEquals(1, text(files, name).lines().count(), name);
        }
        assertEquals("[ ]", text(files, "disputes.json").strip());
    }
}
