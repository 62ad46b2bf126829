package mizan.core.campaign;

import java.time.Instant;
import java.util.Currency;
import java.util.List;

/// A surface of a feed and its rules. Positions count posts from 1; a slot is named by the post it follows.
///
/// @param spacing how densely ads may stand
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
        Spacing spacing,
        long floorCpmMicros,
        Currency currency,
        List<Double> positionFactors,
        Instant createdAt,
        List<CommunityVeto> vetoes) {
    private static final int MAX_GAP = 100;
    private static final int MAX_GAP_SECONDS = 3_600;
    /// So little that no ad has room.
    private static final double LEAST_LOAD = 0.000_001;

    public enum Surface {
        FEED,
        REPLIES,
        PROFILE,
        SEARCH
    }

    /// How densely ads may stand.
    ///
    /// @param firstSlot an ad may follow this post at the earliest, 1 to 100
    /// @param minGap organic posts between two ads, 1 to 100
    /// @param minGapSeconds seconds of reading between two ads, 0 to 3,600, where posts say how long they are read
    /// @param maxAds in one response, 1 to 20
    /// @param adLoad at most so many ads a post over a whole session, (0, 1]: the publisher's one knob between
    ///     revenue and readers
    public record Spacing(int firstSlot, int minGap, int minGapSeconds, int maxAds, double adLoad) {
        public Spacing {
            if (firstSlot < 1 || firstSlot > 100 || minGap < 1 || minGap > MAX_GAP || maxAds < 1 || maxAds > 20) {
                throw new IllegalArgumentException("a placement's first slot and gap are 1 to 100, its ads 1 to 20");
            }
            if (minGapSeconds < 0 || minGapSeconds > MAX_GAP_SECONDS || !(adLoad > 0 && adLoad <= 1)) {
                throw new IllegalArgumentException("a gap is 0 to 3,600 seconds, a load lies in (0, 1]");
            }
        }

        /// Half of the most ads that a page of so many posts has room for by load, gap and count, in
        /// millionths of an ad, rounded down.
        long halfPpm(int posts) {
            return (long) (500_000 * Math.min(Math.min(adLoad * posts, (double) posts / minGap), maxAds));
        }

        Spacing halved(int posts, long halfLeftPpm) {
            long may = (halfLeftPpm + halfPpm(posts)) / 1_000_000;
            return new Spacing(
                    firstSlot,
                    Math.min(MAX_GAP, 2 * minGap),
                    Math.min(MAX_GAP_SECONDS, 2 * minGapSeconds),
                    Math.clamp(may, 1, (maxAds + 1) / 2),
                    may == 0 ? LEAST_LOAD : adLoad);
        }
    }

    public Placement {
        positionFactors = List.copyOf(positionFactors);
        vetoes = List.copyOf(vetoes);
        if (positionFactors.isEmpty() || positionFactors.stream().anyMatch(f -> !(f > 0 && f <= 1))) {
            throw new IllegalArgumentException("position factors lie in (0, 1]");
        }
        if (floorCpmMicros < 0) {
            throw new IllegalArgumentException("a floor is 0 or more");
        }
    }

    /// The same place for a page on which fewer ads are wanted: half of them.
    ///
    /// All such pages of a session together show at most half of the ads that they had room for, rounded
    /// down: where each has room for one, every second page shows it. Both gaps are doubled, up to what a
    /// placement may have, so that they are spread.
    ///
    /// @param posts of the page
    /// @param halfLeftPpm what such pages before it may still show, see [mizan.core.feed.Session]
    public Placement halved(int posts, long halfLeftPpm) {
        return with(spacing.halved(posts, halfLeftPpm), vetoes);
    }

    /// What such pages may still show once one more has been read.
    ///
    /// @param ads that it showed
    public long halfLeftPpm(int posts, long halfLeftPpm, int ads) {
        return Math.max(0, halfLeftPpm + spacing.halfPpm(posts) - 1_000_000L * ads);
    }

    /// The same place where no community has vetoed anything.
    public Placement withoutVetoes() {
        return with(spacing, List.of());
    }

    private Placement with(Spacing otherSpacing, List<CommunityVeto> otherVetoes) {
        return new Placement(
                id,
                code,
                name,
                surface,
                status,
                otherSpacing,
                floorCpmMicros,
                currency,
                positionFactors,
                createdAt,
                otherVetoes);
    }

    public int firstSlot() {
        return spacing.firstSlot();
    }

    public int minGap() {
        return spacing.minGap();
    }

    public int minGapSeconds() {
        return spacing.minGapSeconds();
    }

    public int maxAds() {
        return spacing.maxAds();
    }

    public double adLoad() {
        return spacing.adLoad();
    }

    /// The position factor of the n-th ad of a response, counted from 0.
    public double positionFactor(int nth) {
        return positionFactors.get(Math.min(nth, positionFactors.size() - 1));
    }
}
