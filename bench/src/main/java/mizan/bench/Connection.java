package mizan.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// One keep-alive connection of the load generator: sends ready-made bytes, reads whole answers, and takes no
/// status but 200, 202 and, where it is looked for, 503. `java.net.http` costs more CPU time than the server it would
/// measure.
final class Connection implements AutoCloseable {
    private static final byte[] OK = ascii("HTTP/1.1 200 ");
    private static final byte[] ACCEPTED = ascii("HTTP/1.1 202 ");
    private static final byte[] REFUSED = ascii("HTTP/1.1 503 ");
    private static final byte[] QUOTE = ascii("\"");
    private static final byte[] LENGTH = ascii("content-length:");
    private static final byte[] HEAD_END = ascii("\r\n\r\n");

    private final Socket socket;
    private byte[] in = new byte[1 << 16];
    private int bodyStart;
    private int bodyEnd;

    Connection(int port) throws IOException {
        socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(20_000);
    }

    /// Sends one request and reads its whole answer, which must not be a refusal.
    void exchange(byte[] request) throws IOException {
        if (!answered(request)) {
            throw new IllegalStateException(
                    "the server refused: " + new String(in, 0, bodyEnd, StandardCharsets.UTF_8));
        }
    }

    /// Sends one request and reads its whole answer.
    ///
    /// @return false when the server was too busy
    boolean answered(byte[] request) throws IOException {
        socket.getOutputStream().write(request);
        int filled = 0;
        int head = -1;
        while (head < 0) {
            filled = more(filled);
            head = find(HEAD_END, 0, filled);
        }
        boolean refused = begins(REFUSED);
        if (!begins(OK) && !begins(ACCEPTED) && !refused) {
            throw new IllegalStateException("the server answered " + new String(in, 0, filled, StandardCharsets.UTF_8));
        }
        bodyStart = head + HEAD_END.length;
        bodyEnd = bodyStart + length(head);
        while (filled < bodyEnd) {
            filled = more(filled);
        }
        if (filled > bodyEnd) {
            throw new IllegalStateException("the answer is longer than it says");
        }
        return !refused;
    }

    /// How often these bytes are in the body of the last answer.
    int count(byte[] text) {
        int found = 0;
        for (int at = find(text, bodyStart, bodyEnd); at >= 0; at = find(text, at + text.length, bodyEnd)) {
            found++;
        }
        return found;
    }

    /// The texts that stand between these bytes and a quotation mark in the body of the last answer.
    List<String> texts(byte[] before) {
        var texts = new ArrayList<String>();
        for (int at = find(before, bodyStart, bodyEnd); at >= 0; at = find(before, at, bodyEnd)) {
            at += before.length;
            int end = find(QUOTE, at, bodyEnd);
            texts.add(new String(in, at, end - at, StandardCharsets.US_ASCII));
        }
        return texts;
    }

    private boolean begins(byte[] text) {
        return Arrays.equals(text, 0, text.length, in, 0, text.length);
    }

    private int more(int filled) throws IOException {
        if (filled == in.length) {
            in = Arrays.copyOf(in, 2 * filled);
        }
        int read = socket.getInputStream().read(in, filled, in.length - filled);
        if (read < 0) {
            throw new IOException("the server closed the connection");
        }
        return filled + read;
    }

    private int length(int head) {
        for (int at = 0; at < head; at++) {
            int i = 0;
            while (i < LENGTH.length && (in[at + i] | 0x20) == (LENGTH[i] | 0x20)) {
                i++;
            }
            if (i == LENGTH.length) {
                int from = at + i;
                int to = find(ascii("\r\n"), from, head + 2);
                return Integer.parseInt(new String(in, from, to - from, StandardCharsets.US_ASCII).strip());
            }
        }
        throw new IllegalStateException("the answer does not say how long it is");
    }

    private int find(byte[] text, int from, int to) {
        for (int at = from; at <= to - text.length; at++) {
            if (in[at] == text[0] && Arrays.equals(text, 0, text.length, in, at, at + text.length)) {
                return at;
            }
        }
        return -1;
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
