package mizan.core.suitability.text;

import java.util.Arrays;

/// Phrases as paths of symbols; where a path ends, the lists that hold the phrase.
///
/// A symbol is a word of [WordTable] times two, plus one if the keyword spells it with ta marbuta. Equal
/// phrases of many lists share one path. Most phrases are one word, so the first step is an array by symbol; the
/// other edges live in one open-addressed table keyed by (node, symbol), because most nodes are leaves.
final class PhraseTrie {
    static final int ROOT = 0;
    static final int ABSENT = -1;

    /// By symbol, the node behind the root; 0, which is the root, where no phrase begins so.
    private int[] begins = new int[64];

    private long[] edgeKeys = new long[64];
    private int[] edgeTargets = new int[64];
    private int edges;
    private int nodes = 1;

    /// The node of each end until they are sealed in its order.
    private int[] endNodes = new int[64];

    /// List in the high half, keyword in the low half.
    private long[] endsAt = new long[64];

    private int ends;
    private int[] firstEnd = new int[0];

    /// Adds `keyword` number of `list`, spelled as these symbols.
    void add(int[] symbols, int list, int keyword) {
        int node = ROOT;
        for (int symbol : symbols) {
            node = childOrNew(node, symbol);
        }
        if (ends == endNodes.length) {
            endNodes = Arrays.copyOf(endNodes, ends * 2);
            endsAt = Arrays.copyOf(endsAt, ends * 2);
        }
        endNodes[ends] = node;
        endsAt[ends++] = (long) list << 32 | keyword;
    }

    /// Sorts the ends by node (a counting sort, stable, so a list's earlier keyword stays first). Call once,
    /// after the last `add`.
    void seal() {
        firstEnd = new int[nodes + 1];
        for (int i = 0; i < ends; i++) {
            firstEnd[endNodes[i] + 1]++;
        }
        for (int node = 0; node < nodes; node++) {
            firstEnd[node + 1] += firstEnd[node];
        }
        var next = firstEnd.clone();
        var sorted = new long[ends];
        for (int i = 0; i < ends; i++) {
            sorted[next[endNodes[i]]++] = endsAt[i];
        }
        endsAt = sorted;
        endNodes = new int[0];
    }

    int child(int node, int symbol) {
        if (node == ROOT) {
            return symbol < begins.length && begins[symbol] != ROOT ? begins[symbol] : ABSENT;
        }
        long key = key(node, symbol);
        int mask = edgeKeys.length - 1;
        for (int slot = spread(key) & mask; edgeKeys[slot] != 0; slot = (slot + 1) & mask) {
            if (edgeKeys[slot] == key) {
                return edgeTargets[slot];
            }
        }
        return ABSENT;
    }

    int firstEnd(int node) {
        return firstEnd[node];
    }

    int lastEnd(int node) {
        return firstEnd[node + 1];
    }

    int list(int end) {
        return (int) (endsAt[end] >>> 32);
    }

    int keyword(int end) {
        return (int) endsAt[end];
    }

    private int childOrNew(int node, int symbol) {
        int child = child(node, symbol);
        if (child != ABSENT) {
            return child;
        }
        if (node == ROOT) {
            if (symbol >= begins.length) {
                begins = Arrays.copyOf(begins, Math.max(symbol + 1, begins.length * 2));
            }
            begins[symbol] = nodes;
            return nodes++;
        }
        if (edges * 2 >= edgeKeys.length) {
            grow();
        }
        edges++;
        place(key(node, symbol), nodes);
        return nodes++;
    }

    private void grow() {
        var keys = edgeKeys;
        var targets = edgeTargets;
        edgeKeys = new long[keys.length * 2];
        edgeTargets = new int[keys.length * 2];
        for (int i = 0; i < keys.length; i++) {
            if (keys[i] != 0) {
                place(keys[i], targets[i]);
            }
        }
    }

    private void place(long key, int target) {
        int mask = edgeKeys.length - 1;
        int slot = spread(key) & mask;
        while (edgeKeys[slot] != 0) {
            slot = (slot + 1) & mask;
        }
        edgeKeys[slot] = key;
        edgeTargets[slot] = target;
    }

    /// Never zero, which marks a free slot.
    private static long key(int node, int symbol) {
        return ((long) node << 32 | symbol) + 1;
    }

    private static int spread(long key) {
        long mixed = key * 0x9E3779B97F4A7C15L;
        return (int) (mixed >>> 32);
    }
}
