package mizan.server.console.page;

import java.util.Locale;
import mizan.server.console.Icon;

/// What became of one candidate for one slot. A detail code makes some of them more precise:
/// `outcome.not_targeted.country`.
public enum Outcome implements Sign {
    WON(Tone.GOOD, Icon.CHECK),
    NOT_TARGETED(Tone.MUTE, Icon.CROSS),
    NOT_SERVABLE(Tone.MUTE, Icon.PAUSE),
    OUTSIDE_FLIGHT(Tone.MUTE, Icon.CLOCK),
    BUDGET_SPENT(Tone.WARN, Icon.LEDGER),
    FREQUENCY_CAPPED(Tone.WARN, Icon.CLOCK),
    PACED_OUT(Tone.WARN, Icon.PAUSE),
    NO_CONSENT(Tone.MUTE, Icon.LOCK),
    HIDDEN_BY_VIEWER(Tone.MUTE, Icon.CROSS),
    REFUSED_BY_SELLER(Tone.MUTE, Icon.CROSS),
    EXCLUDED_TIER(Tone.BAD, Icon.SHIELD),
    EXCLUDED_TOPIC(Tone.BAD, Icon.SHIELD),
    EXCLUDED_KEYWORD(Tone.BAD, Icon.SHIELD),
    EXCLUDED_AUTHOR(Tone.BAD, Icon.SHIELD),
    EXCLUDED_COMMUNITY(Tone.BAD, Icon.SHIELD),
    EXCLUDED_LANGUAGE(Tone.BAD, Icon.SHIELD),
    UNRATED_NEIGHBOUR(Tone.BAD, Icon.SHIELD),
    COMMUNITY_VETO(Tone.BAD, Icon.PEOPLE),
    BELOW_FLOOR(Tone.MUTE, Icon.DOWN),
    SEPARATION(Tone.MUTE, Icon.CROSS),
    OUTRANKED(Tone.MUTE, Icon.DOWN),
    HELD_OUT(Tone.MUTE, Icon.PEOPLE),
    NO_ROOM(Tone.MUTE, Icon.CROSS),
    LOST_HOLD(Tone.WARN, Icon.LEDGER);

    private final Tone tone;
    private final Icon icon;

    Outcome(Tone tone, Icon icon) {
        this.tone = tone;
        this.icon = icon;
    }

    /// The code in links, records and answers, such as `won`.
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
        return "outcome." + code();
    }
}
