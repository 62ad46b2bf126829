package mizan.server.console;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import mizan.server.console.chart.Axis;
import mizan.server.console.chart.Draw;
import mizan.server.console.chart.MoneyScale;
import mizan.server.console.chart.Plot;
import mizan.server.console.chart.Shape;
import mizan.server.console.page.Movement;
import mizan.server.console.page.RevenueDesk;
import mizan.server.console.page.RevenueDesk.Week;
import mizan.server.console.words.Html;
import mizan.server.console.words.Words;

/// The charts of the revenue desk, drawn from its weeks.
public final class DeskCharts {
    /// The movements that are stacked: gains upwards, losses downwards.
    public static final List<Movement> STACKED =
            List.of(Movement.NEW, Movement.RETURNED, Movement.RAISED, Movement.REDUCED, Movement.PAUSED, Movement.LEFT);

    /// The movements in the order of their tabs: what pleases first.
    public static final List<Movement> TABS =
            List.of(Movement.RAISED, Movement.RETURNED, Movement.NEW, Movement.REDUCED, Movement.PAUSED, Movement.LEFT);

    private static final int REVENUE_HEIGHT = 222;
    private static final int MOVED_HEIGHT = 150;
    private static final int STORY_HEIGHT = 196;
    private static final int TIME_ROOM = 22;
    private static final int MOST_PINS = 9;

    private final Words words;
    private final RevenueDesk desk;
    private final List<LocalDate> starts;
    private final MoneyScale scale;

    public DeskCharts(Words words, RevenueDesk desk) {
        this.words = words;
        this.desk = desk;
        this.starts = desk.weeks().stream().map(Week::start).toList();
        this.scale = MoneyScale.of(
                desk.weeks().stream().mapToLong(Week::revenueMicros).max().orElse(0));
    }

    /// The unit of the desk's charts and its table.
    public MoneyScale scale() {
        return scale;
    }

    /// An amount in that unit, rounded to whole numbers or two digits where small.
    public Html shown(long micros) {
        return Html.figure(words.figures().tick(rounded(micros)));
    }

    /// The sum of one movement over the period, with its sign.
    public Html total(Movement movement) {
        long sum = desk.weeks().stream()
                .skip(Math.max(0, desk.weeks().size() - desk.periodWeeks()))
                .mapToLong(week -> week.moved().getOrDefault(movement, 0L))
                .sum();
        return Html.figure((sum > 0 ? "+" : "") + words.figures().tick(rounded(sum)));
    }

    /// Weekly revenue, with the span before as a dashed line and the current period shaded.
    public Plot revenue() {
        var weeks = desk.weeks();
        int count = weeks.size();
        double most = weeks.stream().mapToDouble(this::most).max().orElse(0);
        // Notes need air above the line.
        var axis = Axis.over(0, desk.notes().isEmpty() ? most : most * 1.2, 4);
        var shapes = new ArrayList<>(Draw.grid(axis));
        int shaded = Math.min(count, desk.periodWeeks());
        if (shaded < count) {
            double from = 1000.0 * (count - shaded) / count;
            shapes.add(new Shape.Box(from, 0, 1000 - from, 1000, "accent", 0.035));
        }
        var revenue =
                weeks.stream().map(week -> scale.units(week.revenueMicros())).toList();
        var line = Draw.line(revenue, 0, count, axis);
        shapes.add(
                new Shape.Area(Draw.closed(line, Draw.middle(0, count), Draw.middle(count - 1, count)), "s-up", 0.12));
        shapes.add(new Shape.Curve(line, "s-up", 2, false));
        var earlier =
                weeks.stream().filter(week -> week.earlierMicros().isPresent()).toList();
        if (!earlier.isEmpty()) {
            var values = earlier.stream()
                    .map(week -> scale.units(week.earlierMicros().orElseThrow()))
                    .toList();
            shapes.add(new Shape.Curve(
                    Draw.line(values, weeks.indexOf(earlier.getFirst()), count, axis), "s-plan", 1.5, true));
        }
        return new Plot(
                describeRevenue(),
                REVENUE_HEIGHT,
                8,
                shapes,
                Draw.scale(axis, words, false),
                List.of(),
                notes(),
                List.of(),
                readout());
    }

    /// What moved revenue each week, as stacks around zero.
    public Plot moved() {
        var weeks = desk.weeks();
        int count = weeks.size();
        var axis = Axis.over(
                weeks.stream().mapToDouble(week -> sum(week, false)).min().orElse(0),
                weeks.stream().mapToDouble(week -> sum(week, true)).max().orElse(0),
                4);
        var shapes = new ArrayList<>(Draw.grid(axis));
        double width = 1000.0 / count * 0.62;
        for (int i = 0; i < count; i++) {
            double up = 0;
            double down = 0;
            for (var movement : STACKED) {
                double value = scale.units(weeks.get(i).moved().getOrDefault(movement, 0L));
                double base = value > 0 ? up : down;
                if (value != 0) {
                    double top = Math.max(base, base + value);
                    double height = axis.y(Math.min(base, base + value)) - axis.y(top);
                    shapes.add(new Shape.Box(
                            Draw.middle(i, count) - width / 2, axis.y(top), width, height, movement.token(), 1));
                }
                up += Math.max(0, value);
                down += Math.min(0, value);
            }
        }
        return new Plot(
                words.text("desk.moved.description"),
                MOVED_HEIGHT,
                TIME_ROOM,
                shapes,
                Draw.scale(axis, words, true),
                Draw.times(starts, words),
                List.of(),
                List.of(),
                "");
    }

    /// One advertiser's weekly spend as a stair, weeks without spend shaded, events pinned.
    public Plot story(RevenueDesk.Timeline timeline) {
        int count = timeline.weekly().size();
        var values = timeline.weekly().stream()
                .map(micros -> storyScale(timeline).units(micros))
                .toList();
        var axis = Axis.over(
                0, values.stream().mapToDouble(Double::doubleValue).max().orElse(0), 4);
        var shapes = new ArrayList<>(Draw.grid(axis));
        for (int i = 0; i < count; i++) {
            if (timeline.weekly().get(i) == 0) {
                shapes.add(new Shape.Box(1000.0 * i / count, 0, 1000.0 / count, 1000, "s-left", 0.06));
            }
        }
        var stair = Draw.steps(values, axis);
        shapes.add(new Shape.Area(Draw.closed(stair, 0, 1000), "s-back", 0.14));
        shapes.add(new Shape.Curve(stair, "s-back", 2, false));
        return new Plot(
                words.text("desk.story.description", timeline.name()),
                STORY_HEIGHT,
                TIME_ROOM,
                shapes,
                Draw.scale(axis, words, false),
                Draw.times(starts, words),
                List.of(),
                pins(timeline, values, axis),
                "");
    }

    /// The unit of one advertiser's chart.
    public static MoneyScale storyScale(RevenueDesk.Timeline timeline) {
        return MoneyScale.of(
                timeline.weekly().stream().mapToLong(Long::longValue).max().orElse(0));
    }

    private List<Plot.Pin> pins(RevenueDesk.Timeline timeline, List<Double> values, Axis axis) {
        var pins = new ArrayList<Plot.Pin>();
        for (int i = 0; i < Math.min(MOST_PINS, timeline.events().size()); i++) {
            int week = weekOf(timeline.events().get(i).day());
            if (week >= 0 && week < values.size()) {
                double top = Math.max(5, axis.y(values.get(week)) / 10 - 12);
                pins.add(new Plot.Pin(
                        Draw.middle(week, values.size()) / 10,
                        top,
                        words.figures().count(i + 1L)));
            }
        }
        return pins;
    }

    private List<Plot.Note> notes() {
        var notes = new ArrayList<Plot.Note>();
        for (var note : desk.notes()) {
            int week = weekOf(note.day());
            if (week >= 0) {
                double percent = 100.0 * week / starts.size();
                double top = notes.size() % 3 * 8.0;
                int line = (int) Math.round((REVENUE_HEIGHT - 8) * (100 - top) / 100);
                var text = new Html(
                        "<span dir=\"auto\" lang=\"" + Html.escape(note.text().lang()) + "\">"
                                + Html.escape(note.text().value()) + "</span>",
                        note.text().value());
                notes.add(new Plot.Note(percent, top, line, text, notes.size() % 3 == 2, percent > 75));
            }
        }
        return notes;
    }

    /// The week that holds a day, or -1 if it lies outside.
    private int weekOf(LocalDate day) {
        for (int i = starts.size() - 1; i >= 0; i--) {
            if (!day.isBefore(starts.get(i))) {
                return day.isBefore(starts.get(i).plusWeeks(1)) ? i : -1;
            }
        }
        return -1;
    }

    private String describeRevenue() {
        var weeks = desk.weeks();
        if (weeks.isEmpty()) {
            return words.text("desk.revenue.empty");
        }
        var least = weeks.stream().mapToLong(Week::revenueMicros).min().orElse(0);
        var most = weeks.stream().mapToLong(Week::revenueMicros).max().orElse(0);
        var figures = words.figures();
        return words.text(
                "desk.revenue.description",
                weeks.size(),
                figures.roundMoney(least, desk.currency()),
                figures.roundMoney(most, desk.currency()),
                figures.roundMoney(weeks.getLast().revenueMicros(), desk.currency()));
    }

    private String readout() {
        var spans = starts.stream()
                .map(start -> words.text("desk.week_of", words.dates().date(start)))
                .toList();
        Map<String, List<String>> series = new LinkedHashMap<>();
        series.put(
                words.text("desk.revenue"),
                desk.weeks().stream()
                        .map(week -> words.figures()
                                .roundMoney(week.revenueMicros(), desk.currency())
                                .plain())
                        .toList());
        for (var movement : STACKED) {
            series.put(
                    words.name(movement).plain(),
                    desk.weeks().stream()
                            .map(week -> words.figures()
                                    .change(week.moved().getOrDefault(movement, 0L))
                                    .plain())
                            .toList());
        }
        return Draw.readout(words.text("desk.revenue.help"), spans, series);
    }

    private double most(Week week) {
        return scale.units(Math.max(week.revenueMicros(), week.earlierMicros().orElse(0)));
    }

    private double sum(Week week, boolean gains) {
        return STACKED.stream()
                .mapToDouble(movement -> scale.units(week.moved().getOrDefault(movement, 0L)))
                .filter(value -> gains == value > 0)
                .sum();
    }

    private double rounded(long micros) {
        double value = scale.units(micros);
        return Math.abs(value) >= 10 ? Math.rint(value) : value;
    }
}
