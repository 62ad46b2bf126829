package mizan.server.reading.pull;

import io.helidon.websocket.WsListener;
import io.helidon.websocket.WsSession;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import mizan.server.http.Refused;
import mizan.server.http.StrictJson;
import mizan.server.reading.PostFormat;
import mizan.server.reading.PostReaders;
import mizan.server.reading.Reading;
import mizan.server.reading.pull.Outbound.Unreachable;
import tools.jackson.databind.JsonNode;

/// Follows a stream of events of the AT protocol in the form of a Jetstream
/// (https://github.com/bluesky-social/jetstream), over a WebSocket or as lines of JSON.
///
/// The cursor is the time of the last event that was kept. After a break the stream goes on a few seconds
/// before it: the same post again costs a hash, a lost one could not be found.
final class JetstreamConnector implements Connector {
    private static final int MAX_BATCH = 200;
    private static final Duration REWIND = Duration.ofSeconds(5);
    /// A connection that says nothing for as long is taken for dead.
    private static final Duration SILENCE = Duration.ofSeconds(60);
    private static final Optional<String> END = Optional.empty();

    private final Outbound outbound;

    JetstreamConnector(Outbound outbound) {
        this.outbound = outbound;
    }

    @Override
    public Progress pull(Source source, Progress before, Delivery delivery) throws Unreachable {
        var address = from(source.address(), before.cursor());
        var events = new ArrayBlockingQueue<Optional<String>>(MAX_BATCH);
        var stream = address.getScheme().startsWith("ws") ? webSocket(address, events) : lines(address, events);
        try {
            return follow(before, events, delivery);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return before;
        } finally {
            stream.close();
        }
    }

    static URI from(URI address, Optional<String> cursor) {
        var query = new StringBuilder(address.getRawQuery() == null ? "" : address.getRawQuery());
        if (query.indexOf("wantedCollections") < 0) {
            query.append(query.isEmpty() ? "" : "&").append("wantedCollections=app.bsky.feed.post");
        }
        cursor.map(Long::parseLong)
                .map(micros -> Math.max(0, micros - REWIND.toMillis() * 1_000))
                .ifPresent(micros -> query.append("&cursor=").append(micros));
        var bare = address.toString().split("[?#]", 2)[0];
        return URI.create(bare + "?" + query);
    }

    /// Each round takes what has come meanwhile, so a fast stream is written in large parts and a slow one
    /// waits for nothing.
    private static Progress follow(Progress before, BlockingQueue<Optional<String>> events, Delivery delivery)
            throws InterruptedException {
        var progress = before;
        while (true) {
            var batch = new ArrayList<Optional<String>>();
            var first = events.poll(SILENCE.toSeconds(), TimeUnit.SECONDS);
            if (first == null) {
                return progress;
            }
            batch.add(first);
            events.drainTo(batch, MAX_BATCH);
            progress = take(progress, batch, delivery);
            delivery.reached(progress);
            if (batch.contains(END)) {
                return progress;
            }
        }
    }

    private static Progress take(Progress before, List<Optional<String>> batch, Delivery delivery) {
        var readings = new ArrayList<Reading>();
        var cursor = before.cursor();
        for (var event : batch) {
            var json = event.flatMap(JetstreamConnector::json);
            if (json.isPresent()) {
                var reading =
                        PostReaders.read(PostFormat.ATPROTO, json.get(), "").getFirst();
                // Accounts and identities come in between and are nothing to count.
                if (!(reading instanceof Reading.NoPost)) {
                    readings.add(reading);
                }
                long micros = json.get().path("time_us").asLong(0);
                cursor = micros > 0 ? Optional.of(Long.toString(micros)) : cursor;
            } else if (event.isPresent() && !event.get().isEmpty()) {
                delivery.refuse();
            }
        }
        delivery.take(readings);
        return before.at(cursor);
    }

    private static Optional<JsonNode> json(String line) {
        try {
            return Optional.of(StrictJson.value(line.getBytes(StandardCharsets.UTF_8)));
        } catch (Refused _) {
            return Optional.empty();
        }
    }

    private interface Stream extends AutoCloseable {
        @Override
        void close();
    }

    private Stream webSocket(URI address, BlockingQueue<Optional<String>> events) throws Unreachable {
        var listener = new Frames(events);
        outbound.listen(address, listener);
        return listener::stop;
    }

    private Stream lines(URI address, BlockingQueue<Optional<String>> events) {
        var reader = Thread.ofVirtual().name("mizan-lines").start(() -> {
            try {
                outbound.lines(address, Map.of("accept", "application/jsonl"), line -> put(events, Optional.of(line)));
            } catch (Unreachable e) {
                System.getLogger("mizan.sources").log(System.Logger.Level.INFO, e.getMessage());
            } finally {
                put(events, END);
            }
        });
        return reader::interrupt;
    }

    /// Waits for room: that the other side has to wait too is what keeps the memory in bounds.
    private static boolean put(BlockingQueue<Optional<String>> events, Optional<String> event) {
        try {
            events.put(event);
            return true;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /// Puts the frames of a message together.
    private static final class Frames implements WsListener {
        private final BlockingQueue<Optional<String>> events;
        private final StringBuilder message = new StringBuilder();
        private volatile Optional<WsSession> open = Optional.empty();
        private volatile boolean stopped;

        Frames(BlockingQueue<Optional<String>> events) {
            this.events = events;
        }

        @Override
        public void onOpen(WsSession session) {
            open = Optional.of(session);
        }

        @Override
        public void onMessage(WsSession session, String text, boolean last) {
            message.append(text);
            if (message.length() > Outbound.MAX_LINE) {
                session.terminate();
                return;
            }
            if (last) {
                add(Optional.of(message.toString()));
                message.setLength(0);
            }
        }

        @Override
        public void onClose(WsSession session, int status, String reason) {
            add(END);
        }

        @Override
        public void onError(WsSession session, Throwable t) {
            add(END);
        }

        private void add(Optional<String> event) {
            if (!stopped) {
                put(events, event);
            }
        }

        void stop() {
            stopped = true;
            events.clear(); // lets go whoever waits for room
            try {
                open.ifPresent(WsSession::terminate);
            } catch (RuntimeException _) {
                // The other side has closed it already.
            }
        }
    }
}
