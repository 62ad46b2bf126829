package mizan.verifier;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/// A proof pack: a zip file. Nothing is unpacked to the disk, and nothing but a line or a tile is in memory.
///
/// Whatever is wrong with the file is a [ZipException] that names the member.
final class PackFile implements Source {
    /// Tiles, bundles and checkpoints are smaller by far; a larger one is an attack.
    private static final int MOST_BYTES = 32 << 20;

    private final ZipFile zip;

    PackFile(Path file) throws IOException {
        this.zip = opened(file);
        try {
            requireEachOnce();
        } catch (IOException e) {
            zip.close();
            throw e;
        }
    }

    private static ZipFile opened(Path file) throws IOException {
        try {
            return new ZipFile(file.toFile());
        } catch (EOFException _) {
            throw new ZipException("the zip file ends before what its directory says");
        }
    }

    /// Of two members with one name this program would read one, and another program the other.
    private void requireEachOnce() throws ZipException {
        var names = new HashSet<String>();
        for (var entries = zip.entries(); entries.hasMoreElements(); ) {
            var name = entries.nextElement().getName();
            if (!names.add(name)) {
                throw new ZipException(name + " is there twice");
            }
        }
    }

    Set<String> names() {
        return zip.stream().map(ZipEntry::getName).collect(Collectors.toSet());
    }

    @Override
    public Optional<byte[]> read(String name) throws IOException {
        if (zip.getEntry(name) == null) {
            return Optional.empty();
        }
        try (var in = open(name)) {
            var bytes = in.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw new ZipException(name + " is larger than " + MOST_BYTES + " bytes");
            }
            return Optional.of(bytes);
        }
    }

    @Override
    public InputStream open(String name) throws IOException {
        var entry = zip.getEntry(name);
        if (entry == null) {
            return InputStream.nullInputStream();
        }
        try {
            return new Unpacked(name, zip.getInputStream(entry));
        } catch (ZipException e) {
            throw named(name, e);
        }
    }

    private static ZipException named(String name, IOException e) {
        var named = new ZipException(name + " cannot be unpacked: " + e.getMessage());
        named.initCause(e);
        return named;
    }

    /// Names the member whose bytes are damaged.
    private static final class Unpacked extends FilterInputStream {
        private final String name;

        Unpacked(String name, InputStream in) {
            super(in);
            this.name = name;
        }

        @Override
        public int read() throws IOException {
            var one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 255;
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            try {
                return super.read(into, from, length);
            } catch (ZipException | EOFException e) {
                throw named(name, e);
            }
        }
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
