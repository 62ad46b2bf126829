package mizan.server.serve.record;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import mizan.core.identity.SortableId;

/// Reads what [Pack] wrote. Bytes that are nothing of the kind are refused by an IllegalArgumentException or a
/// BufferUnderflowException, and make nothing larger than themselves.
final class Unpack {
    private final ByteBuffer bytes;
    private final List<String> texts = new ArrayList<>();
    private final List<Id> ids = new ArrayList<>();

    private record Id(long high, long low) {
        String of(String prefix) {
            return SortableId.of(prefix, high >>> 16, high, low);
        }
    }

    Unpack(byte[] bytes) {
        this.bytes = ByteBuffer.wrap(bytes);
    }

    boolean atEnd() {
        return !bytes.hasRemaining();
    }

    long number() {
        long number = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            byte next = bytes.get();
            number |= (long) (next & 0x7F) << shift;
            if (next >= 0) {
                return (number >>> 1) ^ -(number & 1);
            }
        }
        throw new IllegalArgumentException("a number without an end");
    }

    int integer() {
        long number = number();
        if (number != (int) number) {
            throw new IllegalArgumentException(number + " where an int belongs");
        }
        return (int) number;
    }

    long fixed() {
        return bytes.getLong();
    }

    Instant instant() {
        return Micros.instant(number());
    }

    String text() {
        return textOf(integer());
    }

    Optional<String> optional() {
        int number = integer();
        return number == 0 ? Optional.empty() : Optional.of(textOf(number - 1));
    }

    private String textOf(int number) {
        if (number == texts.size()) {
            var utf8 = new byte[count()];
            bytes.get(utf8);
            texts.add(new String(utf8, StandardCharsets.UTF_8));
        }
        if (number < 0 || number >= texts.size()) {
            throw new IllegalArgumentException("no text has the number " + number);
        }
        return texts.get(number);
    }

    String onlyId(String prefix) {
        return new Id(fixed(), fixed()).of(prefix);
    }

    String id(String prefix) {
        int number = integer();
        if (number == ids.size()) {
            ids.add(new Id(fixed(), fixed()));
        }
        if (number < 0 || number >= ids.size()) {
            throw new IllegalArgumentException("no id has the number " + number);
        }
        return ids.get(number).of(prefix);
    }

    String hash() {
        if (bytes.get() == 0) {
            return text();
        }
        var hash = new byte[32];
        bytes.get(hash);
        return HexFormat.of().formatHex(hash);
    }

    boolean flag() {
        return switch (integer()) {
            case 0 -> false;
            case 1 -> true;
            default -> throw new IllegalArgumentException("neither yes nor no");
        };
    }

    <T> List<T> list(Function<Unpack, T> one) {
        int size = count();
        var items = new ArrayList<T>(size);
        for (int i = 0; i < size; i++) {
            items.add(one.apply(this));
        }
        return items;
    }

    /// An item takes a byte at least, so a damaged length cannot ask for memory that the record never had.
    private int count() {
        int count = integer();
        if (count < 0 || count > bytes.remaining()) {
            throw new IllegalArgumentException("a list or a text of " + count);
        }
        return count;
    }

    List<String> texts() {
        return list(Unpack::text);
    }

    Set<String> set() {
        return Set.copyOf(texts());
    }
}
