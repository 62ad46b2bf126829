package mizan.server.http;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.common.task.InterruptableTask;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.time.Duration;
import java.util.Set;
import java.util.function.Supplier;

/// Connections whose silence ends: who sends a request or reads an answer too slowly is cut, as is who sends
/// nothing at all. Helidon's own timer closes connections between two requests only, and its time for reading
/// begins again with every byte.
///
/// A connection whose request is being worked on is left alone, however long it takes: an interrupt there would
/// close a file under the journal.
final class PatientConnections implements ServerConnectionSelector {
    private static final ScopedValue<Watched> CURRENT = ScopedValue.newInstance();
    private final ServerConnectionSelector http;

    PatientConnections(Http1Config config) {
        http = Http1ConnectionSelector.builder().config(config).build();
    }

    /// Does work that the timer must not interrupt.
    static <T> T undisturbed(Supplier<T> work) {
        if (!CURRENT.isBound()) {
            return work.get();
        }
        var connection = CURRENT.get();
        connection.begin();
        try {
            return work.get();
        } finally {
            connection.end();
        }
    }

    /// Another piece of a body has come or gone.
    static void moved() {
        if (CURRENT.isBound()) {
            CURRENT.get().moved = System.nanoTime();
        }
    }

    @Override
    public int bytesToIdentifyConnection() {
        return http.bytesToIdentifyConnection();
    }

    @Override
    public Support supports(BufferData data) {
        return http.supports(data);
    }

    @Override
    public Set<String> supportedApplicationProtocols() {
        return http.supportedApplicationProtocols();
    }

    @Override
    public ServerConnection connection(ConnectionContext context) {
        return new Watched(http.connection(context));
    }

    private static final class Watched implements ServerConnection, InterruptableTask<Void> {
        private final ServerConnection connection;
        private volatile long moved = System.nanoTime();
        private boolean working;
        private boolean cut;

        Watched(ServerConnection connection) {
            this.connection = connection;
        }

        @Override
        public void handle(Limit limit) throws InterruptedException {
            ScopedValue.where(CURRENT, this).<Boolean, InterruptedException>call(() -> {
                connection.handle(limit);
                return true;
            });
        }

        @Override
        public boolean canInterrupt() {
            return connection instanceof InterruptableTask<?> task && task.canInterrupt();
        }

        private synchronized void begin() {
            if (cut) {
                throw new CloseConnectionException("the request came too slowly");
            }
            working = true;
        }

        private synchronized void end() {
            working = false;
            moved = System.nanoTime();
        }

        @Override
        public synchronized Duration idleTime() {
            var quiet = Duration.ofNanos(System.nanoTime() - moved);
            var asked = connection.idleTime();
            return working ? Duration.ZERO : quiet.compareTo(asked) < 0 ? quiet : asked;
        }

        /// Helidon's timer asks for a gentle end, which does nothing to a request that is on its way.
        @Override
        public synchronized void close(boolean interrupt) {
            cut = true;
            connection.close(!working);
        }
    }
}
