package mizan.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import mizan.server.store.SqlReports;
import mizan.server.store.SqliteProofStore;
import mizan.verifier.Verify;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The demo's own receipts, judged by the verifier, which shares no code with what wrote them.
final class ProofPackTest {
    @TempDir
    private static Path folder;

    private static List<String> keys = List.of();

    @BeforeAll
    static void playAWeek() throws IOException {
        assertEquals(
                0,
                Main.run(
                        "demo",
                        "--headless",
                        "--json",
                        "--weeks",
                        "1",
                        "--folder",
                        folder.resolve("data").toString()));
        keys = Files.readAllLines(folder.resolve("data/log/keys"));
    }

    private static Path pack(String name, String... options) {
        var out = folder.resolve(name);
        var words = new ArrayList<>(
                List.of("pack", "--folder", folder.resolve("data").toString(), "-o", out.toString()));
        words.addAll(List.of(options));
        assertEquals(0, Main.run(words.toArray(String[]::new)));
        return out;
    }

    private static int verify(Path pack, Optional<Path> since, StringBuilder told) throws IOException {
        return Verify.run(new Verify.Question(pack.toString(), Optional.empty(), keys, since, false), told);
    }

    private static Map<String, byte[]> members(Path pack) throws IOException {
        var members = new LinkedHashMap<String, byte[]>();
        try (var zip = new ZipInputStream(new ByteArrayInputStream(Files.readAllBytes(pack)))) {
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                members.put(entry.getName(), zip.readAllBytes());
            }
        }
        return members;
    }

    private static byte[] text(Map<String, byte[]> members, String name) {
        return Objects.requireNonNull(members.get(name), name);
    }

    private static void write(Path pack, Map<String, byte[]> members) throws IOException {
        try (var zip = new ZipOutputStream(Files.newOutputStream(pack))) {
            zip.setLevel(0);
            for (var member : members.entrySet()) {
                zip.putNextEntry(new ZipEntry(member.getKey()));
                zip.write(member.getValue());
                zip.closeEntry();
            }
        }
    }

    /// Of a campaign with many receipts, so that it is no trifle, and not all, so that it is quick.
    private static String campaign(Map<String, byte[]> members) {
        var count = new TreeMap<String, Integer>();
        new String(text(members, "receipts.jsonl"), StandardCharsets.UTF_8)
                .lines()
                .forEach(line -> {
                    int at = line.indexOf("\"cmp_") + 1;
                    count.merge(line.substring(at, at + 30), 1, Integer::sum);
                });
        return count.entrySet().stream()
                .filter(e -> e.getValue() > 20)
                .findFirst()
                .orElseThrow()
                .getKey();
    }

    private static String advertiser(String campaign) throws IOException {
        var receipts = new String(text(members(folder.resolve("whole.zip")), "receipts.jsonl"), StandardCharsets.UTF_8);
        var found = Pattern.compile("\"advertiser\":\"(adv_[^\"]+)\",\"campaign\":\"" + campaign + '"')
                .matcher(receipts);
        assertTrue(found.find());
        return found.group(1);
    }

    @Test
    void givenAWeekOfTheDemo_whenItsPackIsVerified_thenEverythingHolds() throws IOException {
        var told = new StringBuilder();
        assertEquals(Verify.HOLDS, verify(pack("all.zip"), Optional.empty(), told), told.toString());
        assertTrue(told.toString().contains("✓ prices follow from the bids of the page"), told.toString());
        assertTrue(told.toString().contains("✓ receipts add up to the statements"), told.toString());
        try (var reports = SqlReports.open(folder.resolve("data/ledger.db"))) {
            long charged = reports.totals().counts().charged();
            assertTrue(told.toString().contains(charged + " impressions, "), charged + " were charged\n" + told);
        }
        assertEquals(
                0, Main.run("verify", "last", "--folder", folder.resolve("data").toString()));
    }

    @Test
    void givenAWeekOfTheDemo_whenItsInvoiceIsWritten_thenItsBalanceIsThatOfTheLedger() throws IOException {
        var invoice = new String(text(members(pack("balance.zip")), "invoice.csv"), StandardCharsets.UTF_8);
        var balances = new TreeMap<String, Long>();
        try (var reports = SqlReports.open(folder.resolve("data/ledger.db"))) {
            for (var entry : reports.entries(0, Integer.MAX_VALUE, Optional.empty())) {
                long credited = entry.credit().startsWith("advertiser_") ? entry.micros() : 0;
                long debited = entry.debit().startsWith("advertiser_") ? entry.micros() : 0;
                balances.merge(entry.currency(), credited - debited, Long::sum);
            }
        }
        assertFalse(balances.isEmpty());
        balances.forEach((currency, micros) ->
                assertTrue(invoice.contains("\nbalance,,,,," + currency + ",," + micros + "\n"), invoice));
    }

    @Test
    void givenAStoreOfAnEarlierBuild_whenItIsOpened_thenTheLedgerIsReadAgainAndItsReceiptsAreKnown()
            throws IOException {
        // What an earlier build left: the place in the ledger, and nothing but receipts.
        var earlier = folder.resolve("earlier.db");
        try (var store = SqliteProofStore.open(earlier)) {
            store.append(List.of(), 4_711);
            assertEquals(0, store.receiptsSequence());
        }
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + earlier);
                var statement = connection.createStatement()) {
            statement.execute("PRAGMA user_version = 1");
        } catch (SQLException e) {
            throw new IOException(e);
        }
        try (var store = SqliteProofStore.open(earlier)) {
            assertEquals(0, store.ledgerSequence());
            assertEquals(4_711, store.receiptsSequence());
        }
    }

    @Test
    void givenAuthorsWhoAskForErasure_whenTheirPostsAreErased_thenEveryProofStaysAndNobodyIsNamed() throws IOException {
        var before = members(pack("before.zip"));
        var ids = Pattern.compile("\"id\":\"([^\"]+)\"")
                .matcher(new String(text(before, "openings.jsonl"), StandardCharsets.UTF_8))
                .results()
                .map(found -> found.group(1))
                .distinct()
                .limit(200)
                .toList();
        try (var store = SqliteProofStore.open(folder.resolve("data/proof.db"))) {
            assertTrue(store.erase(ids) >= ids.size());
        }
        var after = pack("after.zip");
        var told = new StringBuilder();
        assertEquals(Verify.HOLDS, verify(after, Optional.empty(), told), told.toString());
        assertTrue(told.toString().contains("neighbours were erased or not opened"), told.toString());
        var openings = new String(text(members(after), "openings.jsonl"), StandardCharsets.UTF_8);
        ids.forEach(id -> assertFalse(openings.contains("\"id\":\"" + id + "\""), id));
    }

    @Test
    void givenAnAuditorsSeed_whenASampleIsDrawn_thenItHoldsAndIsTheAuditorsChoice() throws IOException {
        var told = new StringBuilder();
        var sample = pack("sample.zip", "--sample", "50", "--seed", "mine");
        assertEquals(Verify.HOLDS, verify(sample, Optional.empty(), told), told.toString());
        assertTrue(told.toString().contains("of 50 entries drawn by the seed \"mine\""), told.toString());
    }

    @Test
    void givenACheckpointKeptEarlier_whenThePackHasItsTiles_thenTheLogIsShownToContinueIt() throws IOException {
        var members = members(pack("since.zip", "--since", "300"));
        // What a reader would have kept: nobody needs to sign it for the comparison.
        var now = new String(text(members, "checkpoint"), StandardCharsets.UTF_8);
        var rewritten = now.lines().limit(1).toList().getFirst() + "\n300\n"
                + "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n\n" + now.substring(now.indexOf("—"));
        var kept = Files.writeString(folder.resolve("kept"), rewritten);
        var told = new StringBuilder();
        assertEquals(Verify.BROKEN, verify(folder.resolve("since.zip"), Optional.of(kept), told));
        assertTrue(told.toString().contains("history was rewritten"), told.toString());
        assertEquals(Verify.HOLDS, verify(folder.resolve("since.zip"), Optional.of(checkpoint(now)), told));
    }

    private static Path checkpoint(String note) throws IOException {
        return Files.writeString(folder.resolve("kept-now"), note);
    }

    @Test
    void given1000FlippedBits_whenThePackIsVerified_thenEachIsFoundAndItsFileNamed() throws IOException {
        var campaign = campaign(members(pack("whole.zip")));
        var members = members(pack("advertiser.zip", "--advertiser", advertiser(campaign)));
        var flippedPack = folder.resolve("flipped.zip");
        write(flippedPack, members);
        assertEquals(Verify.HOLDS, verify(flippedPack, Optional.empty(), new StringBuilder()));
        var tiles = members.keySet().stream().filter(n -> n.startsWith("tile/")).toList();
        var random = new Random(1);
        for (int i = 0; i < 1_000; i++) {
            var name = switch (i % 6) {
                case 0 -> tiles.get(random.nextInt(tiles.size()));
                case 1 -> "checkpoint";
                case 2 -> "receipts.jsonl";
                case 3 -> "invoice.csv";
                case 4 -> "payments.jsonl";
                default -> "terms.jsonl";
            };
            var flipped = text(members, name).clone();
            int bit = random.nextInt(8 * flipped.length);
            flipped[bit / 8] ^= (byte) (1 << (bit % 8));
            var changed = new LinkedHashMap<>(members);
            changed.put(name, flipped);
            write(flippedPack, changed);
            var told = new StringBuilder();
            assertEquals(Verify.BROKEN, verify(flippedPack, Optional.empty(), told), name + " bit " + bit);
            assertTrue(told.toString().contains(name), name + " bit " + bit + "\n" + told);
        }
    }

    @Test
    void givenThePagesOwnScript_whenItChecksPacks_thenItAgreesWithTheVerifier()
            throws IOException, InterruptedException {
        assumeTrue(nodeIsHere(), "left out: node is not here");
        var whole = pack("page.zip");
        Files.copy(whole, folder.resolve("whole.zip"), StandardCopyOption.REPLACE_EXISTING);
        var members = members(pack("page-advertiser.zip", "--advertiser", advertiser(campaign(members(whole)))));
        var command = new ArrayList<>(List.of(
                "node",
                "src/test/resources/mizan/app/verify.mjs",
                "../server/src/main/resources/mizan/assets/verify.js",
                whole.toString()));
        var random = new Random(2);
        var names = List.of("checkpoint", "receipts.jsonl", "invoice.csv", "payments.jsonl");
        for (int i = 0; i < 40; i++) {
            var name = names.get(i % names.size());
            var flipped = text(members, name).clone();
            // Of the checkpoint the text: what signs it in ML-DSA is checked where the browser can.
            int bit = random.nextInt(8 * (name.equals("checkpoint") ? 60 : flipped.length));
            flipped[bit / 8] ^= (byte) (1 << (bit % 8));
            var changed = new LinkedHashMap<>(members);
            changed.put(name, flipped);
            var file = folder.resolve("page-" + i + ".zip");
            write(file, changed);
            command.add(file.toString());
        }
        var out = folder.resolve("page.out");
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        assertEquals(0, process.waitFor(), Files.readString(out));
        var lines = Files.readAllLines(out);
        assertTrue(lines.getFirst().startsWith("{\"holds\":true"), lines.getFirst());
        for (int i = 1; i < lines.size(); i++) {
            assertTrue(lines.get(i).startsWith("{\"holds\":false"), names.get((i - 1) % 4) + ": " + lines.get(i));
        }
        assertEquals(41, lines.size());
    }

    private static boolean nodeIsHere() throws InterruptedException {
        try {
            return new ProcessBuilder("node", "--version").start().waitFor() == 0;
        } catch (IOException _) {
            return false;
        }
    }
}
