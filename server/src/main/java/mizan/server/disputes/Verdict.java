package mizan.server.disputes;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import mizan.core.receipt.ImpressionId;

/// What the platform answers.
///
/// @param becomes `ANSWERED`, `ACCEPTED`, `ACCEPTED_IN_PART` or `REFUSED`
/// @param part which showings are credited when a part is accepted
public record Verdict(Dispute.State becomes, Part part, String text) {
    /// Whether money may move.
    public boolean credits() {
        return becomes == Dispute.State.ACCEPTED || becomes == Dispute.State.ACCEPTED_IN_PART;
    }

    /// Of the billed showings, those that every filter lets pass, oldest first.
    ///
    /// @param impressions these; empty for all
    /// @param days those shown then; absent for all
    /// @param atMostMicros whole showings as far as their prices fit: none is credited in part, so that each
    ///     credit stays the price of one receipt
    public record Part(Set<ImpressionId> impressions, Optional<Dispute.Subject.Days> days, OptionalLong atMostMicros) {
        public static final Part WHOLE = new Part(Set.of(), Optional.empty(), OptionalLong.empty());

        public Part {
            impressions = Set.copyOf(impressions);
        }
    }
}
