package mizan.verifier;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Checks a whole log, by its address or as a mirrored folder: every entry against every tile, up to the signed root.
final class LogCheck {
    private static final int WIDTH = 256;
    /// A log may say that it has more entries than anybody could count; it is left when so many files are wrong.
    private static final int MOST_FAULTS = 1_000;

    private final Source files;
    private final Findings findings;

    LogCheck(Source files, Findings findings) {
        this.files = files;
        this.findings = findings;
    }

    /// @param named the log's keys, where its address names them
    void run(Optional<Policy> policy, Optional<Checkpoint> since, List<VerifierKey> named)
            throws IOException, Unreadable {
        var checkpoint = Checkpoint.read(files.read("checkpoint")
                .orElseThrow(() -> new IOException("there is no log: its checkpoint is missing")));
        var trust = new Trust(policy, since, findings);
        trust.check(checkpoint, named, List.of());
        try {
            var tree = TileTree.of(files, checkpoint);
            trust.since(checkpoint, tree);
            for (long bundle = 0; bundle * WIDTH < checkpoint.size(); bundle++) {
                if (findings.failed(Findings.Check.INCLUSION) >= MOST_FAULTS) {
                    findings.note(Findings.Check.INCLUSION, "what comes after so many faults was not looked at");
                    return;
                }
                bundle(tree, bundle, (int) Math.min(WIDTH, checkpoint.size() - bundle * WIDTH));
            }
        } catch (Broken broken) {
            findings.fault(Findings.Check.INCLUSION, broken);
        }
    }

    private void bundle(TileTree tree, long index, int width) throws IOException {
        var path = TileTree.bundle(index, width);
        var found = files.read(path);
        // A log may drop a partial bundle once the full one is there.
        boolean longer = found.isEmpty() && width < WIDTH;
        try {
            var bytes = (longer ? files.read(TileTree.bundle(index, WIDTH)) : found)
                    .orElseThrow(() -> new Broken(path, "is missing"));
            var leaves = tree.leaves(index);
            int at = 0;
            for (int i = 0; i < width; i++) {
                int length = at + 2 <= bytes.length ? (bytes[at] & 255) << 8 | (bytes[at + 1] & 255) : bytes.length;
                if (at + 2 + length > bytes.length) {
                    throw new Broken(path, "ends within entry " + i);
                }
                var leaf = Hashes.leaf(Arrays.copyOfRange(bytes, at + 2, at + 2 + length));
                if (!Arrays.equals(leaf, 0, Hashes.BYTES, leaves, i * Hashes.BYTES, (i + 1) * Hashes.BYTES)) {
                    throw new Broken(path, "entry " + (index * WIDTH + i) + " is not the one that was sealed");
                }
                at += 2 + length;
                findings.held(Findings.Check.INCLUSION);
            }
            if (at != bytes.length && !longer) {
                throw new Broken(path, "goes on behind its entries");
            }
        } catch (Broken broken) {
            findings.fault(Findings.Check.INCLUSION, broken);
        }
    }
}
