package mizan.sim.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import mizan.core.suitability.PostVerdict;
import mizan.core.suitability.Ratings;
import mizan.core.suitability.Tier;
import mizan.core.suitability.Topic;
import mizan.core.suitability.text.Span;
import mizan.server.rating.KnownPost;
import mizan.server.rating.PostStore;
import org.junit.jupiter.api.Test;

/// What every store of posts must do, whatever it is made of.
abstract class PostStoreContract {
    private static final Instant START = Instant.parse("2026-11-24T08:00:00Z");

    abstract PostStore empty();

    /// The same store as a later process finds it.
    abstract PostStore reopened(PostStore before);

    /// @param minute when it came in, after the start
    static KnownPost post(String id, String text, String salt, int minute) {
        var at = START.plus(Duration.ofMinutes(minute));
        var verdict = new PostVerdict(
                Tier.LOW, Set.of(Topic.SPAM_HARMFUL), "lexicon", "1", at, Optional.of("evidence-" + id));
        return new KnownPost(
                id,
                List.of("@author-" + id, "@quoted"),
                Optional.of("ar"),
                minute % 2 == 0 ? Optional.of("community") : Optional.empty(),
                Set.of("food", "قهوة"),
                minute % 3 == 0 ? new Ratings(List.of(verdict), Set.of()) : Ratings.NONE,
                text,
                salt,
                "commitment " + (text + salt).hashCode(),
                "fingerprint " + text.hashCode(),
                at);
    }

    @Test
    void givenPostsThatWereKept_whenTheStoreIsOpenedAgain_thenTheNewestVersionIsThereAsItWas() {
        var store = empty();
        var first = post("p1", "صباح الخير", "s1", 0);
        var edited = post("p1", "صباح النور", "s2", 3);
        store.append(List.of(first, post("p2", "two", "s3", 1)));
        store.append(List.of(edited));
        store = reopened(store);
        assertEquals(Optional.of(edited), store.find("p1"));
        assertEquals(Optional.of(first), store.opening(first.commitment()), "an older version still opens");
        assertEquals(Optional.empty(), store.find("p3"));
        store.close();
    }

    @Test
    void givenAnErasedPost_whenAskedFor_thenItIsNotThereUntilItIsSentAgain() {
        var store = empty();
        var first = post("p1", "one", "s1", 0);
        store.append(List.of(first, post("p2", "two", "s2", 0), post("p1", "one, edited", "s3", 1)));
        assertEquals(1, store.erase(List.of("p1", "nobody")));
        assertEquals(0, store.erase(List.of("p1")), "twice is once");
        store = reopened(store);
        assertEquals(Optional.empty(), store.find("p1"));
        assertEquals(Optional.empty(), store.opening(first.commitment()));
        assertEquals("two", store.find("p2").orElseThrow().text());
        var again = post("p1", "one again", "s4", 2);
        store.append(List.of(again));
        assertEquals(Optional.of(again), store.find("p1"));
        store.close();
    }

    @Test
    void givenManyVersions_whenPruned_thenTheOldOnesGoAndTheNewestStay() {
        var store = empty();
        for (int i = 0; i < 10; i++) {
            store.append(List.of(post("p" + i, "text", "s" + i, i)));
        }
        assertEquals(3, store.prune(START.plus(Duration.ofMinutes(3)), 100), "by age");
        assertEquals(Optional.empty(), store.find("p2"));
        assertEquals(5, store.prune(START, 2), "by number");
        assertEquals(Optional.empty(), store.find("p7"));
        assertEquals("text", store.find("p8").orElseThrow().text());
        assertEquals(0, store.prune(START, 2));
        store.close();
    }

    @Test
    void givenAnyHistory_whenPlayedOnTheStore_thenItAnswersLikeAMap() {
        for (long seed = 0; seed < 20; seed++) {
            var random = new SplittableRandom(seed);
            var store = empty();
            var newest = new HashMap<String, KnownPost>();
            for (int step = 0; step < 60; step++) {
                var id = "s" + seed + "p" + random.nextInt(5);
                switch (random.nextInt(4)) {
                    case 0 -> {
                        int erased = store.erase(new HashSet<>(Set.of(id)));
                        assertEquals(newest.remove(id) == null ? 0 : 1, erased, "seed " + seed + ", step " + step);
                    }
                    case 1 -> store = reopened(store);
                    default -> {
                        var post = post(id, "text " + step, "salt " + seed + "/" + step, step);
                        store.append(List.of(post));
                        newest.put(id, post);
                    }
                }
                assertEquals(Optional.ofNullable(newest.get(id)), store.find(id), "seed " + seed + ", step " + step);
            }
            store.close();
        }
    }

    @Test
    void givenWhatIsSaidLater_whenTheStoreIsOpenedAgain_thenItIsThereAndTheQuestionIsAnswered() {
        var store = empty();
        var post = post("p1", "one", "s1", 0);
        store.append(List.of(post, post("p2", "two", "s2", 0)));
        store.report("p2", "first");
        store.report("p1", "look");
        store.report("p2", "second");
        assertFalse(store.report("nobody", "look"));
        assertEquals(2, store.openCount());
        assertEquals(
                List.of("p2", "p1"),
                store.open(5).stream().map(o -> o.post().id()).toList());
        assertEquals(Optional.of("second"), store.open(1).getFirst().report());
        var said = new PostVerdict(
                Tier.HIGH,
                Set.of(Topic.HATE),
                "review",
                "Reem",
                START,
                Optional.of("why"),
                Optional.of(new Span(1, 2)));
        store.add("p1", post.commitment(), said, Optional.empty());
        store = reopened(store);
        assertEquals(Optional.of(post.with(post.ratings().with(said))), store.find("p1"));
        assertEquals(1, store.openCount());
        store.append(List.of(post("p2", "two, edited", "s3", 1)));
        assertEquals(0, store.openCount(), "what was reported is not there any more");
        store.erase(List.of("p1"));
        store.append(List.of(post));
        assertEquals(Optional.of(post), store.find("p1"), "what was said is erased with the words");
        store.close();
    }
}
