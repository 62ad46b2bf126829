package mizan.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LanesTest {
    private final AtomicInteger refused = new AtomicInteger();

    @Test
    void givenAsManyAsMay_whenAnotherComes_thenItIsRefusedAtOnceAndToldWhenToComeAgain() throws Exception {
        var lane = new Lane(3, Supplier::get, refused::incrementAndGet);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var gate = new CountDownLatch(1);
            var inside = new CountDownLatch(3);
            var running = new ArrayList<Future<String>>();
            for (int i = 0; i < 3; i++) {
                running.add(threads.submit(() -> lane.work(() -> occupied(inside, gate))));
            }
            inside.await();
            var full = assertThrows(Refused.class, () -> lane.work(() -> "done"));
            assertEquals(ProblemCode.OVERLOADED, full.problem().code());
            assertEquals("1", full.problem().headers().get("retry-after"));
            assertEquals(1, refused.get());
            gate.countDown();
            for (var one : running) {
                assertEquals("occupied", one.get());
            }
        }
        assertEquals("done", lane.work(() -> "done"), "there is room again");
    }

    @Test
    void givenWorkThatFails_whenItIsOver_thenItsPlaceIsFree() {
        var lane = new Lane(1, Supplier::get, refused::incrementAndGet);
        for (int i = 0; i < 3; i++) {
            assertThrows(
                    IllegalStateException.class,
                    () -> lane.work(() -> {
                        throw new IllegalStateException("as it should");
                    }));
        }
        assertEquals(0, refused.get());
    }

    /// More reads than the machine has processors compute until a decision was made: on the threads that
    /// decisions run on they would wait for it for ever.
    @Test
    void givenReadsThatComputeWithoutEnd_whenADecisionComes_thenItIsMadeBesideThem() throws Exception {
        int cores = Runtime.getRuntime().availableProcessors();
        var decided = new AtomicBoolean();
        try (var lanes = new Lanes(cores, _ -> {});
                var connections = Executors.newVirtualThreadPerTaskExecutor()) {
            var reads = new ArrayList<Future<Integer>>();
            var begun = new CountDownLatch(2 * cores);
            for (int i = 0; i < 2 * cores; i++) {
                reads.add(connections.submit(() -> lanes.work(Traffic.READS, () -> {
                    begun.countDown();
                    int rounds = 0;
                    while (!decided.get()) {
                        rounds++;
                    }
                    return rounds;
                })));
            }
            begun.await();
            var decision = connections.submit(() -> lanes.work(Traffic.DECISIONS, () -> {
                decided.set(true);
                return "decided";
            }));
            assertEquals("decided", decision.get());
            for (var read : reads) {
                assertTrue(read.get() != 0);
            }
        }
    }

    @Test
    void givenAHandlerThatRefuses_whenItRunsOnAnotherThread_thenTheRefusalArrives() {
        try (var lanes = new Lanes(1, _ -> {})) {
            var refused = assertThrows(
                    Refused.class,
                    () -> lanes.work(Traffic.CHANGES, () -> {
                        throw Problem.of(ProblemCode.NOT_FOUND).refused();
                    }));
            assertEquals(ProblemCode.NOT_FOUND, refused.problem().code());
        }
    }

    @Test
    void givenBodiesThatFillTheRoom_whenAnotherLargeOneComes_thenItIsRefusedAndSmallOnesAreNot() {
        var room = new BodyRoom(64 << 20);
        try (var _ = room.take(8 << 20)) {
            assertThrows(Refused.class, () -> room.take(1 << 20));
            room.take(10_000).close();
        }
        room.take(8 << 20).close();
    }

    private static String occupied(CountDownLatch inside, CountDownLatch gate) {
        inside.countDown();
        try {
            gate.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return "occupied";
    }
}
