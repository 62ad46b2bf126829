package mizan.core.frequency;

/// What became of the attempt to reserve one more render for a viewer.
public sealed interface Reserved {
    /// Counted under every limit, until it is rendered, released or lapsed.
    record Made() implements Reserved {}

    /// Nothing was counted: this limit is reached.
    ///
    /// @param shown renders within the cap's window, those under way included
    record Capped(Limit limit, int shown) implements Reserved {}

    /// Nothing was counted: no room to remember one more render, so the cap could not be kept.
    record Full() implements Reserved {}
}
