package mizan.server.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SplittableRandom;
import mizan.log.LogKey;
import mizan.log.SealedLog;
import mizan.server.reading.pull.Outbound;
import mizan.verifier.Unreadable;
import mizan.verifier.Verify;
import mizan.verifier.Witness;
import mizan.verifier.WitnessKey;
import mizan.verifier.WitnessMemory;
import mizan.verifier.WitnessServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WitnessTest {
    private static final LogKey KEY = LogKey.create("log.example/one", LogKey.Kind.ED25519);

    /// What an operator may do who holds the true key.
    private enum Attack {
        DROP,
        CHANGE,
        REORDER,
        BACKDATE,
        FORK,
        RE_SIGN
    }

    private static Witness witness(String name) throws Unreadable {
        return new Witness(
                WitnessKey.create(name), List.of(KEY.verifierKey()), WitnessMemory.inMemory(), () -> 1_700_000_000L);
    }

    private static List<byte[]> entries(int n, SplittableRandom random) {
        var entries = new ArrayList<byte[]>();
        for (int i = 0; i < n; i++) {
            var entry = new byte[1 + random.nextInt(60)];
            random.nextBytes(entry);
            entries.add(entry);
        }
        return entries;
    }

    @Test
    void givenAWitnessWithAnOlderCheckpoint_when200OperatorsRewriteHistory_thenAllAreRefused()
            throws IOException, Unreadable {
        var refused = new EnumMap<Attack, Integer>(Attack.class);
        for (long seed = 0; seed < 200; seed++) {
            var random = new SplittableRandom(seed);
            var honest = entries(2 + random.nextInt(700), random);
            var witness = witness("witness.example/w");
            assertEquals(200, new MemoryLog(honest).submit(KEY, witness, 0).status(), "seed " + seed);
            var attack = Attack.values()[(int) (seed % Attack.values().length)];
            var rewritten = new MemoryLog(honest);
            rewrite(rewritten.entries, attack, random);
            if (attack != Attack.RE_SIGN) {
                rewritten.entries.addAll(entries(1 + random.nextInt(300), random));
            }
            var answer = rewritten.submit(KEY, witness, honest.size());
            assertTrue(
                    List.of(400, 409, 422).contains(answer.status()),
                    "seed " + seed + ", " + attack + ": " + answer.status());
            // Nor by pretending that the witness never saw anything.
            assertEquals(
                    409,
                    new MemoryLog(rewritten.entries).submit(KEY, witness, 0).status(),
                    "seed " + seed);
            refused.merge(attack, 1, Integer::sum);
            // And the honest log goes on.
            honest.addAll(entries(5, random));
            assertEquals(
                    200,
                    new MemoryLog(honest)
                            .submit(KEY, witness, honest.size() - 5)
                            .status(),
                    "seed " + seed);
        }
        assertEquals(200, refused.values().stream().mapToInt(Integer::intValue).sum());
    }

    private static void rewrite(List<byte[]> entries, Attack attack, SplittableRandom random) {
        int at = random.nextInt(entries.size());
        switch (attack) {
            case DROP -> entries.remove(at);
            case CHANGE, RE_SIGN -> {
                var changed = entries.get(at).clone();
                changed[random.nextInt(changed.length)] ^= (byte) (1 << random.nextInt(8));
                entries.set(at, changed);
            }
            case REORDER -> {
                int other = (at + 1 + random.nextInt(entries.size() - 1)) % entries.size();
                Collections.swap(entries, at, other);
            }
            case BACKDATE -> entries.add(at, new byte[] {42});
            case FORK -> {
                entries.subList(at, entries.size()).clear();
                entries.addAll(entries(1 + random.nextInt(500), random));
            }
        }
    }

    @Test
    void givenRequestsThatAreWrong_whenAWitnessIsAsked_thenItAnswersAsTheSpecificationSays()
            throws IOException, Unreadable {
        var witness = witness("witness.example/w");
        var other = LogKey.create("log.example/other", LogKey.Kind.ED25519);
        var thief = LogKey.create("log.example/one", LogKey.Kind.ED25519);
        var entries = entries(9, new SplittableRandom(1));
        assertEquals(404, new MemoryLog(entries).submit(other, witness, 0).status());
        assertEquals(403, new MemoryLog(entries).submit(thief, witness, 0).status());
        assertEquals(400, new MemoryLog(entries).submit(KEY, witness, 10).status());
        assertEquals(
                400,
                witness.addCheckpoint("nothing".getBytes(StandardCharsets.UTF_8))
                        .status());
        assertEquals(200, new MemoryLog(entries).submit(KEY, witness, 0).status());
        var conflict = new MemoryLog(entries).submit(KEY, witness, 5);
        assertEquals(409, conflict.status());
        assertEquals("text/x.tlog.size", conflict.contentType());
        assertEquals("9\n", conflict.body());
    }

    @Test
    void givenTwoWitnessesOverHttp_whenTheLogIsSealed_thenAQuorumOfTheirCosignaturesVerifies(@TempDir Path folder)
            throws IOException, Unreadable {
        var one = new Witness(
                WitnessKey.open(folder.resolve("one.key"), "witness.example/one"),
                List.of(KEY.verifierKey()),
                WitnessMemory.inMemory(),
                () -> 1_700_000_000L);
        var two = witness("witness.example/two");
        try (var first = new WitnessServer(one, "127.0.0.1", 0);
                var second = new WitnessServer(two, "127.0.0.1", 0)) {
            var policy = "log " + KEY.verifierKey() + "\nwitness A " + one.verifierKey() + " http://127.0.0.1:"
                    + first.port() + "\nwitness B " + two.verifierKey() + " http://127.0.0.1:" + second.port()
                    + "\n# nobody answers there\nwitness C "
                    + witness("witness.example/three").verifierKey()
                    + " http://127.0.0.1:1/\ngroup two-of-three 2 A B C\nquorum two-of-three\n";
            Files.writeString(folder.resolve("policy"), policy);
            var log = new MemoryLog(entries(300, new SplittableRandom(2)));
            var published = new LogFolder(folder.resolve("log"));
            var witnesses = WitnessClient.of(policy, Outbound.ownNetwork(InstantSource.system()));
            var sealed = SealedLog.open(published, log, List.of(KEY));
            sealed.seal(1, witnesses);
            log.entries.addAll(entries(200, new SplittableRandom(3)));
            // A log that forgot where its witnesses stand is told, and asks again.
            sealed.seal(2, WitnessClient.of(policy, Outbound.ownNetwork(InstantSource.system())));
            assertEquals(Optional.of(500L), one.size(KEY.name()));
            var told = new StringBuilder();
            var question = new Verify.Question(
                    folder.resolve("log").toString(),
                    Optional.of(folder.resolve("policy")),
                    List.of(),
                    Optional.empty(),
                    false);
            assertEquals(Verify.HOLDS, Verify.run(question, told), told.toString());
            assertTrue(told.toString().contains("the quorum \"two-of-three\" is met"), told.toString());
        }
    }

    @Test
    void givenAMirroredLog_whenAnyBitOfItIsFlipped_thenTheVerifierNamesTheFile(@TempDir Path folder)
            throws IOException {
        var log = new MemoryLog(entries(700, new SplittableRandom(5)));
        SealedLog.open(new LogFolder(folder), log, List.of(KEY)).seal(1, mizan.log.Witnesses.NONE);
        var question = new Verify.Question(
                folder.toString(), Optional.empty(), List.of(KEY.verifierKey()), Optional.empty(), false);
        assertEquals(Verify.HOLDS, Verify.run(question, new StringBuilder()));
        var random = new Random(5);
        List<Path> files;
        try (var walk = Files.walk(folder)) {
            files = walk.filter(Files::isRegularFile).sorted().toList();
        }
        for (int i = 0; i < 300; i++) {
            var file = files.get(random.nextInt(files.size()));
            var bytes = Files.readAllBytes(file);
            int bit = random.nextInt(8 * bytes.length);
            var flipped = bytes.clone();
            flipped[bit / 8] ^= (byte) (1 << (bit % 8));
            Files.write(file, flipped);
            var told = new StringBuilder();
            assertEquals(Verify.BROKEN, Verify.run(question, told), file + " bit " + bit + "\n" + told);
            var named = folder.relativize(file).toString();
            assertTrue(told.toString().contains(named), named + "\n" + told);
            Files.write(file, bytes);
        }
    }
}
