package mizan.core.decision;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import mizan.core.targeting.TargetingIndex;

/// The entries at [TargetingIndex#BLOCK] consecutive ordinals. Immutable: a change copies one block.
final class Block {
    private final Snapshot.Entry[] entries;
    private final List<Snapshot.Entry> view;
    private final long[] live;
    private final long[] open;

    private Block(Snapshot.Entry[] entries, long[] live, long[] open) {
        this.entries = entries;
        this.view = Collections.unmodifiableList(Arrays.asList(entries));
        this.live = live;
        this.open = open;
    }

    /// As many blocks as it takes, all but the last one full.
    static List<Block> of(List<Snapshot.Entry> ordered) {
        var blocks = new ArrayList<Block>();
        for (int i = 0; i < ordered.size(); i += TargetingIndex.BLOCK) {
            var part = ordered.subList(i, Math.min(ordered.size(), i + TargetingIndex.BLOCK))
                    .toArray(Snapshot.Entry[]::new);
            var live = new long[TargetingIndex.WORDS];
            var open = new long[TargetingIndex.WORDS];
            for (int place = 0; place < part.length; place++) {
                set(live, place, true);
                set(open, place, part[place].blocked().isEmpty());
            }
            blocks.add(new Block(part, live, open));
        }
        return blocks;
    }

    private static void set(long[] bits, int place, boolean on) {
        long bit = 1L << place;
        bits[place / Long.SIZE] = on ? bits[place / Long.SIZE] | bit : bits[place / Long.SIZE] & ~bit;
    }

    Block with(int place, Snapshot.Entry entry) {
        var changed = entries.clone();
        changed[place] = entry;
        var opened = open.clone();
        set(opened, place, entry.blocked().isEmpty());
        return new Block(changed, live, opened);
    }

    /// Leaves a gap. What stood there stays readable by its ordinal, but is no longer found.
    Block without(int place) {
        var left = live.clone();
        set(left, place, false);
        var opened = open.clone();
        set(opened, place, false);
        return new Block(entries, left, opened);
    }

    /// What stands or stood at each place.
    List<Snapshot.Entry> entries() {
        return view;
    }

    Snapshot.Entry entry(int place) {
        return entries[place];
    }

    boolean isLive(int place) {
        return (live[place / Long.SIZE] & (1L << place)) != 0;
    }

    /// The places without gaps.
    IntStream live() {
        return IntStream.range(0, entries.length).filter(this::isLive);
    }

    void forEach(Consumer<Snapshot.Entry> consumer) {
        live().mapToObj(this::entry).forEach(consumer);
    }

    int size() {
        return Arrays.stream(live).mapToInt(Long::bitCount).sum();
    }

    /// Takes away those that are gone or may not serve. Answers whether any is left.
    boolean keepOpen(long[] words) {
        return keep(open, words);
    }

    /// Takes away those that are gone.
    boolean keepLive(long[] words) {
        return keep(live, words);
    }

    private static boolean keep(long[] mask, long[] words) {
        long any = 0;
        for (int w = 0; w < mask.length; w++) {
            words[w] &= mask[w];
            any |= words[w];
        }
        return any != 0;
    }
}
