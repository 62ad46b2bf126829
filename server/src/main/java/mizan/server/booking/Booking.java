package mizan.server.booking;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import mizan.core.campaign.AdGroupId;
import mizan.core.campaign.AdvertiserId;
import mizan.core.campaign.Book;
import mizan.core.campaign.CampaignId;
import mizan.core.campaign.CreativeId;
import mizan.core.suitability.TermsId;
import mizan.server.http.Fields;
import mizan.server.http.Ids;
import mizan.server.http.Problem;
import mizan.server.http.ProblemCode;
import tools.jackson.databind.node.ObjectNode;

/// Everything that changes the book. A change is checked, written durably, and visible to decisions before
/// it is answered.
public final class Booking {
    private final BookStore store;
    private final InstantSource time;
    private final Ids ids;
    private final ReentrantLock lock = new ReentrantLock();
    private final List<Consumer<Book>> listeners = new CopyOnWriteArrayList<>();
    private final BookBuilder builder = new BookBuilder();
    private final Map<String, Instant> updatedAt = new ConcurrentHashMap<>();
    private volatile Book book;

    public Booking(BookStore store, InstantSource time, Ids ids) {
        this.store = store;
        this.time = time;
        this.ids = ids;
        store.read(Long.MAX_VALUE, this::take);
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

    /// Called with each new book, before the change is answered.
    public void onChange(Consumer<Book> listener) {
        listeners.add(listener);
        listener.accept(book);
    }

    /// The book as it was at a revision, for explaining old decisions.
    public Book bookAt(long revision) {
        if (revision == book.revision()) {
            return book;
        }
        var past = new BookBuilder();
        store.read(revision, past::apply);
        return past.book();
    }

    public List<Change> history(String id, int limit) {
        return store.history(id, limit);
    }

    /// The stored fields of a thing.
    public Optional<ObjectNode> body(Kind kind, String id) {
        lock.lock();
        try {
            return mizan.core.identity.SortableId.hasForm(kind.prefix(), id)
                    ? builder.body(kind, id)
                    : Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    public Booked apply(Wish wish, Author author) {
        return apply(List.of(wish), author).getFirst();
    }

    /// Carries out a wish after looking at what is there now. Nobody changes it between the look and the change.
    ///
    /// @param look refuses what does not fit the stored fields
    public Booked apply(Wish wish, Author author, Consumer<ObjectNode> look) {
        lock.lock();
        try {
            wish.id().ifPresent(id -> look.accept(existing(wish.kind(), id)));
            return apply(wish, author);
        } finally {
            lock.unlock();
        }
    }

    /// Carries out wishes together: all of them or, when one is refused, none.
    ///
    /// @throws mizan.server.http.Refused with every wrong field
    public List<Booked> apply(List<Wish> wishes, Author author) {
        lock.lock();
        try {
            var at = time.instant();
            var changes = new ArrayList<Change>();
            var booked = new ArrayList<Booked>();
            long revision = book.revision();
            for (var wish : wishes) {
                var id = wish.id().orElseGet(() -> ids.next(wish.kind().prefix()));
                var before = wish.id().map(i -> existing(wish.kind(), i));
                var after = merged(before, wish.fields());
                var fields = Fields.of(after.deepCopy());
                builder.check(wish.kind(), id, fields, at);
                references(wish.kind(), fields, changes);
                if (fields.sound()) {
                    Claims.check(book, wish.kind(), id, fields);
                }
                fields.done();
                var changed = before.map(b -> differing(b, after)).orElseGet(() -> names(after));
                if (before.isPresent() && changed.isEmpty()) {
                    booked.add(new Booked(wish.kind(), id, revision, after, changed));
                    continue;
                }
                revision++;
                changes.add(
                        new Change(revision, wish.kind(), id, wish.verb(), author.actor(), author.why(), at, after));
                booked.add(new Booked(wish.kind(), id, revision, after, changed));
            }
            write(changes);
            return booked;
        } finally {
            lock.unlock();
        }
    }

    private void take(Change change) {
        builder.apply(change);
        updatedAt.put(change.id(), change.at());
    }

    /// When a booked thing was last changed.
    public Instant updatedAt(String id) {
        return updatedAt.getOrDefault(id, Instant.EPOCH);
    }

    private void write(List<Change> changes) {
        if (changes.isEmpty()) {
            return;
        }
        store.append(changes);
        changes.forEach(this::take);
        book = builder.book();
        listeners.forEach(l -> l.accept(book));
    }

    private ObjectNode existing(Kind kind, String id) {
        if (!mizan.core.identity.SortableId.hasForm(kind.prefix(), id)) {
            throw Problem.of(ProblemCode.NOT_FOUND).refused();
        }
        return builder.body(kind, id)
                .orElseThrow(() -> Problem.of(ProblemCode.NOT_FOUND).refused());
    }

    /// RFC 7396: sent fields replace, null removes, all others stay as they are. Objects are merged one
    /// level deep.
    private static ObjectNode merged(Optional<ObjectNode> before, ObjectNode sent) {
        if (before.isEmpty()) {
            return sent;
        }
        var after = before.get().deepCopy();
        for (var name : sent.propertyNames()) {
            var value = sent.get(name);
            if (value.isNull()) {
                after.remove(name);
            } else if (value instanceof ObjectNode object && after.get(name) instanceof ObjectNode old) {
                after.set(name, merged(Optional.of(old), object));
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

    /// What a thing refers to must be booked, or be booked by an earlier wish of the same call.
    private void references(Kind kind, Fields fields, List<Change> earlier) {
        if (!fields.sound()) {
            return;
        }
        switch (kind) {
            case CAMPAIGN -> {
                require(fields, "advertiser", earlier, id -> book.advertisers().containsKey(new AdvertiserId(id)));
                require(fields, "suitability_terms", earlier, id -> book.terms().containsKey(new TermsId(id)));
            }
            case TERMS, CREATIVE ->
                require(fields, "advertiser", earlier, id -> book.advertisers().containsKey(new AdvertiserId(id)));
            case AD_GROUP ->
                require(fields, "campaign", earlier, id -> book.campaigns().containsKey(new CampaignId(id)));
            case AD -> {
                require(fields, "ad_group", earlier, id -> book.adGroups().containsKey(new AdGroupId(id)));
                require(fields, "creative", earlier, id -> book.creatives().containsKey(new CreativeId(id)));
            }
            case ADVERTISER, PLACEMENT -> {}
        }
    }

    private static void require(
            Fields fields, String name, List<Change> earlier, java.util.function.Predicate<String> known) {
        var id = fields.optionalText(name, 40);
        if (id.isPresent() && !known.test(id.get()) && earlier.stream().noneMatch(c -> c.id().equals(id.get()))) {
            fields.error(name, ProblemCode.UNKNOWN_REFERENCE);
        }
    }

    public Instant now() {
        return time.instant();
    }
}
