package mizan.bench.predict;

import static mizan.bench.predict.Finding.figures;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import mizan.core.prediction.AdSignals;
import mizan.core.prediction.ClickLearner;
import mizan.core.prediction.ClickPredictor;
import mizan.core.prediction.PageSignals;

/// C6: CPU time of one estimate with twenty features, for 200 candidates of one page; half of the ads are known, half
/// are
/// drawn. Beside it, the prior alone, whose paths are looked up before.
final class ScoreSpeed {
    private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");
    private static final PageSignals PAGE = new PageSignals("feed", "FEED", "SA", "ar", "phone", 9, List.of("sport"));
    private static final int CANDIDATES = 200;
    private static final int PAGES = 2_000;

    private ScoreSpeed() {}

    static Finding run() {
        var predictor = new ClickPredictor(new ClickLearner());
        var ads = new ArrayList<AdSignals>();
        var random = new SplittableRandom(1);
        for (int i = 0; i < CANDIDATES; i++) {
            var ad = new AdSignals("ad" + i, "cmp" + i / 4, "adv" + i / 10, "shoes", "NATIVE_CARD");
            ads.add(ad);
            for (int n = i % 2 == 0 ? ClickPredictor.KNOWN_AFTER + 1 : 20; n > 0; n--) {
                predictor.rendered(new ClickPredictor.Shown(ad, PAGE, 1, AT));
            }
        }
        var threads = ManagementFactory.getThreadMXBean();
        double sum = 0;
        var nanos = new long[PAGES];
        for (int page = -PAGES; page < PAGES; page++) {
            long began = threads.getCurrentThreadCpuTime();
            var rates = predictor.on(PAGE, AT, random.nextLong());
            for (var ad : ads) {
                sum += rates.estimate(ad).sample();
            }
            if (page >= 0) {
                nanos[page] = threads.getCurrentThreadCpuTime() - began;
            }
        }
        Arrays.sort(nanos);
        double microsPerPage = nanos[PAGES / 2] / 1e3;
        return new Finding(
                "C6",
                "<= 2 us a score at the median, <= 500 us for 200 candidates",
                microsPerPage / CANDIDATES <= 2 && microsPerPage <= 500 && sum > 0,
                figures("us_per_score", microsPerPage / CANDIDATES, "us_per_200", microsPerPage),
                figures("prior_alone_us_per_score", prior(predictor, ads, threads)));
    }

    private static double prior(ClickPredictor predictor, List<AdSignals> ads, ThreadMXBean threads) {
        var prior = predictor.learner().prior();
        var paths = ads.stream()
                .map(a -> prior.path(a.category() + "@feed", a.advertiser(), a.campaign(), a.ad()))
                .toList();
        double sum = 0;
        long began = 0;
        for (int page = -PAGES; page < PAGES; page++) {
            began = page == 0 ? threads.getCurrentThreadCpuTime() : began;
            for (var path : paths) {
                sum += prior.rate(path, 1);
            }
        }
        double micros = (threads.getCurrentThreadCpuTime() - began) / 1e3;
        return sum > 0 ? micros / PAGES / CANDIDATES : 0;
    }
}
