package mizan.verifier;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/// A proof pack: a zip file. Nothing is unpacked to the disk, and nothing but a line or a tile is in memory.
final class PackFile implements Source {
    /// Tiles, bundles and checkpoints are smaller by far; a larger one is an attack.
    private static final int MOST_BYTES = 32 << 20;

    private final ZipFile zip;

    PackFile(Path file) throws IOException {
        this.zip = new ZipFile(file.toFile());
    }

    @Override
    public Optional<byte[]> read(String name) throws IOException {
        var entry = zip.getEntry(name);
        if (entry == null) {
            return Optional.empty();
        }
        try (var in = zip.getInputStream(entry)) {
            var bytes = in.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw new IOException(name + " is larger than " + MOST_BYTES + " bytes");
            }
            return Optional.of(bytes);
        }
    }

    @Override
    public InputStream open(String name) throws IOException {
        ZipEntry entry = zip.getEntry(name);
        return entry == null ? InputStream.nullInputStream() : zip.getInputStream(entry);
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
