package mizan.server.accounting;

import java.util.Set;
import mizan.core.campaign.PlacementId;
import mizan.core.receipt.AdEvent;
import mizan.core.receipt.Impression;

/// What has become of one impression.
///
/// @param seen the kinds of events counted, each once; a click implies that the ad was viewable, that it was
///     rendered
/// @param charged whether its price was charged
/// @param decidedAt journal position of its decision
public record ImpressionState(
        Impression impression, PlacementId placement, Set<AdEvent.Kind> seen, boolean charged, long decidedAt) {
    public ImpressionState {
        seen = Set.copyOf(seen);
    }
}
