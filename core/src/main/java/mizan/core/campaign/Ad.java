package mizan.core.campaign;

import java.time.Instant;
import java.util.List;

/// A creative bound to an ad group.
public record Ad(
        AdId id,
        AdGroupId adGroup,
        CreativeId creative,
        EntityStatus status,
        List<FrequencyCap> caps,
        Instant createdAt) {
    public Ad {
        caps = List.copyOf(caps);
    }
}
