/// Charts drawn on the server: shapes stretch in an SVG, words are HTML laid over them, so type never scales
/// and print works.
///
/// Start with [mizan.server.console.chart.Plot]. Drawing functions live beside the pages that use them.
@NullMarked
package mizan.server.console.chart;

import org.jspecify.annotations.NullMarked;
