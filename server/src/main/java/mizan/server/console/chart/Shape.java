package mizan.server.console.chart;

import java.math.BigDecimal;
import java.math.RoundingMode;

/// Something drawn in a chart. Colours are names of design tokens, so that they follow the theme.
public sealed interface Shape {
    /// A straight hairline: of the grid (`grid-l`), of zero (`zero-l`).
    record Rule(String style, double x1, double x2, double y1, double y2) implements Shape {}

    /// A curve: its path, its token, its width in CSS pixels.
    record Curve(String path, String token, double width, boolean dashed) implements Shape {
        public String style() {
            return dashed ? "ln dash" : "ln";
        }

        public String thickness() {
            return number(width);
        }
    }

    /// A filled area under a curve.
    record Area(String path, String token, double opacity) implements Shape {
        public String strength() {
            return number(opacity);
        }
    }

    /// A box: a bar of a stack, or a shaded span of time.
    record Box(double x, double y, double width, double height, String token, double opacity) implements Shape {
        public String strength() {
            return number(opacity);
        }
    }

    /// A number in SVG and CSS: a point, at most one decimal, never an exponent.
    static String number(double value) {
        var rounded = BigDecimal.valueOf(value)
                .setScale(Math.abs(value) < 1 ? 3 : 1, RoundingMode.HALF_UP)
                .stripTrailingZeros();
        return rounded.signum() == 0 ? "0" : rounded.toPlainString();
    }
}
