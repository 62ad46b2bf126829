package mizan.server.serve;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import mizan.core.campaign.AdGroup;
import mizan.core.campaign.AdGroupId;
import mizan.core.campaign.Book;
import mizan.core.campaign.Budget;
import mizan.core.campaign.Campaign;
import mizan.core.campaign.CampaignId;
import mizan.core.campaign.ChargeBy;
import mizan.core.campaign.Flight;
import mizan.core.campaign.Pacing;
import mizan.core.campaign.Servability;
import mizan.core.pacing.HourlyRate;
import mizan.core.pacing.PaceState;
import mizan.core.pacing.Pacer;
import mizan.core.pacing.SpendPlan;
import mizan.core.pacing.Traffic;

/// The bid multiplier of each ad group: one step every five minutes from what its budgets spent, and at once when
/// the book changes.
///
/// Each budget has a pace of its own: the campaign's day, the campaign's flight, the ad group's day, the ad group's
/// flight. A bid is shaded by their product, so the tightest decides and the others rest at 1.
public final class Pace {
    static final Duration STEP = Duration.ofMinutes(5);
    /// A book that changes a thousand times a second is not planned anew a thousand times a second.
    private static final Duration REPLAN = Duration.ofSeconds(1);

    private static final double LOWEST = Math.exp(Pacer.LOWEST);

    private final PaceStore store;
    private final SeenTraffic seen;
    private final Map<String, PaceState> known;
    private Map<String, Level> levels = new HashMap<>();
    private volatile Map<AdGroupId, Double> multipliers = Map.of();
    private Instant next = Instant.MIN;
    private Instant looked = Instant.MIN;
    private long revision = -1;

    public Pace(PaceStore store) {
        this.store = store;
        var kept = store.load();
        this.known = new HashMap<>(kept.levels());
        this.seen = new SeenTraffic(kept.traffic());
    }

    /// What was bought with a budget, settled or held.
    public interface Committed {
        /// @param day ISO date, or `total`
        long micros(String owner, String day);
    }

    /// @param committedMicros when the running step began
    /// @param plannedMicros what the running step should spend
    /// @param bidMicros the mean bid that its multiplier belongs to
    private record Level(
            SpendPlan plan, PaceState state, long committedMicros, double plannedMicros, double bidMicros) {}

    public double multiplier(AdGroupId group) {
        return multipliers.getOrDefault(group, 1.0);
    }

    /// Every multiplier of the present step below 1; another step has another map.
    Map<AdGroupId, Double> multipliers() {
        return multipliers;
    }

    /// The traffic that the forecast is made from.
    SeenTraffic seen() {
        return seen;
    }

    /// Takes the next step if it is due, or follows the book if it has changed.
    ///
    /// @param committed asked only when there is a step to take
    public synchronized void step(Book book, Supplier<Committed> committed, Instant now) {
        boolean due = !now.isBefore(next);
        boolean changed = book.revision() != revision && !now.isBefore(looked.plus(REPLAN));
        if (!due && !changed) {
            return;
        }
        next = due ? now.plus(STEP) : next;
        looked = now;
        revision = book.revision();
        var traffic = seen.until(now);
        var step = new Step(book, committed.get(), now, due);
        step.take();
        levels = step.taken;
        multipliers = Map.copyOf(step.product);
        if (due) {
            keep(traffic, book);
        }
    }

    private void keep(Map<String, HourlyRate> traffic, Book book) {
        var states = new HashMap<String, PaceState>();
        levels.forEach((name, level) -> states.put(name, level.state()));
        known.putAll(states);
        if (!traffic.isEmpty()) {
            seen.keepOnly(ids(book));
        }
        store.save(new PaceStore.Kept(states, traffic));
    }

    private static Set<String> ids(Book book) {
        return book.campaigns().keySet().stream().map(CampaignId::value).collect(Collectors.toUnmodifiableSet());
    }

    /// One walk through the book.
    private final class Step {
        private final Book book;
        private final Committed committed;
        private final Instant now;
        private final boolean due;
        private final Map<String, Level> taken = new HashMap<>();
        private final Map<AdGroupId, Double> product = new HashMap<>();

        Step(Book book, Committed committed, Instant now, boolean due) {
            this.book = book;
            this.committed = committed;
            this.now = now;
            this.due = due;
        }

        void take() {
            var groups = new HashMap<CampaignId, Bids>();
            for (var group : book.adGroups().values()) {
                groups.computeIfAbsent(group.campaign(), _ -> new Bids()).add(group);
            }
            var ofCampaign = new HashMap<CampaignId, Double>();
            for (var campaign : book.campaigns().values()) {
                var bids = groups.get(campaign.id());
                if (bids != null
                        && campaign.pacing() != Pacing.ASAP
                        && Servability.reasonsNotServable(book, campaign, now).isEmpty()) {
                    ofCampaign.put(
                            campaign.id(),
                            budgets(campaign, campaign.id().value(), campaign.budget(), campaign.flight(), bids));
                }
            }
            for (var group : book.adGroups().values()) {
                var campaign = ofCampaign.get(group.campaign());
                if (campaign != null) {
                    double all = Math.max(LOWEST, campaign * own(group));
                    if (all < 1) {
                        product.put(group.id(), all);
                    }
                }
            }
        }

        private double own(AdGroup group) {
            var campaign = book.campaignOf(group);
            var flight = group.flight().orElse(campaign.flight());
            if (!Servability.reasonsNotServable(book, group, now).isEmpty()) {
                return 1;
            }
            var bids = new Bids();
            bids.add(group);
            return budgets(campaign, group.id().value(), group.budget(), flight, bids);
        }

        /// The product over the day's budget and the flight's.
        private double budgets(Campaign campaign, String owner, Budget budget, Flight flight, Bids bids) {
            if (budget.equals(Budget.UNLIMITED)) {
                return 1;
            }
            var forecast = seen.forecast(campaign.id());
            var zone = book.advertiserOf(campaign).timeZone();
            var today = LocalDate.ofInstant(now, zone);
            var midnight = today.plusDays(1).atStartOfDay(zone).toInstant();
            var dayEnd = flight.end().filter(midnight::isAfter).orElse(midnight);
            double day = level(
                    owner + "/day",
                    budget.dailyMicros(),
                    Optional.of(dayEnd),
                    today.toString(),
                    campaign,
                    bids,
                    forecast);
            return day
                    * level(owner + "/flight", budget.totalMicros(), flight.end(), "total", campaign, bids, forecast);
        }

        private double level(
                String name,
                OptionalLong budget,
                Optional<Instant> end,
                String day,
                Campaign campaign,
                Bids bids,
                Traffic forecast) {
            if (budget.isEmpty() || end.isEmpty()) {
                return 1; // Nothing to spread, or nothing to spread it over.
            }
            long spent = committed.micros(name.substring(0, name.indexOf('/')), day);
            var plan = new SpendPlan(budget.getAsLong(), spent, now, end.get(), campaign.pacing());
            var level = Optional.ofNullable(levels.get(name))
                    .map(before -> follow(before, plan, bids, forecast, spent))
                    .orElseGet(() -> begin(name, plan, bids, forecast, spent));
            taken.put(name, level);
            return level.state().multiplier();
        }

        /// Goes on where the last day, or the last life of the process, ended.
        private Level begin(String name, SpendPlan plan, Bids bids, Traffic forecast, long spent) {
            var last = known.getOrDefault(name, PaceState.COLD);
            return planned(plan, new PaceState(last.logMultiplier(), 0), bids, forecast, spent);
        }

        private Level follow(Level before, SpendPlan fresh, Bids bids, Traffic forecast, long spent) {
            var plan = before.plan();
            var state = before.state();
            if (bids.mean() != before.bidMicros()) {
                state = Pacer.rebid(state, bids.mean() / before.bidMicros());
            }
            boolean over = !now.isBefore(plan.end());
            if (!over && due) {
                state = Pacer.next(
                        state,
                        new Pacer.Step(
                                before.plannedMicros(),
                                spent - before.committedMicros(),
                                bids.grain() * state.multiplier(),
                                plan.behind(forecast, spent, now)));
            }
            boolean same = plan.budgetMicros() == fresh.budgetMicros()
                    && plan.end().equals(fresh.end())
                    && plan.mode() == fresh.mode();
            if (same && !due) {
                return new Level(plan, state, before.committedMicros(), before.plannedMicros(), bids.mean());
            }
            if (same || over) {
                return planned(same ? plan : fresh, state, bids, forecast, spent);
            }
            double was = plan.planned(forecast, spent, now, next);
            double will = fresh.planned(forecast, spent, now, next);
            return planned(
                    fresh, was > 0 && will > 0 ? Pacer.replanned(state, will / was) : state, bids, forecast, spent);
        }

        private Level planned(SpendPlan plan, PaceState state, Bids bids, Traffic forecast, long spent) {
            return new Level(plan, state, spent, plan.planned(forecast, spent, now, next), bids.mean());
        }
    }

    /// The bids of the ad groups that share a budget.
    private static final class Bids {
        private double sum;
        private int count;
        private double grain = 1;

        void add(AdGroup group) {
            double bid = group.bid().amountMicros();
            sum += bid;
            count++;
            grain = Math.max(grain, group.bid().chargeBy() == ChargeBy.CLICK ? bid : bid / 1_000);
        }

        double mean() {
            return sum / count;
        }

        /// What one charge costs at most.
        double grain() {
            return grain;
        }
    }
}
