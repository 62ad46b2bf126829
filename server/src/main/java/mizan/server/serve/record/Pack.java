package mizan.server.serve.record;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;
import java.util.function.BiConsumer;

/// Packs a record into bytes that are used again for the next one.
///
/// Numbers are LEB128 of their zigzag form. A text or an id is written once; where it comes again stands its
/// number, counted from 0 in the order of first appearance.
final class Pack {
    /// A buffer that one huge record made grow is not kept.
    private static final int MAX_KEPT = 1 << 18;

    private static final byte[] HEX = new byte['f' + 1];

    static {
        Arrays.fill(HEX, (byte) -1);
        for (int digit = 0; digit < 16; digit++) {
            HEX[Character.forDigit(digit, 16)] = (byte) digit;
        }
    }

    private byte[] bytes = new byte[8_192];
    private int size;
    private final Numbers texts = new Numbers();
    private final Numbers ids = new Numbers();

    /// Ready for the next record.
    Pack begin() {
        size = 0;
        texts.clear();
        ids.clear();
        return this;
    }

    boolean keepable() {
        return bytes.length <= MAX_KEPT;
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes, size);
    }

    void number(long number) {
        room(10);
        long left = (number << 1) ^ (number >> 63);
        while ((left & ~0x7FL) != 0) {
            bytes[size++] = (byte) ((left & 0x7F) | 0x80);
            left >>>= 7;
        }
        bytes[size++] = (byte) left;
    }

    /// Eight bytes: for numbers that use them all.
    void fixed(long number) {
        room(8);
        for (int shift = 56; shift >= 0; shift -= 8) {
            bytes[size++] = (byte) (number >>> shift);
        }
    }

    void instant(Instant at) {
        number(Micros.of(at));
    }

    void text(String text) {
        text(text, 0);
    }

    /// 0 when it is absent, else the text's number and 1.
    void optional(Optional<String> text) {
        if (text.isEmpty()) {
            number(0);
        } else {
            known(text.get());
        }
    }

    /// An optional text that is there.
    void known(String text) {
        text(text, 1);
    }

    private void text(String text, int shift) {
        int known = texts.known(text);
        if (known >= 0) {
            number(known + shift);
        } else {
            number(texts.last() + shift);
            utf8(text);
        }
    }

    private void utf8(String text) {
        int length = text.length();
        int before = size;
        number(length);
        room(length);
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                size = before;
                encoded(text);
                return;
            }
            bytes[size++] = (byte) c;
        }
    }

    private void encoded(String text) {
        var utf8 = text.getBytes(StandardCharsets.UTF_8);
        number(utf8.length);
        put(utf8);
    }

    /// An id that stands only here: 16 bytes.
    void onlyId(String id) {
        long high = 0;
        long low = 0;
        for (int i = id.length() - PackedIds.DIGITS; i < id.length(); i++) {
            high = (high << 5) | (low >>> 59);
            low = (low << 5) | PackedIds.digit(id.charAt(i));
        }
        fixed(high);
        fixed(low);
    }

    void id(String id) {
        int known = ids.known(id);
        if (known >= 0) {
            number(known);
        } else {
            number(ids.last());
            onlyId(id);
        }
    }

    /// A hash in hex as its 32 bytes behind a 1; anything else as a text behind a 0.
    void hash(String hex) {
        int before = size;
        room(33);
        bytes[size++] = 1;
        int either = 0;
        for (int i = 0; hex.length() == 64 && i < 64; i += 2) {
            int both = hexDigit(hex.charAt(i)) << 4 | hexDigit(hex.charAt(i + 1));
            either |= both;
            bytes[size++] = (byte) both;
        }
        if (hex.length() != 64 || either < 0) {
            size = before;
            bytes[size++] = 0;
            text(hex);
        }
    }

    /// Negative when it is none: capitals would not come back as they were.
    private static int hexDigit(char c) {
        return c < HEX.length ? HEX[c] : -1;
    }

    /// Their number, then each.
    <T> void list(Collection<T> items, BiConsumer<Pack, T> one) {
        number(items.size());
        for (var item : items) {
            one.accept(this, item);
        }
    }

    void texts(Collection<String> list) {
        list(list, Pack::text);
    }

    /// In the order of texts, so that equal sets are equal bytes.
    void set(Collection<String> set) {
        if (set.size() <= 1) {
            texts(set);
            return;
        }
        var sorted = set.toArray(String[]::new);
        Arrays.sort(sorted);
        texts(Arrays.asList(sorted));
    }

    private void put(byte[] more) {
        room(more.length);
        System.arraycopy(more, 0, bytes, size, more.length);
        size += more.length;
    }

    private void room(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + more));
        }
    }
}
