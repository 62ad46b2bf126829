package mizan.verifier;

/// Where ads may stand on a receipt's page: the placement's rules, applied anew.
///
/// A slot is named by the post above it, from 1; the last post has no slot below it. Seconds are counted times the gap
/// in posts, so that a post of which nobody says how long it is read counts its share of the gap in seconds.
final class Page {
    final int lastSlot;
    final int firstSlot;
    final int maxAds;
    private final int[] following;
    private final int[] fits;

    Page(Receipt receipt) {
        var placement = receipt.placement();
        var posts = receipt.posts();
        lastSlot = posts.size() - 1;
        var read = new long[posts.size() + 1];
        for (int i = 0; i < posts.size(); i++) {
            int seconds = posts.get(i).seconds();
            read[i + 1] = read[i] + (seconds > 0 ? (long) seconds * placement.minGap() : placement.minGapSeconds());
        }
        long gap = (long) placement.minGapSeconds() * placement.minGap();
        following = new int[Math.max(0, lastSlot + 1)];
        for (int slot = 0; slot <= lastSlot; slot++) {
            int next = Math.max(1, slot + placement.minGap());
            while (next <= lastSlot && read[next] - read[slot] < gap) {
                next++;
            }
            following[slot] = next;
        }
        firstSlot = firstSlot(receipt, read, gap);
        fits = new int[following.length];
        for (int slot = lastSlot; slot >= 0; slot--) {
            fits[slot] = 1 + fits(following[slot]);
        }
        var session = receipt.session();
        long seen = (long) session.posts() + posts.size();
        long load = placement.load() * seen / 1_000_000 - session.ads();
        maxAds = (int) Math.max(0, Math.min(Math.min(placement.maxAds(), load), fits(firstSlot)));
    }

    private static int firstSlot(Receipt receipt, long[] read, long gap) {
        var placement = receipt.placement();
        int first = Math.max(1, placement.firstSlot() - receipt.session().posts());
        if (receipt.session().last().isPresent()) {
            var last = receipt.session().last().get();
            first = Math.max(first, placement.minGap() - last.postsSince());
            long since = (long) last.secondsSince() * placement.minGap();
            while (first < read.length && since + read[first] < gap) {
                first++;
            }
        }
        return first;
    }

    int following(int slot) {
        return following[slot];
    }

    int placesLeft(int taken, int from) {
        return Math.min(maxAds - taken, fits(from));
    }

    private int fits(int from) {
        return from > lastSlot || from < 0 ? 0 : fits[from];
    }
}
