package mizan.sim.disk;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import mizan.server.journal.Journal;
import mizan.server.journal.JournalDamaged;
import mizan.server.journal.JournalStopped;
import org.junit.jupiter.api.Test;

/// What was acknowledged is there after a power cut, in order, and nothing torn is taken for a record.
class JournalFaultsTest {
    private static final int SEEDS = 10_000;
    private static final int SEGMENT = 2_048;

    @Test
    void givenPowerCutsAtAnyMoment_whenReopened_thenEveryAcknowledgedRecordIsThereInOrder() throws IOException {
        for (long seed = 0; seed < SEEDS; seed++) {
            assertEquals(Optional.empty(), live(seed, new FaultyDisk(new SplittableRandom(seed)), 0), "seed " + seed);
        }
    }

    @Test
    void givenForcesThatFail_whenReopened_thenNothingWasAcknowledgedThatIsNotThere() throws IOException {
        for (long seed = 0; seed < SEEDS; seed++) {
            var disk = new FaultyDisk(new SplittableRandom(seed));
            assertEquals(Optional.empty(), live(seed, disk, 0.05), "seed " + seed);
        }
    }

    /// The check itself is checked: on a disk that never forces it must fail, and soon.
    @Test
    void givenADiskThatIgnoresForce_whenThePowerIsCut_thenTheLossIsSeenWithinAThousandSeeds() throws IOException {
        for (long seed = 0; seed < 1_000; seed++) {
            var disk = new FaultyDisk(new SplittableRandom(seed)).ignoringForce();
            try {
                if (live(seed, disk, 0).isPresent()) {
                    return;
                }
            } catch (JournalDamaged _) {
                return;
            }
        }
        throw new AssertionError(
                "a journal that is never forced lost nothing in 1,000 power cuts: the check sees nothing");
    }

    @Test
    void givenOneFlippedBit_whenReopened_thenItIsRefusedOrNothingIsGone() throws IOException {
        int refused = 0;
        for (long seed = 0; seed < 5_000; seed++) {
            var disk = new FaultyDisk(new SplittableRandom(seed));
            var written = eightRounds(disk, new SplittableRandom(seed));
            assertTrue(disk.flipBit());
            try (var journal = Journal.open(disk, SEGMENT)) {
                assertEquals(written, records(journal), "seed " + seed);
            } catch (JournalDamaged _) {
                refused++;
            }
        }
        assertTrue(refused > 4_000, "only " + refused + " of 5,000 were refused: the damage is not seen");
    }

    @Test
    void givenAPageOfZeros_whenReopened_thenItIsRefusedOrOnlyTheLastRoundsAreGone() throws IOException {
        int refused = 0;
        for (long seed = 0; seed < 5_000; seed++) {
            var disk = new FaultyDisk(new SplittableRandom(seed));
            var written = eightRounds(disk, new SplittableRandom(seed));
            assertTrue(disk.zeroPage());
            refused += isRefusedOrAPrefix(disk, written, "seed " + seed) ? 1 : 0;
        }
        assertTrue(refused > 2_000, "only " + refused + " of 5,000 were refused: the damage is not seen");
    }

    /// What the ledger has read of the part that is gone, it knows: an engine refuses to start then ([mizan.sim.life]).
    @Test
    void givenAFileThatEndsAnywhere_whenReopened_thenItIsRefusedOrOnlyItsEndIsGone() throws IOException {
        int refused = 0;
        for (long seed = 0; seed < 6; seed++) {
            for (int cut = 0; cut >= 0; cut++) {
                var disk = new FaultyDisk(new SplittableRandom(seed));
                var written = eightRounds(disk, new SplittableRandom(seed));
                var files = disk.names().stream().sorted().toList();
                var file = disk.open(files.get((int) seed % files.size()));
                if (cut >= file.size()) {
                    break;
                }
                file.truncate(cut);
                refused += isRefusedOrAPrefix(disk, written, "seed " + seed + ", cut at " + cut) ? 1 : 0;
            }
        }
        assertTrue(refused > 1_000, "only " + refused + " cuts were refused: missing records are not seen");
    }

    private static List<String> eightRounds(FaultyDisk disk, SplittableRandom random) throws IOException {
        var written = new ArrayList<String>();
        try (var journal = Journal.open(disk, SEGMENT)) {
            for (int round = 0; round < 8; round++) {
                append(journal, random, written);
                journal.flush();
            }
        }
        return written;
    }

    /// Answers whether it was refused. If not, what is there must be the beginning of what was written.
    private static boolean isRefusedOrAPrefix(FaultyDisk disk, List<String> written, String where) throws IOException {
        try (var journal = Journal.open(disk, SEGMENT)) {
            var found = records(journal);
            assertTrue(found.size() <= written.size(), where);
            assertEquals(written.subList(0, found.size()), found, where);
            return false;
        } catch (JournalDamaged _) {
            return true;
        }
    }

    @Test
    void givenAFullDisk_whenAppending_thenNothingIsAcknowledgedAndWhatWasIsThere() throws IOException {
        for (long seed = 0; seed < 1_000; seed++) {
            var random = new SplittableRandom(seed);
            var disk = new FaultyDisk(random);
            var acknowledged = new ArrayList<String>();
            try (var journal = Journal.open(disk, SEGMENT)) {
                append(journal, random, acknowledged);
                journal.flush();
                disk.withRoom(random.nextInt(200));
                assertThrows(JournalStopped.class, () -> {
                    for (int i = 0; i < 100; i++) {
                        journal.append((byte) 1, "x".repeat(50).getBytes(UTF_8));
                        journal.flush();
                    }
                });
                assertThrows(JournalStopped.class, () -> journal.append((byte) 1, new byte[1]));
                assertEquals(acknowledged, records(journal).subList(0, acknowledged.size()));
            }
            try (var journal = Journal.open(disk.afterPowerCut(), SEGMENT)) {
                assertEquals(acknowledged, records(journal).subList(0, acknowledged.size()), "seed " + seed);
            }
        }
    }

    /// A life of appending, acknowledging and power cuts. Answers what went wrong, if anything did.
    private static Optional<String> live(long seed, FaultyDisk first, double forceFailure) throws IOException {
        var random = new SplittableRandom(seed * 31 + 7);
        var disk = first;
        var written = new ArrayList<String>();
        int acknowledged = 0;
        for (int life = 0; life < 4; life++) {
            try (var journal = Journal.open(disk, SEGMENT)) {
                var found = records(journal);
                if (found.size() < acknowledged) {
                    return Optional.of("acknowledged " + acknowledged + ", found " + found.size());
                }
                if (found.size() > written.size() || !found.equals(written.subList(0, found.size()))) {
                    return Optional.of("records differ from what was written");
                }
                written.subList(found.size(), written.size()).clear();
                acknowledged = found.size();
                disk.failingForces(forceFailure);
                for (int step = random.nextInt(20); step > 0; step--) {
                    append(journal, random, written);
                    if (random.nextBoolean()) {
                        journal.flush();
                        acknowledged = written.size();
                    }
                }
            } catch (JournalStopped _) {
                // Nothing after this counts as acknowledged; the next life shows what is there.
            }
            disk = disk.afterPowerCut();
        }
        return Optional.empty();
    }

    private static void append(Journal journal, SplittableRandom random, List<String> written) {
        for (int i = random.nextInt(4); i >= 0; i--) {
            var text = written.size() + ":" + "m".repeat(random.nextInt(300));
            journal.append((byte) 1, text.getBytes(UTF_8));
            written.add(text);
        }
    }

    private static List<String> records(Journal journal) {
        var records = new ArrayList<String>();
        journal.read(0, e -> records.add(new String(e.payload(), UTF_8)));
        return records;
    }
}
