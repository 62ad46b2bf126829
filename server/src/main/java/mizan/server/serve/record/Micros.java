package mizan.server.serve.record;

import java.time.Instant;

/// Instants as microseconds since 1970: as precise as records keep them.
public final class Micros {
    private Micros() {}

    public static long of(Instant at) {
        return Math.addExact(Math.multiplyExact(at.getEpochSecond(), 1_000_000L), at.getNano() / 1_000);
    }

    public static Instant instant(long micros) {
        return Instant.ofEpochSecond(Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1_000);
    }
}
