package mizan.server.people;

import java.time.Duration;
import java.time.Instant;

/// A browser that is signed in. Only the hash of its cookie is kept.
///
/// @param hash hex SHA-256 of the cookie
/// @param csrf what its forms carry
/// @param seenAt when it last asked for something, to the minute
/// @param from the network address it came in from
/// @param confirmedAt when whoever sits there last showed that it is they
public record Session(
        String hash, String person, String csrf, Instant createdAt, Instant seenAt, String from, Instant confirmedAt) {
    /// An hour without a request ends it.
    public static final Duration IDLE = Duration.ofHours(1);

    /// It ends half a day after its start, whatever happens.
    public static final Duration LONGEST = Duration.ofHours(12);

    /// What gives others a way in asks for more than a browser that was left open: it was shown so recently who sits
    /// there, unless the operator wants it otherwise.
    public static final Duration CONFIRMED = Duration.ofMinutes(5);

    boolean holds(Instant now) {
        return now.isBefore(seenAt.plus(IDLE)) && now.isBefore(createdAt.plus(LONGEST));
    }

    public boolean isConfirmed(Instant now, Duration fresh) {
        return now.isBefore(confirmedAt.plus(fresh));
    }

    Session seen(Instant now) {
        return new Session(hash, person, csrf, createdAt, now, from, confirmedAt);
    }

    Session confirmed(Instant now) {
        return new Session(hash, person, csrf, createdAt, seenAt, from, now);
    }
}
