package mizan.core.transparency;

/// A number of people that may be published: it tells of no group smaller than [#LEAST].
///
/// Numbers are rounded down to whole multiples of it, because a total less all other parts of it would otherwise give
/// away a part that is too small to be told (differencing; DSA art. 39(2)(g) asks for no personal data).
///
/// @param atLeast a multiple of [#LEAST]; 0 when there are fewer
public record Crowd(long atLeast) {
    /// Fewer than this are told as "fewer than", nothing more.
    public static final int LEAST = 10;

    public static Crowd of(long people) {
        return new Crowd(Math.floorDiv(Math.max(0, people), LEAST) * LEAST);
    }

    /// Whether all that may be said is that there are fewer than [#LEAST].
    public boolean few() {
        return atLeast == 0;
    }
}
