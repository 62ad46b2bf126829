package mizan.core.frequency;

import java.time.Instant;
import mizan.core.receipt.ImpressionId;

/// One ad shown, or about to be shown, to one viewer.
///
/// @param at when it was rendered; while provisional, when it was reserved
record Render(ImpressionId impression, Instant at, boolean provisional) {
    boolean lapsed(Instant now) {
        return provisional && !now.isBefore(at.plus(FrequencyCounts.RESERVATION));
    }
}
