package mizan.verifier;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/// Named files: those of a proof pack, of a mirrored folder, or of a log's web address.
interface Source extends AutoCloseable {
    /// Empty when there is no such file.
    Optional<byte[]> read(String name) throws IOException;

    /// A file to be read from its beginning to its end; empty of content when there is no such file.
    default InputStream open(String name) throws IOException {
        return new ByteArrayInputStream(read(name).orElse(new byte[0]));
    }

    @Override
    default void close() throws IOException {}
}
