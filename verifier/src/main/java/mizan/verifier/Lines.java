package mizan.verifier;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/// The lines of a file of sealed things: `index salt text`, one each, in the order of the log.
final class Lines implements AutoCloseable {
    private static final int MOST_BYTES = 8 << 20;

    private final InputStream in;
    private final String file;
    private byte[] buffer = new byte[1 << 16];
    private int from;
    private int end;
    private long number;
    private boolean ended;

    Lines(Source files, String file) throws IOException {
        this.in = files.open(file);
        this.file = file;
    }

    /// @param bytes the text, `[from, to)` of it
    @SuppressWarnings("ArrayRecordComponent") // The file's buffer, not a copy.
    record Line(String where, String words, byte[] bytes, int from, int to) {
        /// The line's words before the text.
        String word(int place, int of) throws Unreadable {
            var all = words.split(" ", -1);
            if (all.length != of) {
                throw new Unreadable("a line begins with " + of + " words");
            }
            return all[place];
        }

        long number(int place, int of) throws Unreadable {
            return Checkpoint.size(word(place, of));
        }

        byte[] text() {
            return Arrays.copyOfRange(bytes, from, to);
        }

        Json json() throws Unreadable {
            return Json.read(bytes, from, to);
        }
    }

    /// The next line, valid until the one after it is read; empty at the end of the file.
    Optional<Line> next() throws IOException, Broken {
        if (ended) {
            return Optional.empty();
        }
        int newline = find((byte) '\n');
        if (newline < 0) {
            ended = true;
            if (end > from) {
                throw new Broken(
                        file + " line " + (number + 1),
                        end - from > MOST_BYTES ? "has more than " + MOST_BYTES + " bytes" : "does not end");
            }
            return Optional.empty();
        }
        number++;
        int brace = from;
        while (brace < newline && buffer[brace] != '{') {
            brace++;
        }
        var where = file + " line " + number;
        if (brace == from || brace == newline || buffer[brace - 1] != ' ') {
            from = newline + 1;
            throw new Broken(where, "is not an index, a salt and a text");
        }
        var words = new String(buffer, from, brace - 1 - from, StandardCharsets.ISO_8859_1);
        var line = new Line(where, words, buffer, brace, newline);
        from = newline + 1;
        return Optional.of(line);
    }

    /// Where it stands; -1 when the file or the patience with its line ends before.
    private int find(byte wanted) throws IOException {
        int at = from;
        while (true) {
            while (at < end) {
                if (buffer[at] == wanted) {
                    return at;
                }
                at++;
            }
            if (end == buffer.length) {
                int length = end - from;
                if (length > MOST_BYTES) {
                    return -1;
                }
                var larger = length > buffer.length / 2 ? new byte[buffer.length * 2] : new byte[buffer.length];
                System.arraycopy(buffer, from, larger, 0, length);
                buffer = larger;
                at -= from;
                from = 0;
                end = length;
            }
            int n = in.read(buffer, end, buffer.length - end);
            if (n < 0) {
                return -1;
            }
            end += n;
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
