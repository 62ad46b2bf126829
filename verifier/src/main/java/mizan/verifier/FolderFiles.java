package mizan.verifier;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// A log that was mirrored into a folder.
record FolderFiles(Path folder) implements Source {
    @Override
    public Optional<byte[]> read(String name) throws IOException {
        var file = folder.resolve(name);
        return Files.isRegularFile(file) ? Optional.of(Files.readAllBytes(file)) : Optional.empty();
    }
}
