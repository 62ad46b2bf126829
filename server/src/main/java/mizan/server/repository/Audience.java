package mizan.server.repository;

import org.apache.datasketches.hll.HllSketch;
import org.apache.datasketches.hll.HllUnion;

/// Who saw an ad, as a number alone: a HyperLogLog sketch (1.6 % standard error, near exact below a hundred), from
/// which no viewer can be read.
public final class Audience {
    /// 4,096 registers.
    private static final int LOG_SIZE = 12;

    private HllSketch sketch = new HllSketch(LOG_SIZE);

    public Audience() {}

    /// One that was kept.
    public Audience(byte[] kept) {
        sketch = HllSketch.heapify(kept);
    }

    /// @param viewer a pseudonymous key; not kept
    public void saw(String viewer) {
        sketch.update(viewer);
    }

    /// Both together.
    public Audience and(Audience other) {
        var union = new HllUnion(LOG_SIZE);
        union.update(sketch);
        union.update(other.sketch);
        var both = new Audience();
        both.sketch = union.getResult();
        return both;
    }

    public long people() {
        return Math.round(sketch.getEstimate());
    }

    public byte[] kept() {
        return sketch.toCompactByteArray();
    }
}
