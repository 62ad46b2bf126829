package mizan.server.reporting;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.apache.datasketches.hll.HllSketch;
import org.apache.datasketches.hll.HllUnion;
import org.apache.datasketches.tuple.CompactTupleSketch;
import org.apache.datasketches.tuple.TupleIntersection;
import org.apache.datasketches.tuple.TupleSketch;
import org.apache.datasketches.tuple.TupleUnion;
import org.apache.datasketches.tuple.aninteger.IntegerSummary;
import org.apache.datasketches.tuple.aninteger.IntegerSummaryDeserializer;
import org.apache.datasketches.tuple.aninteger.IntegerSummarySetOperations;
import org.apache.datasketches.tuple.aninteger.IntegerTupleSketch;

/// How many different viewers, without knowing any of them: a HyperLogLog sketch for the number (1.6 % standard error),
/// and a Theta sketch that carries a count with each retained hash, for overlaps and for how often people saw it.
///
/// From neither can a viewer be read, nor asked for with certainty.
public final class ReachSketch {
    /// 4,096 registers or hashes.
    private static final int LOG_SIZE = 12;

    private static final int SIZE = 1 << LOG_SIZE;
    private static final IntegerSummary.Mode ADD = IntegerSummary.Mode.Sum;
    /// The last bucket of a histogram holds this many showings and more.
    private static final int MOST = 10;

    private final HllSketch viewers;
    /// What was kept before, and what came since: a kept sketch is not written to again.
    private final TupleSketch<IntegerSummary> before;

    private final IntegerTupleSketch since = new IntegerTupleSketch(LOG_SIZE, ADD);

    public ReachSketch() {
        viewers = new HllSketch(LOG_SIZE);
        before = TupleSketch.createEmptySketch();
    }

    ReachSketch(LearnedStore.Day kept) {
        viewers = HllSketch.heapify(kept.viewers());
        before = TupleSketch.heapifySketch(MemorySegment.ofArray(kept.frequencies()), new IntegerSummaryDeserializer());
    }

    public void seen(String viewer) {
        viewers.update(viewer);
        since.update(viewer, 1);
    }

    LearnedStore.Day kept(String campaign, long day) {
        return new LearnedStore.Day(
                campaign, day, viewers.toCompactByteArray(), frequencies().toByteArray());
    }

    private CompactTupleSketch<IntegerSummary> frequencies() {
        return new TupleUnion<>(SIZE, operations()).union(before, since);
    }

    private static IntegerSummarySetOperations operations() {
        return new IntegerSummarySetOperations(ADD, ADD);
    }

    /// Several days of one campaign taken together.
    public static final class Merged {
        private final HllUnion viewers = new HllUnion(LOG_SIZE);
        private final TupleUnion<IntegerSummary> frequencies = new TupleUnion<>(SIZE, operations());

        public static Merged of(List<ReachSketch> days) {
            var merged = new Merged();
            for (var day : days) {
                merged.viewers.update(day.viewers);
                merged.frequencies.union(day.frequencies());
            }
            return merged;
        }

        /// Different viewers, by the number sketch; `low` and `high` hold the truth in 95 of 100 cases.
        public Estimate viewers() {
            return new Estimate(
                    Math.round(viewers.getEstimate()),
                    Math.round(viewers.getLowerBound(2)),
                    Math.round(viewers.getUpperBound(2)));
        }

        /// Different viewers by the overlap sketch.
        public double viewersByTheta() {
            return frequencies.getResult().getEstimate();
        }

        /// Viewers who saw it once, twice, ..., ten times or more.
        public List<Long> histogram() {
            var sketch = frequencies.getResult();
            var counts = new long[MOST];
            for (var each = sketch.iterator(); each.next(); ) {
                counts[Math.clamp(each.getSummary().getValue(), 1, MOST) - 1]++;
            }
            var histogram = new ArrayList<Long>();
            for (long count : counts) {
                histogram.add(Math.round(count / sketch.getTheta()));
            }
            return List.copyOf(histogram);
        }

        /// Viewers who saw both.
        public Estimate overlap(Merged other) {
            var both = new TupleIntersection<>(operations());
            both.intersect(frequencies.getResult());
            both.intersect(other.frequencies.getResult());
            return estimate(both.getResult());
        }

        private static Estimate estimate(TupleSketch<IntegerSummary> sketch) {
            return new Estimate(
                    Math.round(sketch.getEstimate()),
                    Math.round(sketch.getLowerBound(2)),
                    Math.round(sketch.getUpperBound(2)));
        }
    }

    /// @param low where the truth lies in 95 of 100 cases, to `high`
    public record Estimate(long viewers, long low, long high) {}
}
