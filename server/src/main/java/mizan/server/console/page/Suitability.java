package mizan.server.console.page;

import java.util.Locale;
import mizan.server.console.Icon;

/// How careful an advertiser's terms are about the posts beside its ads.
public enum Suitability implements Sign {
    RELAXED(Tone.MUTE, Icon.SHIELD),
    STANDARD(Tone.MUTE, Icon.SHIELD),
    STRICT(Tone.GOOD, Icon.SHIELD),
    CUSTOM(Tone.INFO, Icon.SHIELD),
    NONE(Tone.MUTE, Icon.SHIELD);

    private final Tone tone;
    private final Icon icon;

    Suitability(Tone tone, Icon icon) {
        this.tone = tone;
        this.icon = icon;
    }

    /// The code in links, records and answers, such as `relaxed`.
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
        return "suitability." + code();
    }
}
