package mizan.server.console.chart;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import mizan.server.console.words.Html;
import mizan.server.console.words.Words;

/// The strokes that all charts share: paths, grids, labels and the read-out of the cross-hair.
public final class Draw {
    private static final double WIDTH = 1000;
    private static final int MOST_TIME_LABELS = 7;

    private Draw() {}

    /// The middle of the i-th of `count` equal spans, from 0 to 1000.
    public static double middle(int i, int count) {
        return WIDTH * (i + 0.5) / count;
    }

    /// A line through the values, each in the middle of its span, starting at span `first`.
    public static String line(List<Double> values, int first, int count, Axis axis) {
        var path = new StringBuilder();
        for (int i = 0; i < values.size(); i++) {
            path.append(i == 0 ? 'M' : 'L');
            point(path, middle(first + i, count), axis.y(values.get(i)));
        }
        return path.toString();
    }

    /// A stair through the values, each holding for its whole span.
    public static String steps(List<Double> values, Axis axis) {
        var path = new StringBuilder();
        int count = values.size();
        for (int i = 0; i < count; i++) {
            if (i == 0) {
                path.append('M');
                point(path, 0, axis.y(values.get(i)));
            } else {
                path.append('V').append(Shape.number(axis.y(values.get(i))));
            }
            path.append('H').append(Shape.number(WIDTH * (i + 1) / count));
        }
        return path.toString();
    }

    /// Closes a line or stair down to the base, to be filled.
    public static String closed(String path, double fromX, double toX) {
        return path + 'L' + Shape.number(toX) + " 1000L" + Shape.number(fromX) + " 1000Z";
    }

    /// One hairline a tick; zero is drawn stronger where the axis goes below it.
    public static List<Shape> grid(Axis axis) {
        var rules = new ArrayList<Shape>();
        for (double tick : axis.ticks()) {
            var style = tick == 0 && axis.low() < 0 ? "zero-l" : "grid-l";
            rules.add(new Shape.Rule(style, 0, WIDTH, axis.y(tick), axis.y(tick)));
        }
        return rules;
    }

    /// The labels of the value axis; `signed` puts a plus before gains.
    public static List<Plot.Label> scale(Axis axis, Words words, boolean signed) {
        var labels = new ArrayList<Plot.Label>();
        for (double tick : axis.ticks()) {
            var shown = words.figures().tick(tick);
            labels.add(new Plot.Label(axis.y(tick) / 10, Html.figure(signed && tick > 0 ? "+" + shown : shown), false));
        }
        return labels;
    }

    /// Labels for equal spans of time, at most seven; every second one is minor.
    public static List<Plot.Label> times(List<LocalDate> starts, Words words) {
        var labels = new ArrayList<Plot.Label>();
        int every = Math.max(1, (starts.size() + MOST_TIME_LABELS - 1) / MOST_TIME_LABELS);
        for (int i = 0; i < starts.size(); i += every) {
            var day = words.dates().shortDate(starts.get(i));
            labels.add(new Plot.Label(middle(i, starts.size()) / 10, day, labels.size() % 2 == 1));
        }
        return labels;
    }

    /// A small line without axes: 96 by 26 units, from the lowest to the highest value.
    public static String spark(List<Long> values) {
        long most = Math.max(1, values.stream().mapToLong(Long::longValue).max().orElse(1));
        var path = new StringBuilder();
        for (int i = 0; i < values.size(); i++) {
            path.append(i == 0 ? 'M' : 'L');
            double x = values.size() == 1 ? 0 : 96.0 * i / (values.size() - 1);
            point(path, x, 24 - 22.0 * values.get(i) / most);
        }
        return path.toString();
    }

    /// The data of the cross-hair: a JSON object that is safe inside a script element.
    ///
    /// @param help   how to read the chart with the keyboard
    /// @param spans  what each span is called
    /// @param series the shown values by name, in the order of the legend; an empty text means no value
    public static String readout(String help, List<String> spans, Map<String, List<String>> series) {
        var json = new StringBuilder("{\"help\":")
                .append(quoted(help))
                .append(",\"x\":")
                .append(array(spans));
        json.append(",\"s\":[");
        var separator = "";
        for (var one : series.entrySet()) {
            json.append(separator).append("{\"n\":").append(quoted(one.getKey()));
            json.append(",\"v\":").append(array(one.getValue())).append('}');
            separator = ",";
        }
        return json.append("]}").toString();
    }

    private static String array(List<String> texts) {
        var json = new StringBuilder("[");
        for (int i = 0; i < texts.size(); i++) {
            json.append(i == 0 ? "" : ",").append(quoted(texts.get(i)));
        }
        return json.append(']').toString();
    }

    /// `<`, `>` and `&` are written as escapes: no text can end the script element around it.
    private static String quoted(String text) {
        var json = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < ' ' || c == '<' || c == '>' || c == '&' || c == '\u2028' || c == '\u2029') {
                var hex = Integer.toHexString(c);
                json.append("\\u").append("0".repeat(4 - hex.length())).append(hex);
            } else {
                json.append(c);
            }
        }
        return json.append('"').toString();
    }

    private static void point(StringBuilder path, double x, double y) {
        path.append(Shape.number(x)).append(' ').append(Shape.number(y));
    }
}
