package mizan.server.reading.pull;

import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import mizan.server.http.Ids;
import mizan.server.reading.PostIntake;
import mizan.server.reading.pull.Outbound.Unreachable;

/// All sources of an engine: which there are, how far each was read, and when it is read next.
///
/// Each is read on a thread of its own, one reading at a time. What goes wrong is kept with the source and
/// waited out, longer after each failure; nothing of it reaches anybody else.
public final class Sources implements AutoCloseable {
    /// Enough for the feeds of a community, and bounded.
    public static final int MAX = 1_000;
    private static final Duration EVERY = Duration.ofMinutes(5);
    /// A stream that ended is opened again soon.
    private static final Duration AGAIN = Duration.ofSeconds(5);

    /// How long somebody waits for a reading that another began.
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final SourceStore store;
    private final PostIntake intake;
    private final InstantSource time;
    private final Ids ids;
    private final Map<String, SourceStore.Known> known = new ConcurrentSkipListMap<>();
    private final Map<String, Run> running = new ConcurrentHashMap<>();

    /// One reading of a source that is on its way.
    private record Run(Thread thread, CountDownLatch done) {}

    public Sources(SourceStore store, PostIntake intake, InstantSource time, Ids ids) {
        this.store = store;
        this.intake = intake;
        this.time = time;
        this.ids = ids;
        store.all().forEach(k -> known.put(k.source().id(), k));
    }

    /// In the order in which they were added.
    public List<SourceStore.Known> all() {
        return List.copyOf(known.values());
    }

    public Optional<SourceStore.Known> find(String id) {
        return Optional.ofNullable(known.get(id));
    }

    /// Adds a source; it is read at the next [#tick]. The same address again is the source that there is.
    public synchronized SourceStore.Known add(Source.Kind kind, URI address) {
        var same = known.values().stream()
                .filter(k -> k.source().kind() == kind && k.source().address().equals(address))
                .findFirst();
        if (same.isPresent()) {
            return same.get();
        }
        var now = time.instant();
        var added = new SourceStore.Known(new Source(ids.next(Source.PREFIX), kind, address, now), Progress.start(now));
        store.put(added);
        known.put(added.source().id(), added);
        return added;
    }

    /// Its posts stay; they are erased by their ids.
    public synchronized boolean remove(String id) {
        var gone = known.remove(id);
        Optional.ofNullable(running.get(id)).ifPresent(run -> run.thread().interrupt());
        if (gone != null) {
            store.remove(id);
        }
        return gone != null;
    }

    /// Starts to read whatever is due. Call it often; it waits for nothing.
    public void tick(Outbound outbound) {
        if (known.isEmpty()) {
            return;
        }
        var now = time.instant();
        for (var due : known.values()) {
            var id = due.source().id();
            if (!due.progress().nextAt().isAfter(now) && !running.containsKey(id)) {
                var done = new CountDownLatch(1);
                var thread = Thread.ofVirtual().name("mizan-source-" + id).unstarted(() -> read(id, outbound, done));
                if (running.putIfAbsent(id, new Run(thread, done)) == null) {
                    thread.start();
                }
            }
        }
    }

    /// Reads one source now, on this thread, or waits for the reading that is on its way; a stream is read to
    /// its end.
    ///
    /// @return how it stands afterwards, or empty when it was removed
    public Optional<SourceStore.Known> pull(String id, Outbound outbound) {
        var done = new CountDownLatch(1);
        var other = running.putIfAbsent(id, new Run(Thread.currentThread(), done));
        if (other == null) {
            return read(id, outbound, done);
        }
        try {
            other.done().await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        return find(id);
    }

    private Optional<SourceStore.Known> read(String id, Outbound outbound, CountDownLatch done) {
        try {
            return find(id).flatMap(k -> pulled(k, outbound));
        } finally {
            running.remove(id);
            done.countDown();
        }
    }

    private Optional<SourceStore.Known> pulled(SourceStore.Known before, Outbound outbound) {
        var source = before.source();
        var delivery = new Delivery(intake, progress -> keep(source, progress));
        Progress after;
        try {
            var reached = connector(source.kind(), outbound).pull(source, before.progress(), delivery);
            var now = time.instant();
            var wait = source.kind() == Source.Kind.JETSTREAM ? AGAIN : EVERY;
            after = reached.succeeded(now, now.plus(wait));
        } catch (Unreachable e) {
            after = before.progress().failed(time.instant(), String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            System.getLogger("mizan.sources").log(System.Logger.Level.ERROR, source.address() + " failed", e);
            after = before.progress()
                    .failed(time.instant(), "failed inside: " + e.getClass().getSimpleName());
        }
        return keep(source, after.counted(delivery.counts()));
    }

    private static Connector connector(Source.Kind kind, Outbound outbound) {
        return switch (kind) {
            case ACTIVITYPUB -> new OutboxConnector(outbound);
            case FEED -> new FeedConnector(outbound);
            case JETSTREAM -> new JetstreamConnector(outbound);
        };
    }

    private synchronized Optional<SourceStore.Known> keep(Source source, Progress progress) {
        if (!known.containsKey(source.id())) {
            return Optional.empty();
        }
        var after = new SourceStore.Known(source, progress);
        store.put(after);
        known.put(source.id(), after);
        return Optional.of(after);
    }

    /// Stops all readings and waits for them.
    @Override
    public void close() {
        var still = List.copyOf(running.values());
        still.forEach(run -> run.thread().interrupt());
        for (var run : still) {
            try {
                run.done().await(5, TimeUnit.SECONDS);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                break;
            }
        }
        store.close();
    }
}
