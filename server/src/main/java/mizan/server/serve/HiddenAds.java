package mizan.server.serve;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import mizan.core.campaign.AdId;
import mizan.core.campaign.AdvertiserId;
import mizan.core.feed.Viewer;

/// What viewers have hidden, so that it stays hidden though the platform does not say so with each page.
/// Kept like the frequency counts: in memory, read again from the journal after a start.
public final class HiddenAds {
    private static final int MAX_VIEWERS = 100_000;
    private static final int MAX_EACH = 500;

    private final Map<String, Hidden> byViewer = new LinkedHashMap<>();

    /// Ids that one viewer hid, the oldest first.
    private record Hidden(Set<String> ads, Set<String> advertisers) {
        Hidden() {
            this(new LinkedHashSet<>(), new LinkedHashSet<>());
        }

        boolean isEmpty() {
            return ads.isEmpty() && advertisers.isEmpty();
        }
    }

    /// Hides an ad from a viewer; hiding it again changes nothing.
    public synchronized void hide(String viewer, AdId ad) {
        add(of(viewer).ads(), ad.value());
    }

    /// Hides all ads of an advertiser from a viewer; hiding them again changes nothing.
    public synchronized void hide(String viewer, AdvertiserId advertiser) {
        add(of(viewer).advertisers(), advertiser.value());
    }

    /// Takes back what hides this ad from a viewer.
    public synchronized void showAgain(String viewer, AdId ad, AdvertiserId advertiser) {
        var hidden = byViewer.get(viewer);
        if (hidden != null) {
            hidden.ads().remove(ad.value());
            hidden.advertisers().remove(advertiser.value());
            if (hidden.isEmpty()) {
                byViewer.remove(viewer);
            }
        }
    }

    /// Forgets what a viewer hid.
    public synchronized void forget(String viewer) {
        byViewer.remove(viewer);
    }

    private Hidden of(String viewer) {
        var hidden = byViewer.computeIfAbsent(viewer, _ -> new Hidden());
        if (byViewer.size() > MAX_VIEWERS) {
            byViewer.remove(byViewer.keySet().iterator().next());
        }
        return hidden;
    }

    private static void add(Set<String> ids, String id) {
        ids.add(id);
        if (ids.size() > MAX_EACH) {
            ids.remove(ids.iterator().next());
        }
    }

    /// The viewer with what it hid here beside what the platform says it hid.
    public Viewer with(Viewer viewer) {
        return viewer.key().map(key -> with(viewer, key)).orElse(viewer);
    }

    private synchronized Viewer with(Viewer viewer, String key) {
        var hidden = byViewer.get(key);
        return hidden == null
                ? viewer
                : viewer.hiding(
                        both(hidden.ads(), viewer.hiddenAds()), both(hidden.advertisers(), viewer.hiddenAdvertisers()));
    }

    private static Set<String> both(Set<String> kept, Set<String> told) {
        var all = new LinkedHashSet<>(kept);
        all.addAll(told);
        return all;
    }
}
