package mizan.sim.disk;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import mizan.server.journal.Disk;

/// A folder in memory with a page cache that a power cut takes away.
///
/// What was written since the last force may be lost, kept, or kept in part: pages of 512 bytes survive
/// independently of each other and in any order, the last one torn at any byte. A file whose name was not
/// forced may vanish. A force that fails drops what it was asked to keep, as Linux does, and the next one
/// reports success.
public final class FaultyDisk implements Disk {
    private static final int PAGE = 512;
    private final RandomGenerator random;
    private final Map<String, Bytes> files;
    private double forceFailure;
    private boolean ignoringForce;
    private long room = Long.MAX_VALUE;

    public FaultyDisk(RandomGenerator random) {
        this(random, new HashMap<>());
    }

    private FaultyDisk(RandomGenerator random, Map<String, Bytes> files) {
        this.random = random;
        this.files = files;
    }

    /// Each force fails with this probability from now on.
    public FaultyDisk failingForces(double probability) {
        forceFailure = probability;
        return this;
    }

    /// The planted bug: a force that does nothing and says it did. Checks that hold on such a disk check
    /// nothing.
    public FaultyDisk ignoringForce() {
        ignoringForce = true;
        return this;
    }

    /// Appending fails once this many more bytes are written.
    public FaultyDisk withRoom(long bytes) {
        room = bytes;
        return this;
    }

    /// The disk as it is found after a power cut now, with no further faults set.
    public FaultyDisk afterPowerCut() {
        var found = new HashMap<String, Bytes>();
        files.forEach((name, bytes) -> {
            if (bytes.named || random.nextBoolean()) {
                found.put(name, bytes.survivors(random));
            }
        });
        return new FaultyDisk(random, found);
    }

    /// Flips one bit of one file's content; answers false when there is nothing to flip.
    public boolean flipBit() {
        return damaged()
                .map(content -> content[random.nextInt(content.length)] ^= (byte) (1 << random.nextInt(8)))
                .isPresent();
    }

    /// Fills one page of one file with zeros; answers false when there is none.
    public boolean zeroPage() {
        return damaged()
                .map(content -> {
                    int page = random.nextInt((content.length + PAGE - 1) / PAGE) * PAGE;
                    Arrays.fill(content, page, Math.min(page + PAGE, content.length), (byte) 0);
                    return content;
                })
                .isPresent();
    }

    private Optional<byte[]> damaged() {
        var candidates = files.values().stream()
                .map(b -> b.content)
                .filter(c -> c.length > 0)
                .toList();
        return candidates.isEmpty() ? Optional.empty() : Optional.of(candidates.get(random.nextInt(candidates.size())));
    }

    @Override
    public List<String> names() {
        return new ArrayList<>(files.keySet());
    }

    @Override
    public File open(String name) {
        return new Open(files.computeIfAbsent(name, _ -> new Bytes()));
    }

    @Override
    public void delete(String name) {
        files.remove(name);
    }

    @Override
    public void forceFolder() {
        if (!ignoringForce) {
            files.values().forEach(b -> b.named = true);
        }
    }

    @Override
    public void close() {}

    private static final class Bytes {
        byte[] content = {};
        byte[] durable = {};
        boolean named;

        Bytes survivors(RandomGenerator random) {
            var kept = new Bytes();
            kept.named = true;
            int length = content.length <= durable.length
                    ? durable.length
                    : durable.length + random.nextInt(content.length - durable.length + 1);
            kept.content = new byte[length];
            System.arraycopy(durable, 0, kept.content, 0, Math.min(durable.length, length));
            for (int page = durable.length / PAGE * PAGE; page < length; page += PAGE) {
                if (random.nextBoolean()) {
                    int from = Math.max(page, durable.length);
                    int to = Math.min(page + PAGE, length);
                    System.arraycopy(content, from, kept.content, from, Math.max(0, to - from));
                }
            }
            kept.durable = kept.content.clone();
            return kept;
        }
    }

    private final class Open implements File {
        private final Bytes bytes;

        Open(Bytes bytes) {
            this.bytes = bytes;
        }

        @Override
        public long size() {
            return bytes.content.length;
        }

        @Override
        public int read(long position, byte[] into, int offset, int length) {
            int n = Math.clamp(bytes.content.length - position, 0, length);
            if (n > 0) {
                System.arraycopy(bytes.content, (int) position, into, offset, n);
            }
            return n;
        }

        @Override
        public void append(byte[] from, int length) throws IOException {
            int n = (int) Math.min(length, room);
            int size = bytes.content.length;
            bytes.content = Arrays.copyOf(bytes.content, size + n);
            System.arraycopy(from, 0, bytes.content, size, n);
            room -= n;
            if (n < length) {
                throw new IOException("No space left on device");
            }
        }

        @Override
        public void truncate(long size) {
            bytes.content = Arrays.copyOf(bytes.content, (int) size);
            bytes.durable = Arrays.copyOf(bytes.durable, (int) Math.min(size, bytes.durable.length));
        }

        @Override
        public void force() throws IOException {
            if (ignoringForce) {
                return;
            }
            if (forceFailure > 0 && random.nextDouble() < forceFailure) {
                bytes.content = bytes.durable.clone();
                throw new IOException("Input/output error");
            }
            bytes.durable = bytes.content.clone();
        }

        @Override
        public void close() {}
    }
}
