package mizan.server.http;

import java.time.Instant;
import java.util.Optional;

/// One key as it is kept: never its text, which is shown once, when it is made.
///
/// @param hash hex SHA-256 of its text
/// @param principal who sends it, and what it may do
/// @param name what its owner calls it, 1 to 100 characters
/// @param expiresAt from then on it is refused; a roll-over gives the old key an hour or a day
/// @param revokedAt it was taken away
/// @param isWaiting a second person has yet to let it in
public record ApiKey(
        String hash,
        Principal principal,
        String name,
        Instant createdAt,
        Optional<Instant> expiresAt,
        Optional<Instant> revokedAt,
        boolean isWaiting) {
    /// Whether it opens anything at this instant.
    public boolean admits(Instant now) {
        return !isWaiting
                && revokedAt.isEmpty()
                && expiresAt.filter(e -> !now.isBefore(e)).isEmpty();
    }

    ApiKey revoked(Instant at) {
        return new ApiKey(hash, principal, name, createdAt, expiresAt, Optional.of(at), isWaiting);
    }

    ApiKey letIn() {
        return new ApiKey(hash, principal, name, createdAt, expiresAt, revokedAt, false);
    }
}
