package mizan.server.booking;

import java.util.Locale;

/// The kinds of things that are booked, with the prefix of their ids and their path in the API.
public enum Kind {
    ADVERTISER("adv", "advertisers"),
    TERMS("trm", "suitability-terms"),
    CAMPAIGN("cmp", "campaigns"),
    AD_GROUP("grp", "ad-groups"),
    CREATIVE("cre", "creatives"),
    AD("ad", "ads"),
    PLACEMENT("plc", "placements");

    private final String prefix;
    private final String path;

    Kind(String prefix, String path) {
        this.prefix = prefix;
        this.path = path;
    }

    public String prefix() {
        return prefix;
    }

    public String path() {
        return path;
    }

    /// Such as `ad_group`.
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
