package mizan.core.suitability;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// The eleven children of "Sensitive Topics" (`v9i3On`) in the IAB Tech Lab Content Taxonomy 3.1.
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

    public String iabId() {
        return iabId;
    }

    /// The topic with this [#code].
    public static Optional<Topic> of(String code) {
        return Arrays.stream(values())
                .filter(topic -> topic.code().equals(code))
                .findFirst();
    }

    /// The name used in the API, such as `death_injury_military`.
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
