package mizan.server.journal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Finds the segments of a disk and decides what a broken end means.
///
/// A crash leaves at most a torn end of the newest segment: bytes of a round that was never acknowledged.
/// They are cut off. Anything else (a gap between segments, a broken record with a valid one behind it, a
/// broken older segment) is damage, and refused. One case cannot be told apart: when the power goes within
/// the seconds in which the mark behind the last acknowledged round is not on the disk yet, and that very
/// round is damaged later as well, it looks like a torn end.
final class Recovery {
    private final Disk disk;

    Recovery(Disk disk) {
        this.disk = disk;
    }

    List<Segment> run() throws IOException {
        var names = disk.names().stream()
                .filter(n -> n.endsWith(".journal"))
                .sorted()
                .toList();
        var segments = new ArrayList<Segment>();
        for (int i = 0; i < names.size(); i++) {
            var name = names.get(i);
            var segment = new Segment(name, Long.parseUnsignedLong(name, 0, 16, 16), disk.open(name));
            boolean newest = i == names.size() - 1;
            if (!segments.isEmpty()) {
                requireJoined(segments.getLast(), segment);
            } else if (segment.base != 0) {
                throw new JournalDamaged(name, 0, "the segments before it are missing");
            }
            if (!segment.headerIsValid()) {
                if (newest && segment.file.size() <= Segment.HEADER) {
                    drop(segment);
                    continue;
                }
                throw new JournalDamaged(name, 0, "its header is broken");
            }
            mendEnd(segment, newest);
            segments.add(segment);
        }
        return segments;
    }

    private static void requireJoined(Segment before, Segment segment) throws IOException {
        long end = before.validEnd();
        if (end != segment.base) {
            throw new JournalDamaged(
                    before.name, end - before.base + Segment.HEADER, "records up to the next file are missing");
        }
    }

    /// The newest file was begun, and the power went before its header was safe. It never held a record.
    private void drop(Segment segment) throws IOException {
        segment.file.close();
        disk.delete(segment.name);
        disk.forceFolder();
    }

    private static void mendEnd(Segment segment, boolean newest) throws IOException {
        long end = segment.validEnd();
        long size = end - segment.base + Segment.HEADER;
        if (size == segment.file.size()) {
            return;
        }
        if (!newest || segment.hasRoundBehind(end)) {
            throw new JournalDamaged(segment.name, size, "a broken record");
        }
        segment.file.truncate(size);
        segment.file.force();
    }
}
