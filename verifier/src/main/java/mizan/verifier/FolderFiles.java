package mizan.verifier;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// A log that was mirrored into a folder.
record FolderFiles(Path folder) implements Source {
    private static final int MOST_BYTES = 32 << 20;

    @Override
    public Optional<byte[]> read(String name) throws IOException {
        var file = folder.resolve(name);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        if (Files.size(file) > MOST_BYTES) {
            throw new IOException(file + " is larger than " + MOST_BYTES + " bytes");
        }
        return Optional.of(Files.readAllBytes(file));
    }
}
