package mizan.server.people;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
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
        /// A dispute's outcome gives money back. The platform's own matter: no advertiser sees or decides it.
        CREDIT,
        /// A rule of this table becomes weaker. Always on once another rule is.
        RULE_WEAKENED;

        /// Such as `terms_loosened`.
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// What one may make rules of: an advertiser's people, or the platform's when empty.
    public static List<Kind> settable(Optional<String> advertiser) {
        return advertiser.isPresent()
                ? List.of(Kind.RAISE, Kind.TERMS_LOOSENED, Kind.KEY_CHANGE)
                : List.of(Kind.RAISE, Kind.TERMS_LOOSENED, Kind.KEY_CHANGE, Kind.CREDIT);
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
