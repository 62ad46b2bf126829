package mizan.server.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.zip.CRC32C;

/// One file of the journal: a header, then records until the file ends. `base` is the position of the first
/// record.
final class Segment {
    static final int HEADER = 20;
    static final int RECORD_HEADER = 9;
    static final int MAX_PAYLOAD = 1 << 20;
    /// The empty record that every round of group commit begins with. Rounds are written one after the
    /// other, so its presence says that everything before it was durable.
    static final byte ROUND = 0;
    static final byte[] NOTHING = {};
    private static final int MAGIC = 0x4D5A4A31;

    final String name;
    final long base;
    final Disk.File file;

    Segment(String name, long base, Disk.File file) {
        this.name = name;
        this.base = base;
        this.file = file;
    }

    /// Sixteen hex digits, so that the order of names is the order of positions.
    static String nameFor(long base) {
        return String.format(Locale.ROOT, "%016x.journal", base);
    }

    static byte[] header(long base) {
        var header = ByteBuffer.allocate(HEADER).putInt(MAGIC).putInt(1).putLong(base);
        var crc = new CRC32C();
        crc.update(header.array(), 0, 16);
        return header.putInt((int) crc.getValue()).array();
    }

    /// Writes one record into the buffer. The position is part of the checksum, so an old record in a new
    /// place is not valid.
    static void put(ByteBuffer into, long start, byte kind, byte[] payload) {
        into.putInt(payload.length);
        into.putInt(checksum(start, kind, payload, 0, payload.length));
        into.put(kind);
        into.put(payload);
    }

    /// The record that begins a round at this position.
    static byte[] roundAt(long start) {
        var record = ByteBuffer.allocate(RECORD_HEADER);
        put(record, start, ROUND, NOTHING);
        return record.array();
    }

    private static int checksum(long start, byte kind, byte[] bytes, int offset, int length) {
        var crc = new CRC32C();
        for (int shift = 56; shift >= 0; shift -= 8) {
            crc.update((int) (start >>> shift) & 0xFF);
        }
        crc.update(kind);
        crc.update(bytes, offset, length);
        return (int) crc.getValue();
    }

    boolean headerIsValid() throws IOException {
        var header = new byte[HEADER];
        return file.read(0, header, 0, HEADER) == HEADER && java.util.Arrays.equals(header, header(base));
    }

    /// The valid record at this position, or null when there is none: torn, damaged, or the end.
    @org.jspecify.annotations.Nullable
    Entry entryAt(long start) throws IOException {
        long offset = start - base + HEADER;
        var header = new byte[RECORD_HEADER];
        if (file.read(offset, header, 0, RECORD_HEADER) < RECORD_HEADER) {
            return null;
        }
        var fields = ByteBuffer.wrap(header);
        int length = fields.getInt();
        int crc = fields.getInt();
        byte kind = fields.get();
        if (length < 0 || length > MAX_PAYLOAD) {
            return null;
        }
        var payload = new byte[length];
        if (file.read(offset + RECORD_HEADER, payload, 0, length) < length) {
            return null;
        }
        return checksum(start, kind, payload, 0, length) == crc
                ? new Entry(start, start + RECORD_HEADER + length, kind, payload)
                : null;
    }

    /// Whether the last record before this position, where the valid records end, begins a round.
    boolean roundBeginsBefore(long end) throws IOException {
        if (end - base < RECORD_HEADER) {
            return false;
        }
        var last = entryAt(end - RECORD_HEADER);
        return last != null && last.kind() == ROUND;
    }

    /// The end of the valid records from the first on.
    long validEnd() throws IOException {
        long at = base;
        while (true) {
            var entry = entryAt(at);
            if (entry == null) {
                return at;
            }
            at = entry.end();
        }
    }

    /// Whether a round begins anywhere behind this position: a proof that what stands at it was durable
    /// once.
    boolean hasRoundBehind(long position) throws IOException {
        int size = Math.toIntExact(file.size());
        var bytes = new byte[size];
        file.read(0, bytes, 0, size);
        var view = ByteBuffer.wrap(bytes);
        for (int offset = Math.toIntExact(position - base) + HEADER + 1; offset + RECORD_HEADER <= size; offset++) {
            if (view.getInt(offset) == 0
                    && bytes[offset + 8] == ROUND
                    && checksum(offset - HEADER + base, ROUND, bytes, 0, 0) == view.getInt(offset + 4)) {
                return true;
            }
        }
        return false;
    }
}
