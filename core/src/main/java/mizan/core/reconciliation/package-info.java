/// Two sides counted the same showings and came to different numbers: what is known to explain the difference, line by
/// line, and what is left. Start at [mizan.core.reconciliation.Reconciliation].
@NullMarked
package mizan.core.reconciliation;

import org.jspecify.annotations.NullMarked;
