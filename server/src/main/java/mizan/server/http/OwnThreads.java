package mizan.server.http;

import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;

/// Threads of the system for one kind of traffic, so that it computes beside the others and not before them.
final class OwnThreads implements Lane.Place, AutoCloseable {
    /// Who asked has given up by then.
    private static final long TOO_LATE_NANOS = 10_000_000_000L;

    private final ExecutorService threads;

    OwnThreads(Traffic traffic, int atOnce) {
        var named = Thread.ofPlatform().daemon().name("mizan-" + traffic.name().toLowerCase(Locale.ROOT) + "-", 1);
        threads = Executors.newFixedThreadPool(atOnce, named.factory());
    }

    @Override
    public <T> T done(Supplier<T> work) {
        long asked = System.nanoTime();
        return awaited(threads.submit(() -> {
            if (System.nanoTime() - asked > TOO_LATE_NANOS) {
                throw Lane.overloaded();
            }
            return work.get();
        }));
    }

    /// Waits however often it is interrupted: what was begun is not left alone.
    private static <T> T awaited(Future<T> begun) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return begun.get();
                } catch (InterruptedException _) {
                    interrupted = true;
                } catch (ExecutionException e) {
                    throw unwrapped(e);
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static RuntimeException unwrapped(ExecutionException failed) {
        return switch (failed.getCause()) {
            case RuntimeException e -> e;
            case Error e -> throw e;
            case null, default -> new IllegalStateException(failed);
        };
    }

    @Override
    public void close() {
        threads.shutdown();
    }
}
