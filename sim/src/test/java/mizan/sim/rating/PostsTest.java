package mizan.sim.rating;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import mizan.core.suitability.PostVerdict;
import mizan.core.suitability.PublisherRater;
import mizan.core.suitability.Ratings;
import mizan.core.suitability.Tier;
import mizan.server.rating.IncomingPost;
import mizan.server.rating.KnownPost;
import mizan.server.rating.Posts;
import mizan.server.rating.Raters;
import mizan.sim.store.MemoryPostStore;
import mizan.sim.story.Marsa;
import mizan.sim.story.MovableClock;
import org.junit.jupiter.api.Test;

class PostsTest {
    private static final Instant START = Instant.parse("2026-11-24T08:00:00Z");
    private final MovableClock clock = new MovableClock(START);
    private final Store store = new Store();
    private Posts posts = posts();

    /// A store that counts, and fails when it is told to.
    private static final class Store extends MemoryPostStore {
        int written;
        boolean failing;

        @Override
        public synchronized void append(List<KnownPost> more) {
            if (failing) {
                throw new IllegalStateException("the disk is full");
            }
            written += more.size();
            super.append(more);
        }
    }

    private Posts posts() {
        return new Posts(Raters.builtIn(), store, clock, new SplittableRandom(1));
    }

    private static IncomingPost post(String id, String text) {
        return Marsa.post(id, "@a", text, Set.of("food"));
    }

    private KnownPost keep(String id, String text) {
        return posts.keep(List.of(post(id, text))).getFirst();
    }

    @Test
    void givenAKeptPost_whenTheServerStartsAgain_thenItIsKnownWithItsVerdict() {
        var kept = keep("p1", "Fresh bread from the oven this morning");
        posts = posts();
        assertEquals(Optional.of(kept), posts.find("p1"));
        assertEquals(Tier.SAFE, kept.verdict().orElseThrow().tier());
        assertEquals(Optional.of(kept), posts.opening(kept.commitment()));
    }

    @Test
    void givenAKnownPost_whenSentAgainUnchanged_thenItIsNeitherRatedNorWrittenAgain() {
        var first = keep("p1", "Fresh bread from the oven this morning");
        clock.set(START.plus(Duration.ofHours(1)));
        assertEquals(first, keep("p1", "Fresh bread from the oven this morning"));
        assertEquals(first, posts.take(post("p1", "Fresh bread from the oven this morning")));
        posts = posts();
        assertEquals(first, keep("p1", "Fresh bread from the oven this morning"), "after a restart");
        assertEquals(1, store.written);
    }

    @Test
    void givenAKnownPost_whenSentAgainEdited_thenItIsRatedAnewAndTheOldCommitmentStillOpens() {
        var before = keep("p1", "Fresh bread from the oven this morning");
        var after = keep("p1", "Dozens killed in an air strike on the city");
        assertNotEquals(before.commitment(), after.commitment());
        assertTrue(after.verdict().orElseThrow().tier().compareTo(Tier.SAFE) > 0, after.toString());
        assertEquals(Optional.of(after), posts.find("p1"));
        assertEquals(Optional.of(before), posts.opening(before.commitment()));
    }

    @Test
    void givenAPostOfAFeed_whenTaken_thenItWaitsForTheNextTickToBeWritten() {
        var taken = posts.take(post("p1", "Fresh bread from the oven this morning"));
        assertEquals(0, store.written);
        assertEquals(Optional.of(taken), posts.find("p1"));
        posts.tick();
        assertEquals(1, store.written);
        posts.tick();
        assertEquals(1, store.written);
    }

    @Test
    void givenADiskThatIsFarBehind_whenPostsGoOnComing_thenTheyAreUnratedUntilItHasCaughtUp() {
        var rated = 0;
        while (posts.take(post("p" + rated, "Fresh bread from the oven"))
                .verdict()
                .isPresent()) {
            rated++;
        }
        assertEquals(10_000, rated);
        var refused = posts.take(post("late", "Fresh bread from the oven"));
        assertEquals("", refused.text());
        assertEquals(Optional.empty(), posts.find("late"));
        posts.tick();
        assertTrue(
                posts.take(post("late", "Fresh bread from the oven")).verdict().isPresent());
    }

    @Test
    void givenADiskThatFails_whenAPostIsSent_thenItIsNotAcknowledgedAndWrittenWhenItCanBe() {
        store.failing = true;
        assertThrows(IllegalStateException.class, () -> keep("p1", "Fresh bread from the oven"));
        store.failing = false;
        posts.tick();
        assertEquals(1, store.written);
        assertEquals("Fresh bread from the oven", store.find("p1").orElseThrow().text());
    }

    @Test
    void givenAnErasedPost_whenAskedFor_thenItIsUnknownUntilItsAuthorSendsItAgain() {
        var first = keep("p1", "Fresh bread from the oven");
        posts.take(post("p2", "Coffee by the sea with friends"));
        assertEquals(2, posts.erase(List.of("p1", "p2", "p3")));
        assertEquals(Optional.empty(), posts.find("p1"));
        assertEquals(Optional.empty(), posts.find("p2"), "also what waited to be written");
        assertEquals(Optional.empty(), posts.opening(first.commitment()));
        assertNotEquals(
                first.commitment(), keep("p1", "Fresh bread from the oven").commitment());
    }

    @Test
    void givenPostsOlderThanTheRetention_whenTimePasses_thenTheirWordsAreGone() {
        keep("p1", "Fresh bread from the oven");
        clock.set(START.plus(Posts.KEPT).plusSeconds(3_600));
        posts.tick();
        assertEquals(Optional.empty(), posts().find("p1"));
    }

    private static PostVerdict review(Tier tier) {
        return new PostVerdict(tier, Set.of(), Ratings.REVIEW, "Reem", START, Optional.of("a scene of a film"));
    }

    @Test
    void givenAReview_whenTheServerStartsAgainOrTheRatersChange_thenItStillCounts() {
        var text = "Dozens killed in an air strike on the city";
        var kept = keep("p1", text);
        assertTrue(kept.verdict().orElseThrow().tier().compareTo(Tier.MEDIUM) > 0);
        assertEquals(
                Optional.of(review(Tier.SAFE)),
                posts.add("p1", kept.commitment(), review(Tier.SAFE))
                        .orElseThrow()
                        .verdict());
        posts = posts();
        assertEquals(
                Optional.of(review(Tier.SAFE)), posts.find("p1").orElseThrow().verdict());

        posts = new Posts(new Raters(List.of(new PublisherRater()), Set.of()), store, clock, new SplittableRandom(2));
        var again = keep("p1", text);
        assertEquals(kept.commitment(), again.commitment(), "the same words");
        assertEquals(Optional.of(review(Tier.SAFE)), again.verdict());
        assertNotEquals(
                Optional.of(review(Tier.SAFE)), keep("p1", text + " today").verdict(), "an edit is another post");
    }

    @Test
    void givenAReviewOfAnEarlierVersion_whenItIsAdded_thenItIsNotTaken() {
        var before = keep("p1", "Fresh bread from the oven this morning");
        var after = keep("p1", "Dozens killed in an air strike on the city");
        assertEquals(Optional.empty(), posts.add("p1", before.commitment(), review(Tier.SAFE)));
        assertEquals(after.verdict(), posts.find("p1").orElseThrow().verdict());
    }

    @Test
    void givenAnOutsideRater_whenItHasNotAnswered_thenThePostIsUnratedUntilItDoes() {
        posts = new Posts(
                Raters.with(List.of(new Raters.Later("outside", Set.of()))), store, clock, new SplittableRandom(3));
        var kept = keep("p1", "Fresh bread from the oven this morning");
        assertEquals(Optional.empty(), kept.verdict());
        var said = new PostVerdict(Tier.MEDIUM, Set.of(), "outside", "7", START, Optional.empty());
        posts.add("p1", kept.commitment(), said);
        assertEquals(
                Tier.MEDIUM,
                posts.find("p1").orElseThrow().verdict().orElseThrow().tier());
    }

    @Test
    void givenAReport_whenPostsWait_thenItIsFirstUntilAPersonAnswers() {
        var kept = keep("p1", "Fresh bread from the oven this morning");
        assertEquals(List.of(), posts.open(10));
        assertTrue(posts.report("p1", "not what it seems"));
        assertFalse(posts.report("nobody", "x"));
        var open = posts.open(10).getFirst();
        assertEquals(Ratings.Question.REPORTED, open.question());
        assertEquals(Optional.of("not what it seems"), open.report());
        posts.add("p1", kept.commitment(), review(Tier.LOW));
        assertEquals(0, posts.openCount());
    }
}
