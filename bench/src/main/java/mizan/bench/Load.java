package mizan.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/// Sends requests over a fixed number of connections, one thread each.
final class Load {
    private static final byte[] AD = Connection.ascii("\"impression\":");
    private static final byte[] TOKEN = Connection.ascii("\"token\":\"");
    private static final List<String> REPORTED = List.of("RENDERED", "VIEWABLE");
    /// Latencies above this are counted as this.
    private static final long MOST_NANOS = 20_000_000_000L;

    private final int port;
    private final int connections;
    private final List<byte[]> requests;
    private final boolean reporting;
    private final boolean mayRefuse;
    private final AtomicInteger next = new AtomicInteger();

    Load(int port, int connections, List<byte[]> requests) {
        this(port, connections, requests, false, false);
    }

    private Load(int port, int connections, List<byte[]> requests, boolean reporting, boolean mayRefuse) {
        this.port = port;
        this.connections = connections;
        this.requests = requests;
        this.reporting = reporting;
        this.mayRefuse = mayRefuse;
    }

    /// The same, but what each answer shows is reported as rendered, and then as viewable, before the next request:
    /// two requests more, each answered when it is on the disk. Latencies are those of the first answer.
    Load reporting() {
        return new Load(port, connections, requests, true, mayRefuse);
    }

    /// The same over so many connections, and the server may say that it is too busy.
    Load pressing(int manyConnections) {
        return new Load(port, manyConnections, requests, reporting, true);
    }

    /// @param answers refusals not counted
    /// @param nanos latency of each answer
    /// @param ads in all answers together
    /// @param refusals latency of each refusal, from the moment when its request left
    record Result(long answers, double seconds, long ads, Histogram nanos, Histogram refusals) {
        double perSecond() {
            return answers / seconds;
        }

        double micros(double percentile) {
            return nanos.getValueAtPercentile(percentile) / 1e3;
        }
    }

    /// Closed loop: every connection asks again as soon as it was answered, so this finds the most the
    /// server can do; its latencies say little, because a slow server is asked less often.
    Result closed(Duration time) {
        return run(time, 0);
    }

    /// Open loop: requests leave by the clock, however slow the answers are, and latency counts from the
    /// moment a request should have left (G. Tene, "How NOT to Measure Latency": no coordinated omission).
    Result open(Duration time, double perSecond) {
        return run(time, (long) (1e9 * connections / perSecond));
    }

    private Result run(Duration time, long every) {
        long start = System.nanoTime();
        long end = start + time.toNanos();
        try (var threads = Executors.newFixedThreadPool(connections)) {
            var parts = new ArrayList<Callable<Result>>();
            for (int i = 0; i < connections; i++) {
                // Staggered, so that the connections together send evenly.
                long first = start + every * i / connections;
                parts.add(() -> one(first, end, every));
            }
            long answers = 0;
            long ads = 0;
            var nanos = new Histogram(MOST_NANOS, 3);
            var refusals = new Histogram(MOST_NANOS, 3);
            for (var part : threads.invokeAll(parts)) {
                var result = part.get();
                answers += result.answers();
                ads += result.ads();
                nanos.add(result.nanos());
                refusals.add(result.refusals());
            }
            return new Result(answers, (System.nanoTime() - start) / 1e9, ads, nanos, refusals);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private Result one(long first, long end, long every) {
        var nanos = new Histogram(MOST_NANOS, 3);
        var refusals = new Histogram(MOST_NANOS, 3);
        long answers = 0;
        long ads = 0;
        try (var connection = new Connection(port)) {
            for (long due = first; due < end && System.nanoTime() < end; due += every) {
                for (long early = due - System.nanoTime(); early > 0; early = due - System.nanoTime()) {
                    LockSupport.parkNanos(early);
                }
                long left = System.nanoTime();
                long began = every == 0 ? left : due;
                var request = requests.get(Math.floorMod(next.getAndIncrement(), requests.size()));
                if (!connection.answered(request)) {
                    if (!mayRefuse) {
                        throw new IllegalStateException("the server refused a request");
                    }
                    refusals.recordValue(Math.min(MOST_NANOS, System.nanoTime() - left));
                    continue;
                }
                nanos.recordValue(Math.min(MOST_NANOS, System.nanoTime() - began));
                answers++;
                ads += connection.count(AD);
                if (reporting) {
                    report(connection);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Result(answers, 0, ads, nanos, refusals);
    }

    private static void report(Connection connection) throws IOException {
        var tokens = connection.texts(TOKEN);
        if (!tokens.isEmpty()) {
            for (var kind : REPORTED) {
                connection.exchange(FeedRequests.events(kind, tokens));
            }
        }
    }
}
