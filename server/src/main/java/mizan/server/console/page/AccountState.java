package mizan.server.console.page;

import java.util.Locale;
import mizan.server.console.Icon;

/// Where an advertiser's account stands.
public enum AccountState implements Sign {
    ACTIVE(Tone.GOOD, Icon.CHECK),
    PENDING_APPROVAL(Tone.INFO, Icon.CLOCK),
    PAYMENT_REQUIRED(Tone.BAD, Icon.WARNING),
    SUSPENDED(Tone.BAD, Icon.LOCK),
    CLOSED(Tone.MUTE, Icon.LOCK);

    private final Tone tone;
    private final Icon icon;

    AccountState(Tone tone, Icon icon) {
        this.tone = tone;
        this.icon = icon;
    }

    /// The code in links, records and answers, such as `active`.
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
        return "account_state." + code();
    }
}
