package mizan.server.serve;

import java.util.List;
import mizan.core.receipt.DecisionRecord;
import mizan.core.receipt.EmptySlot;
import mizan.core.receipt.Impression;

/// A decided feed: what was placed, with the token that each placement is billed by.
///
/// @param position where in the journal the record stands
/// @param cursor to be sent with the next page, see [Cursors]
public record Answered(DecisionRecord record, long position, List<Shown> shown, List<EmptySlot> empty, String cursor) {
    public record Shown(Impression impression, String token) {}
}
