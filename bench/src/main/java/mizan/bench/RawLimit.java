package mizan.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/// What plain Java can reach: one selector thread that counts empty lines and answers each with the same
/// kibibyte. It does nothing that a server has to do, so it is a limit and not a peer.
final class RawLimit {
    private RawLimit() {}

    /// Says its port, serves until its input ends.
    public static void main(String[] arguments) throws IOException {
        var listening =
                ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 1_024);
        Thread.ofPlatform().daemon().start(() -> serve(listening));
        System.out.println(((InetSocketAddress) listening.getLocalAddress()).getPort());
        while (System.in.read() >= 0) {}
    }

    private static void serve(ServerSocketChannel listening) {
        var body = "{\"padding\":\"" + "x".repeat(1_010) + "\"}";
        var head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n";
        var answer = ByteBuffer.allocateDirect(head.length() + body.length())
                .put((head + body).getBytes(StandardCharsets.US_ASCII))
                .flip();
        var in = ByteBuffer.allocateDirect(1 << 16);
        try (var selector = Selector.open()) {
            listening.configureBlocking(false);
            listening.register(selector, SelectionKey.OP_ACCEPT);
            while (true) {
                selector.select(key -> {
                    try {
                        if (key.isAcceptable()) {
                            accept(listening, selector);
                        } else {
                            answer((SocketChannel) key.channel(), in, answer);
                        }
                    } catch (IOException _) {
                        key.cancel();
                    }
                });
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void accept(ServerSocketChannel listening, Selector selector) throws IOException {
        var client = listening.accept();
        if (client != null) {
            client.configureBlocking(false);
            client.setOption(StandardSocketOptions.TCP_NODELAY, true);
            client.register(selector, SelectionKey.OP_READ);
        }
    }

    private static void answer(SocketChannel client, ByteBuffer in, ByteBuffer answer) throws IOException {
        in.clear();
        int read = client.read(in);
        if (read < 0) {
            client.close();
            return;
        }
        for (int i = 3; i < read; i++) {
            if (in.get(i) == '\n' && in.get(i - 2) == '\n') {
                answer.rewind();
                while (answer.hasRemaining()) {
                    client.write(answer);
                }
            }
        }
    }
}
