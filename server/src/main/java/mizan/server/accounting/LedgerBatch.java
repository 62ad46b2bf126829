package mizan.server.accounting;

import java.util.List;
import mizan.core.ledger.Lease;
import mizan.core.ledger.Transfer;

/// What one batch of facts changes, written as a whole or not at all.
///
/// @param from the journal position the batch starts at; refused when the store stands elsewhere
/// @param to the position after its last fact
/// @param leases as they are afterwards
public record LedgerBatch(
        long from, long to, List<Transfer> transfers, List<Lease> leases, List<ImpressionState> impressions) {
    public LedgerBatch {
        transfers = List.copyOf(transfers);
        leases = List.copyOf(leases);
        impressions = List.copyOf(impressions);
    }
}
