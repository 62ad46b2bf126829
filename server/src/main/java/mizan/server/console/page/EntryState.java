package mizan.server.console.page;

import java.util.Locale;
import mizan.server.console.words.Worded;

/// Where a transfer stands: held, final, or given back.
public enum EntryState implements Worded {
    PENDING,
    POSTED,
    VOIDED;

    @Override
    public String wordKey() {
        return "entry_state." + name().toLowerCase(Locale.ROOT);
    }
}
