package mizan.server.booking;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import mizan.core.campaign.AdGroupId;
import mizan.core.campaign.AdId;
import mizan.core.campaign.AdvertiserId;
import mizan.core.campaign.Book;
import mizan.core.campaign.CampaignId;
import mizan.core.campaign.CreativeId;
import mizan.core.campaign.PlacementId;
import mizan.core.campaign.Touched;
import mizan.core.identity.SortableId;
import mizan.core.suitability.Terms;
import mizan.core.suitability.TermsId;
import mizan.server.http.ApiKeys;
import mizan.server.http.Fields;
import mizan.server.http.Ids;
import mizan.server.http.Problem;
import mizan.server.http.ProblemCode;
import tools.jackson.databind.node.ObjectNode;

/// Everything that changes the book. A change is checked, written durably, and visible to decisions before
/// it is answered.
///
/// Calls that come while another one is being written wait together and are written together, in the order in
/// which they came: one forced write for all of them. While many come, they are gathered for a moment; see
/// [#gather].
public final class Booking {
    /// A tenth of what a change may take to be in force, and ten changes in one write at a thousand a second.
    private static final long GATHERED_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private final BookStore store;
    private final InstantSource time;
    private final Ids ids;
    private final PastBooks past;
    private final ConcurrentLinkedQueue<Asked> waiting = new ConcurrentLinkedQueue<>();
    private final ReentrantLock writing = new ReentrantLock();
    /// Whether the last write was of several calls. Read and written under the lock.
    private boolean inCompany;
    /// Whether the last write failed, and may have happened all the same. Read and written under the lock.
    private boolean inDoubt;

    private final List<BiConsumer<Book, Touched>> listeners = new CopyOnWriteArrayList<>();
    private volatile Book book;
    private volatile long imageAt;

    public Booking(BookStore store, InstantSource time, Ids ids) {
        this.store = store;
        this.time = time;
        this.ids = ids;
        this.past = new PastBooks(store);
        var image = BookImage.of(store).orElse(Book.EMPTY);
        this.imageAt = image.revision();
        var builder = new BookBuilder(image);
        store.read(image.revision(), Long.MAX_VALUE, builder::apply);
        this.book = builder.book();
    }

    /// Who asks for a change, and why.
    public record Author(String actor, String why) {}

    /// What a change did.
    ///
    /// @param changed names of the fields that differ from before
    public record Booked(Kind kind, String id, long revision, ObjectNode body, Set<String> changed) {}

    /// A wish for one thing: a new one when `id` is empty, else the fields that shall differ.
    public record Wish(Kind kind, Optional<String> id, String verb, ObjectNode fields) {}

    public Book book() {
        return book;
    }

    /// Called with each new book and what differs in it, before the change is answered. Changes that were
    /// written together come together.
    public void onChange(BiConsumer<Book, Touched> listener) {
        listeners.add(listener);
        listener.accept(book, Touched.all(book));
    }

    /// The book as it was at a revision, for explaining old decisions.
    public Book bookAt(long revision) {
        return past.at(revision, book);
    }

    /// The changes after a revision, oldest first.
    public List<Change> changes(long after, int limit) {
        var found = new ArrayList<Change>();
        store.read(after, Math.min(after + limit, book.revision()), found::add);
        return found;
    }

    public List<Change> history(String id, int limit) {
        return store.history(id, limit);
    }

    /// The stored fields of a thing.
    public Optional<ObjectNode> body(Kind kind, String id) {
        return body(book, kind, id);
    }

    private static Optional<ObjectNode> body(Book book, Kind kind, String id) {
        return SortableId.hasForm(kind.prefix(), id) ? BookBuilder.body(book, kind, id) : Optional.empty();
    }

    /// Terms as they would be booked, checked as if they were: a change of some, or new ones.
    ///
    /// @throws mizan.server.http.Refused with every wrong field
    public Terms terms(Optional<String> id, ObjectNode sent) {
        var known = book;
        var after = id.map(i -> merged(existing(known, Kind.TERMS, i), sent)).orElse(sent);
        var fields = Fields.of(BookJson.sharingNames(after.deepCopy()));
        var version = id.map(i -> known.terms().get(new TermsId(i)))
                .map(t -> t.version() + 1)
                .orElse(1);
        var read = BookJson.terms(fields, id.orElse(PROPOSED), version, time.instant());
        references(Kind.TERMS, fields, known);
        fields.done();
        return read;
    }

    /// Terms that nobody has booked.
    private static final String PROPOSED = "trm_00000000000000000000000000";

    /// Something as it would be booked.
    ///
    /// @param before empty for a new thing
    public record Proposed(Optional<ObjectNode> before, ObjectNode after) {}

    /// What a wish would make, checked as if it were carried out now. Nothing is.
    ///
    /// @throws mizan.server.http.Refused with every wrong field
    public Proposed propose(Wish wish) {
        var known = book;
        var id = wish.id().orElse(wish.kind().prefix() + PROPOSED.substring(PROPOSED.indexOf('_')));
        var before = wish.id().map(i -> existing(known, wish.kind(), i));
        var after = before.map(b -> merged(b, wish.fields())).orElse(wish.fields());
        check(new BookBuilder(known), wish.kind(), id, after, time.instant());
        return new Proposed(before, after);
    }

    /// A name for the fields of one thing as they are: others make another.
    public static String version(ObjectNode body) {
        return ApiKeys.hash(body.toString()).substring(0, 32);
    }

    public Booked apply(Wish wish, Author author) {
        return apply(List.of(wish), author).getFirst();
    }

    /// Carries out a wish after looking at what is there now. Nobody changes it between the look and the change.
    ///
    /// @param look refuses what does not fit the stored fields
    public Booked apply(Wish wish, Author author, Consumer<ObjectNode> look) {
        return apply(wish, author, look, (_, _) -> {});
    }

    /// The same, and a look at what a sound wish would make of it, before anything is written.
    ///
    /// @param weigh refuses by the fields before, empty for a new thing, and after
    public Booked apply(
            Wish wish, Author author, Consumer<ObjectNode> look, BiConsumer<Optional<ObjectNode>, ObjectNode> weigh) {
        return apply(new Asked(List.of(wish), author, look, weigh)).getFirst();
    }

    /// Carries out wishes together: all of them or, when one is refused, none.
    ///
    /// @throws mizan.server.http.Refused with every wrong field
    public List<Booked> apply(List<Wish> wishes, Author author) {
        return apply(new Asked(wishes, author, _ -> {}, (_, _) -> {}));
    }

    private List<Booked> apply(Asked mine) {
        waiting.add(mine);
        writing.lock();
        try {
            // Whoever wrote before may have taken it along.
            if (!mine.done) {
                gather();
                writeWaiting();
            }
        } finally {
            writing.unlock();
        }
        return mine.answer();
    }

    /// Waits for others to be written with, when the calls of the last write had company: each write is forced to
    /// disk, compiled and published, whatever its size. Whoever changes one thing after the other never waits.
    private void gather() {
        if (inCompany) {
            LockSupport.parkNanos(GATHERED_NANOS);
        }
    }

    /// One call: what it wants, and what became of it. Written and read under the lock.
    private static final class Asked {
        final List<Wish> wishes;
        final Author author;
        final Consumer<ObjectNode> look;
        final BiConsumer<Optional<ObjectNode>, ObjectNode> weigh;
        List<Booked> booked = List.of();
        Optional<RuntimeException> failure = Optional.empty();
        boolean done;

        Asked(
                List<Wish> wishes,
                Author author,
                Consumer<ObjectNode> look,
                BiConsumer<Optional<ObjectNode>, ObjectNode> weigh) {
            this.wishes = wishes;
            this.author = author;
            this.look = look;
            this.weigh = weigh;
        }

        void fail(RuntimeException e) {
            failure = Optional.of(e);
            done = true;
        }

        List<Booked> answer() {
            failure.ifPresent(f -> {
                throw f;
            });
            return booked;
        }
    }

    /// When a booked thing was last changed.
    public Instant updatedAt(String id) {
        return store.history(id, 1).stream().map(Change::at).findFirst().orElse(Instant.EPOCH);
    }

    private void writeWaiting() {
        var together = new ArrayList<Asked>();
        for (var asked = waiting.poll(); asked != null; asked = waiting.poll()) {
            together.add(asked);
        }
        inCompany = together.size() > 1;
        var changes = new ArrayList<Change>();
        try {
            takeOver();
        } catch (RuntimeException e) {
            together.forEach(a -> a.fail(e));
            return;
        }
        var next = book;
        for (var asked : together) {
            try {
                next = carryOut(asked, next, changes);
            } catch (RuntimeException refused) {
                asked.failure = Optional.of(refused);
            }
        }
        try {
            write(next, changes);
        } catch (RuntimeException e) {
            together.stream().filter(a -> a.failure.isEmpty()).forEach(a -> a.failure = Optional.of(e));
        }
        together.forEach(a -> a.done = true);
    }

    private void write(Book next, List<Change> changes) {
        if (changes.isEmpty()) {
            return;
        }
        inDoubt = true;
        store.append(changes);
        inDoubt = false;
        publish(next, changes);
    }

    private void publish(Book next, List<Change> changes) {
        book = next;
        var touched = touched(changes);
        listeners.forEach(l -> l.accept(next, touched));
    }

    /// Takes over what a write that seemed to fail has written after all.
    public void endDoubt() {
        if (writing.tryLock()) {
            try {
                takeOver();
            } finally {
                writing.unlock();
            }
        }
    }

    private void takeOver() {
        if (!inDoubt) {
            return;
        }
        var builder = new BookBuilder(book);
        var written = new ArrayList<Change>();
        store.read(book.revision(), Long.MAX_VALUE, change -> {
            builder.apply(change);
            written.add(change);
        });
        inDoubt = false;
        if (!written.isEmpty()) {
            publish(builder.book(), written);
        }
    }

    /// Checks one call against the book that the calls before it make. Answers the book with it; when it is
    /// refused, nothing of it was added.
    private Book carryOut(Asked asked, Book before, List<Change> changes) {
        // As precise as it is stored, so that a restart makes the same book.
        var at = time.instant().truncatedTo(ChronoUnit.MILLIS);
        var builder = new BookBuilder(before);
        var booked = new ArrayList<Booked>();
        var made = new ArrayList<Change>();
        for (var wish : asked.wishes) {
            var known = builder.book();
            var id = wish.id().orElseGet(() -> ids.next(wish.kind().prefix()));
            var old = wish.id().map(i -> existing(known, wish.kind(), i));
            old.ifPresent(asked.look);
            var after = old.map(b -> merged(b, wish.fields())).orElse(wish.fields());
            check(builder, wish.kind(), id, after, at);
            asked.weigh.accept(old, after);
            var changed = old.map(b -> differing(b, after)).orElseGet(() -> names(after));
            if (old.isPresent() && changed.isEmpty()) {
                builder = new BookBuilder(known);
            } else {
                builder.at(known.revision() + 1);
                made.add(new Change(
                        known.revision() + 1,
                        wish.kind(),
                        id,
                        wish.verb(),
                        asked.author.actor(),
                        asked.author.why(),
                        at,
                        after));
            }
            booked.add(new Booked(wish.kind(), id, builder.book().revision(), after, changed));
        }
        asked.booked = booked;
        changes.addAll(made);
        return builder.book();
    }

    /// Adds one thing to a book that is being made, or refuses it with every wrong field.
    private static void check(BookBuilder builder, Kind kind, String id, ObjectNode after, Instant at) {
        var known = builder.book();
        var fields = Fields.of(BookJson.sharingNames(after.deepCopy()));
        builder.put(kind, id, fields, at);
        references(kind, fields, known);
        if (fields.sound()) {
            Claims.check(known, kind, id, fields);
        }
        fields.done();
    }

    private static ObjectNode existing(Book book, Kind kind, String id) {
        return body(book, kind, id)
                .orElseThrow(() -> Problem.of(ProblemCode.NOT_FOUND).refused());
    }

    /// RFC 7396: sent fields replace, null removes, all others stay as they are. Objects are merged one
    /// level deep.
    private static ObjectNode merged(ObjectNode before, ObjectNode sent) {
        var after = before.deepCopy();
        for (var name : sent.propertyNames()) {
            var value = sent.get(name);
            if (value.isNull()) {
                after.remove(name);
            } else if (value instanceof ObjectNode object && after.get(name) instanceof ObjectNode old) {
                after.set(name, merged(old, object));
            } else {
                after.set(name, value);
            }
        }
        return after;
    }

    private static Set<String> differing(ObjectNode before, ObjectNode after) {
        var changed = new LinkedHashSet<String>();
        for (var name : names(before)) {
            if (!before.get(name).equals(after.get(name))) {
                changed.add(name);
            }
        }
        for (var name : after.propertyNames()) {
            if (!before.has(name)) {
                changed.add(name);
            }
        }
        return changed;
    }

    private static Set<String> names(ObjectNode node) {
        return new LinkedHashSet<>(node.propertyNames());
    }

    /// What a thing refers to must be booked, if only by an earlier wish.
    private static void references(Kind kind, Fields fields, Book book) {
        if (!fields.sound()) {
            return;
        }
        switch (kind) {
            case CAMPAIGN -> {
                require(fields, "advertiser", id -> book.advertisers().containsKey(new AdvertiserId(id)));
                require(fields, "suitability_terms", id -> book.terms().containsKey(new TermsId(id)));
            }
            case TERMS, CREATIVE ->
                require(fields, "advertiser", id -> book.advertisers().containsKey(new AdvertiserId(id)));
            case AD_GROUP -> require(fields, "campaign", id -> book.campaigns().containsKey(new CampaignId(id)));
            case AD -> {
                require(fields, "ad_group", id -> book.adGroups().containsKey(new AdGroupId(id)));
                require(fields, "creative", id -> book.creatives().containsKey(new CreativeId(id)));
            }
            case ADVERTISER, PLACEMENT -> {}
        }
    }

    private static void require(Fields fields, String name, Predicate<String> known) {
        var id = fields.optionalText(name, 40);
        if (id.isPresent() && !known.test(id.get())) {
            fields.error(name, ProblemCode.UNKNOWN_REFERENCE);
        }
    }

    private static Touched touched(List<Change> changes) {
        return new Touched(
                ids(changes, Kind.ADVERTISER, AdvertiserId::new),
                ids(changes, Kind.CAMPAIGN, CampaignId::new),
                ids(changes, Kind.AD_GROUP, AdGroupId::new),
                ids(changes, Kind.AD, AdId::new),
                ids(changes, Kind.CREATIVE, CreativeId::new),
                ids(changes, Kind.PLACEMENT, PlacementId::new),
                ids(changes, Kind.TERMS, TermsId::new));
    }

    private static <T> Set<T> ids(List<Change> changes, Kind kind, Function<String, T> id) {
        return changes.stream()
                .filter(c -> c.kind() == kind)
                .map(c -> id.apply(c.id()))
                .collect(Collectors.toSet());
    }

    /// Keeps an image of the book, so that the next start need not read the history.
    ///
    /// @param behind how many versions the last one may lie behind before it is worth another
    public void keepImage(long behind) {
        var now = book;
        if (now.revision() - imageAt > behind) {
            BookImage.keep(now, store);
            imageAt = now.revision();
        }
    }

    /// A start reads so many versions beside an image in the time of the image itself.
    public long worthAnImage() {
        return Math.max(2_000, (book.adGroups().size() + book.ads().size()) / 2);
    }

    public Instant now() {
        return time.instant();
    }
}
