package mizan.server.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/// An append-only log in segments, with checksums and group commit.
///
/// [#append] gives a record its place and returns at once; [#awaitDurable] returns when everything up to a
/// position would survive a power cut. The first to wait writes and forces for all who wait; those who come
/// meanwhile are served by the next round. There is no thread of its own, so a simulation with one thread
/// runs the same code.
///
/// When a round is durable and nobody waits for another, the record that begins the next one is written at
/// once, without a force of its own: it vouches for what stands before it, so that damage to the last
/// acknowledged record is not taken for the torn end of a crash ([Recovery]).
///
/// After a failed write or force the journal stops for good: see [JournalStopped]. Reading goes on.
public final class Journal implements AutoCloseable {
    /// Records that wait to be written may take this many bytes; then appending waits for the disk.
    private static final int MAX_WAITING_BYTES = 64 << 20;
    private static final int SMALL = 1 << 16;
    /// A buffer that grew beyond this in a bad moment is not kept.
    private static final int MAX_KEPT = 8 << 20;

    private final Disk disk;
    private final long segmentBytes;
    private final NavigableMap<Long, Segment> segments = new ConcurrentSkipListMap<>();

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition roundDone = lock.newCondition();
    private ByteBuffer waiting = ByteBuffer.allocate(SMALL);
    /// What the last round was written from, to be filled again: there is one writer, so two buffers do.
    private ByteBuffer spare = ByteBuffer.allocate(SMALL);
    private long end;
    private volatile long durableEnd;
    /// The record that begins the next round is in the file already, and `end` stands behind it.
    private boolean begun;

    private boolean writing;
    private Optional<Throwable> stopped = Optional.empty();

    private Journal(Disk disk, long segmentBytes) {
        this.disk = disk;
        this.segmentBytes = segmentBytes;
    }

    /// Opens the journal of this disk and mends the torn end that a crash may have left.
    ///
    /// @param segmentBytes a new file is begun when one has grown to this size, 1 KiB to 1 GiB
    /// @throws JournalDamaged when records are missing or broken in the middle
    public static Journal open(Disk disk, long segmentBytes) throws IOException {
        var journal = new Journal(disk, segmentBytes);
        new Recovery(disk).run().forEach(s -> journal.segments.put(s.base, s));
        if (journal.segments.isEmpty()) {
            journal.begin(0);
        }
        var newest = journal.segments.lastEntry().getValue();
        journal.end = newest.validEnd();
        // What was read may only have been in the page cache of the process that died: make it so before
        // building on it.
        newest.file.force();
        journal.durableEnd = journal.end;
        journal.begun = newest.roundBeginsBefore(journal.end);
        return journal;
    }

    /// Where a record was put: `start` names it, and it is safe once [#awaitDurable] of `end` returned.
    public record Appended(long start, long end) {}

    /// Puts a record behind the last one. Not durable yet.
    ///
    /// @param kind not 0, which is the journal's own
    /// @param payload at most 1 MiB
    public Appended append(byte kind, byte[] payload) {
        if (payload.length > Segment.MAX_PAYLOAD || kind == Segment.ROUND) {
            throw new IllegalArgumentException(
                    "a record holds at most " + Segment.MAX_PAYLOAD + " bytes, its kind is not 0");
        }
        lock.lock();
        try {
            while (waiting.position() > MAX_WAITING_BYTES) {
                commitOrWait();
            }
            requireRunning();
            ensureRoom(2 * Segment.RECORD_HEADER + payload.length);
            if (waiting.position() == 0 && !begun) {
                put(Segment.ROUND, Segment.NOTHING);
            }
            begun = false;
            long start = end;
            put(kind, payload);
            return new Appended(start, end);
        } finally {
            lock.unlock();
        }
    }

    /// Returns when everything before this position is durable.
    ///
    /// @throws JournalStopped when that will never be
    public void awaitDurable(long position) {
        if (durableEnd >= position) {
            return;
        }
        lock.lock();
        try {
            if (position > end()) {
                throw new IllegalArgumentException("nothing was appended up to " + position);
            }
            while (durableEnd < position) {
                commitOrWait();
            }
        } finally {
            lock.unlock();
        }
    }

    /// Makes everything appended so far durable.
    public void flush() {
        awaitDurable(end());
    }

    public long durableEnd() {
        return durableEnd;
    }

    /// The position after the last record, durable or not.
    public long end() {
        lock.lock();
        try {
            return begun ? durableEnd : end;
        } finally {
            lock.unlock();
        }
    }

    /// Why the journal stopped, if it did.
    public Optional<Throwable> stopped() {
        lock.lock();
        try {
            return stopped;
        } finally {
            lock.unlock();
        }
    }

    /// Reads durable records from a position on, until the visitor answers false or the end known at the
    /// call is reached.
    ///
    /// @param from the start of a record
    /// @return the position behind the last record visited
    public long read(long from, Predicate<Entry> visitor) {
        long until = durableEnd;
        long at = from;
        try {
            while (at < until) {
                var entry = segments.floorEntry(at).getValue().entryAt(at);
                if (entry == null) {
                    throw new JournalDamaged(
                            segments.floorEntry(at).getValue().name, at, "no record where one was written");
                }
                at = entry.end();
                if (entry.kind() != Segment.ROUND && !visitor.test(entry)) {
                    break;
                }
            }
            return at;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The durable record that starts here.
    public Optional<Entry> at(long start) {
        if (start < 0 || start >= durableEnd) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(segments.floorEntry(start).getValue().entryAt(start));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        for (var segment : segments.values()) {
            segment.file.close();
        }
        disk.close();
    }

    /// One round for all who wait, or a wait until the round that is under way has something to tell. Called
    /// with the lock held.
    private void commitOrWait() {
        requireRunning();
        if (writing) {
            for (long seen = durableEnd; writing && durableEnd == seen; ) {
                roundDone.awaitUninterruptibly();
            }
            return;
        }
        writing = true;
        var batch = waiting;
        long batchEnd = end;
        waiting = spare;
        attempt(() -> write(batch, batchEnd));
        spare = batch.capacity() <= MAX_KEPT ? batch.clear() : ByteBuffer.allocate(SMALL);
        if (stopped.isEmpty()) {
            durableEnd = batchEnd;
            roundDone.signalAll();
            vouch();
        }
        writing = false;
        roundDone.signalAll();
    }

    /// Begins the next round in the file, unless there is something to write anyway.
    private void vouch() {
        if (waiting.position() > 0) {
            return;
        }
        var mark = Segment.roundAt(end);
        end += Segment.RECORD_HEADER;
        begun = true;
        attempt(() -> segments.lastEntry().getValue().file.append(mark, mark.length));
    }

    private interface DiskWork {
        void run() throws IOException;
    }

    /// Does this without the lock. What fails stops the journal.
    private void attempt(DiskWork work) {
        lock.unlock();
        Optional<Throwable> failure = Optional.empty();
        try {
            work.run();
        } catch (IOException | RuntimeException e) {
            failure = Optional.of(e);
        } finally {
            lock.lock();
        }
        if (failure.isPresent()) {
            stopped = failure;
        }
    }

    @SuppressWarnings("ByteBufferBackingArray") // Allocated here, so the array is the buffer's, from its first byte on.
    private void write(ByteBuffer batch, long batchEnd) throws IOException {
        var segment = segments.lastEntry().getValue();
        if (batchEnd - batch.position() - segment.base >= segmentBytes) {
            segment.file.force(); // The record that began this round, if it was written ahead, is the old file's.
            segment = begin(batchEnd - batch.position());
        }
        segment.file.append(batch.array(), batch.position());
        segment.file.force();
    }

    private Segment begin(long base) throws IOException {
        var name = Segment.nameFor(base);
        var file = disk.open(name);
        file.append(Segment.header(base), Segment.HEADER);
        file.force();
        disk.forceFolder();
        var segment = new Segment(name, base, file);
        segments.put(base, segment);
        return segment;
    }

    private void put(byte kind, byte[] payload) {
        Segment.put(waiting, end, kind, payload);
        end += Segment.RECORD_HEADER + payload.length;
    }

    private void ensureRoom(int more) {
        if (waiting.remaining() < more) {
            int size = Math.max(waiting.capacity() * 2, waiting.position() + more);
            waiting = ByteBuffer.allocate(size).put(waiting.flip());
        }
    }

    private void requireRunning() {
        stopped.ifPresent(cause -> {
            throw new JournalStopped(cause);
        });
    }

    /// The segments in order; for tests and tools.
    List<Segment> segments() {
        return new ArrayList<>(segments.values());
    }
}
