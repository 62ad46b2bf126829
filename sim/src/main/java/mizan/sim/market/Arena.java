package mizan.sim.market;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.DoubleFunction;
import mizan.core.pacing.HourlyRate;
import mizan.core.pacing.SpendPlan;
import mizan.core.pacing.Traffic;
import mizan.core.pacing.TrafficProfile;

/// One slot, one auction after another: campaigns that all pace the same way against each other and
/// against outside bids, second price. Amounts are micros.
///
/// The same seed gives the same traffic, values and outside bids whatever the pacing, so that two ways of
/// pacing differ by nothing else.
public final class Arena {
    static final Duration STEP = Duration.ofMinutes(5);
    private static final Instant START = Instant.parse("2026-11-23T00:00:00Z");
    /// The mean of the outside bids, in micros an impression.
    public static final double TYPICAL_PRICE = 12_000;

    private static final double SPREAD = 0.5;
    private static final double AFFINITY = 0.6;

    private final Setting setting;
    private final List<Bidder> bidders = new ArrayList<>();
    private Traffic lastForecast = Traffic.UNIFORM;

    /// @param days the last one is measured, after the forecast and the multipliers were learned on the others
    /// @param forecast what pacing believes about the traffic of a day
    /// @param raise on the last day at noon the smallest budgets are multiplied by it; 1 changes nothing
    public record Setting(long seed, int campaigns, int days, double slotsPerDay, Forecast forecast, double raise) {}

    /// What is believed about the traffic.
    public enum Forecast {
        LEARNED,
        FLAT,
        /// As it is, three hours late.
        SHIFTED
    }

    /// What came of one campaign on the measured day.
    ///
    /// @param valueShare value bought, over the best that its budget could have bought in hindsight
    /// @param use spend over budget
    /// @param planMad mean distance from the plan over the day, as a share of the budget
    /// @param bound whether its budget could be spent at all: buying everything would have cost more
    /// @param raised for a budget that was raised, what came of the new plan
    public record Result(
            long budget,
            long spent,
            double valueShare,
            double use,
            double planMad,
            boolean bound,
            double multiplier,
            Optional<Raised> raised) {}

    /// @param planDistance half an hour after the raise: how far the spend is from the new plan, as a share of the
    ///     new budget
    /// @param rate spend over plan in the half hour that follows
    public record Raised(double planDistance, double rate) {}

    private static final class Bidder {
        final double value;
        final double fits;
        final Pacing pacing;
        final double budgetShare;
        long budget = Long.MAX_VALUE;
        long spent;
        double bought;
        Hindsight hindsight = new Hindsight();
        double planDistance;
        Optional<SpendPlan> raised = Optional.empty();
        long[] spentBySteps = new long[289];

        Bidder(double value, double fits, double budgetShare, Pacing pacing) {
            this.value = value;
            this.fits = fits;
            this.budgetShare = budgetShare;
            this.pacing = pacing;
        }
    }

    private Arena(Setting setting, DoubleFunction<Pacing> pacing) {
        this.setting = setting;
        var random = new SplittableRandom(setting.seed());
        for (int i = 0; i < setting.campaigns(); i++) {
            double perClick = Draws.lognormal(1_000_000, SPREAD, random);
            double clickRate = Draws.lognormal(0.01, 0.4, random);
            double value = perClick * clickRate;
            bidders.add(
                    new Bidder(value, random.nextDouble(0.15, 0.8), random.nextDouble(0.15, 1.1), pacing.apply(value)));
        }
    }

    /// Plays all days; answers one result for each campaign.
    ///
    /// @param pacing makes the pacing of a campaign from its typical bid, in micros
    public static List<Result> play(Setting setting, DoubleFunction<Pacing> pacing) {
        // What each would spend without a budget, found on a day of its own.
        var unbound = new Arena(setting, _ -> new Pacing.None());
        unbound.day(START.minus(Duration.ofDays(7)), HourlyRate.nothingSeen(HourlyRate.WEEK), false);
        var arena = new Arena(setting, pacing);
        for (int i = 0; i < arena.bidders.size(); i++) {
            var bidder = arena.bidders.get(i);
            bidder.budget = Math.max(1, (long) (bidder.budgetShare * unbound.bidders.get(i).spent));
        }
        var seen = HourlyRate.nothingSeen(HourlyRate.WEEK);
        for (int day = 0; day < setting.days(); day++) {
            seen = arena.day(START.plus(Duration.ofDays(day)), seen, day == setting.days() - 1);
        }
        return arena.bidders.stream().map(b -> arena.result(b)).toList();
    }

    private Traffic forecast(HourlyRate seen) {
        var learned = TrafficProfile.of(seen);
        return switch (setting.forecast()) {
            case LEARNED -> learned;
            case FLAT -> Traffic.UNIFORM;
            case SHIFTED ->
                (from, to) -> learned.weight(from.minus(Duration.ofHours(3)), to.minus(Duration.ofHours(3)));
        };
    }

    private HourlyRate day(Instant start, HourlyRate known, boolean measured) {
        var end = start.plus(Duration.ofDays(1));
        var forecast = forecast(known);
        lastForecast = forecast;
        boolean paced = bidders.getFirst().budget < Long.MAX_VALUE;
        for (var bidder : bidders) {
            bidder.spent = 0;
            bidder.bought = 0;
            if (paced) {
                bidder.pacing.begin(plan(bidder, 0, start, end), forecast);
            }
        }
        var shape = new TrafficShape(setting.slotsPerDay(), TrafficShape.Rhythm.USUAL, List.of());
        var random = new SplittableRandom(setting.seed() * 31 + start.getEpochSecond());
        var chances = new SplittableRandom(setting.seed() * 37 + start.getEpochSecond());
        var seen = known;
        double feedsInHour = 0;
        var plans = bidders.stream().map(b -> plan(b, 0, start, end)).toArray(SpendPlan[]::new);
        for (int minute = 0; minute < 1_440; minute++) {
            var now = start.plus(Duration.ofMinutes(minute));
            if (measured && minute == 720 && setting.raise() != 1) {
                raise(now, end, plans);
            }
            int feeds = shape.feeds(now, random);
            feedsInHour += feeds;
            for (int i = 0; i < feeds; i++) {
                auction(random, chances, measured);
            }
            if (minute % 60 == 59) {
                seen = seen.plus(Math.floorDiv(now.getEpochSecond(), 3_600L), feedsInHour, 1);
                feedsInHour = 0;
            }
            if (paced && minute % 5 == 4) {
                step(now.plus(Duration.ofMinutes(1)), forecast, plans, (minute + 1) / 5);
            }
        }
        return seen;
    }

    private static SpendPlan plan(Bidder bidder, long already, Instant start, Instant end) {
        return new SpendPlan(bidder.budget, already, start, end, mizan.core.campaign.Pacing.EVEN);
    }

    private void raise(Instant now, Instant end, SpendPlan[] plans) {
        for (int i = 0; i < plans.length; i++) {
            var bidder = bidders.get(i);
            if (bidder.budgetShare * setting.raise() >= 1) {
                continue; // More than it could ever spend.
            }
            bidder.budget = Math.max(bidder.spent + 1, (long) (bidder.budget * setting.raise()));
            plans[i] = plan(bidder, bidder.spent, now, end);
            bidder.raised = Optional.of(plans[i]);
            bidder.pacing.replan(plans[i], bidder.spent);
        }
    }

    private void step(Instant now, Traffic forecast, SpendPlan[] plans, int step) {
        for (int i = 0; i < plans.length; i++) {
            var bidder = bidders.get(i);
            bidder.pacing.step(now, bidder.spent);
            bidder.spentBySteps[step] = bidder.spent;
            bidder.planDistance = (step == 1 ? 0 : bidder.planDistance)
                    + Math.abs(plans[i].behind(forecast, bidder.spent, now)) / 288;
        }
    }

    private void auction(SplittableRandom random, SplittableRandom chances, boolean measured) {
        double outside = Draws.lognormal(TYPICAL_PRICE, SPREAD, random);
        int count = bidders.size();
        var bids = new double[count];
        var values = new double[count];
        int first = -1;
        double second = outside;
        double highest = outside;
        for (int i = 0; i < count; i++) {
            var bidder = bidders.get(i);
            boolean fits = random.nextDouble() < bidder.fits;
            double taste = random.nextGaussian();
            double chance = chances.nextDouble();
            if (!fits) {
                continue;
            }
            values[i] = bidder.value * Math.exp(AFFINITY * taste - AFFINITY * AFFINITY / 2);
            bids[i] = values[i] * bidder.pacing.multiplier(chance);
            // Never a bid that the rest of the budget could not pay.
            bids[i] = bids[i] > (double) (bidder.budget - bidder.spent) ? 0 : bids[i];
            if (bids[i] > highest) {
                second = highest;
                highest = bids[i];
                first = i;
            } else {
                second = Math.max(second, bids[i]);
            }
        }
        if (measured) {
            offer(values, first, second, highest);
        }
        if (first >= 0) {
            var winner = bidders.get(first);
            winner.spent += (long) second;
            winner.bought += values[first];
        }
    }

    private void offer(double[] values, int first, double second, double highest) {
        for (int i = 0; i < values.length; i++) {
            double price = i == first ? second : highest;
            if (values[i] > price) {
                bidders.get(i).hindsight.offered(values[i], price);
            }
        }
    }

    /// The half hour from 12:30 is judged, after six steps.
    private Raised raised(Bidder bidder, SpendPlan plan) {
        var from = plan.start().plus(Duration.ofMinutes(30));
        var to = from.plus(Duration.ofMinutes(30));
        long spent = bidder.spentBySteps[156] - bidder.spentBySteps[150];
        return new Raised(
                Math.abs(plan.behind(lastForecast, bidder.spentBySteps[150], from)),
                spent / plan.planned(lastForecast, bidder.spentBySteps[150], from, to));
    }

    private Result result(Bidder bidder) {
        double best = bidder.hindsight.bestValue((double) bidder.budget);
        return new Result(
                bidder.budget,
                bidder.spent,
                best > 0 ? bidder.bought / best : 1,
                (double) bidder.spent / bidder.budget,
                bidder.planDistance,
                bidder.hindsight.wholeCost() > (double) bidder.budget,
                bidder.pacing.multiplier(0),
                bidder.raised.map(plan -> raised(bidder, plan)));
    }
}
