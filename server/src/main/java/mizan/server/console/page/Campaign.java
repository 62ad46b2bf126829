package mizan.server.console.page;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// One campaign: its hard limit, its pace, what limits it, and where every ad ran.
///
/// @param status       what is true now
/// @param reasons      codes of why it cannot deliver, such as `paused_by_advertiser`; empty if it can
/// @param since        who brought about the status and when; empty if time or money did
/// @param from         the first day
/// @param until        the last day; empty for an open end
/// @param currency     ISO code of all amounts
/// @param asOf         when the figures were read
/// @param days         one entry a day of the flight, oldest first
/// @param today        where the now-line stands
/// @param delivery     what became of the slots it was considered for
/// @param placements   the newest impressions with their neighbours
/// @param placementsInAll how many there are
/// @param terms        the suitability terms in force; empty if it has none
/// @param lift         what its ads changed; empty if it holds nobody out
/// @param actions      what this reader may do
public record Campaign(
        String id,
        String name,
        String advertiserId,
        String advertiser,
        Status status,
        List<String> reasons,
        Optional<Since> since,
        LocalDate from,
        Optional<LocalDate> until,
        Suitability suitability,
        String currency,
        Instant asOf,
        KeyFigures figures,
        List<Day> days,
        LocalDate today,
        Delivery delivery,
        List<Placement> placements,
        long placementsInAll,
        Optional<Terms> terms,
        Optional<Lift> lift,
        List<AdGroup> groups,
        List<Change> changes,
        Actions actions) {
    public Campaign {
        reasons = List.copyOf(reasons);
        days = List.copyOf(days);
        placements = List.copyOf(placements);
        groups = List.copyOf(groups);
        changes = List.copyOf(changes);
    }

    /// Who brought about the status, and when.
    public record Since(String who, Instant at) {}

    /// Key figures since the start.
    ///
    /// @param spentMicros  settled spend
    /// @param heldMicros   held for impressions on their way
    /// @param budgetMicros the hard limit of settled and held together
    /// @param pace         spend against plan, 1 is on plan; empty before the first day
    /// @param day          the day of the flight, from 1; empty outside it
    /// @param dayCount     how many days the flight has; empty for an open end
    /// @param clickRate    clicks by impressions; empty without impressions
    /// @param perClickMicros cost of one click; empty without clicks
    /// @param besideExcluded impressions beside what the terms exclude
    public record KeyFigures(
            long spentMicros,
            long heldMicros,
            long budgetMicros,
            OptionalDouble pace,
            OptionalInt day,
            OptionalInt dayCount,
            long impressions,
            OptionalLong reach,
            long clicks,
            OptionalDouble clickRate,
            OptionalLong perClickMicros,
            long besideExcluded) {}

    /// One day of the flight; amounts are sums since the start.
    ///
    /// @param spentMicros spent by the end of the day; empty for days to come
    /// @param planMicros  planned by the end of the day; empty without a plan
    /// @param limitMicros the hard limit on that day
    public record Day(LocalDate day, OptionalLong spentMicros, OptionalLong planMicros, long limitMicros) {}

    /// What became of the slots this campaign was considered for.
    ///
    /// @param slots how many slots it was considered for
    /// @param lost  where it dropped out, in the order of the rules
    /// @param won   in how many it won
    /// @param billed how many of these were billed
    public record Delivery(long slots, List<Lost> lost, long won, long billed, Invalid invalid) {
        public Delivery {
            lost = List.copyOf(lost);
        }
    }

    /// Events that no reader sent.
    ///
    /// @param share of all events, 0 to 1
    /// @param reasons how many for each reason in words of the API, most first
    public record Invalid(double share, List<Reason> reasons) {
        public Invalid {
            reasons = List.copyOf(reasons);
        }

        public record Reason(String code, long events) {}
    }

    /// How often one rule ended its chance.
    public record Lost(Outcome outcome, String detail, long count) {}

    /// One impression with its neighbours.
    ///
    /// @param above      the post above; empty at the top of a feed
    /// @param below      the post below; empty at the end of a feed
    /// @param position   where its record stands in the journal
    /// @param slot       the number of its slot in that feed, from 1
    /// @param commitment hash of its record
    /// @param batch      its entry in the public log; empty until the next seal, and for what was not charged
    public record Placement(
            String receiptId,
            Instant at,
            Optional<Neighbour> above,
            Text ad,
            Optional<Neighbour> below,
            long position,
            int slot,
            String commitment,
            OptionalLong batch) {}

    /// A post beside an ad, as it was judged when the feed was filled.
    ///
    /// @param text    the text; empty if its author has deleted it since
    /// @param rater   who judged it, with version
    /// @param commitment hash of the post; stays when the text is gone
    public record Neighbour(String handle, Optional<Text> text, Risk risk, String rater, String commitment) {}

    /// What the ads changed, of a campaign that holds viewers out.
    ///
    /// @param days after a first ad within which something done counts
    /// @param difference of the two rates; empty while there is not enough to tell
    public record Lift(int percent, int days, Tried exposed, Tried ghosts, Optional<Difference> difference) {}

    /// Viewers of one group.
    ///
    /// @param waiting whose days are not over
    public record Tried(long viewers, long converted, long waiting) {
        public double rate() {
            return viewers == 0 ? 0 : (double) converted / viewers;
        }
    }

    /// @param found whether it is more than chance
    public record Difference(double share, double low, double high, double p, boolean found) {}

    /// Suitability terms in force.
    ///
    /// @param before how many posts above an ad they cover
    /// @param after  how many posts below an ad they cover
    public record Terms(int version, Instant signedAt, int before, int after, int blockedWords, int blockedAuthors) {}

    /// One ad group.
    public record AdGroup(
            String id,
            String name,
            Status status,
            List<String> reasons,
            Bid bid,
            long spentMicros,
            long impressions,
            OptionalDouble clickRate,
            OptionalDouble pace) {
        public AdGroup {
            reasons = List.copyOf(reasons);
        }
    }

    /// One change of the campaign.
    ///
    /// @param about what it is about where that is not the campaign itself, such as the name of an ad group;
    ///     empty if it is
    /// @param why   the reason given; an empty text if none was
    public record Change(Instant at, String who, Field field, String about, Value from, Value to, Text why) {}

    /// A value before or after a change.
    public sealed interface Value {
        /// An amount in micros of the campaign's currency.
        record Amount(long micros) implements Value {}

        /// A status.
        record State(Status status) implements Value {}

        /// Any other value, as it was written.
        record Plain(String text) implements Value {}

        /// Nothing was there, or nothing needs saying.
        record None() implements Value {}
    }

    /// What this reader may do. Forms post to `/campaigns/{id}/pause`, `/resume`, `/raise` and `/reduce`.
    ///
    /// @param mayPause      offered while it is not paused
    /// @param mayResume     offered while it is paused
    /// @param mayRaise      whether the budget may be raised or cut
    /// @param approvalAboveMicros raises above this amount need a second person; 0 for all, empty if none do
    /// @param pendingMicros a budget that waits for its second person; empty if none
    /// @param pendingId     the request that waits; empty if none
    /// @param whyNot        key of why nothing is offered; empty if something is
    public record Actions(
            boolean mayPause,
            boolean mayResume,
            boolean mayRaise,
            OptionalLong approvalAboveMicros,
            OptionalLong pendingMicros,
            String pendingId,
            String whyNot) {}
}
