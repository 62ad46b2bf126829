package mizan.sim.booking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import mizan.core.campaign.AdvertiserId;
import mizan.core.campaign.Book;
import mizan.server.booking.BookStore;
import mizan.server.booking.Booking;
import mizan.server.booking.Change;
import mizan.server.booking.Kind;
import mizan.server.http.Ids;
import mizan.server.http.Refused;
import org.junit.jupiter.api.Test;

/// What booking promises, over any store.
abstract class BookingContract {
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00.123456789Z");

    abstract BookStore empty();

    /// The same data after its program ended.
    abstract BookStore reopened(BookStore store);

    private static Booking booking(BookStore store, long seed) {
        return new Booking(store, () -> NOW, new Ids(() -> NOW, new SplittableRandom(seed)));
    }

    @Test
    void givenAnyHistory_whenPastBooksAreAskedForInAnyOrder_thenEachIsWhatTheBookWas() {
        for (long seed = 0; seed < 10; seed++) {
            var store = empty();
            var booking = booking(store, seed);
            var desk = new Bookings(booking, seed);
            var books = new HashMap<Long, Book>();
            for (int i = 0; i < 150; i++) {
                desk.one();
                books.put(booking.book().revision(), booking.book());
            }
            var random = new SplittableRandom(seed);
            var revisions = new ArrayList<>(books.keySet());
            var again = booking(store, seed);
            for (int i = 0; i < 60; i++) {
                long revision = revisions.get(random.nextInt(revisions.size()));
                assertEquals(books.get(revision), again.bookAt(revision), "seed " + seed + ", revision " + revision);
            }
            store.close();
        }
    }

    @Test
    void givenAnImage_whenStartedAgain_thenTheBookIsTheSameAsFromTheHistory() {
        for (long seed = 0; seed < 10; seed++) {
            var store = empty();
            var booking = booking(store, seed);
            var desk = new Bookings(booking, seed);
            for (int i = 0; i < 80; i++) {
                desk.one();
            }
            booking.keepImage(0);
            long imaged = booking.book().revision();
            assertEquals(imaged, store.image().orElseThrow().revision());
            assertEquals(booking.book(), booking(store, seed).book(), "seed " + seed);
            for (int i = 0; i < 20; i++) {
                desk.one();
            }
            store = reopened(store);
            // Only what came after the image is read.
            var counting = new CountingStore(store);
            assertEquals(booking.book(), booking(counting, seed).book(), "seed " + seed);
            assertEquals(booking.book().revision() - imaged + 1, counting.read);
            store.close();
        }
    }

    @Test
    void givenAnImageThatIsDamagedOrOfAnotherHistory_whenStarted_thenTheHistoryIsBelieved() {
        long seed = 3;
        var store = empty();
        var booking = booking(store, seed);
        var desk = new Bookings(booking, seed);
        for (int i = 0; i < 40; i++) {
            desk.one();
        }
        booking.keepImage(0);
        var image = store.image().orElseThrow();
        var random = new SplittableRandom(seed);
        for (int i = 0; i < 50; i++) {
            var damaged = image.bytes().clone();
            damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
            store.keep(new BookStore.Image(image.revision(), damaged));
            assertEquals(booking.book(), booking(store, seed).book());
        }
        var other = empty();
        var elsewhere = booking(other, seed + 1);
        var otherDesk = new Bookings(elsewhere, seed + 1);
        while (elsewhere.book().revision() < image.revision()) {
            otherDesk.one();
        }
        other.keep(image);
        assertEquals(elsewhere.book(), booking(other, seed).book());
        store.close();
        other.close();
    }

    @Test
    void givenManyCallsAtOnce_whenAnswered_thenEachIsDurableAndVisibleAndInOrder() throws InterruptedException {
        var store = empty();
        var booking = booking(store, 1);
        var seen = new ArrayList<Long>();
        booking.onChange((book, touched) -> seen.add(book.revision()));
        var answered = new ConcurrentHashMap<Long, Integer>();
        var wrong = new ConcurrentHashMap<String, Integer>();
        var start = new CountDownLatch(1);
        var threads = new ArrayList<Thread>();
        for (int t = 0; t < 16; t++) {
            int number = t;
            threads.add(Thread.ofVirtual().start(() -> {
                try {
                    start.await();
                } catch (InterruptedException _) {
                    Thread.currentThread().interrupt();
                }
                var desk = new Bookings(booking, number);
                for (int i = 0; i < 30; i++) {
                    desk.one().ifPresent(revision -> {
                        answered.merge(revision, 1, Integer::sum);
                        if (booking.book().revision() < revision) {
                            wrong.put("revision " + revision + " was answered before it was visible", 1);
                        }
                    });
                }
            }));
        }
        start.countDown();
        for (var thread : threads) {
            thread.join();
        }
        assertEquals(Map.of(), wrong);
        assertTrue(answered.size() > 200, answered.size() + " revisions");
        assertEquals(seen.stream().sorted().toList(), seen);
        assertEquals(booking.book().revision(), seen.getLast());
        long expected = 0;
        var revisions = new ArrayList<Long>();
        store.read(0, Long.MAX_VALUE, c -> revisions.add(c.revision()));
        for (var revision : revisions) {
            assertEquals(++expected, revision);
        }
        assertEquals(booking.book(), booking(reopened(store), 1).book());
        assertTrue(booking.book().advertisers().values().stream()
                .noneMatch(a -> a.payer().equals("Never Ltd")));
    }

    @Test
    void givenAStoreThatFails_whenAChangeIsNotWritten_thenItIsNotSeenAndTheNextOneIs() {
        var store = new CountingStore(empty());
        var booking = booking(store, 1);
        var desk = new Bookings(booking, 1);
        for (int i = 0; i < 20; i++) {
            desk.one();
        }
        var before = booking.book();
        store.failing = true;
        var name = Bookings.json("{\"name\":{\"en\":\"A\"},\"payer\":\"B\",\"currency\":\"USD\"}");
        var wish = new Booking.Wish(Kind.ADVERTISER, Optional.empty(), "create", name);
        assertThrows(IllegalStateException.class, () -> booking.apply(wish, Bookings.DESK));
        assertEquals(before, booking.book());
        store.failing = false;
        var done = booking.apply(wish, Bookings.DESK);
        assertEquals(before.revision() + 1, done.revision());
        assertEquals(booking.book(), booking(reopened(store.inner), 1).book());
    }

    @Test
    void givenWishesThatReferToEachOther_whenCarriedOutTogether_thenAllOrNone() {
        var store = empty();
        var booking = booking(store, 1);
        var made = booking.apply(
                new Booking.Wish(
                        Kind.ADVERTISER,
                        Optional.empty(),
                        "create",
                        Bookings.json("{\"name\":{\"en\":\"A\"},\"payer\":\"B\",\"currency\":\"USD\"}")),
                Bookings.DESK);
        var rename =
                new Booking.Wish(Kind.ADVERTISER, Optional.of(made.id()), "update", Bookings.json("{\"payer\":\"C\"}"));
        var again = new Booking.Wish(
                Kind.ADVERTISER, Optional.of(made.id()), "update", Bookings.json("{\"industry\":\"food\"}"));
        var done = booking.apply(List.of(rename, again), Bookings.DESK);
        var advertiser = booking.book().advertisers().get(new AdvertiserId(made.id()));
        assertEquals(
                List.of(2L, 3L), done.stream().map(Booking.Booked::revision).toList());
        assertEquals("C food", advertiser == null ? "" : advertiser.payer() + " " + advertiser.industry());
        var bad =
                new Booking.Wish(Kind.ADVERTISER, Optional.of(made.id()), "update", Bookings.json("{\"currency\":7}"));
        var worse =
                new Booking.Wish(Kind.ADVERTISER, Optional.of(made.id()), "update", Bookings.json("{\"payer\":\"D\"}"));
        assertThrows(Refused.class, () -> booking.apply(List.of(worse, bad), Bookings.DESK));
        assertEquals(3, booking.book().revision());
        assertFalse(booking.book().equals(booking.bookAt(2)));
        store.close();
    }

    /// Counts what is read and fails when told to.
    private static final class CountingStore implements BookStore {
        final BookStore inner;
        long read;
        boolean failing;

        CountingStore(BookStore inner) {
            this.inner = inner;
        }

        @Override
        public void append(List<Change> changes) {
            if (failing) {
                throw new IllegalStateException("the disk is full");
            }
            inner.append(changes);
        }

        @Override
        public void read(long after, long upTo, Consumer<Change> reader) {
            inner.read(after, upTo, c -> {
                read++;
                reader.accept(c);
            });
        }

        @Override
        public void readPast(long revision, long changedUpTo, Consumer<Past> reader) {
            inner.readPast(revision, changedUpTo, reader);
        }

        @Override
        public List<Change> history(String id, int limit) {
            return inner.history(id, limit);
        }

        @Override
        public Optional<Image> image() {
            return inner.image();
        }

        @Override
        public void keep(Image image) {
            inner.keep(image);
        }

        @Override
        public void close() {
            inner.close();
        }
    }
}
