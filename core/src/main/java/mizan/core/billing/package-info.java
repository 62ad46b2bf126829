/// What an invoice comes to: exact micros of the ledger, brought to amounts that a bank can pay.
///
/// Read [Totals] first.
@NullMarked
package mizan.core.billing;

import org.jspecify.annotations.NullMarked;
