package mizan.server.accounting;

import java.util.Optional;
import java.util.Set;
import mizan.core.receipt.AdEvent;
import mizan.core.receipt.DecisionRecord;
import mizan.core.receipt.ImpressionId;
import mizan.core.receipt.PostChange;

/// One entry of the journal, with the position it stands at.
public sealed interface Fact {
    long position();

    record Decided(long position, DecisionRecord record) implements Fact {
        /// This impression as long as nothing was heard of it; empty when this decision did not make it.
        public Optional<ImpressionState> untouched(ImpressionId id) {
            return record.impressions().stream()
                    .filter(impression -> impression.id().equals(id))
                    .findFirst()
                    .map(i -> new ImpressionState(i, record.placement(), Set.of(), false, position));
        }
    }

    /// @param decision the decision that its token names; empty when the journal has none there
    record Happened(long position, AdEvent event, Optional<Decided> decision) implements Fact {}

    /// A post is no longer what it was. It moves no money by itself: what follows from it is a credit.
    record PostChanged(long position, PostChange change) implements Fact {}
}
