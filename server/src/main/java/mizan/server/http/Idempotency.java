package mizan.server.http;

import java.time.Duration;
import java.time.Instant;

/// Remembers what a POST with an `Idempotency-Key` did, for at least 24 hours.
///
/// The claim is remembered before the request runs and the answer after it. Whoever stops between the two
/// leaves a claim without an answer, and a repetition is told that the outcome is unknown: it is never done
/// twice.
public interface Idempotency extends AutoCloseable {
    /// How long an answer is kept.
    Duration KEPT = Duration.ofHours(24);

    /// Claims a key before the request runs.
    ///
    /// @param owner see [Principal#holder]: keys of two callers never meet, and no advertiser takes all the room
    /// @param requestHash of method, address and body
    Claim claim(String owner, String key, String requestHash, Instant now);

    /// Keeps the answer.
    void keep(String owner, String key, Answer answer);

    /// Forgets a claim: the request was refused and changed nothing.
    void forget(String owner, String key);

    @Override
    void close();

    /// What is known of a key.
    sealed interface Claim {
        record Fresh() implements Claim {}

        record InFlight() implements Claim {}

        record Mismatch() implements Claim {}

        /// The server stopped between claim and answer; nobody can say whether it took effect.
        record Unknown() implements Claim {}

        record Done(Answer answer) implements Claim {}
    }
}
