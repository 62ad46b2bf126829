package mizan.server.serve;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import mizan.core.campaign.PlacementId;
import mizan.core.pacing.ClickDelay;

/// How long readers of each placement take to click. Safe from any thread.
public final class ClickDelays {
    private final Map<PlacementId, ClickDelay> byPlacement = new ConcurrentHashMap<>();

    public Duration mean(PlacementId placement) {
        return byPlacement.getOrDefault(placement, ClickDelay.UNKNOWN).mean();
    }

    void clicked(PlacementId placement, Duration after) {
        byPlacement.merge(placement, ClickDelay.UNKNOWN.plus(after), (known, _) -> known.plus(after));
    }
}
