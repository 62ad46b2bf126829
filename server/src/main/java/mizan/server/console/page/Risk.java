package mizan.server.console.page;

import java.util.Locale;
import mizan.server.console.Icon;

/// How risky a post was judged to be when the feed was filled. Unrated counts as the worst.
public enum Risk implements Sign {
    SAFE(Tone.GOOD, Icon.CHECK),
    LOW(Tone.GOOD, Icon.CHECK),
    MEDIUM(Tone.WARN, Icon.INFO),
    HIGH(Tone.BAD, Icon.WARNING),
    FLOOR(Tone.BAD, Icon.WARNING),
    UNRATED(Tone.BAD, Icon.INFO);

    private final Tone tone;
    private final Icon icon;

    Risk(Tone tone, Icon icon) {
        this.tone = tone;
        this.icon = icon;
    }

    /// The code in links, records and answers, such as `safe`.
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
        return "risk." + code();
    }
}
