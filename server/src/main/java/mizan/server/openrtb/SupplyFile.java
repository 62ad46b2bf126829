package mizan.server.openrtb;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import mizan.server.http.Fields;
import mizan.server.http.Refused;
import mizan.server.http.StrictJson;

/// The operator's [Supply] in a file that people may write too: it is read at the start, and replaced whole.
public final class SupplyFile {
    private final Optional<Path> file;
    private volatile Supply current;

    private SupplyFile(Optional<Path> file, Supply current) {
        this.file = file;
        this.current = current;
    }

    /// Ends with the process.
    public static SupplyFile inMemory() {
        return new SupplyFile(Optional.empty(), Supply.NONE);
    }

    /// @throws IllegalStateException when there is a file that says something wrong
    public static SupplyFile open(Path file) throws IOException {
        if (!Files.exists(file)) {
            return new SupplyFile(Optional.of(file), Supply.NONE);
        }
        try {
            var fields = Fields.of(StrictJson.object(Files.readAllBytes(file)));
            var supply = Supply.read(fields);
            fields.done();
            return new SupplyFile(Optional.of(file), supply);
        } catch (Refused refused) {
            throw new IllegalStateException(
                    file + ": " + refused.problem().code().text()
                            + refused.problem().param().map(p -> " at " + p).orElse(""),
                    refused);
        }
    }

    public Supply current() {
        return current;
    }

    /// In force when this returns, and after a restart.
    public synchronized void replace(Supply next) {
        try {
            if (file.isPresent()) {
                var written = file.get().resolveSibling(file.get().getFileName() + ".new");
                Files.write(written, StrictJson.bytes(next.json()));
                Files.move(written, file.get(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        current = next;
    }
}
