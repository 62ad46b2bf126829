package mizan.bench.predict;

import static mizan.bench.predict.Finding.figures;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import mizan.core.prediction.AdSignals;
import mizan.core.prediction.ClickLearner;
import mizan.core.prediction.ClickPredictor;
import mizan.core.prediction.PageSignals;

/// C3: 200 new ads of which nothing is known, 100,000 renders; each page has 50 of them to choose from. Regret is what
/// the
/// best of the 50 would have been clicked more.
///
/// A day before, 200 other ads ran: so the prior knows how much ads differ, as it does in a market that has begun.
final class ColdStart {
    private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");
    private static final PageSignals PAGE = new PageSignals("feed", "FEED", "", "", "", 9, List.of());
    private static final int ADS = 200;
    private static final int RENDERS = 100_000;

    private ColdStart() {}

    static Finding run(int seeds) {
        double thompson = 0;
        double greedy = 0;
        for (long seed = 0; seed < seeds; seed++) {
            thompson += regret(seed, true);
            greedy += regret(seed, false);
        }
        return new Finding(
                "C3",
                "regret of drawing <= 0.6 x that of the best mean with one in twenty at random",
                thompson <= 0.6 * greedy,
                figures("seeds", seeds, "regret_clicks", thompson / seeds, "ratio", thompson / greedy),
                figures("epsilon_greedy_regret_clicks", greedy / seeds));
    }

    private static double regret(long seed, boolean drawing) {
        var random = new SplittableRandom(seed);
        var predictor = new ClickPredictor(new ClickLearner());
        yesterday(predictor, random);
        var ads = ads("new");
        var truth = rates(random);
        double most = Arrays.stream(truth).max().orElseThrow();
        double regret = 0;
        for (int i = 0; i < RENDERS; i++) {
            int chosen = !drawing && random.nextInt(20) == 0
                    ? random.nextInt(ADS)
                    : best(predictor.on(PAGE, AT, random.nextLong()), ads, drawing);
            regret += most - truth[chosen];
            show(predictor, ads.get(chosen), truth[chosen], random);
        }
        return regret;
    }

    private static void yesterday(ClickPredictor predictor, SplittableRandom random) {
        var ads = ads("old");
        var truth = rates(random);
        for (int i = 0; i < RENDERS; i++) {
            int ad = random.nextInt(ADS);
            show(predictor, ads.get(ad), truth[ad], random);
        }
    }

    private static int best(ClickPredictor.ForPage rates, List<AdSignals> ads, boolean drawing) {
        int best = 0;
        double highest = -1;
        for (int ad = 0; ad < ADS; ad++) {
            var estimate = rates.estimate(ads.get(ad));
            double worth = drawing ? estimate.sample() : estimate.mean();
            if (worth > highest) {
                highest = worth;
                best = ad;
            }
        }
        return best;
    }

    private static void show(ClickPredictor predictor, AdSignals ad, double rate, SplittableRandom random) {
        var shown = new ClickPredictor.Shown(ad, PAGE, 1, AT);
        predictor.rendered(shown);
        if (random.nextDouble() < rate) {
            predictor.clicked(shown);
        }
    }

    private static List<AdSignals> ads(String name) {
        var ads = new ArrayList<AdSignals>();
        for (int i = 0; i < ADS; i++) {
            ads.add(new AdSignals(name + i, name + "campaign" + i / 10, "advertiser" + i / 20, "shoes", "NATIVE_CARD"));
        }
        return ads;
    }

    /// Beta(2, 400): the sum of two exponentials over the sum of 402.
    private static double[] rates(SplittableRandom random) {
        var rates = new double[ADS];
        for (int ad = 0; ad < ADS; ad++) {
            double hits = random.nextExponential() + random.nextExponential();
            double misses = 0;
            for (int i = 0; i < 400; i++) {
                misses += random.nextExponential();
            }
            rates[ad] = hits / (hits + misses);
        }
        return rates;
    }
}
