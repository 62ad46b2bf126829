package mizan.server.rating;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import mizan.core.feed.FeedPost;
import mizan.core.suitability.PostVerdict;
import mizan.core.suitability.Rater;
import mizan.core.suitability.Ratings;
import mizan.core.suitability.text.LanguageGuess;
import mizan.log.Sha256;

/// The posts that ads may stand beside: read once, rated once, looked up by id at every decision.
///
/// Who sends posts ahead of time waits until they are kept ([#keep]). Who sends them with a feed does not
/// ([#take]): they are written at the next [#tick], and a power cut before it costs the words behind their
/// commitments, never a verdict, which is in the decision's own record.
public final class Posts implements AutoCloseable {
    /// How long words are kept after the post was sent new or changed: advertisers have that long to ask what
    /// stood beside their ad.
    public static final Duration KEPT = Duration.ofDays(90);
    /// And at most this many versions, the newest ones.
    public static final long MAX_KEPT = 2_000_000;
    /// Posts in memory; the oldest go first and are read from the store when they are asked for again.
    private static final int MAX_IN_MEMORY = 100_000;
    private static final long MAX_CHARS_IN_MEMORY = 64L << 20;
    /// Posts that wait to be written; while there are as many, further ones count as unrated.
    private static final int MAX_WAITING = 10_000;
    private static final long MAX_CHARS_WAITING = 16L << 20;
    private static final Duration BETWEEN_PRUNING = Duration.ofHours(1);

    private final Raters raters;
    private final PostStore store;
    private final InstantSource time;
    private final RandomGenerator random;
    private final List<PostChanges> listeners = new CopyOnWriteArrayList<>();
    private final Object memory = new Object();
    private final Map<String, KnownPost> known = new LinkedHashMap<>();
    private long knownChars;
    private List<KnownPost> waiting = new ArrayList<>();
    private long waitingChars;
    /// Counted, so that nobody remembers what was read from the store just before it was erased.
    private long erasures;
    /// Held while the store is written, so that versions get there in the order in which they were taken.
    private final ReentrantLock writing = new ReentrantLock();
    private Instant pruneAt;
    private volatile Consumer<Collection<String>> alsoErasing = _ -> {};

    public Posts(Raters raters, PostStore store, InstantSource time, RandomGenerator random) {
        this.raters = raters;
        this.store = store;
        this.time = time;
        this.random = random;
        this.pruneAt = time.instant();
    }

    /// Who judges a post when it comes in, in order of authority.
    public List<Rater> builtInRaters() {
        return raters.atOnce();
    }

    /// From now on, whoever this is hears of every change.
    public void onChange(PostChanges listener) {
        listeners.add(listener);
    }

    /// Reads and rates posts, and returns when they would survive a power cut.
    public List<KnownPost> keep(List<IncomingPost> incoming) {
        var kept = new ArrayList<KnownPost>();
        for (var post : incoming) {
            var taken = taken(post);
            while (taken.isEmpty()) {
                flush();
                taken = taken(post);
            }
            kept.add(taken.get());
        }
        flush();
        return kept;
    }

    /// Reads and rates a post without waiting for a disk. When the disk is so far behind that no more posts
    /// can wait for it, the post counts as unrated: an ad never stands beside what nobody could show later.
    public KnownPost take(IncomingPost incoming) {
        return taken(incoming).orElseGet(() -> KnownPost.unrated(incoming, time.instant()));
    }

    /// The post as it is known from now on, or empty when too many wait to be written. One that is known
    /// already and unchanged is neither rated nor written again.
    private Optional<KnownPost> taken(IncomingPost incoming) {
        var content = Fingerprint.of(incoming);
        var fingerprint = content + '.' + raters.fingerprint();
        var before = find(incoming.id());
        if (before.isPresent() && before.get().fingerprint().equals(fingerprint)) {
            return before;
        }
        var unchanged = before.filter(b -> b.fingerprint().startsWith(content + '.'));
        var read = read(incoming, fingerprint, unchanged);
        synchronized (memory) {
            if (waiting.size() >= MAX_WAITING || waitingChars >= MAX_CHARS_WAITING) {
                return Optional.empty();
            }
            waiting.add(read);
            waitingChars += read.chars();
            remember(read);
            // Here, so that nobody can write the post before those who listen know of it.
            before.ifPresent(b -> tell(new PostChanges.Change(b, Optional.of(read), read.takenAt())));
        }
        return Optional.of(read);
    }

    private void tell(PostChanges.Change change) {
        listeners.forEach(listener -> listener.changed(change));
    }

    /// A post that is not public is known without its words and without a verdict.
    ///
    /// @param unchanged the version before, when only the raters are others: what people said of it still
    ///     holds, so it keeps its commitment
    private KnownPost read(IncomingPost incoming, String fingerprint, Optional<KnownPost> unchanged) {
        var now = time.instant();
        var text = incoming.publicPost() ? incoming.content().text().orElse("") : "";
        var salt = unchanged.map(KnownPost::salt).orElseGet(this::salt);
        var language = language(text, incoming.language());
        var ratings = incoming.publicPost() ? raters.rate(incoming.content(), language, now) : Ratings.NONE;
        for (var earlier : unchanged.map(u -> u.ratings().verdicts()).orElse(List.of())) {
            ratings = raters.saysLater(earlier) ? ratings.with(earlier) : ratings;
        }
        return new KnownPost(
                incoming.id(),
                incoming.authors(),
                language,
                incoming.community(),
                incoming.topics(),
                ratings,
                text,
                salt,
                commitment(salt, text),
                fingerprint,
                now);
    }

    /// Found in the words. A claim stands only for a language that cannot be found in them.
    private static Optional<String> language(String text, Optional<String> claimed) {
        return LanguageGuess.of(text).or(() -> claimed.filter(c -> !LanguageGuess.canTell(c)));
    }

    private String salt() {
        synchronized (memory) {
            return HexFormat.of().toHexDigits(random.nextLong())
                    + HexFormat.of().toHexDigits(random.nextLong());
        }
    }

    /// Called with the memory's lock held.
    private void remember(KnownPost post) {
        forget(post.id());
        known.put(post.id(), post);
        knownChars += post.chars();
        while (known.size() > MAX_IN_MEMORY || knownChars > MAX_CHARS_IN_MEMORY) {
            forget(known.keySet().iterator().next());
        }
    }

    private void forget(String id) {
        var gone = known.remove(id);
        knownChars -= gone == null ? 0 : gone.chars();
    }

    public Optional<KnownPost> find(String id) {
        while (true) {
            long before;
            synchronized (memory) {
                var found = known.get(id);
                if (found != null) {
                    return Optional.of(found);
                }
                before = erasures;
            }
            var stored = store.find(id);
            synchronized (memory) {
                if (erasures == before) {
                    // What somebody sent meanwhile is newer than what was read.
                    stored.filter(_ -> !known.containsKey(id)).ifPresent(this::remember);
                    return Optional.ofNullable(known.get(id));
                }
            }
        }
    }

    /// Adds what somebody said of a version after it was rated; decisions go by it when this returns.
    ///
    /// @return the version with all that was said of it; empty when it is no longer the newest of its post,
    ///     or its words are not kept, as of a post that is not public
    public Optional<KnownPost> add(String id, String commitment, PostVerdict verdict) {
        writing.lock();
        try {
            flush();
            var before = find(id).filter(
                            p -> p.commitment().equals(commitment) && !p.text().isEmpty());
            var after = before.map(p -> p.with(p.ratings().with(verdict)));
            after.ifPresent(post -> {
                synchronized (memory) {
                    tell(new PostChanges.Change(before.get(), after, time.instant()));
                }
                store.add(id, commitment, verdict, post.ratings().question());
                synchronized (memory) {
                    var current = known.get(id);
                    if (current != null && current.commitment().equals(commitment)) {
                        remember(post);
                    }
                }
            });
            return after;
        } finally {
            writing.unlock();
        }
    }

    /// Posts that an outside rater has not yet answered for and may be asked about now, longest due first.
    public List<PostStore.Awaited> awaiting(String rater, int most) {
        flush();
        return store.awaiting(rater, time.instant(), most);
    }

    /// How many posts wait for this rater's answer.
    public long awaitedCount(String rater) {
        return store.awaitedCount(rater);
    }

    /// Asks a rater about this version again, not before then.
    public void postpone(String rater, KnownPost post, Instant until) {
        store.postpone(rater, post.id(), post.commitment(), until);
    }

    /// Asks a person to look at a post.
    ///
    /// @return false when there is no such post
    public boolean report(String id, String words) {
        flush();
        return store.report(id, words);
    }

    /// What waits for a person, the most urgent first.
    public List<PostStore.Open> open(int most) {
        flush();
        return store.open(most);
    }

    public long openCount() {
        return store.openCount();
    }

    /// The words behind a commitment, as long as they are kept.
    public Optional<KnownPost> opening(String commitment) {
        flush();
        return store.opening(commitment);
    }

    /// Who else keeps something of posts, and deletes it with them.
    public void onErase(Consumer<Collection<String>> erasing) {
        alsoErasing = erasing;
    }

    /// Deletes the words of posts, as their authors may ask. Commitments stay and say nothing without the
    /// salt. No ad stands beside such a post until it is sent again.
    ///
    /// @return how many of them were known
    public int erase(Collection<String> ids) {
        writing.lock();
        try {
            flush();
            var now = time.instant();
            ids.stream()
                    .distinct()
                    .flatMap(id -> find(id).stream())
                    .forEach(post -> tell(new PostChanges.Change(post, Optional.empty(), now)));
            listeners.forEach(PostChanges::settle);
            int erased = store.erase(ids);
            alsoErasing.accept(ids);
            synchronized (memory) {
                erasures++;
                ids.forEach(this::forget);
            }
            return erased;
        } finally {
            writing.unlock();
        }
    }

    /// Writes what waits and, now and then, drops what is too old to be asked for.
    public void tick() {
        flush();
        var now = time.instant();
        if (!now.isBefore(pruneAt)) {
            pruneAt = now.plus(BETWEEN_PRUNING);
            store.prune(now.minus(KEPT), MAX_KEPT);
        }
    }

    /// Returns when all posts taken so far are kept: one write for all who wait.
    private void flush() {
        writing.lock();
        try {
            List<KnownPost> batch;
            synchronized (memory) {
                if (waiting.isEmpty()) {
                    return;
                }
                batch = List.copyOf(waiting);
            }
            listeners.forEach(PostChanges::settle);
            store.append(batch);
            synchronized (memory) {
                waiting = new ArrayList<>(waiting.subList(batch.size(), waiting.size()));
                waitingChars = waiting.stream().mapToLong(KnownPost::chars).sum();
            }
        } finally {
            writing.unlock();
        }
    }

    /// A post that nobody sent: without a verdict, so no ad stands beside it.
    public static FeedPost unknown(String id) {
        return new FeedPost(
                id, List.of(), Optional.empty(), Optional.empty(), Set.of(), Optional.empty(), Map.of(), Set.of(), "");
    }

    static String commitment(String salt, String text) {
        return Sha256.hex(salt + text);
    }

    @Override
    public void close() {
        try {
            flush();
        } finally {
            store.close();
        }
    }
}
