package mizan.server.http;

import java.time.Instant;

/// Remembers what a POST with an `Idempotency-Key` did, for at least 24 hours and across restarts.
public interface Idempotency {
    /// Claims a key before the request runs.
    ///
    /// @param owner key id and operation: keys of two callers never meet
    /// @param requestHash of method, address and body
    Claim claim(String owner, String key, String requestHash, Instant now);

    /// Keeps the answer.
    void keep(String owner, String key, Answer answer);

    /// Forgets a claim: the request was refused and changed nothing.
    void forget(String owner, String key);

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
