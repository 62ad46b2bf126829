package mizan.server.console.chart;

import java.util.List;
import mizan.server.console.words.Html;

/// One chart, ready to draw. Coordinates are in a view box of 1000 by 1000; labels are in per cent of it.
///
/// @param description what the chart shows, in a sentence, for readers who cannot see it
/// @param height      the height in CSS pixels
/// @param bottom      room under the plot for the labels of the time axis, in CSS pixels
/// @param shapes      what is drawn, back to front
/// @param scale       labels of the value axis
/// @param times       labels of the time axis, left to right in both languages
/// @param notes       words at a point in time
/// @param pins        numbered marks that a list beside the chart explains
/// @param readout     data for the cross-hair as JSON, or empty for a chart without one
public record Plot(
        String description,
        int height,
        int bottom,
        List<Shape> shapes,
        List<Label> scale,
        List<Label> times,
        List<Note> notes,
        List<Pin> pins,
        String readout) {
    public Plot {
        shapes = List.copyOf(shapes);
        scale = List.copyOf(scale);
        times = List.copyOf(times);
        notes = List.copyOf(notes);
        pins = List.copyOf(pins);
    }

    /// A label of an axis. Minor ones make room on a phone.
    public record Label(double percent, Html words, boolean minor) {
        public String at() {
            return Shape.number(percent);
        }
    }

    /// Words at a point in time, with a dashed line down to the base.
    ///
    /// @param percent from the left edge
    /// @param top     from the top edge, in per cent: neighbours are set on different heights
    /// @param line    the length of the dashed line in CSS pixels; 0 draws none
    /// @param minor   whether a phone leaves it out
    /// @param before  whether the words end at the point instead of starting there, for points near the
    ///     right edge
    public record Note(double percent, double top, int line, Html words, boolean minor, boolean before) {
        public String side() {
            return before ? "right" : "left";
        }

        public String at() {
            return Shape.number(before ? 100 - percent : percent);
        }

        public String down() {
            return Shape.number(top);
        }
    }

    /// A numbered mark.
    public record Pin(double percent, double top, Html number) {
        public String at() {
            return Shape.number(percent);
        }

        public String down() {
            return Shape.number(top);
        }
    }
}
