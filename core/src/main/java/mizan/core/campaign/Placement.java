package mizan.core.campaign;

import java.time.Instant;
import java.util.Currency;
import java.util.List;

/// A surface of a feed and its rules. Positions count posts from 1; a slot is named by the post it follows.
///
/// @param firstSlot an ad may follow this post at the earliest, 1 to 100
/// @param minGap organic posts between two ads, 1 to 100
/// @param minGapSeconds seconds of reading between two ads, 0 to 3,600, where posts say how long they are read
/// @param maxAds in one response, 1 to 20
/// @param adLoad at most so many ads a post over a whole session, (0, 1]: the publisher's one knob between
///     revenue and readers
/// @param floorCpmMicros hard reserve per 1,000 impressions in `currency`, 0 or more; published, never soft
/// @param positionFactors how likely the n-th ad of a response is seen relative to the first, (0, 1]; the
///     last one repeats
/// @param vetoes what communities keep away from their posts, at most one each
public record Placement(
        PlacementId id,
        String code,
        Text name,
        Surface surface,
        EntityStatus status,
        int firstSlot,
        int minGap,
        int minGapSeconds,
        int maxAds,
        double adLoad,
        long floorCpmMicros,
        Currency currency,
        List<Double> positionFactors,
        Instant createdAt,
        List<CommunityVeto> vetoes) {
    private static final int MAX_GAP = 100;
    private static final int MAX_GAP_SECONDS = 3_600;

    public enum Surface {
        FEED,
        REPLIES,
        PROFILE,
        SEARCH
    }

    /// A placement whose load only gap and count limit.
    public Placement(
            PlacementId id,
            String code,
            Text name,
            Surface surface,
            EntityStatus status,
            int firstSlot,
            int minGap,
            int maxAds,
            long floorCpmMicros,
            Currency currency,
            List<Double> positionFactors,
            Instant createdAt) {
        this(
                id,
                code,
                name,
                surface,
                status,
                firstSlot,
                minGap,
                0,
                maxAds,
                1,
                floorCpmMicros,
                currency,
                positionFactors,
                createdAt,
                List.of());
    }

    /// A placement where no community has vetoed anything.
    public Placement(
            PlacementId id,
            String code,
            Text name,
            Surface surface,
            EntityStatus status,
            int firstSlot,
            int minGap,
            int minGapSeconds,
            int maxAds,
            double adLoad,
            long floorCpmMicros,
            Currency currency,
            List<Double> positionFactors,
            Instant createdAt) {
        this(
                id,
                code,
                name,
                surface,
                status,
                firstSlot,
                minGap,
                minGapSeconds,
                maxAds,
                adLoad,
                floorCpmMicros,
                currency,
                positionFactors,
                createdAt,
                List.of());
    }

    public Placement {
        positionFactors = List.copyOf(positionFactors);
        vetoes = List.copyOf(vetoes);
        if (firstSlot < 1 || firstSlot > 100 || minGap < 1 || minGap > MAX_GAP || maxAds < 1 || maxAds > 20) {
            throw new IllegalArgumentException("a placement's first slot and gap are 1 to 100, its ads 1 to 20");
        }
        if (minGapSeconds < 0 || minGapSeconds > MAX_GAP_SECONDS || !(adLoad > 0 && adLoad <= 1)) {
            throw new IllegalArgumentException("a gap is 0 to 3,600 seconds, a load lies in (0, 1]");
        }
        if (positionFactors.isEmpty() || positionFactors.stream().anyMatch(f -> !(f > 0 && f <= 1))) {
            throw new IllegalArgumentException("position factors lie in (0, 1]");
        }
        if (floorCpmMicros < 0) {
            throw new IllegalArgumentException("a floor is 0 or more");
        }
    }

    /// The same place for a page on which fewer ads are wanted: half of them.
    ///
    /// The load is half of the densest that this placement allows by its load, its gap or its ads a page, so
    /// over a session there are at most half as many ads, rounded down: where a page has room for one, every
    /// second page shows it. Both gaps are doubled, up to what a placement may have, so that they are spread.
    ///
    /// @param posts of the page
    public Placement halved(int posts) {
        double densest = Math.min(Math.min(adLoad, 1.0 / minGap), (double) maxAds / Math.max(1, posts));
        return new Placement(
                id,
                code,
                name,
                surface,
                status,
                firstSlot,
                Math.min(MAX_GAP, 2 * minGap),
                Math.min(MAX_GAP_SECONDS, 2 * minGapSeconds),
                (maxAds + 1) / 2,
                densest / 2,
                floorCpmMicros,
                currency,
                positionFactors,
                createdAt,
                vetoes);
    }

    /// The same place where no community has vetoed anything.
    public Placement withoutVetoes() {
        return new Placement(
                id,
                code,
                name,
                surface,
                status,
                firstSlot,
                minGap,
                minGapSeconds,
                maxAds,
                adLoad,
                floorCpmMicros,
                currency,
                positionFactors,
                createdAt);
    }

    /// The position factor of the n-th ad of a response, counted from 0.
    public double positionFactor(int nth) {
        return positionFactors.get(Math.min(nth, positionFactors.size() - 1));
    }
}
