package mizan.server.serve.record;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Numbers texts from 0 in the order in which they first come. In arrays that are used again, because a record has some
/// two hundred texts, and a map makes an object of each.
final class Numbers {
    private static final int AT_FIRST = 512;
    /// Tables that one huge record made grow are not kept.
    private static final int MAX_KEPT = 8_192;
    /// Texts may be chosen so that they all fall into one place. After so many steps one counts as not known and is
    /// written down again, which a reader does not mind.
    private static final int MAX_STEPS = 64;

    private static final int NOWHERE = -1;

    private @Nullable String[] texts = new @Nullable String[AT_FIRST];
    private int[] numbers = new int[AT_FIRST];
    private int count;

    /// As if none had come.
    void clear() {
        count = 0;
        if (texts.length > MAX_KEPT) {
            texts = new @Nullable String[AT_FIRST];
            numbers = new int[AT_FIRST];
        } else {
            Arrays.fill(texts, null);
        }
    }

    /// Its number when it has come before; else -1, and it has the [#last] one from now on.
    int known(String text) {
        int place = place(text, texts);
        if (place != NOWHERE && texts[place] != null) {
            return numbers[place];
        }
        if (place != NOWHERE) {
            texts[place] = text;
            numbers[place] = count;
        }
        count++;
        if (2 * count > texts.length) {
            grow();
        }
        return -1;
    }

    /// The newest number.
    int last() {
        return count - 1;
    }

    /// Where it stands, or where there is room for it.
    private static int place(String text, @Nullable String[] in) {
        int hash = text.hashCode() * 0x9E37_79B9; // 2^32 over the golden ratio: its first bits depend on all
        int place = hash >>> (Integer.numberOfLeadingZeros(in.length) + 1);
        for (int step = 0; step < MAX_STEPS; step++) {
            var there = in[place];
            if (there == null || there.equals(text)) {
                return place;
            }
            place = (place + 1) & (in.length - 1);
        }
        return NOWHERE;
    }

    private void grow() {
        var before = texts;
        var beforeNumbers = numbers;
        texts = new @Nullable String[2 * before.length];
        numbers = new int[2 * before.length];
        for (int i = 0; i < before.length; i++) {
            var text = before[i];
            int place = text == null ? NOWHERE : place(text, texts);
            if (place != NOWHERE) {
                texts[place] = text;
                numbers[place] = beforeNumbers[i];
            }
        }
    }
}
