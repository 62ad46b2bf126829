package mizan.sim.life;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/// Ads beside posts that turn bad are credited: all of them, once, exactly what was charged. More histories
/// with `-Dmizan.late=N`.
class LateFindingsTest {
    private static final int SEEDS = Integer.getInteger("mizan.late", 300);

    @Test
    void givenPostsThatChangeUnderAds_whenAnythingFails_thenEachChargeIsCreditedOnceAndNothingElseIs() {
        int credited = 0;
        for (long seed = 0; seed < SEEDS; seed++) {
            var played = new LateWorld(seed).live();
            assertEquals("", played.wrong().orElse(""), "seed " + seed);
            credited += played.credited();
        }
        // Or the histories say nothing.
        assertTrue(credited > SEEDS / 2, credited + " credits");
    }
}
