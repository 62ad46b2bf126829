package mizan.sim.market;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import mizan.core.feed.Viewer;

/// Fifty thousand readers, a few of whom read most.
final class Readers {
    static final List<String> COUNTRIES = List.of(
            "SA", "AE", "EG", "MA", "JO", "KW", "QA", "BH", "OM", "TN", "DZ", "IQ", "LB", "DE", "FR", "GB", "US", "TR",
            "IN", "ID");
    private static final int COUNT = 50_000;
    private static final int INTERESTS = 8;

    private final long seed;

    Readers(long seed) {
        this.seed = seed;
    }

    static int draw(SplittableRandom random) {
        return Draws.zipf(COUNT, random);
    }

    Viewer viewer(int reader) {
        var random = of(reader);
        return new Viewer(
                Optional.of("r" + reader),
                Optional.of(COUNTRIES.get(random.nextInt(COUNTRIES.size()))),
                Optional.empty(),
                Optional.of(random.nextInt(10) < 6 ? "ar" : "en"),
                Optional.of(random.nextInt(4) == 0 ? "desktop" : "phone"),
                Optional.empty(),
                Set.of(),
                Set.of());
    }

    /// How much a reader likes what a campaign offers: about standard normal.
    double taste(int reader, List<Double> campaign) {
        var random = of(-1 - reader);
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < INTERESTS; i++) {
            double interest = random.nextGaussian();
            sum += interest * campaign.get(i);
            squares += interest * interest;
        }
        return sum / Math.sqrt(squares) * Math.sqrt(INTERESTS);
    }

    /// A direction in the space of interests, of length one.
    static List<Double> direction(SplittableRandom random) {
        var direction = new double[INTERESTS];
        double squares = 0;
        for (int i = 0; i < INTERESTS; i++) {
            direction[i] = random.nextGaussian();
            squares += direction[i] * direction[i];
        }
        for (int i = 0; i < INTERESTS; i++) {
            direction[i] /= Math.sqrt(squares);
        }
        return Arrays.stream(direction).boxed().toList();
    }

    private SplittableRandom of(int reader) {
        return new SplittableRandom(seed ^ (reader * 0x9E3779B97F4A7C15L)).split();
    }
}
