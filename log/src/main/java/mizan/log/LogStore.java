package mizan.log;

import java.io.IOException;
import java.util.Optional;

/// Where the public files of a log are kept: names as in its addresses, such as `tile/0/000.p/17`.
public interface LogStore {
    /// A file's bytes; empty when there is none.
    Optional<byte[]> read(String name) throws IOException;

    /// Writes a file as a whole or not at all. It replaces one of the same name, and need not be durable before
    /// [#force] returns.
    void write(String name, byte[] bytes) throws IOException;

    /// Returns when everything written before would survive a power cut.
    void force() throws IOException;

    /// Deletes a folder's files; nothing happens when there is none. May come back after a power cut.
    void deleteFolder(String folder) throws IOException;
}
