package mizan.challenger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import mizan.bench.predict.Challenger;
import org.junit.jupiter.api.Test;

class BoostedTreesTest {
    /// Two properties that only count together: no sum of single weights tells them apart.
    @Test
    void givenClicksWhereExactlyOneOfTwoHolds_whenTreesAreGrown_thenTheyTellTheRowsApart() {
        var random = new SplittableRandom(7);
        var rows = new ArrayList<Challenger.Row>();
        for (int i = 0; i < 8_000; i++) {
            int a = random.nextInt(2);
            int b = random.nextInt(2);
            boolean clicked = random.nextDouble() < (a != b ? 0.3 : 0.05);
            rows.add(new Challenger.Row(List.of((double) a, (double) b), List.of("ad" + random.nextInt(50)), clicked));
        }
        var asked = new ArrayList<Challenger.Row>();
        for (int i = 0; i < 4; i++) {
            asked.add(new Challenger.Row(List.of(i < 2 ? 0.0 : 1.0, i % 2 == 0 ? 0.0 : 1.0), List.of("ad1"), false));
        }
        var rates = new BoostedTrees().rates(rows, asked);
        assertTrue(
                Math.min(rates[1], rates[2]) > 2 * Math.max(rates[0], rates[3]),
                () -> List.of(rates[0], rates[1]).toString());
    }

    /// Noise alone: a row whose own click is among its counts would be predicted from it.
    @Test
    void givenIdsThatSayNothing_whenTreesAreGrown_thenEveryRateIsNearTheMean() {
        var random = new SplittableRandom(8);
        var rows = new ArrayList<Challenger.Row>();
        for (int i = 0; i < 6_000; i++) {
            rows.add(
                    new Challenger.Row(List.of(0.0), List.of("ad" + random.nextInt(3_000)), random.nextDouble() < 0.1));
        }
        for (double rate : new BoostedTrees().rates(rows.subList(0, 5_000), rows.subList(5_000, 6_000))) {
            assertEquals(0.1, rate, 0.06);
        }
    }

    @Test
    void whenAChallengerIsAskedFor_thenThisModuleBringsIt() {
        assertInstanceOf(BoostedTrees.class, Challenger.installed().orElseThrow());
    }
}
