package mizan.core.prediction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import mizan.core.campaign.AdGroupId;
import mizan.core.campaign.AdId;
import mizan.core.identity.SortableId;
import org.junit.jupiter.api.Test;

class ClickRatesTest {
    private static final AdGroupId GROUP = new AdGroupId(SortableId.of(AdGroupId.PREFIX, 0, 0, 1));
    private static final AdGroupId ANOTHER = new AdGroupId(SortableId.of(AdGroupId.PREFIX, 0, 0, 2));

    @Test
    void givenNoRenders_whenAsked_thenTheRateIsThatOfANewPlatform() {
        assertEquals(ClickRates.BEFORE_ANY, new ClickRates().rate(ad(1), GROUP), 1e-12);
    }

    @Test
    void givenANewAd_whenItsGroupDoesWell_thenItIsExpectedToDoWellToo() {
        var rates = new ClickRates();
        rates.count(ad(1), GROUP, 100_000, 5_000);
        rates.count(ad(2), ANOTHER, 100_000, 500);
        assertEquals(0.05, rates.rate(ad(3), GROUP), 0.001);
        assertEquals(0.005, rates.rate(ad(4), ANOTHER), 0.001);
    }

    @Test
    void givenManyRendersOfItsOwn_whenAsked_thenTheGroupNoLongerMatters() {
        var rates = new ClickRates();
        rates.count(ad(1), GROUP, 1_000_000, 100_000);
        rates.count(ad(2), GROUP, 1_000_000, 2_000);
        assertEquals(0.002, rates.rate(ad(2), GROUP), 0.0001);
    }

    @Test
    void givenAnyCounts_whenShrunk_thenTheRateLiesBetweenThePriorAndWhatWasSeen() {
        for (long seed = 0; seed < 10_000; seed++) {
            var random = new SplittableRandom(seed);
            long renders = 1 + random.nextLong(100_000);
            long clicks = random.nextLong(renders + 1);
            double prior = random.nextDouble();
            double strength = 1 + random.nextInt(1_000);
            double seen = (double) clicks / renders;
            double rate = ClickRates.posteriorMean(renders, clicks, prior, strength);
            double slack = 1e-6 + 1e-12;
            assertTrue(rate >= Math.min(prior, seen) - slack && rate <= Math.max(prior, seen) + slack, "seed " + seed);
            assertTrue(ClickRates.posteriorMean(renders, clicks + 1, prior, strength) >= rate, "seed " + seed);
            assertTrue(ClickRates.posteriorMean(renders + 1, clicks, prior, strength) <= rate, "seed " + seed);
        }
    }

    @Test
    void givenNothingButRenders_whenAsked_thenTheRateNeverReachesZero() {
        var rates = new ClickRates();
        rates.count(ad(1), GROUP, Long.MAX_VALUE / 4, 0);
        assertEquals(ClickRates.LOWEST, rates.rate(ad(1), GROUP));
    }

    @Test
    void givenANegativeCount_whenCounted_thenItIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> new ClickRates().count(ad(1), GROUP, 1, -1));
    }

    private static AdId ad(int number) {
        return new AdId(SortableId.of(AdId.PREFIX, 0, 0, number));
    }
}
