package mizan.verifier;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/// Copies a log into a folder, and keeps the copy up to date: only what continues the copy is taken.
///
/// A mirror is what makes a rewritten history visible to others: whoever has the older copy can show both.
public final class Mirror {
    private static final int WIDTH = 256;

    private final Source log;
    private final Path folder;

    Mirror(Source log, Path folder) {
        this.log = log;
        this.folder = folder;
    }

    /// @param size entries in the copy now
    /// @param files how many were fetched
    record Mirrored(long size, long files) {}

    /// @throws Broken when the log does not continue the copy, or is not what its checkpoint says
    Mirrored update() throws IOException, Unreadable, Broken {
        var note = log.read("checkpoint").orElseThrow(() -> new Unreadable("there is no log at this address"));
        var checkpoint = Checkpoint.read(note);
        Optional<Checkpoint> before = Files.exists(folder.resolve("checkpoint"))
                ? Optional.of(Checkpoint.read(Files.readAllBytes(folder.resolve("checkpoint"))))
                : Optional.empty();
        var tree = TileTree.of(log, checkpoint);
        if (before.isPresent()) {
            requireContinued(before.get(), checkpoint, tree);
        }
        long fetched = 0;
        for (long rest = checkpoint.size(), level = 0; rest > 0; rest /= WIDTH, level++) {
            for (long index = 0; index * WIDTH < rest; index++) {
                int width = (int) Math.min(WIDTH, rest - index * WIDTH);
                fetched += take(TileTree.path((int) level, index, width));
                if (level == 0) {
                    fetched += take(TileTree.bundle(index, width));
                }
            }
        }
        var keys = log.read("keys");
        if (keys.isPresent()) {
            write("keys", keys.get());
        }
        write("checkpoint", note);
        return new Mirrored(checkpoint.size(), fetched + 1);
    }

    private static void requireContinued(Checkpoint before, Checkpoint now, TileTree tree) throws IOException, Broken {
        boolean same = before.origin().equals(now.origin())
                && before.size() <= now.size()
                && Hashes.same(tree.rootAt(before.size()), before.root());
        if (!same) {
            throw new Broken(
                    "checkpoint",
                    "the log has " + now.size() + " entries and does not continue the copy of " + before.size()
                            + ": its history was rewritten. Keep the copy: it is the proof");
        }
    }

    /// Files never change once they are there, so what the copy has is not fetched again.
    private int take(String name) throws IOException, Broken {
        if (Files.exists(folder.resolve(name))) {
            return 0;
        }
        var bytes = log.read(name);
        if (bytes.isEmpty() && name.contains(".p/")) {
            bytes = log.read(name.substring(0, name.indexOf(".p/")));
        }
        write(name, bytes.orElseThrow(() -> new Broken(name, "is missing")));
        return 1;
    }

    private void write(String name, byte[] bytes) throws IOException {
        var file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        var part = file.resolveSibling(file.getFileName() + ".part");
        Files.write(part, bytes);
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
