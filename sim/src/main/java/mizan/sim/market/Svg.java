package mizan.sim.market;

import java.util.List;
import java.util.Locale;

/// A drawing in the making: panels with a base, lines, areas and bars. Colours are from Okabe and Ito's palette,
/// which colour-blind readers can tell apart.
final class Svg {
    static final String BLUE = "#0072b2";
    static final String ORANGE = "#d55e00";
    static final String GREEN = "#009e73";
    static final String GREY = "#8a8a8a";
    static final List<String> MANY =
            List.of(BLUE, ORANGE, GREEN, "#cc79a7", "#e69f00", "#56b4e9", "#7a6a00", "#444444");

    private final StringBuilder drawing = new StringBuilder();
    private final int width;
    private final int height;

    Svg(int width, int height) {
        this.width = width;
        this.height = height;
    }

    /// A rectangle of the drawing with scales of its own: x from 0 to 1, y from 0 to `top`.
    record Panel(double x, double y, double width, double height, double top) {
        double at(double share) {
            return x + share * width;
        }

        double up(double value) {
            return y + height - height * Math.clamp(top > 0 ? value / top : 0, 0, 1);
        }
    }

    Svg frame(Panel p, String title, String topLabel) {
        drawing.append(format(
                "<path d='M%.1f %.1fH%.1f' stroke='#333' stroke-width='1'/>%n",
                p.x(), p.y() + p.height(), p.x() + p.width()));
        drawing.append(format(
                "<path d='M%.1f %.1fH%.1f' stroke='#ddd' stroke-width='1'/>%n", p.x(), p.y(), p.x() + p.width()));
        text(p.x(), p.y() - 14, 12, "start", "#111", title);
        text(p.x(), p.y() - 3, 9, "start", "#666", topLabel);
        return this;
    }

    /// Hours of a day below a panel.
    Svg hours(Panel p) {
        for (int hour = 0; hour <= 24; hour += 6) {
            text(p.at(hour / 24.0), p.y() + p.height() + 11, 9, "middle", "#666", Integer.toString(hour));
        }
        return this;
    }

    Svg line(Panel p, List<? extends Number> values, String colour, boolean dashed) {
        var path = new StringBuilder();
        for (int i = 0; i < values.size(); i++) {
            path.append(format(
                    "%s%.1f %.1f",
                    i == 0 ? "M" : "L",
                    p.at((i + 1.0) / values.size()),
                    p.up(values.get(i).doubleValue())));
        }
        drawing.append(format(
                "<path d='%s' fill='none' stroke='%s' stroke-width='1.6'%s/>%n",
                path, colour, dashed ? " stroke-dasharray='4 3'" : ""));
        return this;
    }

    Svg bar(double x, double y, double barWidth, double barHeight, String colour) {
        drawing.append(format(
                "<rect x='%.1f' y='%.1f' width='%.1f' height='%.1f' fill='%s'/>%n", x, y, barWidth, barHeight, colour));
        return this;
    }

    Svg text(double x, double y, int size, String anchor, String colour, String words) {
        drawing.append(format(
                "<text x='%.1f' y='%.1f' font-size='%d' text-anchor='%s' fill='%s'>%s</text>%n",
                x, y, size, anchor, colour, words.replace("&", "&amp;").replace("<", "&lt;")));
        return this;
    }

    String done(String description) {
        return format(
                "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 %d %d' width='%d' height='%d'"
                        + " font-family='IBM Plex Sans, Helvetica, Arial, sans-serif' role='img'>%n"
                        + "<title>%s</title>%n<rect width='100%%' height='100%%' fill='#fff'/>%n%s</svg>%n",
                width, height, width, height, description, drawing);
    }

    @SuppressWarnings("AnnotateFormatMethod") // Its annotation is of a library that nothing else here needs.
    static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
