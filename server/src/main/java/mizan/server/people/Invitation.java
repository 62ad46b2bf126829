package mizan.server.people;

import java.time.Instant;
import java.util.Optional;

/// A link that makes one person, once. Only the hash of its code is kept.
///
/// @param hash hex SHA-256 of its code
/// @param name for whom it was made
/// @param email whoever a provider vouches has it needs no link; empty without
/// @param by who made it; `setup` for the program itself
public record Invitation(
        String hash,
        String name,
        Role role,
        Optional<String> advertiser,
        String email,
        String by,
        Instant until,
        Optional<Instant> usedAt) {
    boolean admits(Instant now) {
        return usedAt.isEmpty() && now.isBefore(until);
    }

    /// Whether this person came by it.
    boolean made(Person person) {
        return usedAt.equals(Optional.of(person.createdAt()))
                && role == person.role()
                && advertiser.equals(person.advertiser());
    }

    Invitation unnamed() {
        return new Invitation(hash, "", role, advertiser, "", by, until, usedAt);
    }

    Invitation used(Instant at) {
        return new Invitation(hash, name, role, advertiser, email, by, until, Optional.of(at));
    }
}
