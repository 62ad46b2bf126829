/// The console: pages in Arabic and English, rendered on the server from plain view records.
///
/// Start with [mizan.server.console.Console]: one method a page, each a pure function of a frame, the reader's
/// words
/// and a view record.
/// `page` holds the records, `words` the texts, `chart` the drawings. Nothing here reads a store or a clock.
@NullMarked
package mizan.server.console;

import org.jspecify.annotations.NullMarked;
