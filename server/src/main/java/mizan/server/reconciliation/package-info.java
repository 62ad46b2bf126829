/// An advertiser sends its own counts as a file; each line is compared with the platform's, and what differs is
/// explained by what is known. Start at [mizan.server.reconciliation.Reconciliations].
@NullMarked
package mizan.server.reconciliation;

import org.jspecify.annotations.NullMarked;
