package mizan.server.console.page;

import java.util.Locale;
import mizan.server.console.Icon;

/// Where an ad stands in the public repository.
public enum AdState implements Sign {
    RUNNING(Tone.GOOD, Icon.PLAY),
    ENDED(Tone.MUTE, Icon.CLOCK),
    REMOVED(Tone.BAD, Icon.CROSS);

    private final Tone tone;
    private final Icon icon;

    AdState(Tone tone, Icon icon) {
        this.tone = tone;
        this.icon = icon;
    }

    /// The code in links, records and answers, such as `running`.
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
        return "ad_state." + code();
    }
}
