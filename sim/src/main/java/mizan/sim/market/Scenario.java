package mizan.sim.market;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// What is simulated. The same scenario gives the same history, to the last event.
///
/// @param campaigns with budgets; the outside demand is added to them
/// @param feedsPerDay pages of 20 posts
/// @param scripted whether a campaign is paused, one raised, one cut and one given another bid on the last day
public record Scenario(
        long seed,
        int days,
        int campaigns,
        double feedsPerDay,
        TrafficShape.Rhythm rhythm,
        List<TrafficShape.Event> events,
        boolean scripted) {
    /// A Monday.
    static final Instant START = Instant.parse("2026-11-23T00:00:00Z");

    public Scenario {
        events = List.copyOf(events);
    }

    public static Scenario of(long seed, int days, int campaigns, double feedsPerDay) {
        return new Scenario(seed, days, campaigns, feedsPerDay, TrafficShape.Rhythm.USUAL, List.of(), true);
    }

    public Scenario during(TrafficShape.Rhythm other) {
        return new Scenario(seed, days, campaigns, feedsPerDay, other, events, scripted);
    }

    /// Five times the traffic for twenty minutes, at ten in the morning of the last day.
    public Scenario withSpike() {
        return with(new TrafficShape.Event(lastDay().plus(Duration.ofHours(10)), Duration.ofMinutes(20), 5));
    }

    /// No traffic for half an hour, at six in the evening of the last day.
    public Scenario withOutage() {
        return with(new TrafficShape.Event(lastDay().plus(Duration.ofHours(18)), Duration.ofMinutes(30), 0));
    }

    private Scenario with(TrafficShape.Event event) {
        var more = new ArrayList<>(events);
        more.add(event);
        return new Scenario(seed, days, campaigns, feedsPerDay, rhythm, more, scripted);
    }

    Instant lastDay() {
        return START.plus(Duration.ofDays(days - 1L));
    }

    TrafficShape traffic() {
        return new TrafficShape(feedsPerDay, rhythm, events);
    }
}
