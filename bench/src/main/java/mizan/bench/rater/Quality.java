package mizan.bench.rater;

import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/// How good scores are: figures that do not hide a rare class. Shares are NaN where there is no such row.
///
/// @param macroF1 mean of the two classes' F1, each row judged by a threshold chosen on other rows
/// @param auc the chance that an offensive text scores above an inoffensive one
/// @param falseClean of the offensive texts, the share that passes as clean
/// @param caught of the offensive texts, the share that is called bad
/// @param falseAlarm of the inoffensive texts, the share that is called bad
/// @param doubtful of the inoffensive texts, the share that is neither clean nor bad, or hardly known
record Quality(
        int rows,
        int offensive,
        double macroF1,
        double auc,
        double falseClean,
        double caught,
        double falseAlarm,
        double doubtful) {

    /// Counts while rows are judged one by one.
    static final class Counting {
        private final double leastKnown;
        private int offensive;
        private int inoffensive;
        private int caught;
        private int falseClean;
        private int falseAlarm;
        private int doubtful;

        /// @param leastKnown a row of which a smaller share is known is in doubt, not clean
        Counting(double leastKnown) {
            this.leastKnown = leastKnown;
        }

        void judge(Scored row, Thresholds by) {
            boolean bad = row.score() >= by.bad();
            boolean clean = row.score() < by.clean() && row.known() >= leastKnown;
            if (row.offensive()) {
                offensive++;
                caught += bad ? 1 : 0;
                falseClean += clean ? 1 : 0;
            } else {
                inoffensive++;
                falseAlarm += bad ? 1 : 0;
                doubtful += bad || clean ? 0 : 1;
            }
        }

        Quality with(double macroF1, double auc) {
            return new Quality(
                    offensive + inoffensive,
                    offensive,
                    macroF1,
                    auc,
                    share(falseClean, offensive),
                    share(caught, offensive),
                    share(falseAlarm, inoffensive),
                    share(doubtful, inoffensive));
        }

        private static double share(int some, int all) {
            return all == 0 ? Double.NaN : (double) some / all;
        }
    }

    /// @param bad which rows are called offensive
    static double macroF1(List<Scored> rows, Predicate<Scored> bad) {
        double hit = rows.stream().filter(r -> r.offensive() && bad.test(r)).count();
        double missed = rows.stream().filter(r -> r.offensive() && !bad.test(r)).count();
        double alarm = rows.stream().filter(r -> !r.offensive() && bad.test(r)).count();
        double rest = rows.size() - hit - missed - alarm;
        return (f1(hit, alarm, missed) + f1(rest, missed, alarm)) / 2;
    }

    private static double f1(double hit, double alarm, double missed) {
        return 2 * hit / Math.max(1, 2 * hit + alarm + missed);
    }

    /// The probability, in hundredths, that parts these rows with the best macro F1.
    static double bestThreshold(List<Scored> probable) {
        double best = 0.5;
        double reached = -1;
        for (int percent = 5; percent < 100; percent++) {
            double threshold = percent / 100.0;
            double macroF1 = macroF1(probable, r -> r.score() >= threshold);
            if (macroF1 > reached) {
                reached = macroF1;
                best = threshold;
            }
        }
        return best;
    }

    /// By ranks, with equal scores sharing theirs (Mann-Whitney).
    static double auc(List<Scored> scored) {
        var inOrder = scored.stream()
                .sorted(Comparator.comparingDouble(Scored::score))
                .toList();
        double ranks = 0;
        double bad = 0;
        for (int i = 0; i < inOrder.size(); ) {
            int next = i;
            while (next < inOrder.size()
                    && inOrder.get(next).score() == inOrder.get(i).score()) {
                next++;
            }
            double rank = (i + 1 + next) / 2.0;
            for (; i < next; i++) {
                if (inOrder.get(i).offensive()) {
                    ranks += rank;
                    bad++;
                }
            }
        }
        double good = inOrder.size() - bad;
        return bad == 0 || good == 0 ? Double.NaN : (ranks - bad * (bad + 1) / 2) / (bad * good);
    }
}
