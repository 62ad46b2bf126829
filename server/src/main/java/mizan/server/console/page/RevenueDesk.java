package mizan.server.console.page;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// The revenue desk: who raised, returned, joined, reduced, paused and left, and what one advertiser's exit
/// would cost.
///
/// @param periodWeeks the span compared with the span before: 4, 13 or 52
/// @param until       the last day of the span
/// @param asOf        when the figures were read; the page says so
/// @param currency    ISO code of all amounts
/// @param weeks       weekly figures, oldest first; may reach further back than the period
/// @param notes       events worth a word on the chart
/// @param moverWeeks  the span over which `movers` are compared, in weeks
/// @param move        the movement shown; empty shows all
/// @param moveCounts  how many advertisers made each movement
/// @param movers      the advertisers shown, most change first
/// @param today       what happened in the last day; empty on a quiet one
/// @param judged      what is judged beside what is added up
/// @param timeline    one advertiser's story; empty if none is picked
public record RevenueDesk(
        int periodWeeks,
        LocalDate until,
        Instant asOf,
        String currency,
        KeyFigures figures,
        List<Week> weeks,
        List<Note> notes,
        Concentration concentration,
        int moverWeeks,
        Optional<Movement> move,
        Map<Movement, Integer> moveCounts,
        List<Mover> movers,
        Optional<Timeline> timeline,
        Optional<Today> today,
        Judged judged) {
    public RevenueDesk {
        weeks = List.copyOf(weeks);
        notes = List.copyOf(notes);
        moveCounts = Map.copyOf(moveCounts);
        movers = List.copyOf(movers);
    }

    /// @param alarm    more advertisers stopped than chance explains
    /// @param outlook  the coming week; empty where the past says too little
    /// @param mayWrite whether the reader may write notes; the holder of a shared link may not
    public record Judged(Optional<Alarm> alarm, Optional<Outlook> outlook, boolean mayWrite) {
        /// Nothing to say.
        public static final Judged NOTHING = new Judged(Optional.empty(), Optional.empty(), false);
    }

    /// @param usual   how many stop in seven days otherwise
    /// @param common  what most of those share and others do not; an empty text where there is nothing
    /// @param sharing how many share it
    public record Alarm(int paused, double usual, Text common, int sharing) {}

    /// A range that holds four weeks of five.
    ///
    /// @param meanError mean absolute error of past forecasts, as a share
    public record Outlook(long lowMicros, long highMicros, double meanError) {}

    /// Key figures of the period. A change is empty when there is nothing to compare with.
    ///
    /// @param revenueMicros     revenue net of invalid traffic
    /// @param revenueChange     against the span before, 0.196 is +19.6 %
    /// @param activeAdvertisers advertisers with spend in the period
    /// @param activeChange      how many more than in the span before
    /// @param joined            of these, how many are new or returned
    /// @param retained          revenue of the earlier span's advertisers now, as a share of theirs then
    /// @param bookedMicros      booked for the next 30 days
    /// @param bookedOfPlan      as a share of the plan
    /// @param topShare          share of the five largest
    /// @param topShareChange    in points as a fraction, -0.041 is 4.1 points less
    /// @param brokenTerms       impressions beside what their terms exclude
    /// @param sealedImpressions impressions checked
    public record KeyFigures(
            long revenueMicros,
            OptionalDouble revenueChange,
            int activeAdvertisers,
            OptionalInt activeChange,
            int joined,
            OptionalDouble retained,
            long bookedMicros,
            OptionalDouble bookedOfPlan,
            OptionalDouble topShare,
            OptionalDouble topShareChange,
            long brokenTerms,
            long sealedImpressions) {}

    /// One week.
    ///
    /// @param start          its first day
    /// @param revenueMicros  revenue
    /// @param earlierMicros  revenue of the week one period before, for the dashed line
    /// @param moved          change by cause: gains positive, losses negative; a missing cause is zero
    public record Week(LocalDate start, long revenueMicros, OptionalLong earlierMicros, Map<Movement, Long> moved) {
        public Week {
            moved = Map.copyOf(moved);
        }
    }

    /// A word on the chart in the week that holds this day.
    public record Note(LocalDate day, Text text) {}

    /// How much hangs on few advertisers.
    ///
    /// @param policyLimit     the largest share one advertiser should have
    /// @param largest         the largest, most first
    /// @param whatIf          what the largest one's pause would cost
    /// @param herfindahl      the sum of squared shares, 0 to 1
    /// @param halfCount       how many advertisers make half of the revenue
    public record Concentration(
            double policyLimit,
            List<Share> largest,
            Optional<WhatIf> whatIf,
            OptionalDouble herfindahl,
            OptionalDouble herfindahlChange,
            int halfCount,
            OptionalInt halfCountBefore) {
        public Concentration {
            largest = List.copyOf(largest);
        }

        /// Whether every advertiser stays under the limit.
        public boolean insidePolicy() {
            return largest.stream().allMatch(one -> one.share() <= policyLimit);
        }
    }

    /// One advertiser's share of revenue.
    public record Share(String advertiserId, String name, double share) {}

    /// What a pause would cost.
    ///
    /// @param weeklyMicros revenue lost a week
    /// @param share        of all weekly revenue
    /// @param covered      the part of the gap that booked campaigns fill
    public record WhatIf(String name, long weeklyMicros, double share, OptionalDouble covered) {}

    /// An advertiser who moved.
    ///
    /// @param weekly weekly spend for the small line, oldest first
    /// @param reason what is on file; an empty text if nothing is
    /// @param owner  initials of who looks after it; empty if nobody
    public record Mover(
            String advertiserId,
            String name,
            Text sector,
            Movement movement,
            long spendMicros,
            long changeMicros,
            List<Long> weekly,
            Suitability suitability,
            Text reason,
            String owner) {
        public Mover {
            weekly = List.copyOf(weekly);
        }
    }

    /// One advertiser's story.
    ///
    /// @param since     the year of the first campaign
    /// @param owner     who looks after it; empty if nobody
    /// @param weekly    weekly spend in micros, for the same weeks as the desk
    /// @param events    oldest first, at most nine are pinned
    /// @param next      what is to be done next; empty if nothing is planned
    public record Timeline(
            String advertiserId,
            String name,
            int since,
            String owner,
            Movement movement,
            List<Long> weekly,
            List<Event> events,
            String next) {
        public Timeline {
            weekly = List.copyOf(weekly);
            events = List.copyOf(events);
        }
    }

    /// Something that happened to an advertiser.
    public record Event(LocalDate day, Tone tone, Text text) {}

    /// The last day, before its money shows in a whole week.
    ///
    /// @param paused       advertisers who paused or left
    /// @param returned     advertisers who came back
    /// @param weeklyMicros what those who paused spent in a week, on average over four
    /// @param share        of all weekly revenue
    public record Today(int paused, int returned, long weeklyMicros, OptionalDouble share) {}
}
