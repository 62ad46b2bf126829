package mizan.core.suitability;

import java.util.Locale;

/// What makes a post sensitive: the 11 children of "Sensitive Topics" (`v9i3On`) in IAB Content Taxonomy 3.1.
public enum Topic {
    ADULT("Rm3SiT"),
    ARMS("avbNf2"),
    CRIME("XtODT3"),
    DEATH_INJURY_MILITARY("I4GWl6"),
    DEBATED_SOCIAL_ISSUES("Z7rJBM"),
    HATE("HxqYV1"),
    DRUGS_TOBACCO_ALCOHOL("pg0WhF"),
    OBSCENITY("j9PaO9"),
    PIRACY("mm3UXx"),
    SPAM_HARMFUL("6i4dB6"),
    TERRORISM("8FD8nI");

    private final String iabId;

    Topic(String iabId) {
        this.iabId = iabId;
    }

    /// The id in IAB Content Taxonomy 3.1 (`cattax` 9 in OpenRTB).
    public String iabId() {
        return iabId;
    }

    /// The name in files and APIs, for example `debated_social_issues`.
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
