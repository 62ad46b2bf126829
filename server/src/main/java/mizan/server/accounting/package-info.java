/// From the journal to the ledger, exactly once; and leases and tokens, the two things a serving node spends
/// from.
///
/// Start with [mizan.server.accounting.LedgerStore]. Its `grant` checks the budgets in the transaction that
/// takes them.
@org.jspecify.annotations.NullMarked
package mizan.server.accounting;
