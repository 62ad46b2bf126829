package mizan.server.accounting;

import java.util.Map;
import mizan.core.campaign.CampaignId;
import mizan.core.receipt.AdEvent;
import mizan.core.receipt.DecisionRecord;
import mizan.core.receipt.PostChange;

/// One entry of the journal, with the position it stands at.
public sealed interface Fact {
    long position();

    /// @param reasons for each campaign that lost: reason code to how many candidates lost by it
    record Decided(long position, DecisionRecord record, Map<CampaignId, Map<String, Integer>> reasons)
            implements Fact {
        public Decided {
            reasons = Map.copyOf(reasons);
        }

        public Decided(long position, DecisionRecord record) {
            this(position, record, Map.of());
        }
    }

    record Happened(long position, AdEvent event) implements Fact {}

    /// A post is no longer what it was. It moves no money by itself: what follows from it is a credit.
    record PostChanged(long position, PostChange change) implements Fact {}
}
