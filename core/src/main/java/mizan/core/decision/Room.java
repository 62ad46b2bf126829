package mizan.core.decision;

import java.util.List;
import mizan.core.campaign.Placement;
import mizan.core.feed.FeedPost;
import mizan.core.feed.FeedRequest;
import mizan.core.feed.Session;
import mizan.core.feed.Viewer;

/// The room that one page has for ads: where the first may stand, where the next after each, and how many at
/// most. What the reader has seen on the pages before counts as if the feed were one.
final class Room {
    private final int lastSlot;
    private final int firstSlot;
    private final int[] following;
    private final int[] fits;
    private final int maxAds;
    private final long[] factorsPpm;

    private Room(FeedRequest request) {
        var placement = request.placement();
        var session = request.session();
        var posts = request.posts();
        // An ad has a post below, so the end of the page is not a slot.
        this.lastSlot = posts.size() - 1;
        var read = readSoFar(placement, posts);
        this.firstSlot = firstSlot(placement, session, read);
        this.following = new int[Math.max(0, lastSlot + 1)];
        int next = 1;
        for (int slot = 0; slot <= lastSlot; slot++) {
            next = Math.max(next, slot + placement.minGap());
            while (next <= lastSlot && read[next] - read[slot] < secondsGap(placement)) {
                next++;
            }
            following[slot] = next;
        }
        this.fits = new int[Math.max(0, lastSlot + 1)];
        for (int slot = lastSlot; slot >= 0; slot--) {
            fits[slot] = 1 + fits(following[slot]);
        }
        int most = request.viewer().ads() == Viewer.Ads.NONE ? 0 : placement.maxAds();
        this.maxAds = Math.max(0, Math.min(Math.min(most, load(placement, session, posts.size())), fits(firstSlot)));
        this.factorsPpm = new long[maxAds];
        for (int n = 0; n < maxAds; n++) {
            factorsPpm[n] = Arrangement.factorPpm(placement, n);
        }
    }

    static Room of(FeedRequest request) {
        return new Room(request);
    }

    /// The first slot that is far enough from the session's beginning and from the ad seen last.
    private static int firstSlot(Placement placement, Session session, long[] read) {
        int first = Math.max(1, placement.firstSlot() - session.posts());
        if (session.last().isPresent()) {
            var last = session.last().get();
            first = Math.max(first, placement.minGap() - last.postsSince());
            long since = (long) last.secondsSince() * placement.minGap();
            while (first < read.length && since + read[first] < secondsGap(placement)) {
                first++;
            }
        }
        return first;
    }

    /// How many more ads the session may show when this page is counted in.
    private static int load(Placement placement, Session session, int posts) {
        long loadPpm = Math.round(placement.adLoad() * 1e6);
        return (int) Math.min(Integer.MAX_VALUE, loadPpm * (session.posts() + posts) / 1_000_000 - session.ads());
    }

    private static long secondsGap(Placement placement) {
        return (long) placement.minGapSeconds() * placement.minGap();
    }

    /// Seconds times `minGap` read up to each post.
    private static long[] readSoFar(Placement placement, List<FeedPost> posts) {
        var read = new long[posts.size() + 1];
        for (int i = 0; i + 1 < read.length; i++) {
            read[i + 1] = read[i] + FeedRequest.read(placement, posts.get(i));
        }
        return read;
    }

    /// Counted from 1 by the post above; beyond [#lastSlot] when none fits.
    int firstSlot() {
        return firstSlot;
    }

    int lastSlot() {
        return lastSlot;
    }

    /// How many ads fit in at all.
    int maxAds() {
        return maxAds;
    }

    /// How likely the n-th ad of the page, counted from 0, is seen relative to the first, in parts per million.
    long factorPpm(int nth) {
        return factorsPpm[nth];
    }

    /// The first slot that may follow one that is taken.
    int following(int slot) {
        return following[slot];
    }

    /// How many more ads fit when `taken` stand already and the next slot is `from` or later.
    int placesLeft(int taken, int from) {
        return Math.min(maxAds - taken, fits(from));
    }

    private int fits(int from) {
        return from > lastSlot || from < 0 ? 0 : fits[from];
    }
}
