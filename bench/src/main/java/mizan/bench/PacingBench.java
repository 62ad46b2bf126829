package mizan.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.DoubleFunction;
import java.util.function.ToDoubleFunction;
import mizan.sim.market.Arena;
import mizan.sim.market.AuctionLog;
import mizan.sim.market.ClickDelayTrial;
import mizan.sim.market.Episodes;
import mizan.sim.market.LeaseTrial;
import mizan.sim.market.Pacing;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ObjectNode;

/// The pacing experiments: each with its target, what was measured, and the baselines of the same run.
@Command(
        name = "pacing",
        mixinStandardHelpOptions = true,
        description = {
            "Pacing beside no pacing and throttling, in a seeded market.",
            "With --data or --log also on auctions that took place."
        })
final class PacingBench implements Callable<Integer> {
    private static final List<Long> SEEDS = List.of(1L, 3L);
    private static final int CAMPAIGNS = 24;

    @Option(names = "--data", paramLabel = "DIR", description = "folder with auctions.txt.gz and info.json (iPinYou)")
    private Optional<Path> data = Optional.empty();

    @Option(
            names = "--log",
            paramLabel = "FILE",
            description = "another log of `click price rate` lines, kept aside; episodes of 10,000")
    private Optional<Path> log = Optional.empty();

    @Option(
            names = "--training",
            paramLabel = "FILE",
            description = "log of the days before --log, for its mean price; without it that of --log itself is used")
    private Optional<Path> training = Optional.empty();

    @Option(
            names = "--slots",
            defaultValue = "200000",
            description = "slots a day in the seeded market (${DEFAULT-VALUE}: 50,000 feeds of four)")
    private double slots;

    @Mixin
    private Figures output = new Figures();

    private final ObjectNode figures = Figures.object();

    @Override
    public Integer call() throws Exception {
        if (data.isPresent()) {
            published(data.get());
        }
        if (log.isPresent()) {
            keptAside(log.get());
        }
        market();
        raise();
        overspend();
        clickDelay();
        output.print(figures);
        return 0;
    }

    /// P1 to P3.
    private void published(Path folder) throws Exception {
        var auctions = AuctionLog.read(found(folder, "auctions.txt.gz"));
        var before = AuctionLog.Training.read(found(folder, "info.json"));
        var protocol = new Episodes.Protocol(1_000, 1 / 32.0);
        var lin = Episodes.run(auctions, before, protocol, () -> Episodes.Linear.lin(10, before));
        figures.putObject("P1_published_lin_bid")
                .put("target", "71/32208/203610")
                .put("measured", lin.clicks() + "/" + lin.impressions() + "/" + lin.cost());
        var p2 = figures.putObject("P2_beat_published").put("target", "clicks >= 78, value_share >= 0.96");
        onLog(p2, auctions, before, protocol);
        outcome(p2.putObject("lin"), lin);
        var p3 = figures.putObject("P3_other_budgets").put("target", "value_share >= 0.98, use >= 0.99");
        for (int part : List.of(16, 8, 4, 2)) {
            onLog(p3.putObject("1/" + part), auctions, before, new Episodes.Protocol(1_000, 1.0 / part));
        }
    }

    /// P4.
    private void keptAside(Path file) throws Exception {
        var auctions = AuctionLog.read(file);
        var before = AuctionLog.Training.of(training.isPresent() ? AuctionLog.read(training.get()) : auctions);
        var p4 = figures.putObject("P4_kept_aside").put("target", "value_share >= 0.99");
        for (int part : List.of(16, 4)) {
            onLog(p4.putObject("1/" + part), auctions, before, new Episodes.Protocol(10_000, 1.0 / part));
        }
    }

    private static void onLog(
            ObjectNode to, AuctionLog auctions, AuctionLog.Training before, Episodes.Protocol protocol) {
        outcome(
                to.putObject("mizan"),
                Episodes.run(auctions, before, protocol, () -> new Episodes.Mirror(before, protocol)));
        outcome(to.putObject("none"), Episodes.run(auctions, before, protocol, () -> Episodes.Linear.mcpc(before)));
        outcome(
                to.putObject("throttle"),
                Episodes.run(auctions, before, protocol, () -> new Episodes.Throttled(before)));
    }

    private static void outcome(ObjectNode to, Episodes.Outcome outcome) {
        to.put("clicks", outcome.clicks())
                .put("impressions", outcome.impressions())
                .put("cost", outcome.cost())
                .put("value_share", share(outcome.valueShare()))
                .put("use", share(outcome.use()));
    }

    /// P5 to P7.
    private void market() {
        var p5 = figures.putObject("P5_value_over_optimum").put("target", "mean >= 0.93, worst >= 0.70");
        var p6 = figures.putObject("P6_plan").put("target", "mad <= 0.02, use >= 0.99");
        var p7 = figures.putObject("P7_wrong_forecast").put("target", "mean >= 0.88");
        Map<String, DoubleFunction<Pacing>> ways = ways();
        for (long seed : SEEDS) {
            var name = "seed_" + seed;
            var value = p5.putObject(name);
            var plan = p6.putObject(name);
            ways.forEach((way, pacing) -> {
                var results = Arena.play(market(seed, slots), pacing);
                value(value.putObject(way), results);
                plan(plan.putObject(way), results);
            });
            value(value.putObject("mizan_first_day"), Arena.play(firstDay(seed), Pacing.Mirror::new));
            var thin = Arena.play(market(seed, slots / 4), Pacing.Mirror::new);
            value(value.putObject("mizan_a_quarter_of_the_slots"), thin);
            plan(plan.putObject("mizan_a_quarter_of_the_slots"), thin);
            var wrong = p7.putObject(name);
            for (var forecast : List.of(Arena.Forecast.FLAT, Arena.Forecast.SHIFTED)) {
                var believed = wrong.putObject(forecast.name().toLowerCase(java.util.Locale.ROOT));
                ways.forEach((way, pacing) ->
                        value(believed.putObject(way), Arena.play(setting(seed, slots, forecast, 1), pacing)));
            }
        }
    }

    private static Map<String, DoubleFunction<Pacing>> ways() {
        var ways = new java.util.LinkedHashMap<String, DoubleFunction<Pacing>>();
        ways.put("mizan", Pacing.Mirror::new);
        ways.put("none", _ -> new Pacing.None());
        ways.put("throttle", _ -> new Pacing.Throttle());
        return ways;
    }

    private static Arena.Setting market(long seed, double slots) {
        return setting(seed, slots, Arena.Forecast.LEARNED, 1);
    }

    /// Two days are learned from, the third is measured.
    private static Arena.Setting setting(long seed, double slots, Arena.Forecast forecast, double raise) {
        return new Arena.Setting(seed, CAMPAIGNS, 3, slots, forecast, raise);
    }

    private Arena.Setting firstDay(long seed) {
        return new Arena.Setting(seed, CAMPAIGNS, 1, slots, Arena.Forecast.FLAT, 1);
    }

    private static void value(ObjectNode to, List<Arena.Result> results) {
        to.put("mean", share(mean(results, Arena.Result::valueShare)))
                .put(
                        "worst",
                        share(results.stream()
                                .mapToDouble(Arena.Result::valueShare)
                                .min()
                                .orElse(0)))
                .put(
                        "worst_of_budgets_for_10_a_day",
                        share(results.stream()
                                .filter(r -> r.budget() >= 10 * Arena.TYPICAL_PRICE)
                                .mapToDouble(Arena.Result::valueShare)
                                .min()
                                .orElse(0)));
    }

    private static void plan(ObjectNode to, List<Arena.Result> results) {
        var bound = results.stream().filter(Arena.Result::bound).toList();
        double budgets = bound.stream().mapToDouble(Arena.Result::budget).sum();
        to.put("mad", share(mean(bound, Arena.Result::planMad)))
                .put(
                        "mad_median",
                        share(median(bound.stream().map(Arena.Result::planMad).toList())))
                .put("use", share(mean(bound, Arena.Result::use)))
                .put(
                        "use_of_money",
                        share(bound.stream().mapToDouble(Arena.Result::spent).sum() / budgets));
    }

    /// P10, the raise; the pause is a test of the whole engine.
    private void raise() {
        var p10 = figures.putObject("P10_budget_x3_at_noon").put("target", "within 5 % of the new plan in 30 minutes");
        for (long seed : SEEDS) {
            // Ten times the slots, so that the spend of half an hour is not mostly chance.
            var results = Arena.play(setting(seed, slots * 10, Arena.Forecast.LEARNED, 3), Pacing.Mirror::new);
            var raised = results.stream().flatMap(r -> r.raised().stream()).toList();
            p10.putObject("seed_" + seed)
                    .put("campaigns", raised.size())
                    .put(
                            "worst_distance_from_plan_over_budget",
                            share(raised.stream()
                                    .mapToDouble(Arena.Raised::planDistance)
                                    .max()
                                    .orElse(0)))
                    .put(
                            "median_rate_error_in_the_next_30_minutes",
                            share(median(raised.stream()
                                    .map(r -> Math.abs(r.rate() - 1))
                                    .toList())));
        }
    }

    /// P8.
    private void overspend() throws Exception {
        var p8 = figures.putObject("P8_overspend").put("target", "0 micros, stranded < 0.005");
        long over = 0;
        var stranded = new ArrayList<Double>();
        int seeds = 5;
        for (long seed = 0; seed < seeds; seed++) {
            var outcome = LeaseTrial.play(seed, 100_000);
            over = Math.max(over, outcome.overspentMicros());
            stranded.add(outcome.stranded());
        }
        p8.put("seeds", seeds)
                .put("overspent_micros", over)
                .put(
                        "stranded",
                        share(stranded.stream().max(Comparator.naturalOrder()).orElse(0.0)));
    }

    /// P9.
    private void clickDelay() {
        var p9 = figures.putObject("P9_click_delay")
                .put("target", "free <= 0.02, 0.04, 0.07 at 5, 30, 120 s, unspent <= 0.02");
        for (int seconds : List.of(5, 30, 120)) {
            var at = p9.putObject(seconds + "_s");
            delayed(at.putObject("mizan"), seconds, 2_000, ClickDelayTrial.Hold.FADING);
            delayed(at.putObject("mizan_unknown_placement"), seconds, 0, ClickDelayTrial.Hold.FADING);
            delayed(at.putObject("held_until_expiry"), seconds, 0, ClickDelayTrial.Hold.EXPECTED);
            delayed(at.putObject("ledger_only"), seconds, 0, ClickDelayTrial.Hold.NOTHING);
        }
    }

    private static void delayed(ObjectNode to, int seconds, int seen, ClickDelayTrial.Hold how) {
        var outcomes = new ArrayList<ClickDelayTrial.Outcome>();
        for (long seed = 0; seed < 20; seed++) {
            outcomes.add(ClickDelayTrial.play(seed, seconds, seen, how));
        }
        to.put("free", share(mean(outcomes, ClickDelayTrial.Outcome::free)))
                .put("unspent", share(mean(outcomes, ClickDelayTrial.Outcome::unspent)));
    }

    private static <T> double mean(List<T> of, ToDoubleFunction<T> what) {
        return of.stream().mapToDouble(what).average().orElse(0);
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().skip(values.size() / 2).findFirst().orElse(0.0);
    }

    private static double share(double value) {
        return Math.round(value * 10_000) / 10_000.0;
    }

    /// In the folder itself or in one of those in it.
    private static Path found(Path folder, String name) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new IOException("there is no folder " + folder + "; leave --data out to run the seeded market alone");
        }
        try (var files = Files.find(folder, 2, (path, _) -> path.endsWith(name))) {
            return files.min(Comparator.naturalOrder())
                    .orElseThrow(() -> new IOException("there is no " + name + " in " + folder
                            + "; name the folder of the iPinYou log, or leave --data out"));
        }
    }
}
