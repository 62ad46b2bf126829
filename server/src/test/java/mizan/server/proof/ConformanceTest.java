package mizan.server.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import mizan.log.LogKey;
import mizan.log.SealedLog;
import mizan.log.Witnesses;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Programs in other languages, written by others or from the specifications alone, accept the log.
final class ConformanceTest {
    private static final Path PROGRAMS = Path.of("../verifier/conformance");
    private static final List<LogKey> KEYS = List.of(
            LogKey.create("log.example/one", LogKey.Kind.ED25519),
            LogKey.create("log.example/one", LogKey.Kind.ML_DSA_44));

    @TempDir
    private Path folder;

    private record Ended(int code, String output) {}

    private Ended run(List<String> command) throws IOException, InterruptedException {
        var out = folder.resolve("out").toFile();
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(out)
                .start();
        return new Ended(process.waitFor(), Files.readString(out.toPath()));
    }

    private boolean has(String... command) throws InterruptedException {
        try {
            return run(List.of(command)).code() == 0;
        } catch (IOException _) {
            return false;
        }
    }

    /// Seals a log in three portions and answers with proof and entry files of some of its entries.
    private List<String> sealed(Path log) throws IOException {
        var random = new SplittableRandom(11);
        var source = new MemoryLog(List.of());
        var sealed = SealedLog.open(new LogFolder(log), source, KEYS);
        for (int portion : new int[] {1, 600, 211}) {
            for (int i = 0; i < portion; i++) {
                source.entries.add(("entry " + random.nextLong()).getBytes(StandardCharsets.UTF_8));
            }
            sealed.seal(1_700_000_000L, Witnesses.NONE);
        }
        var files = new ArrayList<String>();
        for (int index : new int[] {0, 1, 255, 256, 511, 512, 600, 811}) {
            var proof = Files.writeString(folder.resolve(index + ".tlog-proof"), sealed.proof(index));
            var entry = Files.write(folder.resolve(index + ".entry"), source.entries.get(index));
            files.add(proof.toString());
            files.add(entry.toString());
        }
        return files;
    }

    @Test
    void givenTheProgramInPython_whenItChecksOurLog_thenItAcceptsItAndRefusesAChangedOne()
            throws IOException, InterruptedException {
        assumeTrue(has("python3", "--version"), "left out: python3 is not here");
        var log = folder.resolve("log");
        var files = sealed(log);
        var command = new ArrayList<>(List.of(
                "python3",
                PROGRAMS.resolve("check_log.py").toString(),
                log.toString(),
                KEYS.getFirst().verifierKey()));
        for (int i = 0; i < files.size(); i += 2) {
            command.addAll(List.of("--proof", files.get(i), files.get(i + 1)));
        }
        var ended = run(command);
        assertEquals(0, ended.code(), ended.output());
        assertTrue(ended.output().contains("\"entries\": 812"), ended.output());
        assertTrue(ended.output().contains("\"proofs\": 8"), ended.output());
        var random = new SplittableRandom(12);
        for (var name : List.of("checkpoint", "tile/0/001", "tile/1/000.p/3", "tile/entries/002")) {
            var file = log.resolve(name);
            var bytes = Files.readAllBytes(file);
            var flipped = bytes.clone();
            flipped[random.nextInt(Math.min(60, flipped.length))] ^= 1;
            Files.write(file, flipped);
            assertEquals(2, run(command).code(), "a flipped bit in " + name);
            Files.write(file, bytes);
        }
    }

    @Test
    void givenThePublishedVerifierOfNpm_whenItChecksOurProofs_thenItAcceptsThem()
            throws IOException, InterruptedException {
        assumeTrue(
                has("node", "--version") && Files.exists(PROGRAMS.resolve("node_modules")),
                "left out: node, or `npm ci` in verifier/conformance");
        var command = new ArrayList<>(List.of(
                "node",
                PROGRAMS.resolve("sigstore.mjs").toString(),
                KEYS.getFirst().verifierKey()));
        command.addAll(sealed(folder.resolve("log")));
        var ended = run(command);
        assertEquals(0, ended.code(), ended.output());
        assertTrue(ended.output().contains("\"proofs\":8"), ended.output());
    }
}
