package mizan.sim.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// A small count of what `mizan bench oracle` does a million times.
class RandomFeedsTest {
    private static final int MARKETS = 100;

    @Test
    void givenRandomFeeds_whenTheyAreFilled_thenTheOracleFindsNoAdBesideWhatItsTermsExclude() {
        var tally = RandomFeeds.Tally.NOTHING;
        for (long seed = 0; seed < MARKETS; seed++) {
            tally = tally.and(RandomFeeds.play(seed));
        }
        assertEquals(List.of(), tally.violations());
        // Or nothing was looked at.
        assertTrue(tally.ads() > tally.feeds() / 4, tally.ads() + " ads on " + tally.feeds() + " pages");
        assertTrue(tally.edits() > 1_000 && tally.seams() > 1_000, tally.edits() + " edits, " + tally.seams());
    }

    /// An oracle that sees nothing would find nothing either.
    @Test
    void givenAnAdBesideAnUnratedPost_whenTheOracleLooks_thenItSaysSo() {
        var random = new SplittableRandom(1);
        var oracle = new Oracle();
        var fine = new PostOnThePlatform(
                "p0",
                0,
                new Wording("sea", Set.of()),
                List.of("a0"),
                Optional.empty(),
                Optional.empty(),
                PostOnThePlatform.random("p", 0, 0, RandomMarket.NOW, random).verdict());
        var unrated = new PostOnThePlatform(
                "p1",
                0,
                new Wording("sea", Set.of()),
                List.of("a0"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        oracle.page(List.of(fine, fine, unrated));
        oracle.ad("first", Optional.empty(), Set.of(), 1, 3);
        assertEquals(List.of(), oracle.violations());
        oracle.ad("second", Optional.empty(), Set.of(), 2, 3);
        assertEquals(1, oracle.violations().size());
    }
}
