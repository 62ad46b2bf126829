/// Booked things as people change them: each field one text, in a form or in a cell of a file.
///
/// Whoever changes something first sees what would differ, what it costs and whether a second person decides; begin
/// with [mizan.server.editing.Edits]. [mizan.server.editing.BulkPlan] does the same for the lines of a file.
@NullMarked
package mizan.server.editing;

import org.jspecify.annotations.NullMarked;
