package mizan.server.openrtb;

/// Why there is no bid, as `nbr` says it (OpenRTB 3.0, list "No-Bid Reason Codes"; 500 and above are ours).
enum NoBid {
    KNOWN_CRAWLER(3),
    DATA_CENTRE(5),
    /// The seller, its page or its placement is none that the operator offers.
    BLOCKED_PUBLISHER(7),
    INSUFFICIENT_TIME(15),
    INCOMPLETE_CHAIN(16),
    /// No campaign wants this slot at this floor; the decision's explanation has each one's reason.
    NO_CAMPAIGN(500),
    /// Nothing is known of what stands beside the ad, so no ad may stand there.
    UNKNOWN_NEIGHBOURS(501),
    /// The seller takes no bids of ours, or only those for deals.
    SEAT(502),
    /// No format that we have: video, audio, full screen, or a native part that no creative has.
    FORMAT(503),
    /// The floor or the bids are in another currency than the placement: there is no exchange inside Mizan.
    CURRENCY(504),
    /// More auctions than the operator set.
    TOO_MANY(505),
    /// Categories in a taxonomy that we cannot read.
    TAXONOMY(506);

    private final int code;

    NoBid(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }
}
