package mizan.log;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/// A log that is sealed now and then: entries that were added become part of the tree, and a signed checkpoint of the
/// tree is published.
///
/// The order is what makes a fork impossible. Entries are durable before they are hashed, tiles before a checkpoint is
/// signed over them, and a checkpoint is only ever signed over all entries before it. So whenever it is interrupted,
/// the
/// next checkpoint continues each one that anybody may have seen. Only a loss of durable entries could lead to a fork;
/// then the log says so and seals no more.
///
/// For one thread at a time.
public final class SealedLog {
    public static final String CHECKPOINT = "checkpoint";
    private static final int BATCH = 4_096;

    private final LogStore store;
    private final EntrySource entries;
    private final List<LogKey> keys;
    private final String origin;
    private Tiles tiles;
    private long sealed;

    private SealedLog(LogStore store, EntrySource entries, List<LogKey> keys) {
        this.store = store;
        this.entries = entries;
        this.keys = List.copyOf(keys);
        this.origin = keys.getFirst().name();
        this.tiles = Tiles.empty(store);
    }

    /// Opens a log where its last checkpoint left it, and makes tiles anew that went missing.
    ///
    /// @param keys at least one, Ed25519 first; all carry the log's origin as their name
    /// @throws ForkPrevented when the entries are not those that the last checkpoint was signed over
    public static SealedLog open(LogStore store, EntrySource entries, List<LogKey> keys) throws IOException {
        var log = new SealedLog(store, entries, keys);
        var published = store.read(CHECKPOINT);
        if (published.isPresent()) {
            log.resume(Checkpoint.read(new String(published.get(), StandardCharsets.UTF_8)));
        }
        return log;
    }

    private void resume(Checkpoint last) throws IOException {
        if (!last.origin().equals(origin)) {
            throw new ForkPrevented("the log's files are those of " + last.origin() + ", its key is that of " + origin
                    + ". Put the right key back.");
        }
        if (last.size() > entries.size()) {
            throw new ForkPrevented("the log was sealed over " + last.size() + " entries, and only " + entries.size()
                    + " are stored. Sealing others in their place would be a fork: restore the newest backup.");
        }
        var found = Tiles.restored(store, last.size());
        if (found.isPresent() && Arrays.equals(found.get().root(last.size()), last.root())) {
            tiles = found.get();
        } else {
            append(last.size());
            store.force();
        }
        if (!Arrays.equals(tiles.root(last.size()), last.root())) {
            throw new ForkPrevented("the stored entries are not those that were sealed: their root is "
                    + Base64.getEncoder().encodeToString(tiles.root(last.size())) + ", the checkpoint's is "
                    + Base64.getEncoder().encodeToString(last.root()) + ". Restore the newest backup.");
        }
        sealed = last.size();
    }

    private void append(long to) throws IOException {
        while (tiles.size() < to) {
            tiles.append(entries.read(tiles.size(), Math.min(to, tiles.size() + BATCH)));
        }
    }

    /// How many entries the newest published checkpoint holds.
    public long size() {
        return sealed;
    }

    /// The root of the newest published checkpoint, in base64.
    public String root() throws IOException {
        return Base64.getEncoder().encodeToString(tiles.root(sealed));
    }

    /// Seals every entry that is stored by now. Answers how many were new; when there are none, nothing changes.
    ///
    /// @param epochSeconds now
    public long seal(long epochSeconds, Witnesses witnesses) throws IOException {
        long before = sealed;
        long size = entries.size();
        if (size == before && store.read(CHECKPOINT).isPresent()) {
            return 0;
        }
        append(size);
        store.force();
        var checkpoint = new Checkpoint(origin, size, tiles.root(size));
        var note = new StringBuilder(checkpoint.text()).append('\n');
        keys.forEach(key -> note.append(key.sign(checkpoint, epochSeconds)));
        witnesses
                .cosign(checkpoint, note.toString(), old -> tiles.consistency(old, size))
                .forEach(note::append);
        store.write(CHECKPOINT, note.toString().getBytes(StandardCharsets.UTF_8));
        store.force();
        sealed = size;
        tiles.forgetPartials(before);
        return size - before;
    }

    /// That an entry is in the log, for anybody who has the entry: C2SP tlog-proof, in the newest checkpoint.
    public String proof(long index) throws IOException {
        var note = new String(store.read(CHECKPOINT).orElseThrow(), StandardCharsets.UTF_8);
        var lines = new ArrayList<String>();
        lines.add("c2sp.org/tlog-proof@v1");
        lines.add("index " + index);
        tiles.inclusion(index, sealed)
                .forEach(h -> lines.add(Base64.getEncoder().encodeToString(h)));
        lines.add("");
        return String.join("\n", lines) + "\n" + note;
    }

    /// That the log of now begins with the log of an earlier size.
    public List<byte[]> consistency(long old) throws IOException {
        return tiles.consistency(old, sealed);
    }

    public String origin() {
        return origin;
    }

    /// How others name this log's keys.
    public List<String> verifierKeys() {
        return keys.stream().map(LogKey::verifierKey).toList();
    }
}
