package mizan.sim.market;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import mizan.core.campaign.AdGroupId;
import mizan.core.campaign.ChargeBy;
import mizan.core.receipt.CandidateFacts;
import mizan.core.receipt.Impression;
import mizan.server.app.Engine;
import mizan.server.serve.Answered;

/// What the simulation writes down while it runs, apart from the engine's own books.
final class Observations {
    private final Scenario scenario;
    private final List<Advertisers.Campaign> campaigns;
    private final Map<AdGroupId, Integer> numbers = new HashMap<>();
    private final List<Track> tracks = new ArrayList<>();
    private final Map<Long, HourTally> hours = new TreeMap<>();
    private final Map<AdGroupId, Long> bids = new HashMap<>();
    private double logLoss;
    private double oracleLoss;
    private double predicted;
    private long renders;
    private long clicks;
    private long invalid;
    private long withTerms;
    private long escaped;

    private static final class HourTally {
        long feeds;
        long ads;
        long vcg;
        long first;
        long next;
        final Map<String, Long> empty = new TreeMap<>();
    }

    /// One campaign on the last day.
    private static final class Track {
        final List<Long> spent = new ArrayList<>();
        final List<Double> plan = new ArrayList<>();
        final List<Double> multiplier = new ArrayList<>();
        double budget;
        double planned;
        boolean paused;
        Optional<Instant> pausedAt = Optional.empty();
        long servedWhilePaused;

        Track(double budget) {
            this.budget = budget;
        }
    }

    Observations(Scenario scenario, List<Advertisers.Campaign> campaigns) {
        this.scenario = scenario;
        this.campaigns = campaigns;
        for (int i = 0; i < campaigns.size(); i++) {
            numbers.put(campaigns.get(i).group(), i);
            tracks.add(new Track(campaigns.get(i).daily()));
        }
    }

    int number(AdGroupId group) {
        return Optional.ofNullable(numbers.get(group)).orElseThrow();
    }

    private final Map<Integer, Long> spentInPilot = new HashMap<>();

    /// Held in all, for the pilot.
    List<Long> spentByCampaign() {
        var spent = new ArrayList<Long>();
        for (int i = 0; i < campaigns.size(); i++) {
            spent.add(spentInPilot.getOrDefault(i, 0L));
        }
        return spent;
    }

    void changed(Advertisers.Change change) {
        var track = tracks.get(change.campaign());
        change.daily().ifPresent(daily -> track.budget = daily);
        if (!change.fields().path("entity_status").isMissingNode()) {
            track.paused = change.pauses();
            track.pausedAt = change.pauses() ? Optional.of(change.at()) : Optional.empty();
        }
    }

    void answered(Answered answered, Instant now, Set<String> risky) {
        var hour = hours.computeIfAbsent(Math.floorDiv(now.getEpochSecond(), 3_600L), _ -> new HourTally());
        hour.feeds++;
        hour.ads += answered.shown().size();
        answered.empty()
                .forEach(slot ->
                        hour.empty.merge(slot.reason().name().toLowerCase(java.util.Locale.ROOT), 1L, Long::sum));
        var values = values(answered);
        for (var shown : answered.shown()) {
            var impression = shown.impression();
            var track = tracks.get(number(impression.adGroup()));
            // The second of grace that the promise gives is not needed here: the pause is booked in process.
            if (track.pausedAt.filter(at -> now.isAfter(at.plusSeconds(1))).isPresent()) {
                track.servedWhilePaused++;
            }
            spentInPilot.merge(number(impression.adGroup()), impression.heldMicros(), Math::addExact);
            var mine = value(answered, impression);
            hour.vcg += perRender(impression, rate(answered, impression));
            hour.first += (long) mine;
            hour.next += (long) values.stream()
                    .filter(v -> v < mine)
                    .findFirst()
                    .orElse(Math.min(mine, 1_000.0))
                    .doubleValue();
            adjacency(answered, impression, risky);
        }
    }

    private void adjacency(Answered answered, Impression impression, Set<String> risky) {
        if (campaigns.get(number(impression.adGroup())).preset().equals("NONE")) {
            return;
        }
        withTerms++;
        var posts = answered.record().posts();
        var above = posts.get(impression.afterPost() - 1).id();
        var below = posts.get(impression.afterPost()).id();
        if (risky.contains(above) || risky.contains(below)) {
            escaped++;
        }
    }

    private static long perRender(Impression impression, double clickRate) {
        return impression.chargeBy() == ChargeBy.CLICK
                ? (long) (impression.priceMicros() * clickRate)
                : impression.priceMicros();
    }

    /// Paced values a render of everybody who was examined and could pay, the highest first.
    private List<Double> values(Answered answered) {
        var values = new ArrayList<Double>();
        for (var facts : answered.record().facts()) {
            if (facts.availableMicros() > 0 && facts.multiplierPpm() > 0) {
                values.add(value(facts));
            }
        }
        values.sort(Collections.reverseOrder());
        return values;
    }

    private double value(CandidateFacts facts) {
        double bid = bids.getOrDefault(facts.adGroup(), 0L) * facts.multiplierPpm() / 1e6;
        return campaigns.get(number(facts.adGroup())).byClick() ? bid * facts.clickRatePpm() / 1e6 : bid / 1_000;
    }

    private double value(Answered answered, Impression impression) {
        return facts(answered, impression).map(this::value).orElse(0.0);
    }

    private static double rate(Answered answered, Impression impression) {
        return facts(answered, impression).map(f -> f.clickRatePpm() / 1e6).orElse(0.0);
    }

    private static Optional<CandidateFacts> facts(Answered answered, Impression impression) {
        return answered.record().facts().stream()
                .filter(f -> f.adGroup().equals(impression.adGroup()))
                .findFirst();
    }

    void rendered(Answered answered, Impression impression, double trueRate, boolean clicked) {
        if (impression.chargeBy() != ChargeBy.CLICK) {
            return; // Nobody asks how often an ad is clicked that is paid by the render.
        }
        double rate = Math.clamp(rate(answered, impression), 1e-6, 1 - 1e-6);
        logLoss -= Math.log(clicked ? rate : 1 - rate);
        oracleLoss -= Math.log(clicked ? trueRate : 1 - trueRate);
        predicted += rate;
        renders++;
        clicks += clicked ? 1 : 0;
    }

    void invalidClick(boolean alsoGenuine) {
        invalid += alsoGenuine ? 0 : 1;
    }

    /// Five minutes have passed.
    void step(Instant now, Engine engine) {
        engine.snapshots()
                .current()
                .snapshot()
                .entries()
                .forEach(e -> bids.put(e.group().id(), e.group().bid().amountMicros()));
        var day = now.minusSeconds(1).atOffset(ZoneOffset.UTC).toLocalDate();
        if (day.isBefore(LocalDate.ofInstant(scenario.lastDay(), ZoneOffset.UTC))) {
            return;
        }
        var committed = engine.committed();
        for (int i = 0; i < campaigns.size(); i++) {
            var campaign = campaigns.get(i);
            var track = tracks.get(i);
            track.spent.add(committed.micros(campaign.id(), day.toString()));
            track.multiplier.add(engine.pace().multiplier(campaign.group()));
            double step = weight(now.minus(Duration.ofMinutes(5)), now);
            double left = step + weight(now, scenario.lastDay().plus(Duration.ofDays(1)));
            track.planned += track.paused || left <= 0 ? 0 : (track.budget - track.planned) * step / left;
            track.plan.add(track.planned);
        }
    }

    /// Expected traffic; events that nobody could foresee left out.
    private double weight(Instant from, Instant to) {
        var usual = new TrafficShape(scenario.feedsPerDay(), scenario.rhythm(), List.of());
        double sum = 0;
        for (var at = from; at.isBefore(to); at = at.plus(Duration.ofMinutes(5))) {
            sum += usual.expected(at);
        }
        return sum;
    }

    Outcome outcome(Engine engine, TalliedLedger ledger, String hash) {
        var empty = new TreeMap<String, Long>();
        hours.values().forEach(h -> h.empty.forEach((reason, times) -> empty.merge(reason, times, Long::sum)));
        long feeds = hours.values().stream().mapToLong(h -> h.feeds).sum();
        long ads = hours.values().stream().mapToLong(h -> h.ads).sum();
        long missing = empty.values().stream().mapToLong(Long::longValue).sum();
        return new Outcome(
                scenario,
                hash,
                feeds,
                ads,
                (double) ads / Math.max(1, ads + missing),
                empty,
                ledger.losses(),
                engine.brokenTerms(),
                withTerms == 0 ? 0 : (double) escaped / withTerms,
                engine.accountant().largestOverspend(),
                ledger.addsUp(),
                clicks(ledger),
                hours.values().stream()
                        .map(Observations::revenue)
                        .reduce(new Outcome.Revenue(0, 0, 0), Observations::add),
                hours.values().stream()
                        .map(h -> new Outcome.Hour(h.feeds, h.ads, Map.copyOf(h.empty), revenue(h)))
                        .toList(),
                outcomes());
    }

    private static Outcome.Revenue revenue(HourTally hour) {
        return new Outcome.Revenue(hour.vcg, hour.first, hour.next);
    }

    private static Outcome.Revenue add(Outcome.Revenue a, Outcome.Revenue b) {
        return new Outcome.Revenue(a.vcg() + b.vcg(), a.first() + b.first(), a.next() + b.next());
    }

    private Outcome.Clicks clicks(TalliedLedger ledger) {
        double base = (double) clicks / Math.max(1, renders);
        double constant = -renders * (base * Math.log(base) + (1 - base) * Math.log(1 - base));
        long charged = 0;
        long counted = 0;
        for (var campaign : campaigns) {
            if (campaign.byClick()) {
                charged += ledger.counts(campaign.id()).charged();
                counted += ledger.counts(campaign.id()).clicks();
            }
        }
        return new Outcome.Clicks(
                clicks,
                logLoss / constant,
                oracleLoss / constant,
                predicted / Math.max(1, clicks),
                invalid,
                (double) (counted - charged) / Math.max(1, counted));
    }

    private List<Outcome.CampaignOutcome> outcomes() {
        var outcomes = new ArrayList<Outcome.CampaignOutcome>();
        for (int i = 0; i < campaigns.size(); i++) {
            var campaign = campaigns.get(i);
            var track = tracks.get(i);
            if (campaign.outside() || track.spent.isEmpty()) {
                continue;
            }
            double distance = 0;
            for (int step = 0; step < track.spent.size(); step++) {
                distance += Math.abs(track.spent.get(step) - track.plan.get(step)) / track.budget;
            }
            // A budget binds when its bids had to be shaded for most of the day.
            long shaded = track.multiplier.stream().filter(m -> m < 0.98).count();
            outcomes.add(new Outcome.CampaignOutcome(
                    campaign.name(),
                    campaign.preset(),
                    campaign.byClick(),
                    (long) track.budget,
                    track.spent,
                    track.plan,
                    track.multiplier,
                    distance / track.spent.size(),
                    track.spent.getLast() / track.budget,
                    shaded > track.multiplier.size() / 2,
                    track.servedWhilePaused));
        }
        return outcomes;
    }
}
