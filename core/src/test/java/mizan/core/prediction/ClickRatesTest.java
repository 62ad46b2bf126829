package mizan.core.prediction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ClickRatesTest {
    private record Seen(String ad, String campaign, long renders, long clicks) {}

    @Test
    void givenNothingSeen_whenAsked_thenTheRateIsOneInAHundred() {
        assertEquals(0.01, new ClickRates().rate("ad", "cmp"), 1e-12);
    }

    @Test
    void givenAnyHistory_whenAsked_thenTheRateIsTheFormulaOfTheThreeLevels() {
        for (long seed = 0; seed < 1_000; seed++) {
            var history = history(new Random(seed));
            var rates = rates(history);
            for (int ad = 0; ad < 5; ad++) {
                var campaign = "cmp" + ad % 2;
                double all = level(history.stream().toList(), 0.01);
                double parent = level(
                        history.stream()
                                .filter(s -> s.campaign().equals(campaign))
                                .toList(),
                        all);
                var name = "ad" + ad;
                double own =
                        level(history.stream().filter(s -> s.ad().equals(name)).toList(), parent);
                assertEquals(own, rates.rate(name, campaign), 1e-12, "seed " + seed);
                assertTrue(own > 0 && own <= 1, "seed " + seed);
            }
        }
    }

    @Test
    void givenTheSameHistoryInAnotherOrder_whenAsked_thenTheRatesAreTheSame() {
        for (long seed = 0; seed < 200; seed++) {
            var random = new Random(seed);
            var history = history(random);
            var shuffled = new ArrayList<>(history);
            Collections.shuffle(shuffled, random);
            assertEquals(rates(history).rate("ad1", "cmp1"), rates(shuffled).rate("ad1", "cmp1"), "seed " + seed);
        }
    }

    @Test
    void givenAnAdOfItsOwn_whenItIsClickedMoreOrNeverClicked_thenItsRateRisesOrFalls() {
        for (long seed = 0; seed < 500; seed++) {
            var random = new Random(seed);
            var rates = rates(history(random));
            double before = rates.rate("ad0", "cmp0");
            rates.seen("ad0", "cmp0", 10_000, 0);
            double ignored = rates.rate("ad0", "cmp0");
            assertTrue(ignored < before, "seed " + seed);
            rates.seen("ad0", "cmp0", 10, 10);
            assertTrue(rates.rate("ad0", "cmp0") > ignored, "seed " + seed);
        }
    }

    @Test
    void givenManyRenders_whenAsked_thenTheRateIsTheAdsOwnWhileANewAdLeansOnItsCampaign() {
        var rates = new ClickRates();
        rates.seen("old", "cmp", 10_000_000, 500_000);
        assertEquals(0.05, rates.rate("old", "cmp"), 0.0001);
        assertEquals(0.05, rates.rate("new", "cmp"), 0.0001);
        assertEquals(0.05, rates.rate("new", "another campaign"), 0.0001);
    }

    @Test
    void givenMoreClicksThanRenders_whenAsked_thenTheRateIsAtMostOne() {
        var rates = new ClickRates();
        rates.seen("ad", "cmp", 0, 1_000_000);
        assertEquals(1, rates.rate("ad", "cmp"));
    }

    private static double level(List<Seen> of, double parent) {
        long renders = of.stream().mapToLong(Seen::renders).sum();
        long clicks = of.stream().mapToLong(Seen::clicks).sum();
        return (clicks + 500 * parent) / (renders + 500);
    }

    /// An ad belongs to one campaign: the even ones to the first, the odd ones to the second.
    private static List<Seen> history(Random random) {
        var history = new ArrayList<Seen>();
        for (int i = random.nextInt(1, 30); i > 0; i--) {
            int ad = random.nextInt(5);
            long renders = random.nextLong(1, 10_000);
            history.add(new Seen("ad" + ad, "cmp" + ad % 2, renders, random.nextLong(renders / 10 + 1)));
        }
        return history;
    }

    private static ClickRates rates(List<Seen> history) {
        var rates = new ClickRates();
        history.forEach(s -> rates.seen(s.ad(), s.campaign(), s.renders(), s.clicks()));
        return rates;
    }
}
