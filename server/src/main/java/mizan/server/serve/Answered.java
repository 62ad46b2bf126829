package mizan.server.serve;

import java.util.List;
import mizan.core.decision.Snapshot;
import mizan.core.receipt.DecisionRecord;
import mizan.core.receipt.EmptySlot;
import mizan.core.receipt.Impression;

/// A decided feed: what was placed, with the token that each placement is billed by.
///
/// @param snapshot of the book that it was decided by: the newest may be another one by now
/// @param position where in the journal the record stands
/// @param cursor to be sent with the next page, see [Cursors]
public record Answered(
        DecisionRecord record,
        Snapshot snapshot,
        long position,
        List<Shown> shown,
        List<EmptySlot> empty,
        String cursor) {
    public record Shown(Impression impression, String token) {}
}
