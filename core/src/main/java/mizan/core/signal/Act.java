package mizan.core.signal;

import java.util.Locale;

/// What an advertiser and the platform do to one another.
public enum Act {
    RAISED,
    REDUCED,
    STOPPED,
    RETURNED,
    SUED,
    PRAISED,
    CRITICISED,
    /// Those who lead the two met or spoke.
    LEADERSHIP_CONTACT;

    /// Such as `leadership_contact`.
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// Whether it is about what is spent, which needs words of advertising beside it to be believed.
    boolean isSpending() {
        return switch (this) {
            case RAISED, REDUCED, STOPPED, RETURNED -> true;
            case SUED, PRAISED, CRITICISED, LEADERSHIP_CONTACT -> false;
        };
    }
}
