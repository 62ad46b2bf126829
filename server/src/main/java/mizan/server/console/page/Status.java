package mizan.server.console.page;

import java.util.Locale;
import mizan.server.console.Icon;

/// What is true of a campaign, an ad group or an ad right now, whatever its owner wants.
public enum Status implements Sign {
    SERVING(Tone.GOOD, Icon.PLAY),
    NOT_STARTED(Tone.MUTE, Icon.CLOCK),
    PACED_OUT(Tone.INFO, Icon.CLOCK),
    CAPPED_TODAY(Tone.WARN, Icon.CLOCK),
    BUDGET_EXHAUSTED(Tone.WARN, Icon.LEDGER),
    ENDED(Tone.MUTE, Icon.CLOCK),
    IN_REVIEW(Tone.INFO, Icon.SEARCH),
    REJECTED(Tone.BAD, Icon.CROSS),
    NO_FUNDS(Tone.BAD, Icon.WARNING),
    SUSPENDED(Tone.BAD, Icon.LOCK),
    PAUSED(Tone.WARN, Icon.PAUSE),
    DRAFT(Tone.MUTE, Icon.DOCUMENT),
    ARCHIVED(Tone.MUTE, Icon.LOCK);

    private final Tone tone;
    private final Icon icon;

    Status(Tone tone, Icon icon) {
        this.tone = tone;
        this.icon = icon;
    }

    /// The code in links, records and answers, such as `serving`.
    public String code() {
        return name().toLowerCase(Locale.ROOT);
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
        return "status." + code();
    }
}
