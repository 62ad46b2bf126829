package mizan.server.reading.pull;

import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
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

    private final SourceStore store;
    private final PostIntake intake;
    private final InstantSource time;
    private final Ids ids;
    private final Map<String, SourceStore.Known> known = new ConcurrentSkipListMap<>();
    private final Map<String, Thread> reading = new ConcurrentHashMap<>();

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
        Optional.ofNullable(reading.get(id)).ifPresent(Thread::interrupt);
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
            if (!due.progress().nextAt().isAfter(now) && !reading.containsKey(id)) {
                var thread = Thread.ofVirtual().name("mizan-source-" + id).unstarted(() -> pull(id, outbound));
                if (reading.putIfAbsent(id, thread) == null) {
                    thread.start();
                }
            }
        }
    }

    /// Reads one source now, on this thread, unless another is at it; a stream is read to its end.
    ///
    /// @return how it stands afterwards, or empty when it was removed
    public Optional<SourceStore.Known> pull(String id, Outbound outbound) {
        var me = Thread.currentThread();
        var reader = reading.putIfAbsent(id, me);
        if (reader != null && !reader.equals(me)) {
            return find(id);
        }
        try {
            return find(id).flatMap(k -> pulled(k, outbound));
        } finally {
            reading.remove(id, me);
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
        var running = List.copyOf(reading.values());
        running.forEach(Thread::interrupt);
        for (var thread : running) {
            try {
                thread.join(Duration.ofSeconds(5));
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                break;
            }
        }
        store.close();
    }
}
