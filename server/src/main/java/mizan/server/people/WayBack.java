package mizan.server.people;

import java.time.Instant;
import java.util.Optional;

/// A link by which somebody who has an account chooses a new password, once. Only the hash of its code is kept.
///
/// @param hash hex SHA-256 of its code
/// @param by who made it: [#LETTER], or a person who may invite
public record WayBack(String hash, String person, String by, Instant until, Optional<Instant> usedAt) {
    /// Asked for by whoever knows the address, and sent there.
    public static final String LETTER = "letter";

    /// Whether somebody who knows the person made it: then it takes away a second factor that was lost, too.
    public boolean isByHand() {
        return !by.equals(LETTER);
    }

    public boolean admits(Instant now) {
        return usedAt.isEmpty() && now.isBefore(until);
    }

    WayBack used(Instant at) {
        return new WayBack(hash, person, by, until, Optional.of(at));
    }
}
