package mizan.core.receipt;

import java.util.List;
import mizan.core.campaign.AdGroupId;

/// What was true of one ad group that was examined at the instant of the decision, and cannot be read from
/// the book again.
///
/// With the book at the recorded revision and these facts, the decision can be made once more with the same
/// result.
///
/// @param availableMicros what the group could still hold
/// @param limit which budget limits it first, such as `campaign.daily`
/// @param multiplier pacing multiplier of its bid, its campaign's pace included, (0, 1]
/// @param clickRate predicted clicks per render, [0, 1]
/// @param shown renders to this viewer within each cap's window, in the order of `Caps.of`
public record CandidateFacts(
        AdGroupId adGroup,
        long availableMicros,
        String limit,
        double multiplier,
        double clickRate,
        List<Integer> shown) {
    public CandidateFacts {
        shown = List.copyOf(shown);
    }
}
