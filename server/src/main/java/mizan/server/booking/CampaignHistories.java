package mizan.server.booking;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import mizan.core.campaign.EntityStatus;

/// What was done to the campaigns of every advertiser, for pages that look at all of them at once.
///
/// It follows the book's log: a look reads what was booked since the look before, the first one everything. Asking the
/// store for each campaign anew took most of the time of the revenue desk.
public final class CampaignHistories {
    /// Of one advertiser; older ones are in the book all the same.
    private static final int MOST = 400;

    private static final int AT_ONCE = 1_000;
    private final Booking booking;
    private Map<String, List<Step>> byAdvertiser = Map.of();
    private long read;

    public CampaignHistories(Booking booking) {
        this.booking = booking;
    }

    /// One change of a campaign.
    ///
    /// @param verb `create`, `pause`, `resume`, `increase_budget`, ...
    /// @param actor the key or person
    /// @param status what the advertiser wants from then on
    /// @param dailyMicros its daily budget from then on
    /// @param why the reason given, or the empty text
    public record Step(
            String campaign,
            String verb,
            String actor,
            Instant at,
            EntityStatus status,
            OptionalLong dailyMicros,
            String why) {
        static Step of(Change change) {
            var daily = change.body().path("budget").path("daily_micros");
            return new Step(
                    change.id(),
                    change.verb(),
                    change.actor(),
                    change.at(),
                    EntityStatus.valueOf(change.body().path("entity_status").asString("DRAFT")),
                    daily.isNumber() ? OptionalLong.of(daily.asLong()) : OptionalLong.empty(),
                    change.why());
        }
    }

    /// By advertiser, oldest first.
    public synchronized Map<String, List<Step>> now() {
        var more = new HashMap<String, List<Step>>();
        for (var next = booking.changes(read, AT_ONCE); !next.isEmpty(); next = booking.changes(read, AT_ONCE)) {
            next.stream()
                    .filter(change -> change.kind() == Kind.CAMPAIGN)
                    .forEach(change -> more.computeIfAbsent(
                                    change.body().path("advertiser").asString(""), _ -> new ArrayList<>())
                            .add(Step.of(change)));
            read = next.getLast().revision();
        }
        if (!more.isEmpty()) {
            var all = new HashMap<>(byAdvertiser);
            more.forEach((advertiser, steps) -> all.merge(advertiser, newest(steps), CampaignHistories::joined));
            byAdvertiser = Map.copyOf(all);
        }
        return byAdvertiser;
    }

    private static List<Step> joined(List<Step> before, List<Step> after) {
        var both = new ArrayList<>(before);
        both.addAll(after);
        return newest(both);
    }

    private static List<Step> newest(List<Step> steps) {
        return List.copyOf(steps.subList(Math.max(0, steps.size() - MOST), steps.size()));
    }
}
