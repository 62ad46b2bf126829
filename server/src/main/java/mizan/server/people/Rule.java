package mizan.server.people;

import java.util.Locale;
import java.util.OptionalLong;

/// When something needs a second person.
///
/// @param advertiser whose changes it is about; empty for everybody's
/// @param aboveMicros in the currency of what changes, only amounts above it; 0 for all, empty when the rule is off
public record Rule(String advertiser, Kind kind, OptionalLong aboveMicros) {
    /// What may need a second person.
    public enum Kind {
        /// A campaign may spend more than before, or is booked.
        RAISE,
        /// Suitability terms let more pass than before.
        TERMS_LOOSENED,
        /// A new API key that can change something.
        KEY_CHANGE,
        /// A rule of this table becomes weaker. Always on once another rule is.
        RULE_WEAKENED;

        /// Such as `terms_loosened`.
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// Whether an amount needs a second person.
    public boolean covers(long micros) {
        return aboveMicros.isPresent() && (aboveMicros.getAsLong() == 0 || micros > aboveMicros.getAsLong());
    }

    /// Whether this lets pass what the other held.
    boolean isWeakerThan(Rule other) {
        return other.aboveMicros.isPresent()
                && (aboveMicros.isEmpty() || aboveMicros.getAsLong() > other.aboveMicros.getAsLong());
    }
}
