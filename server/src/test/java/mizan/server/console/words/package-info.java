/// The bundles checked, and how numbers, dates and plurals read.
@NullMarked
package mizan.server.console.words;

import org.jspecify.annotations.NullMarked;
