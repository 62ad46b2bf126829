package mizan.core.decision;

import java.util.Arrays;
import mizan.core.campaign.AdGroup;
import mizan.core.campaign.ChargeBy;
import mizan.core.targeting.TargetingIndex;

/// What each ad group can be worth at most at its present pace, and the most of each block of ad groups.
///
/// Ad groups and blocks have a key: smaller comes first, better tier before higher bound. The order in which
/// decisions look at them follows from it, so they may stop as soon as nobody behind can matter, wherever an
/// ad group stands in the snapshot.
public final class Bounds {
    static final int TURN_BITS = 22;
    private static final int BOUND_BITS = 38;
    private static final long MAX_BOUND = (1L << BOUND_BITS) - 1;
    private static final long NOBODY = Long.MAX_VALUE;

    private final Snapshot snapshot;
    private final long[] keys;
    private final int[] maxRatePpm;
    private final long[] blocks;

    private Bounds(Snapshot snapshot, long[] keys, int[] maxRatePpm) {
        this.snapshot = snapshot;
        this.keys = keys;
        this.maxRatePpm = maxRatePpm;
        this.blocks = blocksBestFirst(keys);
    }

    public static Bounds of(Snapshot snapshot, Live live) {
        int size = snapshot.entries().size();
        var keys = new long[size];
        var rates = new int[size];
        for (int i = 0; i < size; i++) {
            make(i, snapshot.entry(i), live, keys, rates);
        }
        return new Bounds(snapshot, keys, rates);
    }

    /// The same for the next snapshot, while pace and promises stay: only those that changed are made anew.
    public Bounds following(Snapshot next, Live live) {
        int size = next.entries().size();
        var newKeys = Arrays.copyOf(keys, size);
        var newRates = Arrays.copyOf(maxRatePpm, size);
        int known = snapshot.entries().size();
        for (int i = 0; i < size; i++) {
            if (i >= known || !same(next.entry(i), snapshot.entry(i))) {
                make(i, next.entry(i), live, newKeys, newRates);
            }
        }
        return new Bounds(next, newKeys, newRates);
    }

    @SuppressWarnings("ReferenceEquality") // The same object is the cheap question; a copy is merely made anew.
    private static boolean same(Snapshot.Entry one, Snapshot.Entry other) {
        return one == other;
    }

    private static void make(int ordinal, Snapshot.Entry entry, Live live, long[] keys, int[] rates) {
        var bid = entry.group().bid();
        rates[ordinal] = bid.chargeBy() == ChargeBy.CLICK ? ppm(live, entry.group()) : 0;
        int pace = Bidder.multiplierPpm(live.multiplier(entry.campaign().id()));
        long bound = Bidder.worth(bid.chargeBy(), Bidder.paced(bid, pace), rates[ordinal]);
        keys[ordinal] = entry.blocked().isPresent() ? NOBODY : key(entry.tierRank(), bound);
    }

    private static int ppm(Live live, AdGroup group) {
        return Bidder.clickRatePpm(live.maxClickRate(group));
    }

    static long key(int tierRank, long boundMicros) {
        return (((long) tierRank << BOUND_BITS) | (MAX_BOUND - boundMicros)) << TURN_BITS;
    }

    static long boundMicros(long key) {
        return MAX_BOUND - ((key >>> TURN_BITS) & MAX_BOUND);
    }

    static int tierRank(long key) {
        return (int) (key >>> (BOUND_BITS + TURN_BITS));
    }

    /// The key of one ad group, its last [#TURN_BITS] bits 0.
    long key(int ordinal) {
        return keys[ordinal];
    }

    int maxRatePpm(int ordinal) {
        return maxRatePpm[ordinal];
    }

    Snapshot snapshot() {
        return snapshot;
    }

    /// How many blocks have anybody in them.
    int blocks() {
        return blocks.length / 2;
    }

    /// The key of the best ad group in the n-th best block.
    long blockKey(int nth) {
        return blocks[2 * nth];
    }

    /// The n-th best block.
    int block(int nth) {
        return (int) blocks[2 * nth + 1];
    }

    /// Pairs of key and block, best first.
    private static long[] blocksBestFirst(long[] keys) {
        int count = Math.ceilDiv(keys.length, TargetingIndex.BLOCK);
        var best = new long[count];
        var order = new Integer[count];
        int filled = 0;
        for (int block = 0; block < count; block++) {
            int end = Math.min(keys.length, (block + 1) * TargetingIndex.BLOCK);
            long key = NOBODY;
            for (int i = block * TargetingIndex.BLOCK; i < end; i++) {
                key = Math.min(key, keys[i]);
            }
            best[block] = key;
            if (key != NOBODY) {
                order[filled++] = block;
            }
        }
        Arrays.sort(order, 0, filled, (a, b) -> Long.compare(best[a], best[b]));
        var pairs = new long[2 * filled];
        for (int i = 0; i < filled; i++) {
            pairs[2 * i] = best[order[i]];
            pairs[2 * i + 1] = order[i];
        }
        return pairs;
    }
}
