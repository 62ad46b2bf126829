package mizan.core.decision;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.LongStream;
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
    private final OfBlock[] blocks;
    private final int[] bestFirst;

    private Bounds(Snapshot snapshot, OfBlock[] blocks) {
        this.snapshot = snapshot;
        this.blocks = blocks;
        this.bestFirst = bestFirst(blocks);
    }

    /// The bounds of one block.
    ///
    /// @param entries the list that they were made for; the next snapshots have the same one as long as
    ///     nothing in the block changes
    /// @param best the smallest of the keys
    /// @param oneTier whether all who may serve are of its tier, so that nobody is worth more than it says
    @SuppressWarnings("ArrayRecordComponent") // Never compared, and never written after it is made.
    private record OfBlock(
            List<Snapshot.Entry> entries,
            long[] keys,
            int[] pacePpm,
            int[] maxRatePpm,
            long[] tieHashes,
            long best,
            boolean oneTier) {
        static final OfBlock NONE =
                new OfBlock(List.of(), new long[0], new int[0], new int[0], new long[0], NOBODY, true);

        /// Asks only for the entries that do not stand in the block before at the same place: a change touches
        /// one of 512.
        static OfBlock following(OfBlock before, List<Snapshot.Entry> entries, Live live) {
            int size = entries.size();
            var keys = Arrays.copyOf(before.keys, size);
            var paces = Arrays.copyOf(before.pacePpm, size);
            var rates = Arrays.copyOf(before.maxRatePpm, size);
            var ties = Arrays.copyOf(before.tieHashes, size);
            for (int i = 0; i < size; i++) {
                var entry = entries.get(i);
                if (before.has(i, entry)) {
                    continue;
                }
                ties[i] = entry.tieHash();
                var bid = entry.group().bid();
                rates[i] = bid.chargeBy() == ChargeBy.CLICK ? ppm(live, entry.group()) : 0;
                paces[i] = Bidder.multiplierPpm(live.multiplier(entry.group()));
                long bound = Bidder.worth(bid.chargeBy(), Bidder.paced(bid, paces[i]), rates[i]);
                keys[i] = entry.blocked().isPresent() ? NOBODY : key(entry.tierRank(), bound);
            }
            long best = Arrays.stream(keys).min().orElse(NOBODY);
            int tier = Bounds.tierRank(best);
            boolean oneTier = true;
            for (long key : keys) {
                oneTier &= key == NOBODY || Bounds.tierRank(key) == tier;
            }
            return new OfBlock(entries, keys, paces, rates, ties, best, oneTier);
        }

        @SuppressWarnings("ReferenceEquality") // An ad group that changed has another entry.
        private boolean has(int place, Snapshot.Entry entry) {
            return place < entries.size() && entries.get(place) == entry;
        }

        private static int ppm(Live live, AdGroup group) {
            return Bidder.clickRatePpm(live.maxClickRate(group));
        }

        @SuppressWarnings("ReferenceEquality") // The same list is the same block; another is merely made anew.
        boolean isOf(List<Snapshot.Entry> block) {
            return entries == block;
        }
    }

    public static Bounds of(Snapshot snapshot, Live live) {
        return new Bounds(
                snapshot, made(snapshot, block -> OfBlock.following(OfBlock.NONE, snapshot.block(block), live)));
    }

    /// The same for the next snapshot, while pace and promises stay: only what changed is made anew.
    public Bounds following(Snapshot next, Live live) {
        return new Bounds(next, made(next, block -> {
            var entries = next.block(block);
            var before = block < blocks.length ? blocks[block] : OfBlock.NONE;
            return before.isOf(entries) ? before : OfBlock.following(before, entries, live);
        }));
    }

    /// How many ad groups [Snapshot#merged] would bring to their like: those that can be worth less than half
    /// of the best in their block, as far as this is more than in that order. Each of them is looked at too
    /// early.
    public int disordered() {
        var ordered = Arrays.stream(blocks)
                .flatMapToLong(block -> Arrays.stream(block.keys()))
                .filter(key -> key != NOBODY)
                .sorted()
                .toArray();
        int unlike = 0;
        for (int first = 0; first < ordered.length; first += TargetingIndex.BLOCK) {
            int end = Math.min(ordered.length, first + TargetingIndex.BLOCK);
            unlike -= unlike(ordered[first], Arrays.stream(ordered, first, end));
        }
        for (var block : blocks) {
            unlike += unlike(block.best(), Arrays.stream(block.keys()));
        }
        return unlike;
    }

    private static int unlike(long best, LongStream keys) {
        return (int) keys.filter(key -> key != NOBODY && tierRank(key) == tierRank(best))
                .filter(key -> boundMicros(key) < boundMicros(best) / 2)
                .count();
    }

    private static OfBlock[] made(Snapshot snapshot, IntFunction<OfBlock> block) {
        var blocks = new OfBlock[snapshot.blocks()];
        Arrays.setAll(blocks, block);
        return blocks;
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
        return blocks[ordinal / TargetingIndex.BLOCK].keys()[ordinal % TargetingIndex.BLOCK];
    }

    /// The key of one ad group with its turn in the last bits.
    long keyInTurn(int ordinal, long seed) {
        var block = blocks[ordinal / TargetingIndex.BLOCK];
        int place = ordinal % TargetingIndex.BLOCK;
        return block.keys()[place] | Snapshot.Entry.turn(block.tieHashes()[place], seed);
    }

    /// The multiplier that the bound was made with.
    int pacePpm(int ordinal) {
        return blocks[ordinal / TargetingIndex.BLOCK].pacePpm()[ordinal % TargetingIndex.BLOCK];
    }

    int maxRatePpm(int ordinal) {
        return blocks[ordinal / TargetingIndex.BLOCK].maxRatePpm()[ordinal % TargetingIndex.BLOCK];
    }

    /// Whether they are of this very snapshot.
    @SuppressWarnings("ReferenceEquality") // Each change of the book makes a snapshot of its own.
    public boolean isOf(Snapshot other) {
        return snapshot == other;
    }

    /// How many blocks have anybody in them.
    int blocks() {
        return bestFirst.length;
    }

    /// The key of the best ad group in the n-th best block.
    long blockKey(int nth) {
        return blocks[bestFirst[nth]].best();
    }

    /// Whether nobody in the n-th best block can be worth this much, in whichever tier.
    boolean allBelow(int nth, long micros) {
        var block = blocks[bestFirst[nth]];
        return block.oneTier() && boundMicros(block.best()) < micros;
    }

    /// The n-th best block.
    int block(int nth) {
        return bestFirst[nth];
    }

    private static int[] bestFirst(OfBlock[] blocks) {
        var order = new Integer[blocks.length];
        int filled = 0;
        for (int block = 0; block < blocks.length; block++) {
            if (blocks[block].best() != NOBODY) {
                order[filled++] = block;
            }
        }
        Arrays.sort(order, 0, filled, (a, b) -> Long.compare(blocks[a].best(), blocks[b].best()));
        var bestFirst = new int[filled];
        Arrays.setAll(bestFirst, nth -> order[nth]);
        return bestFirst;
    }
}
