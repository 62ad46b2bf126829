package mizan.server.http;

import java.util.concurrent.Semaphore;

/// How many bytes of bodies may be in memory at once: an eighth of the heap for large ones, which with their
/// copies take up to half of it, and as much for small ones, so that who sends large ones does not keep out those
/// who ask for ads.
final class BodyRoom {
    private static final int SMALL = 64 << 10;
    private static final int SHARE = 8;
    private final Semaphore small;
    private final Semaphore large;

    BodyRoom(long heapBytes) {
        int share = (int) Math.min(Integer.MAX_VALUE, Math.max(8L << 20, heapBytes / SHARE));
        small = new Semaphore(share);
        large = new Semaphore(share);
    }

    /// Room that was taken; closing it gives it back.
    interface Taken extends AutoCloseable {
        @Override
        void close();
    }

    /// @param bytes that the body can have at most
    /// @throws Refused when there is no room
    Taken take(int bytes) {
        var room = bytes <= SMALL ? small : large;
        if (!room.tryAcquire(bytes)) {
            throw Problem.of(ProblemCode.OVERLOADED).with("retry-after", "1").refused();
        }
        return () -> room.release(bytes);
    }
}
