package mizan.server.console.page;

import java.util.Locale;
import mizan.server.console.Icon;

/// Why a slot stayed empty.
public enum EmptyReason implements Sign {
    TOO_FEW_POSTS(Tone.MUTE, Icon.INFO),
    NO_CANDIDATES(Tone.MUTE, Icon.INFO),
    NO_ELIGIBLE_NEIGHBOURS(Tone.MUTE, Icon.SHIELD),
    BELOW_FLOOR(Tone.MUTE, Icon.DOWN),
    ALL_OUTRANKED(Tone.MUTE, Icon.DOWN),
    SPACING(Tone.MUTE, Icon.INFO),
    BUDGET(Tone.MUTE, Icon.LEDGER),
    FREQUENCY(Tone.MUTE, Icon.INFO),
    FEWER_ADS(Tone.MUTE, Icon.INFO),
    AD_FREE(Tone.MUTE, Icon.INFO);

    private final Tone tone;
    private final Icon icon;

    EmptyReason(Tone tone, Icon icon) {
        this.tone = tone;
        this.icon = icon;
    }

    /// The code in links, records and answers, such as `too_few_posts`.
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
        return "empty." + code();
    }
}
