package mizan.core.receipt;

import java.util.List;
import mizan.core.campaign.AdGroupId;

/// What was true of one ad group that was examined at the instant of the decision, and cannot be read from
/// the book again.
///
/// With the book at the recorded revision and these facts, the decision can be made once more with the same
/// result. Rates are whole millionths, here and in the deciding, so that nothing is lost in writing.
///
/// @param availableMicros what the group could still hold
/// @param limit which budget limits it first, such as `campaign.daily`
/// @param multiplierPpm pacing multiplier of its bid, its campaign's pace included, 0 to 1,000,000
/// @param clickRatePpm expected clicks per million renders; 0 when it does not pay for clicks
/// @param sampledRatePpm the click rate that it was ranked by
/// @param draw how that was drawn
/// @param costMicros what 1,000 renders of its ad cost the reader, in the placement's currency
/// @param shown renders to this viewer within each cap's window, in the order of the group's caps
/// @param outcome the code of what became of it
public record CandidateFacts(
        AdGroupId adGroup,
        long availableMicros,
        String limit,
        int multiplierPpm,
        int clickRatePpm,
        int sampledRatePpm,
        Draw draw,
        long costMicros,
        List<Integer> shown,
        String outcome) {
    public CandidateFacts {
        shown = List.copyOf(shown);
    }

    /// The same facts with another end.
    public CandidateFacts becoming(String code) {
        if (outcome.equals(code)) {
            return this;
        }
        return new CandidateFacts(
                adGroup,
                availableMicros,
                limit,
                multiplierPpm,
                clickRatePpm,
                sampledRatePpm,
                draw,
                costMicros,
                shown,
                code);
    }

    /// The same facts with that much money.
    public CandidateFacts affording(long micros) {
        return new CandidateFacts(
                adGroup, micros, limit, multiplierPpm, clickRatePpm, sampledRatePpm, draw, costMicros, shown, outcome);
    }

    /// The same facts with another draw.
    public CandidateFacts drawing(int ratePpm, Draw another) {
        return new CandidateFacts(
                adGroup,
                availableMicros,
                limit,
                multiplierPpm,
                clickRatePpm,
                ratePpm,
                another,
                costMicros,
                shown,
                outcome);
    }
}
