package mizan.core.targeting;

import java.util.BitSet;

/// Finds the ad groups whose targeting a request meets. Ad groups are ordinals: their places in a snapshot's
/// order.
public interface TargetingIndex {
    /// The matching ordinals; the caller may change the answer.
    BitSet matching(Audience audience);
}
