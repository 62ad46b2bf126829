package mizan.sim.market;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import mizan.sim.market.Outcome.CampaignOutcome;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Writes an outcome for programs (`report.json`), for reading (`report.md`) and for looking at (four drawings).
public final class ReportFolder {
    private static final int COLUMNS = 4;

    private ReportFolder() {}

    public static void write(Outcome outcome, Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(
                folder.resolve("report.json"),
                new JsonMapper().writerWithDefaultPrettyPrinter().writeValueAsString(json(outcome)));
        Files.writeString(folder.resolve("report.md"), markdown(outcome));
        Files.writeString(folder.resolve("spend.svg"), spend(outcome.campaigns()));
        Files.writeString(folder.resolve("multipliers.svg"), multipliers(outcome.campaigns()));
        Files.writeString(folder.resolve("fill.svg"), fill(outcome));
        Files.writeString(folder.resolve("revenue.svg"), revenue(outcome));
    }

    /// The figures, without the curves.
    public static ObjectNode json(Outcome o) {
        var json = JsonNodeFactory.instance.objectNode();
        json.put("hash", o.hash())
                .put("seed", o.scenario().seed())
                .put("days", o.scenario().days())
                .put("feeds", o.feeds())
                .put("ads", o.ads())
                .put("fill", round(o.fill()))
                .put("breaches", o.breaches())
                .put("escape_rate", round(o.escapes()))
                .put("overspent_micros", o.overspentMicros())
                .put("ledger_holds", o.ledgerHolds());
        var bound = o.campaigns().stream().filter(CampaignOutcome::bound).toList();
        json.put("campaigns_bound_by_budget", bound.size())
                .put(
                        "plan_mad",
                        round(mean(bound.stream().map(CampaignOutcome::planMad).toList())))
                .put(
                        "plan_mad_median",
                        round(median(
                                bound.stream().map(CampaignOutcome::planMad).toList())))
                .put("use", round(mean(bound.stream().map(CampaignOutcome::use).toList())))
                .put(
                        "use_median",
                        round(median(bound.stream().map(CampaignOutcome::use).toList())))
                .put(
                        "served_while_paused",
                        o.campaigns().stream()
                                .mapToLong(CampaignOutcome::servedWhilePaused)
                                .sum());
        o.empty().forEach(json.putObject("empty_slots")::put);
        o.losses().forEach(json.putObject("losses")::put);
        json.putObject("clicks")
                .put("clicks", o.clicks().clicks())
                .put("normalised_entropy", round(o.clicks().normalisedEntropy()))
                .put("normalised_entropy_oracle", round(o.clicks().oracleEntropy()))
                .put("calibration", round(o.clicks().calibration()))
                .put("invalid", o.clicks().invalid())
                .put("free", round(o.clicks().free()));
        json.putObject("revenue_micros_if_all_rendered")
                .put("vcg", o.revenue().vcg())
                .put("first_price_same_bids", o.revenue().first())
                .put("next_price_same_bids", o.revenue().next());
        var campaigns = json.putArray("campaigns");
        for (var c : o.campaigns()) {
            campaigns
                    .addObject()
                    .put("name", c.name())
                    .put("terms", c.preset())
                    .put("charge_by_click", c.byClick())
                    .put("budget_micros", c.budgetMicros())
                    .put("plan_mad", round(c.planMad()))
                    .put("use", round(c.use()))
                    .put("bound", c.bound());
        }
        return json;
    }

    private static String markdown(Outcome o) {
        var text = new StringBuilder("# A simulated market\n\n");
        text.append(Svg.format(
                "Seed %d, %d day(s), %d feeds, %d ads, event log `%s`.%n%n",
                o.scenario().seed(), o.scenario().days(), o.feeds(), o.ads(), o.hash()));
        text.append("| figure | value |\n| --- | --- |\n");
        json(o).properties().stream()
                .filter(f -> f.getValue().isValueNode())
                .forEach(f -> text.append("| ")
                        .append(f.getKey().replace('_', ' '))
                        .append(" | ")
                        .append(f.getValue().asString())
                        .append(" |\n"));
        for (var table : List.of("empty_slots", "losses", "clicks", "revenue_micros_if_all_rendered")) {
            text.append("\n## ").append(table.replace('_', ' ')).append("\n\n| what | figure |\n| --- | --- |\n");
            json(o).get(table)
                    .properties()
                    .forEach(f -> text.append("| ")
                            .append(f.getKey())
                            .append(" | ")
                            .append(f.getValue().asString())
                            .append(" |\n"));
        }
        text.append("\n## Campaigns on the last day\n\n| campaign | terms | budget | use | plan MAD | bound |\n")
                .append("| --- | --- | ---: | ---: | ---: | --- |\n");
        for (var c : o.campaigns()) {
            text.append(Svg.format(
                    "| %s | %s | %.2f | %.3f | %.3f | %s |%n",
                    c.name(), c.preset(), c.budgetMicros() / 1e6, c.use(), c.planMad(), c.bound() ? "yes" : "no"));
        }
        text.append("\n![spend and plan](spend.svg)\n\n![multipliers](multipliers.svg)\n\n![fill](fill.svg)\n\n")
                .append("![revenue](revenue.svg)\n");
        return text.toString();
    }

    /// One small panel for each campaign: spend, and the plan dashed.
    private static String spend(List<CampaignOutcome> campaigns) {
        int rows = Math.ceilDiv(campaigns.size(), COLUMNS);
        var svg = new Svg(1_000, 60 + rows * 130);
        svg.text(20, 24, 16, "start", "#111", "Spend on the last day, hour by hour");
        svg.text(980, 24, 12, "end", Svg.BLUE, "— held and settled");
        svg.text(820, 24, 12, "end", Svg.ORANGE, "- - plan, were the traffic known");
        for (int i = 0; i < campaigns.size(); i++) {
            var c = campaigns.get(i);
            double top = Math.max(
                    c.budgetMicros(),
                    c.spent().stream().mapToLong(Long::longValue).max().orElse(1));
            var panel = new Svg.Panel(x(i), 70 + row(i) * 130.0, 220, 75, top);
            svg.frame(
                            panel,
                            c.name() + (c.byClick() ? ", by click" : ""),
                            Svg.format(
                                    "%.2f USD; use %.1f %%, MAD %.1f %%", top / 1e6, 100 * c.use(), 100 * c.planMad()))
                    .hours(panel)
                    .line(panel, c.plan(), Svg.ORANGE, true)
                    .line(panel, c.spent(), Svg.BLUE, false);
        }
        return svg.done("Spend against plan for each campaign on the last day");
    }

    private static double x(int panel) {
        return 20 + 245.0 * (panel % COLUMNS);
    }

    private static int row(int panel) {
        return panel / COLUMNS;
    }

    private static String multipliers(List<CampaignOutcome> campaigns) {
        int rows = Math.ceilDiv(campaigns.size(), COLUMNS);
        var svg = new Svg(1_000, 60 + rows * 110);
        svg.text(20, 24, 16, "start", "#111", "What bids were multiplied by, 0 to 1");
        for (int i = 0; i < campaigns.size(); i++) {
            var c = campaigns.get(i);
            var panel = new Svg.Panel(x(i), 70 + row(i) * 110.0, 220, 55, 1);
            svg.frame(
                            panel,
                            c.name(),
                            Svg.format("1; ends at %.2f", c.multiplier().getLast()))
                    .hours(panel)
                    .line(panel, c.multiplier(), Svg.GREEN, false);
        }
        return svg.done("Pacing multipliers of each campaign on the last day");
    }

    /// By hour: slots with an ad, and empty ones by reason; below, what campaigns lost by.
    private static String fill(Outcome o) {
        var hours =
                o.hours().subList(Math.max(0, o.hours().size() - 24), o.hours().size());
        long most = hours.stream().mapToLong(ReportFolder::slots).max().orElse(1);
        var svg = new Svg(1_000, 330 + 26 * o.losses().size());
        svg.text(
                20,
                24,
                16,
                "start",
                "#111",
                Svg.format("Slots by hour of the last day: %.1f %% filled in all", 100 * o.fill()));
        var panel = new Svg.Panel(20, 80, 720, 170, most);
        svg.frame(panel, "slots", Long.toString(most));
        var reasons = List.copyOf(o.empty().keySet());
        for (int h = 0; h < hours.size(); h++) {
            double x = panel.at(h / 24.0) + 2;
            double base = hours.get(h).ads();
            svg.bar(x, panel.up(base), 26, panel.y() + panel.height() - panel.up(base), Svg.BLUE);
            for (int r = 0; r < reasons.size(); r++) {
                double more = hours.get(h).empty().getOrDefault(reasons.get(r), 0L);
                svg.bar(x, panel.up(base + more), 26, panel.up(base) - panel.up(base + more), colour(r + 1));
                base += more;
            }
        }
        svg.hours(panel);
        svg.text(770, 90, 12, "start", Svg.BLUE, "■ an ad");
        for (int r = 0; r < reasons.size(); r++) {
            svg.text(
                    770,
                    110 + 20.0 * r,
                    12,
                    "start",
                    colour(r + 1),
                    "■ " + reasons.get(r).replace('_', ' ') + ", " + o.empty().get(reasons.get(r)));
        }
        losses(svg, o.losses());
        return svg.done("Slots filled and empty by hour, and reasons why campaigns lost");
    }

    private static void losses(Svg svg, Map<String, Long> losses) {
        svg.text(20, 300, 16, "start", "#111", "Why campaigns lost");
        long most = losses.values().stream().mapToLong(Long::longValue).max().orElse(1);
        var order = losses.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .toList();
        for (int i = 0; i < order.size(); i++) {
            double y = 316 + 26.0 * i;
            double length = 560.0 * order.get(i).getValue() / most;
            svg.text(190, y + 13, 12, "end", "#111", order.get(i).getKey().replace('_', ' '))
                    .bar(200, y, Math.max(1, length), 17, Svg.GREY)
                    .text(
                            206 + length,
                            y + 13,
                            12,
                            "start",
                            "#444",
                            Long.toString(order.get(i).getValue()));
        }
    }

    private static String revenue(Outcome o) {
        var hours =
                o.hours().subList(Math.max(0, o.hours().size() - 24), o.hours().size());
        double most = hours.stream().mapToDouble(h -> h.revenue().first()).max().orElse(1);
        var svg = new Svg(1_000, 360);
        svg.text(20, 24, 16, "start", "#111", "What the ads of each hour would pay, three rules on the same bids");
        var panel = new Svg.Panel(20, 80, 720, 230, most);
        svg.frame(panel, "USD an hour, if every ad is rendered", Svg.format("%.2f", most / 1e6))
                .hours(panel);
        svg.line(panel, hours.stream().map(h -> h.revenue().first()).toList(), Svg.GREY, true);
        svg.line(panel, hours.stream().map(h -> h.revenue().next()).toList(), Svg.ORANGE, false);
        svg.line(panel, hours.stream().map(h -> h.revenue().vcg()).toList(), Svg.BLUE, false);
        var r = o.revenue();
        svg.text(770, 110, 12, "start", Svg.GREY, Svg.format("- - first price: %.2f", r.first() / 1e6));
        svg.text(770, 132, 12, "start", Svg.ORANGE, Svg.format("— next price: %.2f", r.next() / 1e6));
        svg.text(770, 154, 12, "start", Svg.BLUE, Svg.format("— VCG, as charged: %.2f", r.vcg() / 1e6));
        svg.text(770, 190, 11, "start", "#666", "Who had to pay their bid would bid less:");
        svg.text(770, 206, 11, "start", "#666", "the first two are no forecasts.");
        return svg.done("Revenue by hour under three pricing rules");
    }

    private static long slots(Outcome.Hour hour) {
        return hour.ads()
                + hour.empty().values().stream().mapToLong(Long::longValue).sum();
    }

    private static String colour(int i) {
        return Svg.MANY.get(i % Svg.MANY.size());
    }

    private static double mean(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).average().orElse(0);
    }

    private static double median(List<Double> values) {
        return values.stream()
                .sorted(Comparator.naturalOrder())
                .skip(values.size() / 2)
                .findFirst()
                .orElse(0.0);
    }

    private static double round(double value) {
        return Math.round(value * 10_000) / 10_000.0;
    }
}
