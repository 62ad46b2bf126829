package mizan.server.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;

/// One transaction for all who wait: whoever finds the file free writes for the others too, so a disk's force
/// is shared instead of queued for.
final class Rounds<T> {
    /// Writes items in one transaction; durable when it returns, and nothing is written when it throws.
    interface Transaction<T> {
        void write(List<T> items);
    }

    private final Transaction<T> transaction;
    private final ReentrantLock writing = new ReentrantLock();
    private final ConcurrentLinkedQueue<Waiting<T>> queue = new ConcurrentLinkedQueue<>();

    /// Guarded by the lock, but for the item.
    private static final class Waiting<T> {
        final T item;
        boolean done;
        Optional<RuntimeException> failure = Optional.empty();

        Waiting(T item) {
            this.item = item;
        }
    }

    Rounds(Transaction<T> transaction) {
        this.transaction = transaction;
    }

    /// Returns when the item is durable.
    void write(T item) {
        var mine = new Waiting<>(item);
        queue.add(mine);
        writing.lock();
        try {
            if (!mine.done) {
                round();
            }
            mine.failure.ifPresent(failure -> {
                throw failure;
            });
        } finally {
            writing.unlock();
        }
    }

    private void round() {
        var batch = new ArrayList<Waiting<T>>();
        for (var next = queue.poll(); next != null; next = queue.poll()) {
            batch.add(next);
        }
        Optional<RuntimeException> failure = Optional.empty();
        try {
            transaction.write(batch.stream().map(w -> w.item).toList());
        } catch (RuntimeException e) {
            failure = Optional.of(e);
        }
        for (var one : batch) {
            one.done = true;
            one.failure = failure;
        }
    }
}
