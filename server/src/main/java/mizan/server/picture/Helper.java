package mizan.server.picture;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import mizan.server.http.Problem;
import mizan.server.http.ProblemCode;
import mizan.server.picture.redraw.Redraw;
import mizan.server.picture.redraw.Redrawn;

/// Has pictures drawn anew, each in a process of its own with little memory and little time. Whatever a picture does to
/// that process, the server goes on.
final class Helper {
    /// A picture of the most pixels takes two to three seconds of one core.
    static final Duration TIME = Duration.ofSeconds(15);
    /// Each takes up to a core and half a gigabyte.
    private static final int AT_ONCE = 2;

    /// Whoever waits keeps others' changes of the book from a thread, so few may.
    private static final int WAITING = 2;

    private static final Redrawn TOO_MUCH = new Redrawn.Refused(Redrawn.Reason.TOO_MUCH_WORK, List.of());

    private final Semaphore places = new Semaphore(AT_ONCE + WAITING);
    private final Semaphore room = new Semaphore(AT_ONCE, true);
    private final List<String> program;
    private final Duration time;

    Helper() {
        this(
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx448m",
                        "-Xss1m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:-UsePerfData",
                        "-XX:+DisableAttachMechanism",
                        "-XX:+ExitOnOutOfMemoryError",
                        "-Djava.awt.headless=true",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Redraw.class.getName()),
                TIME);
    }

    /// @param program what draws anew
    Helper(List<String> program, Duration time) {
        this.program = List.copyOf(program);
        this.time = time;
    }

    /// @throws mizan.server.http.Refused when others wait already
    Redrawn redraw(byte[] sent) {
        if (!places.tryAcquire()) {
            throw Problem.of(ProblemCode.OVERLOADED)
                    .with("retry-after", Long.toString(time.toSeconds()))
                    .refused();
        }
        try {
            room.acquire();
            try {
                return run(sent);
            } finally {
                room.release();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return TOO_MUCH;
        } finally {
            places.release();
        }
    }

    private Redrawn run(byte[] sent) throws InterruptedException {
        Process process;
        try {
            process = Confined.start(program);
        } catch (IOException e) {
            throw new IllegalStateException("the helper for pictures does not start: " + e.getMessage(), e);
        }
        var watch = Thread.ofVirtual().start(() -> endInTime(process));
        try (var in = process.getInputStream()) {
            try (var out = process.getOutputStream()) {
                out.write(sent);
            }
            return Redraw.read(in);
        } catch (IOException _) {
            // It ended before its answer did: out of memory, out of time, or worse.
            return TOO_MUCH;
        } finally {
            process.destroyForcibly();
            watch.join();
        }
    }

    private void endInTime(Process process) {
        try {
            if (!process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException _) {
            process.destroyForcibly();
        }
    }
}
