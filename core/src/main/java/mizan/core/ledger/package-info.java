/// Who owes what: double entry, leases, and how much of a budget may be taken.
///
/// Pure. Start with [mizan.core.ledger.Transfer], then [mizan.core.ledger.Leasing].
@org.jspecify.annotations.NullMarked
package mizan.core.ledger;
