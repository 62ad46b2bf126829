package mizan.server.journal;

import java.io.IOException;
import java.util.List;

/// One folder of files, as far as the journal needs it; a simulation puts a faulty one in its place.
///
/// Written bytes may be lost in a power cut until [File#force] returns, a new file's name until
/// [#forceFolder] returns.
public interface Disk extends AutoCloseable {
    /// Names in the folder, in any order.
    List<String> names() throws IOException;

    /// Opens a file for reading and appending, making it if there is none.
    File open(String name) throws IOException;

    void delete(String name) throws IOException;

    /// Makes names durable: files made or deleted before stay so after a power cut.
    void forceFolder() throws IOException;

    @Override
    void close() throws IOException;

    /// One open file.
    interface File extends AutoCloseable {
        long size() throws IOException;

        /// Reads up to `length` bytes from `position` into `into` at `offset`; answers how many, fewer only
        /// at the end of the file.
        int read(long position, byte[] into, int offset, int length) throws IOException;

        /// Writes at the end. On an exception any part of it may have been written.
        void append(byte[] bytes, int length) throws IOException;

        void truncate(long size) throws IOException;

        /// Returns when everything written before would survive a power cut.
        void force() throws IOException;

        @Override
        void close() throws IOException;
    }
}
