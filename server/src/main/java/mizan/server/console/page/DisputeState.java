package mizan.server.console.page;

import java.util.Locale;
import mizan.server.console.Icon;

/// Where a dispute stands.
public enum DisputeState implements Sign {
    OPENED(Tone.WARN, Icon.CLOCK),
    ANSWERED(Tone.INFO, Icon.REPLY),
    ACCEPTED(Tone.GOOD, Icon.CHECK),
    ACCEPTED_IN_PART(Tone.GOOD, Icon.CHECK),
    REFUSED(Tone.BAD, Icon.CROSS),
    WITHDRAWN(Tone.MUTE, Icon.LEAVE);

    private final Tone tone;
    private final Icon icon;

    DisputeState(Tone tone, Icon icon) {
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
        return "dispute_state." + name().toLowerCase(Locale.ROOT);
    }
}
