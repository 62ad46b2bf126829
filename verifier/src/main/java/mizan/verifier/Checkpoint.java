package mizan.verifier;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A signed tree head: tlog-checkpoint in a signed-note.
///
/// @param text what is signed, up to and with its last newline
/// @param signatures in their order
@SuppressWarnings("ArrayRecordComponent") // Compared by its text.
record Checkpoint(String origin, long size, byte[] root, String text, List<Line> signatures) {
    private static final int MOST_BYTES = 256 << 10;

    /// A line of the note.
    ///
    /// @param bytes what follows the key's id
    @SuppressWarnings("ArrayRecordComponent") // Nobody compares lines.
    record Line(String name, int id, byte[] bytes) {}

    static Checkpoint read(byte[] note) throws Unreadable {
        if (note.length > MOST_BYTES) {
            throw new Unreadable("a checkpoint is larger than " + MOST_BYTES + " bytes");
        }
        var whole = utf8(note);
        if (whole.chars().anyMatch(c -> c < ' ' && c != '\n')) {
            throw new Unreadable("a note holds a control character");
        }
        int blank = whole.lastIndexOf("\n\n");
        if (blank < 0 || !whole.endsWith("\n")) {
            throw new Unreadable("not a signed note");
        }
        var text = whole.substring(0, blank + 1);
        var lines = text.split("\n", -1);
        if (lines.length < 4 || lines[0].isEmpty()) {
            throw new Unreadable("a checkpoint has at least three lines");
        }
        for (int i = 0; i < lines.length - 1; i++) {
            if (lines[i].isEmpty()) {
                throw new Unreadable("a checkpoint has no empty lines");
            }
        }
        var root = Hashes.base64(lines[2]);
        if (root.length != Hashes.BYTES) {
            throw new Unreadable("a root is 32 bytes");
        }
        return new Checkpoint(lines[0], size(lines[1]), root, text, signatures(whole.substring(blank + 2)));
    }

    private static String utf8(byte[] bytes) throws Unreadable {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException _) {
            throw new Unreadable("not UTF-8");
        }
    }

    static long size(String text) throws Unreadable {
        boolean sound = !text.isEmpty() && text.length() <= 18 && (text.charAt(0) != '0' || text.length() == 1);
        for (int i = 0; i < text.length(); i++) {
            sound &= text.charAt(i) >= '0' && text.charAt(i) <= '9';
        }
        if (!sound) {
            throw new Unreadable("not the size of a tree: " + Hashes.shortened(text));
        }
        return Long.parseLong(text);
    }

    static List<Line> signatures(String lines) throws Unreadable {
        var found = new ArrayList<Line>();
        for (var line : lines.split("\n")) {
            var parts = line.split(" ", -1);
            if (parts.length != 3 || !parts[0].equals("—") || parts[1].isEmpty() || parts[1].contains("+")) {
                throw new Unreadable("not a signature line: " + Hashes.shortened(line));
            }
            var bytes = Hashes.base64(parts[2]);
            if (bytes.length < 5) {
                throw new Unreadable("a signature is too short");
            }
            var buffer = ByteBuffer.wrap(bytes);
            int id = buffer.getInt();
            var rest = new byte[buffer.remaining()];
            buffer.get(rest);
            found.add(new Line(parts[1], id, rest));
        }
        return List.copyOf(found);
    }

    /// What became of a key's signature.
    enum Standing {
        SIGNED,
        WRONG,
        MISSING
    }

    Standing standing(VerifierKey key) {
        var lines = signatures.stream()
                .filter(l -> l.name().equals(key.name()) && l.id() == key.id())
                .toList();
        if (lines.isEmpty()) {
            return Standing.MISSING;
        }
        return lines.stream().allMatch(l -> key.signed(this, l.bytes())) ? Standing.SIGNED : Standing.WRONG;
    }

    /// The keys among these that signed it.
    List<VerifierKey> signers(List<VerifierKey> keys) {
        return keys.stream().filter(k -> standing(k) == Standing.SIGNED).toList();
    }

    Optional<String> firstExtension() {
        return text.lines().skip(3).findFirst();
    }
}
