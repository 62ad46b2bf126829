package mizan.server.console.page;

import mizan.server.console.Icon;

/// What the news tells of an advertiser.
public enum Told implements Sign {
    RAISED(Tone.GOOD, Icon.UP),
    REDUCED(Tone.WARN, Icon.DOWN),
    STOPPED(Tone.BAD, Icon.PAUSE),
    RETURNED(Tone.INFO, Icon.BACK),
    SUED(Tone.BAD, Icon.WARNING),
    PRAISED(Tone.GOOD, Icon.CHECK),
    CRITICISED(Tone.WARN, Icon.REPLY),
    LEADERSHIP_CONTACT(Tone.INFO, Icon.PEOPLE);

    private final Tone tone;
    private final Icon icon;

    Told(Tone tone, Icon icon) {
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
        return "told." + name().toLowerCase(java.util.Locale.ROOT);
    }
}
