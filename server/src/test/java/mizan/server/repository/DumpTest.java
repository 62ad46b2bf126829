package mizan.server.repository;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import mizan.log.LogKey;
import mizan.server.accounting.Tokens;
import mizan.server.http.StrictJson;
import mizan.server.proof.LogFolder;
import mizan.server.proof.PythonCheck;
import mizan.server.store.SqliteRepositoryStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.JsonNodeFactory;

/// The nightly copies of the repository, read as anybody would read them.
class DumpTest {
    private static final Instant NIGHT = Instant.parse("2026-03-02T01:00:00Z");
    private static final int ADS = 5_001;
    private final LogKey key = LogKey.create("ads.example/log", LogKey.Kind.ED25519);

    @TempDir
    private Path folder = Path.of("");

    private Optional<RepositoryStore> opened = Optional.empty();

    @BeforeEach
    void open() {
        opened = Optional.of(SqliteRepositoryStore.open(
                folder.resolve("repository.db"), new Crowds(Tokens.KeyRing.key(new byte[32]))));
    }

    @AfterEach
    void close() {
        store().close();
    }

    @Test
    void givenANight_whenItsDumpIsMade_thenEveryAdIsInItOnceAndItsSumsAreSigned() throws Exception {
        show(ADS);
        var dump = dump();
        make(dump, NIGHT);
        var ids = new HashSet<String>();
        var sums = text(dump, "2026-03-02", Dump.SUMS);
        assertEquals(2, sums.lines().count(), sums);
        for (var sum : sums.lines().toList()) {
            var name = sum.substring(66);
            var packed = dump.file("2026-03-02", name).orElseThrow();
            assertEquals(
                    sum.substring(0, 64),
                    HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(packed)));
            try (var lines = new GZIPInputStream(new ByteArrayInputStream(packed))) {
                new String(lines.readAllBytes(), StandardCharsets.UTF_8)
                        .lines()
                        .map(StrictJson::own)
                        .forEach(ad -> assertTrue(ids.add(ad.path("id").asString()), "once"));
            }
        }
        assertEquals(ADS, ids.size());
        var note = text(dump, "2026-03-02", Dump.NOTE);
        assertTrue(
                note.startsWith("mizan ad repository dump\n2026-03-02\n5001 ads\n" + sums + "\n— ads.example/log "),
                note);
        assertTrue(signed(note));
        assertFalse(signed(note.replace("5001", "5000")));
        var night = folder.resolve("public/dumps/2026-03-02");
        var python = PythonCheck.of("dump", night.toString(), key.verifierKey());
        assertEquals(0, python.code(), python.output());
        Files.writeString(night.resolve(Dump.SUMS), sums.replaceFirst("[0-9a-f]", "x"));
        assertEquals(
                2, PythonCheck.of("dump", night.toString(), key.verifierKey()).code());
    }

    @Test
    void givenADumpThatWasInterrupted_whenItIsLookedFor_thenThereIsNoneUntilItIsMadeAnew() throws Exception {
        show(ADS);
        dump().step(NIGHT);
        assertEquals(Optional.empty(), dump().file("2026-03-02", "ads-0001.jsonl.gz"));
        assertTrue(Files.exists(folder.resolve("public/dumps/2026-03-02/ads-0001.jsonl.gz")));
        var again = dump();
        make(again, NIGHT.plus(Duration.ofHours(3)));
        assertTrue(text(again, "2026-03-02", Dump.NOTE).contains("\n5001 ads\n"));
    }

    @Test
    void givenManyNights_whenTheyPass_thenOneDumpIsMadeInEachAndTheOneBeforeIsGone() throws Exception {
        var dump = dump();
        make(dump, NIGHT);
        assertTrue(days(dump).isEmpty(), "nothing was shown yet");
        show(1);
        for (int day = 0; day < 3; day++) {
            make(dump, NIGHT.plus(Duration.ofDays(day)));
            make(dump, NIGHT.plus(Duration.ofDays(day)).plus(Duration.ofHours(23)));
        }
        assertEquals(List.of("2026-03-04"), days(dump));
        assertEquals(Optional.empty(), dump.file("2026-03-03", Dump.NOTE));
        assertFalse(Files.exists(folder.resolve("public/dumps/2026-03-03")));
        assertTrue(dump.file("2026-03-04", Dump.NOTE).isPresent());
    }

    @Test
    void givenADump_whenItIsWithdrawn_thenNothingOfItIsLeftAndTheSameNightsIsMadeAnew() throws Exception {
        show(1);
        var dump = dump();
        make(dump, NIGHT);
        dump.withdraw();
        assertEquals(List.of(), days(dump));
        assertEquals(Optional.empty(), dump.file("2026-03-02", Dump.NOTE));
        assertFalse(Files.exists(folder.resolve("public/dumps/2026-03-02")));
        make(dump, NIGHT.plus(Duration.ofHours(8)));
        assertEquals(List.of("2026-03-02"), days(dump));
        assertTrue(dump.file("2026-03-02", "ads-0001.jsonl.gz").isPresent());
    }

    @Test
    void givenADumpThatIsBeingMade_whenItIsWithdrawn_thenItIsMadeFromItsStart() throws Exception {
        show(ADS);
        var dump = dump();
        dump.step(NIGHT);
        dump.withdraw();
        assertFalse(Files.exists(folder.resolve("public/dumps/2026-03-02/ads-0001.jsonl.gz")));
        make(dump, NIGHT);
        assertTrue(text(dump, "2026-03-02", Dump.NOTE).contains("\n5001 ads\n"));
    }

    private RepositoryStore store() {
        return opened.orElseThrow();
    }

    private Dump dump() {
        return new Dump(new LogFolder(folder.resolve("public")), store(), key::note);
    }

    /// Two files, their end, and one step too many.
    private static void make(Dump dump, Instant at) {
        for (int step = 0; step < 4; step++) {
            dump.step(at);
        }
    }

    private void show(int ads) {
        var shown = new ArrayList<RepositoryStore.Shown>();
        for (int i = 0; i < ads; i++) {
            var json = JsonNodeFactory.instance.objectNode();
            json.put("v", 1).put("kind", "ad").put("id", "ad_" + i);
            var facts = new RepositoryStore.Facts(
                    "ad_" + i, State.RUNNING, Optional.empty(), json.toString(), SearchTerms.of(json, State.RUNNING));
            shown.add(new RepositoryStore.Shown(facts, NIGHT, NIGHT, 1, Map.of()));
        }
        store().take(1, shown);
    }

    private static List<String> days(Dump dump) throws IOException {
        return dump.index()
                .path("data")
                .valueStream()
                .map(d -> d.path("day").asString())
                .toList();
    }

    private static String text(Dump dump, String day, String name) throws IOException {
        return new String(dump.file(day, name).orElseThrow(), StandardCharsets.UTF_8);
    }

    private boolean signed(String note) throws Exception {
        int end = note.indexOf("\n\n") + 1;
        var line = note.substring(end + 1).strip();
        var named = Base64.getDecoder().decode(line.substring(line.lastIndexOf(' ') + 1));
        var check = Signature.getInstance("Ed25519");
        check.initVerify(KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(key.encodedPublic())));
        check.update(note.substring(0, end).getBytes(StandardCharsets.UTF_8));
        return check.verify(Arrays.copyOfRange(named, 4, named.length));
    }
}
