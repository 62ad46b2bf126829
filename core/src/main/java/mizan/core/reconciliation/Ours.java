package mizan.core.reconciliation;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import mizan.core.campaign.ChargeBy;

/// What the platform knows of an advertiser in the days of a file and the day on either side.
///
/// @param zone where the advertiser's days begin
/// @param items everything that a line may be about, at the level of the file
/// @param invalid events that no reader sent, by the UTC day: finer they are not kept
public record Ours(
        ZoneId zone,
        Set<String> items,
        List<Hour> hours,
        List<Invalid> invalid,
        List<Late> late,
        List<Credit> credits) {
    public Ours {
        items = Set.copyOf(items);
        hours = List.copyOf(hours);
        invalid = List.copyOf(invalid);
        late = List.copyOf(late);
        credits = List.copyOf(credits);
    }

    /// An ad, as the lines of a file name it.
    ///
    /// @param item what a line would be about: itself, its ad group or its campaign
    public record Ad(String id, String item, String campaign, ChargeBy chargeBy) {}

    /// One ad in one hour.
    ///
    /// @param hour hours since 1970; an hour that begins on one day counts to it as a whole
    public record Hour(Ad ad, long hour, Totals totals) {}

    /// @param measure impressions or clicks
    public record Invalid(String campaign, LocalDate utcDay, Measure measure, long times) {}

    /// What was shown before a midnight and billed after it.
    ///
    /// @param shown the day before that midnight
    /// @param measure what it is billed by; `COST` where that is seeing it, which neither side's counts tell apart
    public record Late(String item, LocalDate shown, Measure measure, long micros) {}

    /// What was given back.
    ///
    /// @param shown the day on which it had been shown
    public record Credit(String item, LocalDate shown, long micros) {}
}
