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
    DATA_CENTRE;

    /// As it is named in the API.
    public String text() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
