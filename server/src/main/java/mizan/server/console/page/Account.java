package mizan.server.console.page;

import java.util.Locale;
import mizan.server.console.words.Worded;

/// The kinds of accounts in the ledger. All of them together sum to zero, at every moment.
public enum Account implements Worded {
    FUNDS,
    HOLDS,
    REVENUE,
    CREATORS,
    CREDITS,
    HOUSE_COST,
    OUTSIDE;

    @Override
    public String wordKey() {
        return "account." + name().toLowerCase(Locale.ROOT);
    }
}
