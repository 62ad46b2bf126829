package mizan.server.people;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import mizan.server.http.Mode;
import mizan.server.http.Principal;

/// Somebody who may use the console.
///
/// @param id such as `per_...`
/// @param login an e-mail address in lower case; nobody else has it
/// @param advertiser whose account it is; present exactly when the role is bound to one
/// @param password an Argon2id hash ([Passwords]); empty for who comes in by passkey only
/// @param totp the secret of a second factor in base32 ([Totp]); empty without
/// @param totpStep the last step whose code was used, so that no code works twice
/// @param recovery Argon2id hashes of codes that stand in for the second factor, once each
/// @param removedAt from then on it comes in no more
public record Person(
        String id,
        String name,
        String login,
        Role role,
        Optional<String> advertiser,
        Optional<String> password,
        Optional<String> totp,
        long totpStep,
        List<String> recovery,
        Instant createdAt,
        Optional<Instant> removedAt) {
    /// The prefix of their ids.
    public static final String PREFIX = "per";

    public Person {
        recovery = List.copyOf(recovery);
        if (role.isBound() != advertiser.isPresent()) {
            throw new IllegalArgumentException(role + " and advertiser " + advertiser);
        }
    }

    public boolean isIn() {
        return removedAt.isEmpty();
    }

    /// What every check of rights sees of them.
    public Principal principal(Mode mode) {
        return new Principal(id, mode, role.scopes(), advertiser);
    }

    Person withPassword(String hash) {
        return with(Optional.of(hash), totp, totpStep, recovery, removedAt);
    }

    /// With another second factor; codes belong to the one that they stand in for.
    Person withTotp(Optional<String> secret) {
        return with(password, secret, 0, List.of(), removedAt);
    }

    Person usedStep(long step) {
        return with(password, totp, step, recovery, removedAt);
    }

    Person withRecovery(List<String> hashes) {
        return with(password, totp, totpStep, hashes, removedAt);
    }

    Person removed(Instant at) {
        return with(password, totp, totpStep, recovery, Optional.of(at));
    }

    private Person with(
            Optional<String> hash, Optional<String> secret, long step, List<String> codes, Optional<Instant> gone) {
        return new Person(id, name, login, role, advertiser, hash, secret, step, codes, createdAt, gone);
    }

    /// Who nobody knows any more: only the id is left, which what they did is written down by.
    Person erased() {
        return new Person(
                id,
                id,
                id + "@erased.invalid",
                role,
                advertiser,
                Optional.empty(),
                Optional.empty(),
                0,
                List.of(),
                createdAt,
                removedAt);
    }

    public boolean isErased() {
        return name.equals(id);
    }
}
