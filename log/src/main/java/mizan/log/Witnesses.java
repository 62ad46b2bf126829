package mizan.log;

import java.io.IOException;
import java.util.List;

/// Who vouches that a log only grew.
public interface Witnesses {
    /// Nobody.
    Witnesses NONE = (_, _, _) -> List.of();

    /// Asks every witness for its cosignature of a checkpoint; whoever does not answer in time is left out.
    ///
    /// @param note the checkpoint as the log signed it
    /// @param proofs from any earlier size
    /// @return signature lines with their newlines, each checked
    List<String> cosign(Checkpoint checkpoint, String note, Proofs proofs) throws IOException;

    /// Shows that the checkpoint's tree begins with an older one.
    interface Proofs {
        List<byte[]> from(long oldSize) throws IOException;
    }
}
