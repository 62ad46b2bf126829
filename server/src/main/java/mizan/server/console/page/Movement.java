package mizan.server.console.page;

import java.util.Locale;
import mizan.server.console.Icon;

/// How an advertiser's spend changed against the span before. The order is the order of legends and tabs.
public enum Movement implements Sign {
    NEW(Tone.MUTE, Icon.PLUS, "s-new"),
    RETURNED(Tone.INFO, Icon.BACK, "s-back"),
    RAISED(Tone.GOOD, Icon.UP, "s-up"),
    REDUCED(Tone.WARN, Icon.DOWN, "s-down"),
    PAUSED(Tone.WARN, Icon.PAUSE, "s-pause"),
    LEFT(Tone.BAD, Icon.LEAVE, "s-left"),
    STEADY(Tone.MUTE, Icon.CHECK, "s-base");

    private final Tone tone;
    private final Icon icon;
    private final String token;

    Movement(Tone tone, Icon icon, String token) {
        this.tone = tone;
        this.icon = icon;
        this.token = token;
    }

    /// The code in links, records and answers, such as `new`.
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

    /// The design token of its series.
    public String token() {
        return token;
    }

    @Override
    public String wordKey() {
        return "movement." + code();
    }
}
