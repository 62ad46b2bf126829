package mizan.server.people;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/// Failed sign-ins, for a login and for a network address: ten in a quarter of an hour, then a quarter of an hour
/// nothing. A passkey is not counted: there is nothing to guess. In memory, so a restart forgets.
final class Attempts {
    static final int MOST = 10;
    static final Duration WINDOW = Duration.ofMinutes(15);
    /// So many different names are remembered; the oldest are forgotten first.
    private static final int MAX_NAMES = 100_000;

    private final InstantSource time;
    private final Map<String, Failures> failures = new LinkedHashMap<>();

    private record Failures(int count, Instant since) {}

    Attempts(InstantSource time) {
        this.time = time;
    }

    synchronized boolean isTooMuch(String name) {
        var known = failures.get(name);
        return known != null
                && known.count() >= MOST
                && time.instant().isBefore(known.since().plus(WINDOW));
    }

    synchronized void failed(String name) {
        var now = time.instant();
        var known = failures.remove(name);
        failures.put(
                name,
                known != null && now.isBefore(known.since().plus(WINDOW))
                        ? new Failures(known.count() + 1, known.since())
                        : new Failures(1, now));
        if (failures.size() > MAX_NAMES) {
            failures.remove(failures.keySet().iterator().next());
        }
    }

    synchronized void succeeded(String name) {
        failures.remove(name);
    }
}
