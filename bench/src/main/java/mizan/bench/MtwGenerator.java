package mizan.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.function.IntSupplier;

/// Makes MTW-1: the same campaigns and events for the same seed, wherever it is made. Every random number is
/// from splitmix64, one stream for each campaign and each event, drawn in the order of the fields.
final class MtwGenerator {
    static final long SEED = 20_261_124;

    private static final int[][] AGES = {
        {13, 17}, {18, 24}, {18, 34}, {25, 34}, {25, 44}, {25, 54}, {35, 54}, {45, 64}, {18, 99}, {55, 99}
    };

    private static final Zipf COUNTRIES = new Zipf(200, 0.9);
    private static final Zipf LANGUAGES = new Zipf(60, 1.0);
    private static final Zipf INTERESTS = new Zipf(1_000, 0.8);
    private static final Zipf KEYWORDS = new Zipf(20_000, 0.9);
    private static final Zipf CATEGORIES = new Zipf(400, 1.0);

    private long state;

    private MtwGenerator(long seed) {
        state = seed;
    }

    static Mtw generate(int campaigns, int events, long seed) {
        var made = new ArrayList<Mtw.Campaign>(campaigns);
        for (int id = 0; id < campaigns; id++) {
            made.add(new MtwGenerator(seed * 0x100000001B3L + id).campaign(id));
        }
        var asked = new ArrayList<Mtw.Event>(events);
        for (int i = 0; i < events; i++) {
            asked.add(new MtwGenerator(seed * 0x1B3 + 0x5851F42D4C957F2DL + i).event());
        }
        return new Mtw(made, asked);
    }

    private Mtw.Campaign campaign(int id) {
        next(); // the bid, which matching does not ask for
        next(); // the advertiser
        return new Mtw.Campaign(
                id,
                percent(97) ? distinct(1, 5, COUNTRIES) : Mtw.ABSENT,
                percent(85) ? distinct(1, 3, LANGUAGES) : Mtw.ABSENT,
                percent(30) ? distinct(1, 2, 4) : Mtw.ABSENT,
                percent(35) ? AGES[below(AGES.length)] : Mtw.ABSENT,
                percent(40) ? distinct(1, 20, INTERESTS) : Mtw.ABSENT,
                percent(15) ? distinct(1, 5, 10_000) : Mtw.ABSENT,
                percent(10) ? distinct(1, 5, 10_000) : Mtw.ABSENT,
                percent(10) ? distinct(5, 30, KEYWORDS) : Mtw.ABSENT,
                percent(20) ? distinct(1, 15, CATEGORIES) : Mtw.ABSENT,
                percent(10) ? distinct(5, 50, 20_000) : Mtw.ABSENT,
                percent(5) ? distinct(1, 10, 100_000) : Mtw.ABSENT,
                percent(15) ? hours() : new boolean[0],
                percent(25) ? distinct(1, 3, 6) : Mtw.ABSENT);
    }

    private boolean[] hours() {
        var hours = new boolean[Mtw.HOURS];
        int first = below(24);
        int length = between(4, 14);
        int days = percent(40) ? 5 : 7;
        for (int day = 0; day < days; day++) {
            for (int h = 0; h < length; h++) {
                hours[day * 24 + (first + h) % 24] = true;
            }
        }
        return hours;
    }

    private Mtw.Event event() {
        return new Mtw.Event(
                COUNTRIES.draw(this),
                LANGUAGES.draw(this),
                below(4),
                13 + Math.min(below(60), below(87)),
                below(Mtw.HOURS),
                below(6),
                distinct(5, 40, INTERESTS),
                distinct(0, 30, 10_000),
                distinct(0, 12, KEYWORDS),
                distinct(1, 8, CATEGORIES),
                distinct(1, 8, 100_000));
    }

    private long next() {
        state += 0x9E3779B97F4A7C15L;
        long z = state;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    private int below(int bound) {
        return (int) Math.unsignedMultiplyHigh(next(), bound);
    }

    private int between(int low, int high) {
        return low + below(high - low + 1);
    }

    private boolean percent(int chance) {
        return below(100) < chance;
    }

    private int[] distinct(int low, int high, int bound) {
        return distinct(between(low, high), () -> below(bound));
    }

    private int[] distinct(int low, int high, Zipf values) {
        return distinct(between(low, high), () -> values.draw(this));
    }

    /// Gives up after 20 draws for each value wanted.
    private static int[] distinct(int count, IntSupplier draw) {
        var found = new int[count];
        int size = 0;
        for (int tries = 0; size < count && tries < 20 * count; tries++) {
            int value = draw.getAsInt();
            boolean known = false;
            for (int i = 0; i < size; i++) {
                known |= found[i] == value;
            }
            if (!known) {
                found[size++] = value;
            }
        }
        var ascending = Arrays.copyOf(found, size);
        Arrays.sort(ascending);
        return ascending;
    }

    /// Zipf's law: the value of rank r is drawn in proportion to 1 / r^s.
    private static final class Zipf {
        private static final double SCALE = 1L << 32;
        private final long[] cumulated;

        Zipf(int values, double s) {
            var weights = new double[values];
            double total = 0;
            for (int i = 0; i < values; i++) {
                weights[i] = 1 / Math.pow(i + 1, s);
                total += weights[i];
            }
            cumulated = new long[values];
            double sum = 0;
            for (int i = 0; i < values; i++) {
                sum += weights[i];
                cumulated[i] = (long) (sum / total * SCALE);
            }
            cumulated[values - 1] = 1L << 32;
        }

        /// The first value whose cumulated weight is above the draw.
        int draw(MtwGenerator random) {
            long drawn = random.next() >>> 32;
            int low = 0;
            int high = cumulated.length;
            while (low < high) {
                int middle = (low + high) >>> 1;
                if (cumulated[middle] > drawn) {
                    high = middle;
                } else {
                    low = middle + 1;
                }
            }
            return low;
        }
    }
}
