package mizan.server.reading.pull;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Lines of UTF-8, none longer than a limit: a stream without line ends would fill the memory.
final class BoundedLines {
    private final InputStream in;
    private final int longest;

    BoundedLines(InputStream in, int longest) {
        this.in = new BufferedInputStream(in, 16_384);
        this.longest = longest;
    }

    /// The next line without its end; empty at the end of the stream.
    Optional<String> next() throws IOException {
        var line = new ByteArrayOutputStream();
        int b = in.read();
        if (b < 0) {
            return Optional.empty();
        }
        for (; b >= 0 && b != '\n'; b = in.read()) {
            if (line.size() >= longest) {
                throw new IOException("a line of more than " + longest + " bytes");
            }
            line.write(b);
        }
        return Optional.of(line.toString(StandardCharsets.UTF_8).strip());
    }
}
