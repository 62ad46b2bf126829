package mizan.server.accounting;

/// Whose batch it is, and what it was made from.
///
/// @param writer see [LedgerStore#begin]
/// @param version of the ledger that the batch builds upon; the ledger counts every batch it takes
public record Turn(long writer, long version) {}
