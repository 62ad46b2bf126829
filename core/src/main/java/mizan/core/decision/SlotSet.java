package mizan.core.decision;

import java.util.BitSet;

/// The slots of one page that some terms allow, as a table of the next one: the search asks for it at every
/// step. Never changed.
final class SlotSet {
    static final int NONE = Integer.MAX_VALUE;

    private final int[] next;
    private final long[] words;

    /// @param slots counted from 1 by the post above; not kept
    SlotSet(BitSet slots) {
        this.words = slots.toLongArray();
        this.next = new int[slots.length()];
        int following = NONE;
        for (int slot = next.length - 1; slot >= 0; slot--) {
            following = slots.get(slot) ? slot : following;
            next[slot] = following;
        }
    }

    /// These without some.
    SlotSet without(BitSet barred) {
        var slots = BitSet.valueOf(words);
        slots.andNot(barred);
        return new SlotSet(slots);
    }

    boolean isEmpty() {
        return next.length == 0;
    }

    boolean contains(int slot) {
        return next(slot) == slot;
    }

    /// The first slot at or after `from`, or [#NONE].
    int next(int from) {
        return from < next.length ? next[from] : NONE;
    }

    /// Whether every slot of the other is one of these.
    boolean covers(SlotSet other) {
        for (int w = 0; w < other.words.length; w++) {
            long mine = w < words.length ? words[w] : 0;
            if ((other.words[w] & ~mine) != 0) {
                return false;
            }
        }
        return true;
    }
}
