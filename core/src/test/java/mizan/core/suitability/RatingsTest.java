package mizan.core.suitability;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RatingsTest {
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    private static final List<Tier> TIERS = List.of(Tier.values());
    private static final List<Topic> TOPICS = List.of(Topic.values());
    private static final PublisherRater PUBLISHER = new PublisherRater();
    private static final String CALM = "What a beautiful morning, the coffee is great today";

    private static PostVerdict verdict(String rater, Tier tier, Topic... topics) {
        return new PostVerdict(tier, Set.of(topics), rater, "1", NOW, Optional.empty());
    }

    private static Ratings of(PostVerdict... verdicts) {
        return new Ratings(List.of(verdicts), Set.of());
    }

    @Test
    void givenSeveralRaters_whenTheyDisagree_thenTheWorstCountsWithTheTopicsOfAll() {
        var counting = of(
                        verdict("publisher", Tier.LOW, Topic.ARMS),
                        verdict("lexicon", Tier.HIGH, Topic.CRIME),
                        verdict("linear", Tier.HIGH, Topic.HATE))
                .counting()
                .orElseThrow();
        assertEquals(Tier.HIGH, counting.tier());
        assertEquals("lexicon", counting.rater(), "the first in order of authority is named");
        assertEquals(Set.of(Topic.ARMS, Topic.CRIME, Topic.HATE), counting.topics());
    }

    @Test
    void givenAPersonsReview_whenMachinesSayOtherwise_thenThePersonsLastWordCounts() {
        var ratings = of(verdict("publisher", Tier.FLOOR), verdict("lexicon", Tier.HIGH, Topic.CRIME))
                .with(verdict(Ratings.REVIEW, Tier.MEDIUM, Topic.CRIME))
                .with(verdict("outside", Tier.FLOOR))
                .with(verdict(Ratings.REVIEW, Tier.SAFE));
        assertEquals(verdict(Ratings.REVIEW, Tier.SAFE), ratings.counting().orElseThrow());
        assertEquals(Optional.empty(), ratings.question());
        assertEquals(5, ratings.verdicts().size(), "what was said before stays on record");
    }

    @Test
    void givenARaterThatIsAwaited_whenItHasNotAnswered_thenThePostIsUnrated() {
        var asked = new Ratings(List.of(verdict("lexicon", Tier.SAFE)), Set.of("outside"));
        assertEquals(Optional.empty(), asked.counting());
        assertEquals(
                Tier.HIGH,
                asked.with(verdict("outside", Tier.HIGH))
                        .counting()
                        .orElseThrow()
                        .tier());
        assertEquals(
                Tier.SAFE,
                asked.with(verdict(Ratings.REVIEW, Tier.SAFE))
                        .counting()
                        .orElseThrow()
                        .tier(),
                "a person need not wait for it");
    }

    @Test
    void givenLabelsAlone_whenNobodyCouldReadTheWords_thenThePostIsUnrated() {
        assertEquals(Optional.empty(), of(verdict("publisher", Tier.LOW)).counting());
        assertEquals(Optional.empty(), Ratings.NONE.counting());
    }

    @Test
    void givenAnyRatings_whenAMachineAddsAVerdict_thenNothingGetsBetter() {
        for (long seed = 0; seed < 2_000; seed++) {
            var random = new SplittableRandom(seed);
            var raters = new ArrayList<>(List.of("publisher", "lexicon", "linear", "a", "b"));
            var ratings = new Ratings(List.of(), random.nextBoolean() ? Set.of("b") : Set.of());
            while (!raters.isEmpty()) {
                var before = ratings;
                var said = verdict(
                        raters.remove(random.nextInt(raters.size())),
                        TIERS.get(random.nextInt(TIERS.size())),
                        TOPICS.get(random.nextInt(TOPICS.size())));
                ratings = ratings.with(said);
                if (before.counting().isPresent()) {
                    var was = before.counting().get();
                    var is = ratings.counting().orElseThrow();
                    assertTrue(is.tier().compareTo(was.tier()) >= 0, "seed " + seed);
                    assertTrue(is.tier().compareTo(said.tier()) >= 0, "seed " + seed);
                    assertTrue(new HashSet<>(is.topics()).containsAll(was.topics()), "seed " + seed);
                }
            }
        }
    }

    @Test
    void givenWhatRatersLeaveOpen_whenAsked_thenDisputesComeBeforeDoubts() {
        assertEquals(
                Optional.of(Ratings.Question.DISPUTED),
                of(verdict("lexicon", Tier.SAFE), verdict("linear", Tier.HIGH, Topic.HATE))
                        .question());
        assertEquals(
                Optional.of(Ratings.Question.DOUBTED),
                of(verdict("lexicon", Tier.MEDIUM, Topic.ARMS), verdict("linear", Tier.LOW, Topic.HATE))
                        .question());
        assertEquals(
                Optional.empty(),
                of(verdict("lexicon", Tier.HIGH, Topic.ARMS), verdict("linear", Tier.SAFE))
                        .question(),
                "the linear model does not judge arms");
    }

    @Test
    void givenPublisherLabels_whenRated_thenTheWorstLabelCounts() {
        assertEquals(Optional.empty(), publisher(Optional.empty(), false));
        assertEquals(Optional.empty(), publisher(Optional.empty(), false, "unheard-of"));
        assertEquals(Tier.FLOOR, tier(Optional.empty(), false, "PORN", "news"));
        assertEquals(Tier.FLOOR, tier(Optional.empty(), false, "!hide"));
        assertEquals(Tier.HIGH, tier(Optional.empty(), true));
        assertEquals(Tier.MEDIUM, tier(Optional.of("food"), false));
        assertEquals(Tier.LOW, tier(Optional.empty(), false, "news"));
    }

    private static Tier tier(Optional<String> warning, boolean sensitive, String... labels) {
        return publisher(warning, sensitive, labels).orElseThrow().tier();
    }

    private static Optional<PostVerdict> publisher(Optional<String> warning, boolean sensitive, String... labels) {
        var content = new PostContent(Optional.of(CALM), warning, sensitive, Set.of(labels));
        return PUBLISHER.rate(PostWords.of(content), NOW);
    }
}
