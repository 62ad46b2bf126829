package mizan.core.traffic;

/// Why an event is not counted and not charged: general invalid traffic, which rules and lists can tell (MRC, "Invalid
/// Traffic Detection and Filtration Standards Addendum", 2020, section 3). The order is the order on the wire; append
/// only.
public enum InvalidTraffic {
    /// A program that says what it is, or that is on a list.
    CRAWLER,
    /// No agent at all: no browser leaves it out.
    NO_AGENT,
    /// Fetched before anybody asked to see it.
    PREFETCH,
    /// From an address where servers live and no readers, by the operator's list.
    DATA_CENTRE,
    /// Drawn in a tab that was not shown, as the page itself says.
    HIDDEN,
    /// Drawn without a size that could be seen (0x0 or 1x1), as the page itself says.
    NO_SIZE,
    /// A click sooner after the ad was served than anybody can see it and react.
    FAST_CLICK,
    /// A second click on the same ad at once after the first.
    DOUBLE_CLICK,
    /// The same event of the same ad, told more often than a page tells it again.
    REPLAYED,
    /// More clicks of one viewer than a reader makes.
    MANY_CLICKS,
    /// More ads drawn for one viewer in a minute than can be scrolled past.
    MANY_IMPRESSIONS,
    /// Ads gathered for one viewer and redeemed long after in one burst.
    HOARDED;

    /// As it is named in the API.
    public String text() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
