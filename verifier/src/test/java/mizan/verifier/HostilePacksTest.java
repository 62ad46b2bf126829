package mizan.verifier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Files that an operator who cheats, or a broken disk, hands to an auditor: the program names the place, ends with the
/// code that is documented and never with a stack trace, and the page in the browser says the same.
final class HostilePacksTest {
    private static final Pattern NUMBER = Pattern.compile("(?<=[:\\[,])-?[0-9]+(?=[,\\]}])");
    private static final Pattern TEXT = Pattern.compile("\"[^\"]*\"");
    private static final List<String> NUMBERS = List.of(
            "0",
            "-1",
            "1",
            "2",
            "255",
            "256",
            "2147483647",
            "2147483648",
            "9007199254740993",
            "999999999999999999",
            "-999999999999999999",
            "1000000000000000000",
            "9223372036854775808",
            "1e3",
            "1.0",
            "01",
            "null",
            "true",
            "[]",
            "{}",
            "\"1\"");
    private static final List<String> TEXTS = List.of(
            "\"\"",
            "\"\\u202e\"",
            "\"\\u001b[2J\"",
            "\"\\ud800\"",
            "\"__proto__\"",
            "\"imp_ZZZZZZZZZZZZZZZZZZZZZZZZZZ\"",
            "\"ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff\"",
            "\"+7\"",
            "\"click\"",
            "null",
            "7",
            "[\"\"]",
            "{\"a\":1,\"a\":2}");

    @TempDir
    private Path folder;

    /// Packs with the verdict of the program, to be compared with that of the page.
    private final Map<Path, Forger.Verdict> judged = new LinkedHashMap<>();

    private Forger.Verdict judge(String name, byte[] zip) throws IOException {
        var file = Files.write(folder.resolve(name + ".zip"), zip);
        var verdict = Forger.judged(file);
        assertTrue(verdict.code() == Verify.HOLDS || verdict.code() == Verify.BROKEN, name + ": " + verdict.code());
        assertFalse(verdict.told().contains(PackCheck.UNJUDGED), name + ": " + verdict.told());
        judged.put(file, verdict);
        return verdict;
    }

    private void broken(String name, byte[] zip, String where) throws IOException {
        var verdict = judge(name, zip);
        assertEquals(Verify.BROKEN, verdict.code(), name);
        assertTrue(verdict.told().contains(where), name + " should name " + where + ": " + verdict.told());
    }

    private void holds(String name, byte[] zip) throws IOException {
        var verdict = judge(name, zip);
        assertEquals(Verify.HOLDS, verdict.code(), name + ": " + verdict.told());
    }

    private static Map<String, byte[]> with(Map<String, byte[]> members, String name, byte[] bytes) {
        var changed = new LinkedHashMap<>(members);
        changed.put(name, bytes);
        return changed;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] join(byte[]... parts) {
        var whole = new ByteArrayOutputStream();
        Stream.of(parts).forEach(whole::writeBytes);
        return whole.toByteArray();
    }

    /// Puts other bytes wherever the old ones stand.
    private static byte[] replaced(byte[] zip, String old, String with) {
        return new String(zip, StandardCharsets.ISO_8859_1).replace(old, with).getBytes(StandardCharsets.ISO_8859_1);
    }

    @Test
    void givenZipFilesThatAreNone_whenVerified_thenTheFileOrItsMemberIsNamed()
            throws IOException, InterruptedException {
        var members = Forger.honest(3).pack();
        var zip = Forger.zip(members);
        holds("honest", zip);
        holds("something-in-front", join(ascii("#!/bin/sh\n"), zip));
        holds(
                "other-members",
                Forger.zip(with(with(members, "../../etc/cron.d/owned", ascii("x")), "/abs", ascii("y"))));
        broken("empty", new byte[0], "empty.zip");
        broken("text", ascii("PK nothing"), "text.zip");
        holds("something-behind", join(zip, ascii("junk")));
        for (int part = 1; part < 40; part++) {
            broken("cut-" + part, Arrays.copyOf(zip, zip.length * part / 40), "cut-" + part + ".zip");
        }
        // The first says what the second does not: programs differ about which of them they read.
        var two = Forger.zip(with(members, "receiptt.jsonl", ascii("0 00 {}\n")));
        broken("twice", replaced(two, "receiptt.jsonl", "receipts.jsonl"), "receipts.jsonl is there twice");
        theBrowserSaysTheSame();
    }

    @Test
    void givenBombs_whenVerified_thenTheyAreNamedAndNeverUnpackedWhole() throws IOException, InterruptedException {
        var members = Forger.honest(1).pack();
        var zeros = new byte[48 << 20];
        var digits = new byte[48 << 20];
        Arrays.fill(digits, (byte) '1');
        for (var name : List.of("manifest.json", "checkpoint", "invoice.csv", "tile/0/000.p/3")) {
            broken("bomb-" + name.replace('/', '-'), Forger.zip(with(members, name, zeros)), name);
        }
        for (var name : List.of("receipts.jsonl", "terms.jsonl", "openings.jsonl", "payments.jsonl")) {
            broken("line-" + name, Forger.zip(with(members, name, digits)), name + " line 1");
        }
        var newlines = new byte[200_000];
        Arrays.fill(newlines, (byte) '\n');
        broken("newlines", Forger.zip(with(members, "receipts.jsonl", newlines)), "receipts.jsonl line 1");
        var deep = "[".repeat(500_000) + "]".repeat(500_000);
        broken("deep", Forger.zip(with(members, "manifest.json", ascii(deep))), "manifest.json");
        broken(
                "deep-line",
                Forger.zip(Forger.honest(1).receipt("{\"a\":" + deep + "}").pack()),
                "receipts.jsonl line 2");
        theBrowserSaysTheSame();
    }

    @Test
    void givenFilesInAnotherForm_whenVerified_thenTheyAreNamed() throws IOException, InterruptedException {
        var members = Forger.honest(2).pack();
        var manifest = Forger.manifest();
        var others = new LinkedHashMap<String, String>();
        others.put("spaces", manifest.replace(":", ": "));
        others.put("newline", manifest + "\n");
        others.put("bom", "\ufeff" + manifest);
        others.put("twice", manifest.replace("\"v\":2,", "\"v\":2,\"v\":2,"));
        others.put("version", manifest.replace("\"v\":2", "\"v\":3"));
        others.put("no-key", manifest.replaceFirst("\"keys\":\\[[^]]*]", "\"keys\":[]"));
        others.put("strange-key", manifest.replace("+", "-"));
        others.put("no-day", manifest.replace("1970-01-01", "1970-02-30"));
        others.put("far-day", manifest.replace("9999-12-31", "+99999-12-31"));
        others.put("time", manifest.replace("1970-01-01", "1970-01-01T00:00:00+03:00"));
        others.put("other-log", manifest.replace("\"origin\":\"log", "\"origin\":\"lag"));
        others.put("vast-sample", manifest.replace("\"sample\":null", "\"sample\":{\"n\":2147483647,\"seed\":\"\"}"));
        others.put("witness", manifest.replace("\"cosigned\":[]", "\"cosigned\":[\"" + Forger.verifierKey() + "x\"]"));
        for (var other : others.entrySet()) {
            broken(
                    "manifest-" + other.getKey(),
                    Forger.zip(with(members, "manifest.json", ascii(other.getValue()))),
                    other.getKey().equals("no-key") ? "no key of its log is known" : "manifest.json");
        }
        broken(
                "utf16",
                Forger.zip(with(members, "manifest.json", manifest.getBytes(StandardCharsets.UTF_16))),
                "manifest.json");
        for (var name : List.of("receipts.jsonl", "invoice.csv")) {
            var text = new String(members.getOrDefault(name, new byte[0]), StandardCharsets.UTF_8);
            broken("crlf-" + name, Forger.zip(with(members, name, ascii(text.replace("\n", "\r\n")))), name);
            broken("utf16-" + name, Forger.zip(with(members, name, text.getBytes(StandardCharsets.UTF_16))), name);
        }
        var latin = Forger.vector("payment").replace("\"reference\":\"", "\"reference\":\"\u00e9");
        broken(
                "latin",
                Forger.zip(Forger.honest(1)
                        .line("payments.jsonl", "payment", latin.getBytes(StandardCharsets.ISO_8859_1))
                        .pack()),
                "payments.jsonl line 2");
        theBrowserSaysTheSame();
    }

    @Test
    void givenCheckpointsOfOthers_whenVerified_thenTheyAreNamed() throws IOException, InterruptedException {
        var members = Forger.honest(2).pack();
        var root = new byte[Hashes.BYTES];
        var checkpoints = new LinkedHashMap<String, byte[]>();
        var own = new String(members.getOrDefault("checkpoint", new byte[0]), StandardCharsets.UTF_8);
        checkpoints.put("another-log", Forger.checkpoint("log.example/other", 4, root));
        checkpoints.put("another-root", Forger.checkpoint(Forger.ORIGIN, 4, root));
        checkpoints.put("smaller", Forger.checkpoint(Forger.ORIGIN, 3, root));
        checkpoints.put("vast", Forger.checkpoint(Forger.ORIGIN, 999_999_999_999_999_999L, root));
        checkpoints.put("unsigned", ascii(own.substring(0, own.indexOf("—"))));
        checkpoints.put(
                "signed-twice-once-wrong",
                ascii(own + own.substring(own.indexOf("—")).replace("A", "B")));
        checkpoints.put("control", ascii(own.replaceFirst("\n", "\r\n")));
        checkpoints.put("spaces", ascii(own.replaceFirst("\n4\n", "\n 4\n")));
        checkpoints.put("leading-zero", ascii(own.replaceFirst("\n4\n", "\n04\n")));
        for (var other : checkpoints.entrySet()) {
            var verdict =
                    judge("checkpoint-" + other.getKey(), Forger.zip(with(members, "checkpoint", other.getValue())));
            assertEquals(Verify.BROKEN, verdict.code(), other.getKey());
        }
        theBrowserSaysTheSame();
    }

    @Test
    void givenAnOperatorWhoSealsLies_whenVerified_thenEachIsNamed()
            throws IOException, InterruptedException, Unreadable {
        var receipt = Forger.receipt(0);
        var credit = Forger.vector("credit").replaceFirst("imp_[0-9A-Z]{26}\",\"adv", "imp_x\",\"adv");
        var impression = receipt.replaceFirst(".*\"(imp_[0-9A-Z]{26})\".*", "$1");
        var ownCredit = credit.replaceFirst("\"impression\":\"[^\"]*\"", "\"impression\":\"" + impression + "\"");
        broken(
                "one-token-two-receipts",
                Forger.zip(Forger.honest(1)
                        .receipt(Forger.receipt(1).replace("\"sequence\":1", "\"sequence\":0"))
                        .pack()),
                "is charged a second time");
        broken("one-receipt-twice", Forger.zip(Forger.honest(1).receipt(receipt).pack()), "is billed a second time");
        broken(
                "credit-twice",
                Forger.zip(Forger.honest(1).credit(ownCredit).credit(ownCredit).pack()),
                "credits.jsonl line 2");
        broken(
                "payment-twice",
                Forger.zip(Forger.honest(1).payment(Forger.vector("payment")).pack()),
                "payments.jsonl line 2");
        broken(
                "credit-of-more",
                Forger.zip(Forger.honest(1)
                        .credit(ownCredit.replaceFirst("\"micros\":[0-9]+", "\"micros\":2050"))
                        .pack()),
                "gives back 2050 micros of 2049");
        broken(
                "dearer",
                Forger.zip(new Forger()
                        .terms(Forger.vector("terms"))
                        .receipt(receipt.replace("\"price\":2049", "\"price\":2050"))
                        .pack()),
                "it was charged 2050 micros");
        broken("no-terms", Forger.zip(new Forger().receipt(receipt).pack()), "lacks the terms in force");
        broken(
                "terms-afterwards",
                Forger.zip(new Forger()
                        .receipt(receipt)
                        .terms(Forger.vector("terms"))
                        .pack()),
                "its terms were sealed after it");
        broken(
                "another-day",
                Forger.zip(with(
                        Forger.honest(1).pack(),
                        "manifest.json",
                        ascii(Forger.manifest().replace("1970-01-01", "2026-10-27")))),
                "receipts.jsonl line 1");
        broken(
                "an-opening-of-another-post",
                Forger.zip(Forger.honest(1)
                        .opening(
                                1, "1", "{\"v\":1,\"kind\":\"opening\",\"id\":\"x\",\"authors\":[],\"community\":null}")
                        .pack()),
                "is not the one that the receipt was written over");
        broken(
                "an-opening-of-no-receipt",
                Forger.zip(Forger.honest(0)
                        .opening(1, "1", Forger.vector("opening"))
                        .pack()),
                "openings.jsonl");
        broken(
                "a-statement-of-more",
                Forger.zip(Forger.honest(1)
                        .statement(Forger.vector("statement")
                                .replaceFirst(
                                        "\"campaign\":\"[^\"]*\"", "\"campaign\":\"cmp_01M5TR3G00MA1RXP5RBJ6S1KNN\"")
                                .replaceFirst("\"receipts\":[0-9]+", "\"receipts\":7"))
                        .pack()),
                "7 receipts");
        broken("vast-sums", Forger.zip(vastPayments(Forger.honest(1)).pack()), "payments.jsonl line");
        theBrowserSaysTheSame();
    }

    @Test
    void givenAnEvidencePack_whenAnyOfItIsAnother_thenTheFileIsNamed() throws IOException, InterruptedException {
        var files = new LinkedHashMap<String, byte[]>();
        files.put("proof.zip", Forger.zip(Forger.honest(2).pack()));
        files.put("changes.csv", ascii("at,by,what\n2026-10-26,Noor,paused\n"));
        files.put("terms.json", ascii("[]"));
        var pack = Forger.evidence(files);
        holds("evidence", Forger.zip(pack));
        broken("evidence-csv", Forger.zip(with(pack, "changes.csv", ascii("at,by,what\n"))), "changes.csv");
        broken("evidence-more", Forger.zip(with(pack, "letter.pdf", ascii("%PDF"))), "letter.pdf");
        broken(
                "evidence-proof",
                Forger.zip(with(pack, "proof.zip", Forger.zip(Forger.honest(1).pack()))),
                "proof.zip");
        var manifest = new String(pack.getOrDefault("manifest.json", new byte[0]), StandardCharsets.UTF_8);
        broken(
                "evidence-manifest",
                Forger.zip(with(pack, "manifest.json", ascii(manifest.replace("\"v\":1", "\"v\":1,\"w\":1")))),
                "manifest.note");
        broken("evidence-note", Forger.zip(with(pack, "manifest.note", ascii("a\nb\n\n"))), "evidence-note");
        var fewer = new LinkedHashMap<>(pack);
        fewer.remove("terms.json");
        broken("evidence-fewer", Forger.zip(fewer), "terms.json");
        files.put("proof.zip", ascii("PK"));
        broken("evidence-no-proof", Forger.zip(Forger.evidence(files)), "evidence-no-proof");
        files.put("proof.zip", Forger.zip(pack));
        broken("evidence-in-evidence", Forger.zip(Forger.evidence(files)), "not a proof pack");
        theBrowserSaysTheSame();
    }

    private static Forger vastPayments(Forger forger) {
        for (int i = 0; i < 12; i++) {
            forger.payment(Forger.vector("payment")
                    .replaceFirst("\"payment\":\"[^\"]*\"", "\"payment\":\"fund/" + i + "\"")
                    .replaceFirst("\"micros\":[0-9]+", "\"micros\":999999999999999999"));
        }
        return forger;
    }

    @Test
    void givenATextThatMovesTheCursor_whenTheResultIsTold_thenItIsShownAndNotDone() throws IOException {
        var hidden = Forger.receipt(0).replace("\"price\":2049", "\"price\":2050");
        hidden = hidden.replaceFirst("\"campaign\":\"", "\"campaign\":\"\\\\u001b[2K\\\\u202e\\\\u009b1A");
        var file = Files.write(
                folder.resolve("cursor.zip"),
                Forger.zip(new Forger()
                        .terms(Forger.vector("terms"))
                        .receipt(hidden)
                        .pack()));
        var told = new StringBuilder();
        Verify.run(
                new Verify.Question(
                        file.toString(), java.util.Optional.empty(), List.of(), java.util.Optional.empty(), false),
                told);
        assertTrue(
                told.chars().noneMatch(c -> (c < ' ' && c != '\n') || (c >= 0x7f && c < 0xa0) || c == 0x202e),
                told.toString());
    }

    @Test
    void givenSealedLinesWithAnyValue_whenVerified_thenNothingIsUnjudgedAndBothSayTheSame()
            throws IOException, InterruptedException {
        long seed = Long.getLong("mizan.seed", 5);
        var random = new Random(seed);
        for (int i = 0; i < Integer.getInteger("mizan.cases", 250); i++) {
            var kind = List.of("receipt", "receipt", "receipt", "terms", "credit", "payment", "statement")
                    .get(random.nextInt(7));
            var text = Forger.vector(kind);
            for (int times = 1 + random.nextInt(2); times > 0; times--) {
                text = changed(text, random);
            }
            var forger = new Forger().terms(kind.equals("terms") ? text : Forger.vector("terms"));
            forger.receipt(kind.equals("receipt") ? text : Forger.vector("receipt"));
            switch (kind) {
                case "credit" -> forger.credit(text);
                case "payment" -> forger.payment(text);
                case "statement" -> forger.statement(text);
                default -> {}
            }
            judge("seed-" + seed + "-case-" + i + "-" + kind, Forger.zip(forger.pack()));
        }
        theBrowserSaysTheSame();
    }

    /// One value, or one member, becomes another.
    private static String changed(String text, Random random) {
        boolean number = random.nextBoolean();
        var places = (number ? NUMBER : TEXT).matcher(text).results().toList();
        var place = places.get(random.nextInt(places.size()));
        var values = number ? NUMBERS : TEXTS;
        var value = switch (random.nextInt(8)) {
            case 0 -> "";
            case 1 -> String.join(",", java.util.Collections.nCopies(300, text.substring(place.start(), place.end())));
            default -> values.get(random.nextInt(values.size()));
        };
        return text.substring(0, place.start()) + value + text.substring(place.end());
    }

    @Test
    void givenPacksWithAnyByteChanged_whenVerified_thenThePageHoldsNoContentThatTheProgramDoesNot()
            throws IOException, InterruptedException {
        long seed = Long.getLong("mizan.seed", 6);
        var random = new Random(seed);
        var zip = Forger.zip(Forger.honest(3).pack());
        for (int i = 0; i < Integer.getInteger("mizan.cases", 250); i++) {
            var changed = zip.clone();
            // Half of them where the zip file says what it holds.
            int from = random.nextBoolean() ? zip.length - 700 : 0;
            changed[from + random.nextInt(zip.length - from)] ^= (byte) (1 << random.nextInt(8));
            judge("seed-" + seed + "-byte-" + i, changed);
        }
        var page = page();
        for (var one : judged.entrySet()) {
            boolean held = page.getOrDefault(one.getKey(), "").startsWith("{\"holds\":true");
            // Java reads zip files more strictly: then it has read nothing of what is inside.
            boolean unread = one.getValue().told().contains("\"where\":\"" + one.getKey() + "\"");
            assertTrue(!held || unread || one.getValue().code() == Verify.HOLDS, one.getKey() + ": " + one.getValue());
        }
    }

    private void theBrowserSaysTheSame() throws IOException, InterruptedException {
        var page = page();
        for (var one : judged.entrySet()) {
            boolean holds = one.getValue().code() == Verify.HOLDS;
            var said = page.getOrDefault(one.getKey(), "");
            assertTrue(
                    said.startsWith("{\"holds\":" + holds),
                    one.getKey().getFileName() + "\nthe program: "
                            + one.getValue().told() + "\nthe page: " + said);
        }
    }

    /// What the page's script says of each pack.
    private Map<Path, String> page() throws IOException, InterruptedException {
        assumeTrue(nodeIsHere(), "left out: node is not here");
        var command = new ArrayList<>(List.of(
                "node",
                "../app/src/test/resources/mizan/app/verify.mjs",
                "../server/src/main/resources/mizan/assets/verify.js"));
        judged.keySet().forEach(file -> command.add(file.toString()));
        var out = folder.resolve("page.out");
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        assertEquals(0, process.waitFor(), Files.readString(out));
        var lines = Files.readAllLines(out);
        assertEquals(judged.size(), lines.size());
        var said = new LinkedHashMap<Path, String>();
        int at = 0;
        for (var file : judged.keySet()) {
            said.put(file, lines.get(at++));
        }
        return said;
    }

    private static boolean nodeIsHere() throws InterruptedException {
        try {
            return new ProcessBuilder("node", "--version").start().waitFor() == 0;
        } catch (IOException _) {
            return false;
        }
    }
}
