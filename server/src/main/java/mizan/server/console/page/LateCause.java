package mizan.server.console.page;

import java.util.Locale;
import mizan.server.console.words.Worded;

/// What happened to a post after an ad was shown beside it.
public enum LateCause implements Worded {
    EDITED,
    RELABELLED,
    DELETED;

    @Override
    public String wordKey() {
        return "late." + name().toLowerCase(Locale.ROOT);
    }
}
