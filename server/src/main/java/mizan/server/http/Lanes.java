package mizan.server.http;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// The lanes of all kinds of traffic.
///
/// Decisions and signals are worked on where they were read, on virtual threads. Those share few threads of the
/// system and give them back only when they wait: a report that computes for a second would hold up every
/// decision for a second. So changes, sign-ins and reads have threads of their own, between which the system divides
/// the
/// time.
final class Lanes implements AutoCloseable {
    /// At a fifth of a millisecond each, the last of them waits 20 ms.
    private static final int DECISIONS_A_CORE = 100;

    private static final int SIGNALS = 4_096;
    private static final int CHANGES_AT_ONCE = 16;
    /// As many passwords as are hashed at once, and as many passkeys beside them.
    private static final int ENTRANCE_AT_ONCE = 8;

    private static final int WAITING = 256;
    private final Map<Traffic, Lane> lanes = new EnumMap<>(Traffic.class);
    private final List<OwnThreads> threads = new ArrayList<>();

    /// @param cores of the machine
    /// @param refused hears of each request that finds no place
    Lanes(int cores, Consumer<Traffic> refused) {
        lane(Traffic.SIGNALS, SIGNALS, Lanes::here, refused);
        lane(Traffic.DECISIONS, DECISIONS_A_CORE * cores, Lanes::hereAfterTheOthers, refused);
        laneOfItsOwn(Traffic.CHANGES, CHANGES_AT_ONCE, refused);
        laneOfItsOwn(Traffic.ENTRANCE, ENTRANCE_AT_ONCE, refused);
        laneOfItsOwn(Traffic.READS, Math.max(4, 2 * cores), refused);
    }

    private void lane(Traffic traffic, int most, Lane.Place place, Consumer<Traffic> refused) {
        lanes.put(traffic, new Lane(most, place, () -> refused.accept(traffic)));
    }

    private void laneOfItsOwn(Traffic traffic, int atOnce, Consumer<Traffic> refused) {
        var own = new OwnThreads(traffic, atOnce);
        threads.add(own);
        lane(traffic, atOnce + WAITING, own, refused);
    }

    /// Does the work in the lane of its traffic.
    ///
    /// @throws Refused when its turn does not come in time
    <T> T work(Traffic traffic, Supplier<T> work) {
        return Objects.requireNonNull(lanes.get(traffic)).work(work);
    }

    private static <T> T here(Supplier<T> work) {
        return work.get();
    }

    /// Lets every request that has come be read first: only so it is known how many there are, and those that are
    /// too many are refused before, and not after, the work of the others. Were the hint ignored, refusals would
    /// come later and nothing else would change.
    @SuppressWarnings("ThreadPriorityCheck")
    private static <T> T hereAfterTheOthers(Supplier<T> work) {
        Thread.yield();
        return work.get();
    }

    @Override
    public void close() {
        threads.forEach(OwnThreads::close);
    }
}
