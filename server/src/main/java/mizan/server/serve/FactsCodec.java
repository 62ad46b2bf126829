package mizan.server.serve;

import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import mizan.core.campaign.AdGroupId;
import mizan.core.identity.SortableId;
import mizan.core.receipt.CandidateFacts;

/// The facts of a decision, packed: they are most of what a record holds beside its posts.
///
/// Numbers are LEB128 of their zigzag form, ids 16 bytes, and a text is written once: its number, and where it
/// comes first, its length and UTF-8 after it.
final class FactsCodec {
    private static final String DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final int MAX_FACTS = 1_000_000;

    private FactsCodec() {}

    static byte[] write(List<CandidateFacts> facts) {
        var out = new Writer();
        out.number(facts.size());
        for (var one : facts) {
            out.id(one.adGroup().value());
            out.text(one.outcome());
            out.number(one.multiplierPpm());
            out.number(one.clickRatePpm());
            out.number((long) one.sampledRatePpm() - one.clickRatePpm());
            out.number(one.costMicros());
            out.number(one.availableMicros());
            out.text(one.limit());
            out.number(one.shown().size());
            one.shown().forEach(out::number);
        }
        return out.bytes.toByteArray();
    }

    /// @throws IllegalArgumentException when the bytes are not what [#write] wrote
    static List<CandidateFacts> read(byte[] bytes) {
        var in = new Reader(ByteBuffer.wrap(bytes));
        try {
            var facts = new ArrayList<CandidateFacts>();
            for (int left = in.count(); left > 0; left--) {
                facts.add(in.facts());
            }
            if (in.bytes.hasRemaining()) {
                throw new IllegalArgumentException("not the facts of a decision: more than was announced");
            }
            return facts;
        } catch (BufferUnderflowException e) {
            throw new IllegalArgumentException("not the facts of a decision", e);
        }
    }

    private static final class Writer {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(1_024);
        private final Map<String, Integer> known = new HashMap<>();

        void number(long number) {
            long left = (number << 1) ^ (number >> 63);
            while ((left & ~0x7FL) != 0) {
                bytes.write((int) ((left & 0x7F) | 0x80));
                left >>>= 7;
            }
            bytes.write((int) left);
        }

        void text(String text) {
            var number = known.putIfAbsent(text, known.size());
            number(number == null ? known.size() - 1 : number);
            if (number == null) {
                var utf8 = text.getBytes(StandardCharsets.UTF_8);
                number(utf8.length);
                bytes.writeBytes(utf8);
            }
        }

        void id(String id) {
            long high = 0;
            long low = 0;
            for (int i = id.indexOf('_') + 1; i < id.length(); i++) {
                high = (high << 5) | (low >>> 59);
                low = (low << 5) | DIGITS.indexOf(id.charAt(i));
            }
            bytes.writeBytes(ByteBuffer.allocate(16).putLong(high).putLong(low).array());
        }
    }

    private static final class Reader {
        private final ByteBuffer bytes;
        private final List<String> known = new ArrayList<>();

        Reader(ByteBuffer bytes) {
            this.bytes = bytes;
        }

        CandidateFacts facts() {
            long high = bytes.getLong();
            var group = new AdGroupId(SortableId.of(AdGroupId.PREFIX, high >>> 16, high, bytes.getLong()));
            var outcome = text();
            int multiplier = integer();
            int rate = integer();
            int sampled = asInt(rate + number());
            long cost = number();
            long available = number();
            var limit = text();
            var shown = new ArrayList<Integer>();
            for (int left = count(); left > 0; left--) {
                shown.add(integer());
            }
            return new CandidateFacts(group, available, limit, multiplier, rate, sampled, cost, shown, outcome);
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
            throw new IllegalArgumentException("not the facts of a decision: a number without an end");
        }

        int integer() {
            return asInt(number());
        }

        private static int asInt(long number) {
            if (number != (int) number) {
                throw new IllegalArgumentException("not the facts of a decision: " + number + " for an int");
            }
            return (int) number;
        }

        int count() {
            int count = integer();
            if (count < 0 || count > MAX_FACTS) {
                throw new IllegalArgumentException("not the facts of a decision: a list of " + count);
            }
            return count;
        }

        String text() {
            int number = count();
            if (number == known.size()) {
                int length = count();
                if (length > bytes.remaining()) {
                    throw new IllegalArgumentException("not the facts of a decision: a text beyond the end");
                }
                var utf8 = new byte[length];
                bytes.get(utf8);
                known.add(new String(utf8, StandardCharsets.UTF_8));
            }
            if (number >= known.size()) {
                throw new IllegalArgumentException("not the facts of a decision: no text has the number " + number);
            }
            return known.get(number);
        }
    }
}
