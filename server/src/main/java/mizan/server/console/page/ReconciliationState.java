package mizan.server.console.page;

import java.util.Locale;
import mizan.server.console.Icon;

/// What came of a line of an advertiser's counts.
public enum ReconciliationState implements Sign {
    SAME(Tone.GOOD, Icon.CHECK),
    WITHIN_TOLERANCE(Tone.GOOD, Icon.CHECK),
    EXPLAINED(Tone.INFO, Icon.INFO),
    NOT_IN_FILE(Tone.WARN, Icon.WARNING),
    UNEXPLAINED(Tone.BAD, Icon.CROSS),
    UNKNOWN(Tone.BAD, Icon.CROSS);

    private final Tone tone;
    private final Icon icon;

    ReconciliationState(Tone tone, Icon icon) {
        this.tone = tone;
        this.icon = icon;
    }

    @Override
    public Tone tone() {
        return tone;
    }

    @Override
    public Icon icon() {
        return icon;
    }

    @Override
    public String wordKey() {
        return "recon_state." + name().toLowerCase(Locale.ROOT);
    }
}
