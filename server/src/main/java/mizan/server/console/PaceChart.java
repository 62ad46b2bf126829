package mizan.server.console;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;
import mizan.server.console.chart.Axis;
import mizan.server.console.chart.Draw;
import mizan.server.console.chart.MoneyScale;
import mizan.server.console.chart.Plot;
import mizan.server.console.chart.Shape;
import mizan.server.console.page.Campaign;
import mizan.server.console.words.Words;

/// Spend against plan, under the hard limit.
public final class PaceChart {
    private static final int HEIGHT = 330;
    private static final int TIME_ROOM = 22;

    private final Words words;
    private final Campaign campaign;
    private final MoneyScale scale;

    public PaceChart(Words words, Campaign campaign) {
        this.words = words;
        this.campaign = campaign;
        this.scale = MoneyScale.of(campaign.days().stream()
                .mapToLong(Campaign.Day::limitMicros)
                .max()
                .orElse(0));
    }

    /// The unit of the chart.
    public MoneyScale scale() {
        return scale;
    }

    /// Spent, plan and limit by day, with a line where now is.
    public Plot plot() {
        var days = campaign.days();
        int count = days.size();
        double most = days.stream()
                .mapToDouble(day -> scale.units(Math.max(
                        day.limitMicros(),
                        Math.max(day.planMicros().orElse(0), day.spentMicros().orElse(0)))))
                .max()
                .orElse(0);
        // A little air above the limit, so that its words never lie on it.
        var axis = Axis.over(0, most * 1.12, 5);
        var shapes = new ArrayList<>(Draw.grid(axis));
        var plan = values(Campaign.Day::planMicros);
        if (!plan.isEmpty()) {
            shapes.add(new Shape.Curve(Draw.line(plan, 0, count, axis), "s-plan", 1.5, false));
        }
        var spent = values(Campaign.Day::spentMicros);
        if (!spent.isEmpty()) {
            var line = Draw.line(spent, 0, count, axis);
            shapes.add(new Shape.Area(
                    Draw.closed(line, Draw.middle(0, count), Draw.middle(spent.size() - 1, count)), "s-up", 0.12));
            shapes.add(new Shape.Curve(line, "s-up", 2.5, false));
        }
        var limits = days.stream().map(day -> scale.units(day.limitMicros())).toList();
        shapes.add(new Shape.Curve(Draw.steps(limits, axis), "bad", 1.5, false));
        return new Plot(
                description(),
                HEIGHT,
                TIME_ROOM,
                shapes,
                Draw.scale(axis, words, false),
                Draw.times(days.stream().map(Campaign.Day::day).toList(), words),
                notes(axis, limits, count),
                List.of(),
                readout());
    }

    private List<Plot.Note> notes(Axis axis, List<Double> limits, int count) {
        var notes = new ArrayList<Plot.Note>();
        double limitTop = axis.y(limits.getLast()) / 10;
        notes.add(new Plot.Note(100, Math.max(0, limitTop - 8), 0, words.t("pace.limit"), true, true));
        int now = today();
        if (now >= 0) {
            double at = Draw.middle(now, count) / 10;
            notes.add(new Plot.Note(at, 78, (HEIGHT - TIME_ROOM) * 22 / 100, words.t("pace.today"), false, at > 80));
        }
        return notes;
    }

    private int today() {
        for (int i = 0; i < campaign.days().size(); i++) {
            if (campaign.days().get(i).day().equals(campaign.today())) {
                return i;
            }
        }
        return -1;
    }

    private String description() {
        var figures = campaign.figures();
        return words.text(
                "pace.description",
                words.figures().roundMoney(figures.spentMicros(), campaign.currency()),
                words.figures().roundMoney(figures.budgetMicros(), campaign.currency()));
    }

    private List<Double> values(Function<Campaign.Day, OptionalLong> value) {
        var values = new ArrayList<Double>();
        for (var day : campaign.days()) {
            value.apply(day).ifPresent(micros -> values.add(scale.units(micros)));
        }
        return values;
    }

    private String readout() {
        var spans = new ArrayList<String>();
        var series = new LinkedHashMap<String, List<String>>();
        var spent = new ArrayList<String>();
        var plan = new ArrayList<String>();
        var limit = new ArrayList<String>();
        for (var day : campaign.days()) {
            LocalDate date = day.day();
            spans.add(words.dates().date(date).plain());
            spent.add(shown(day.spentMicros()));
            plan.add(shown(day.planMicros()));
            limit.add(shown(OptionalLong.of(day.limitMicros())));
        }
        series.put(words.text("pace.spent"), spent);
        series.put(words.text("pace.plan"), plan);
        series.put(words.text("pace.limit"), limit);
        return Draw.readout(words.text("pace.help"), spans, series);
    }

    private String shown(OptionalLong micros) {
        return micros.isEmpty()
                ? ""
                : words.figures()
                        .roundMoney(micros.getAsLong(), campaign.currency())
                        .plain();
    }
}
