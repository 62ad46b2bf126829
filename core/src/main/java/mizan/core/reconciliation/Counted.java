package mizan.core.reconciliation;

import java.time.LocalDate;
import java.util.OptionalLong;

/// What the advertiser counted of one thing on one day.
///
/// @param line where it stands in its file, counted from 1; the first of them when several lines were added up
/// @param day as the advertiser's days begin
/// @param item the id of a campaign, ad group or ad; or the text that was sent, when nothing has that id or name
/// @param micros cost, in millionths of the advertiser's currency
public record Counted(
        long line, LocalDate day, String item, OptionalLong impressions, OptionalLong clicks, OptionalLong micros) {
    /// Both together, as one line.
    public Counted plus(Counted more) {
        return new Counted(
                line,
                day,
                item,
                sum(impressions, more.impressions),
                sum(clicks, more.clicks),
                sum(micros, more.micros));
    }

    private static OptionalLong sum(OptionalLong a, OptionalLong b) {
        return a.isEmpty() && b.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(Math.addExact(a.orElse(0), b.orElse(0)));
    }

    /// What stands in the file of this measure.
    public OptionalLong of(Measure measure) {
        return switch (measure) {
            case IMPRESSIONS -> impressions;
            case CLICKS -> clicks;
            case COST -> micros;
        };
    }
}
