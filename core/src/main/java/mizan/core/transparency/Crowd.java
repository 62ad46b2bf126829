package mizan.core.transparency;

import java.util.function.LongUnaryOperator;

/// A number of people that may be published: it tells of no group smaller than [#LEAST], and of no single one of them.
///
/// Numbers are rounded down to whole multiples of it, because a total less all other parts of it would otherwise give
/// away a part that is too small to be told (differencing; DSA art. 39(2)(g) asks for no personal data). Rounded at
/// fixed numbers, whoever knows all but one of a crowd would see that one come, whenever the others end with a nine.
/// So each step is taken somewhere within the ten above it, at a place that only the publisher knows and that stays
/// the same (fixed random rounding, as statistical offices do it: Stats NZ's RR3, with base ten).
///
/// @param atLeast a multiple of [#LEAST], and true: there are so many, and fewer than 20 more. 0 when that is all that
///     may be said
public record Crowd(long atLeast) {
    /// No group smaller than this is told of.
    public static final int LEAST = 10;

    /// Of [#few] all that may be said: below this.
    public static final int FEW_BELOW = 2 * LEAST;

    /// @param places for each multiple of [#LEAST], how many people above it there have to be until it is told: 0 to 9,
    ///     always the same for the same crowd, and known to nobody outside
    public static Crowd of(long people, LongUnaryOperator places) {
        long step = Math.floorDiv(Math.max(0, people), LEAST);
        return step > 0 && people % LEAST < places.applyAsLong(step * LEAST)
                ? new Crowd((step - 1) * LEAST)
                : new Crowd(step * LEAST);
    }

    /// Whether all that may be said is that there are fewer than [#FEW_BELOW].
    public boolean few() {
        return atLeast == 0;
    }
}
