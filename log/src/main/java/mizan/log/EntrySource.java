package mizan.log;

import java.io.IOException;
import java.util.List;

/// What the log seals, in its final order. It only grows, and what it has once answered would survive a power cut.
public interface EntrySource {
    /// How many entries there are.
    long size() throws IOException;

    /// Entries `[from, to)`, made anew from what is stored, each 1 to 65,535 bytes.
    ///
    /// @throws IOException when a stored entry is not what it was when it was added
    List<byte[]> read(long from, long to) throws IOException;
}
