package mizan.server.console.page;

import java.util.Locale;
import mizan.server.console.words.Worded;

/// What a change in a campaign's history touched.
public enum Field implements Worded {
    CREATED,
    STATUS,
    BUDGET,
    DAILY_BUDGET,
    BID,
    DATES,
    TERMS,
    TARGETING,
    CREATIVE,
    NAME,
    OTHER;

    @Override
    public String wordKey() {
        return "field." + name().toLowerCase(Locale.ROOT);
    }
}
