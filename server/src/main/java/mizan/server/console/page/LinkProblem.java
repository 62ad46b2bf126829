package mizan.server.console.page;

import java.util.Locale;
import mizan.server.console.words.Worded;

/// Why a sign-in link did not work.
public enum LinkProblem implements Worded {
    EXPIRED,
    USED,
    UNKNOWN;

    @Override
    public String wordKey() {
        return "signin." + name().toLowerCase(Locale.ROOT);
    }
}
