package mizan.server.serve;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import mizan.core.campaign.AdId;
import mizan.core.feed.Viewer;

/// Which ads viewers have hidden, so that they stay hidden though the platform does not say so with each page.
/// Kept like the frequency counts: in memory, read again from the journal after a start.
public final class HiddenAds {
    private static final int MAX_VIEWERS = 100_000;
    private static final int MAX_ADS = 500;

    private final Map<String, Set<String>> byViewer = new LinkedHashMap<>();

    synchronized void hide(String viewer, AdId ad) {
        var ads = byViewer.computeIfAbsent(viewer, _ -> new LinkedHashSet<>());
        ads.add(ad.value());
        if (ads.size() > MAX_ADS) {
            ads.remove(ads.iterator().next());
        }
        if (byViewer.size() > MAX_VIEWERS) {
            byViewer.remove(byViewer.keySet().iterator().next());
        }
    }

    /// The viewer with what it hid here beside what the platform says it hid.
    public Viewer with(Viewer viewer) {
        var hidden = viewer.key().map(this::of).orElse(Set.of());
        if (hidden.isEmpty()) {
            return viewer;
        }
        hidden.addAll(viewer.hiddenAds());
        return viewer.hiding(hidden, viewer.hiddenAdvertisers());
    }

    private synchronized Set<String> of(String viewer) {
        return new LinkedHashSet<>(byViewer.getOrDefault(viewer, Set.of()));
    }
}
