package mizan.core.prediction;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ClickModelTest {
    private static final ClickModel.Rates RATES = new ClickModel.Rates(0.1, 1, 0.5, 1);

    /// The paper's algorithm 1, kept in maps.
    private static final class Textbook {
        private final Map<Integer, Double> z = new HashMap<>();
        private final Map<Integer, Double> n = new HashMap<>();

        double weight(int place) {
            double zi = z.getOrDefault(place, 0.0);
            if (Math.abs(zi) <= RATES.l1()) {
                return 0;
            }
            return -(zi - Math.signum(zi) * RATES.l1())
                    / ((RATES.beta() + Math.sqrt(n.getOrDefault(place, 0.0))) / RATES.alpha() + RATES.l2());
        }

        double learn(int[] places, double offset, boolean clicked) {
            double sum = offset;
            for (int place : places) {
                sum += weight(place);
            }
            double p = 1 / (1 + Math.exp(-sum));
            double g = p - (clicked ? 1 : 0);
            for (int place : places) {
                double before = n.getOrDefault(place, 0.0);
                double sigma = (Math.sqrt(before + g * g) - Math.sqrt(before)) / RATES.alpha();
                z.merge(place, g - sigma * weight(place), Double::sum);
                n.put(place, before + g * g);
            }
            return p;
        }
    }

    @Test
    void givenAnyRows_whenLearned_thenTheModelIsTheTextbooks() {
        for (long seed = 0; seed < 50; seed++) {
            var random = new SplittableRandom(seed);
            var model = new ClickModel(RATES);
            var textbook = new Textbook();
            for (int row = 0; row < 400; row++) {
                int[] places =
                        random.ints(4, 0, 30).distinct().map(i -> i * 34_567).toArray();
                double offset = random.nextDouble(-4, 0);
                boolean clicked = random.nextInt(5) == 0;
                double p = ClickModel.probability(offset + model.margin(places));
                model.learn(places, offset, clicked);
                assertEquals(textbook.learn(places, offset, clicked), p, 1e-5, "seed " + seed + ", row " + row);
            }
        }
    }

    @Test
    void givenAModel_whenItsSumsArePutIntoAnother_thenBothSayTheSame() {
        var random = new SplittableRandom(7);
        var model = new ClickModel(ClickModel.Rates.STANDARD);
        for (int row = 0; row < 2_000; row++) {
            model.learn(random.ints(5, 0, ClickModel.SIZE).toArray(), -3, random.nextInt(10) == 0);
        }
        var copy = new ClickModel(ClickModel.Rates.STANDARD);
        model.each(copy::restore);
        for (int i = 0; i < 1_000; i++) {
            int[] places = random.ints(5, 0, ClickModel.SIZE).toArray();
            assertEquals(model.margin(places), copy.margin(places));
        }
    }
}
