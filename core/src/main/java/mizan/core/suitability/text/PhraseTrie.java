package mizan.core.suitability.text;

import java.util.Arrays;

/// Phrases as paths of symbols; where a path ends, the lists that hold the phrase.
///
/// A symbol is a word of [WordTable] times two, plus one if the keyword spells it with ta marbuta. Equal
/// phrases of many lists share one path; edges live in one open-addressed table keyed by (node, symbol),
/// because most nodes are leaves.
final class PhraseTrie {
    static final int ROOT = 0;
    static final int ABSENT = -1;

    private long[] edgeKeys = new long[64];
    private int[] edgeTargets = new int[64];
    private int edges;
    private int nodes = 1;

    private int[] endNodes = new int[64];
    private int[] endLists = new int[64];
    private int[] endKeywords = new int[64];
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
            endLists = Arrays.copyOf(endLists, ends * 2);
            endKeywords = Arrays.copyOf(endKeywords, ends * 2);
        }
        endNodes[ends] = node;
        endLists[ends] = list;
        endKeywords[ends++] = keyword;
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
        var lists = new int[ends];
        var keywords = new int[ends];
        for (int i = 0; i < ends; i++) {
            int at = next[endNodes[i]]++;
            lists[at] = endLists[i];
            keywords[at] = endKeywords[i];
        }
        endLists = lists;
        endKeywords = keywords;
        endNodes = new int[0];
    }

    int child(int node, int symbol) {
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
        return endLists[end];
    }

    int keyword(int end) {
        return endKeywords[end];
    }

    private int childOrNew(int node, int symbol) {
        int child = child(node, symbol);
        if (child != ABSENT) {
            return child;
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
