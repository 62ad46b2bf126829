package mizan.server.viewers;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// The secrets in one file that only its owner can read: a version, then for each secret how many seeds it has, and
/// each
/// seed with its node. It is replaced as a whole; the bytes of the file before are overwritten, as far as the file
/// system writes in place.
public final class SecretFile implements SecretStore {
    private static final int VERSION = 1;
    private final Path file;

    public SecretFile(Path file) {
        this.file = file;
    }

    @Override
    public List<PuncturableSecret> read() {
        if (!Files.exists(file)) {
            return List.of();
        }
        try (var in = new DataInputStream(new ByteArrayInputStream(Files.readAllBytes(file)))) {
            if (in.readInt() != VERSION) {
                throw new IOException(file + " was written by a newer version");
            }
            var secrets = new ArrayList<PuncturableSecret>();
            int count = in.readInt();
            for (int i = 0; i < count; i++) {
                secrets.add(new PuncturableSecret(seeds(in)));
            }
            return secrets;
        } catch (IOException e) {
            throw new UncheckedIOException("the viewers' secrets were not read: " + e.getMessage(), e);
        }
    }

    private static Map<Long, byte[]> seeds(DataInputStream in) throws IOException {
        var seeds = new HashMap<Long, byte[]>();
        int count = in.readInt();
        for (int i = 0; i < count; i++) {
            long node = in.readLong();
            seeds.put(node, in.readNBytes(PuncturableSecret.SEED_BYTES));
        }
        return seeds;
    }

    @Override
    public void write(List<PuncturableSecret> secrets) {
        try {
            var part = file.resolveSibling(file.getFileName() + ".part");
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.deleteIfExists(part);
            Files.createFile(part, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            overwrite(part, bytes(secrets));
            if (Files.exists(file)) {
                // Opened before it loses its name, so that what it held can be overwritten once it is replaced.
                try (var before = FileChannel.open(file, StandardOpenOption.WRITE)) {
                    move(part);
                    before.write(ByteBuffer.allocate((int) before.size()), 0);
                    before.force(true);
                }
            } else {
                move(part);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the viewers' secrets were not written: " + e.getMessage(), e);
        }
    }

    private void move(Path part) throws IOException {
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        try (var folder = FileChannel.open(file.toAbsolutePath().getParent(), Set.of(StandardOpenOption.READ))) {
            folder.force(true);
        }
    }

    private static void overwrite(Path file, byte[] bytes) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            var all = ByteBuffer.wrap(bytes);
            while (all.hasRemaining()) {
                channel.write(all);
            }
            channel.force(true);
        }
    }

    private static byte[] bytes(List<PuncturableSecret> secrets) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(bytes)) {
            out.writeInt(VERSION);
            out.writeInt(secrets.size());
            for (var secret : secrets) {
                out.writeInt(secret.seeds().size());
                for (var seed : new TreeMap<>(secret.seeds()).entrySet()) {
                    out.writeLong(seed.getKey());
                    out.write(seed.getValue());
                }
            }
        }
        return bytes.toByteArray();
    }
}
