package mizan.log;

import java.util.Base64;

/// What a log signs: its name, how many entries it has, and their root. The text of C2SP tlog-checkpoint, without
/// extension lines.
///
/// @param origin the log's name
/// @param root 32 bytes
@SuppressWarnings("ArrayRecordComponent") // Nobody compares checkpoints but by their text.
public record Checkpoint(String origin, long size, byte[] root) {
    /// The signed text.
    public String text() {
        return origin + "\n" + size + "\n" + Base64.getEncoder().encodeToString(root) + "\n";
    }

    /// The checkpoint of a note of our own making.
    static Checkpoint read(String note) {
        var lines = note.split("\n");
        if (lines.length < 4 || !lines[3].isEmpty()) {
            throw new IllegalArgumentException("not a checkpoint");
        }
        return new Checkpoint(
                lines[0], Long.parseLong(lines[1]), Base64.getDecoder().decode(lines[2]));
    }
}
