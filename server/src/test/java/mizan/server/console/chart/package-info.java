/// Axes, paths and read-outs checked against their definitions.
@NullMarked
package mizan.server.console.chart;

import org.jspecify.annotations.NullMarked;
