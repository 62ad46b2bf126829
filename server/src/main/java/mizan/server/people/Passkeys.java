package mizan.server.people;

import static java.util.Objects.requireNonNull;

import com.webauthn4j.WebAuthnManager;
import com.webauthn4j.converter.AttestedCredentialDataConverter;
import com.webauthn4j.converter.util.ObjectConverter;
import com.webauthn4j.credential.CredentialRecordImpl;
import com.webauthn4j.data.AuthenticationParameters;
import com.webauthn4j.data.RegistrationParameters;
import com.webauthn4j.data.attestation.statement.NoneAttestationStatement;
import com.webauthn4j.data.client.Origin;
import com.webauthn4j.data.client.challenge.DefaultChallenge;
import com.webauthn4j.server.ServerProperty;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;

/// Passkeys (WebAuthn Level 3): made and checked. What they say is read and verified by webauthn4j.
///
/// Attestation is not asked for: which make of device somebody uses is their affair. User verification is, so a
/// passkey is two factors: the device, and a finger or a PIN.
public final class Passkeys {
    /// A person may take so long to find their device.
    private static final Duration CHALLENGE_LIFE = Duration.ofMinutes(5);

    private static final int MAX_CHALLENGES = 10_000;
    /// A person has a few devices.
    private static final int MAX_OF_ONE = 20;

    private final PeopleStore store;
    private final InstantSource time;
    private final RandomGenerator random;
    private final String origin;
    private final WebAuthnManager manager;
    private final AttestedCredentialDataConverter credentials;
    private final Map<String, Passkey> passkeys = new ConcurrentHashMap<>();
    private final Map<String, Instant> challenges = new LinkedHashMap<>();

    /// @param origin of the console's pages, such as `https://ads.example`
    /// @param random cryptographically strong outside of tests
    public Passkeys(PeopleStore store, String origin, InstantSource time, RandomGenerator random) {
        this.store = store;
        this.origin = origin;
        this.time = time;
        this.random = random;
        var converter = new ObjectConverter();
        this.manager = WebAuthnManager.createNonStrictWebAuthnManager(converter);
        this.credentials = new AttestedCredentialDataConverter(converter);
        store.passkeys().forEach(p -> passkeys.put(p.id(), p));
    }

    /// The domain that passkeys are bound to.
    public String domain() {
        return URI.create(origin).getHost();
    }

    /// A challenge that can be answered once within five minutes, in base64url.
    public String challenge() {
        var bytes = new byte[32];
        random.nextBytes(bytes);
        var challenge = text(bytes);
        synchronized (challenges) {
            challenges.put(challenge, time.instant().plus(CHALLENGE_LIFE));
            if (challenges.size() > MAX_CHALLENGES) {
                challenges.remove(challenges.keySet().iterator().next());
            }
        }
        return challenge;
    }

    /// Knows this person's devices no more; the store has forgotten them already.
    public void forget(String person) {
        passkeys.values().removeIf(p -> p.person().equals(person));
    }

    /// Takes a device of this person away; whether there was one.
    public boolean drop(Person person, String id) {
        var found = Optional.ofNullable(passkeys.get(id)).filter(p -> p.person().equals(person.id()));
        found.ifPresent(p -> {
            store.drop(p);
            passkeys.remove(id);
        });
        return found.isPresent();
    }

    public List<Passkey> of(String person) {
        return passkeys.values().stream().filter(p -> p.person().equals(person)).toList();
    }

    /// Reads a new passkey, which belongs to nobody yet.
    ///
    /// @param json what `navigator.credentials.create` made, as its `toJSON` writes it
    /// @return empty when it is not a passkey made now for this server
    public Optional<Fresh> read(String json, String challenge) {
        if (!take(challenge)) {
            return Optional.empty();
        }
        try {
            var parameters = new RegistrationParameters(server(challenge), null, true, true);
            var made = manager.verifyRegistrationResponseJSON(json, parameters);
            var authenticator = requireNonNull(made.getAttestationObject()).getAuthenticatorData();
            var data = requireNonNull(authenticator.getAttestedCredentialData());
            var fresh = new Fresh(
                    text(data.getCredentialId()), text(credentials.convert(data)), authenticator.getSignCount());
            return passkeys.containsKey(fresh.id()) ? Optional.empty() : Optional.of(fresh);
        } catch (RuntimeException _) {
            // What strangers send breaks the library's readers in more ways than it names.
            return Optional.empty();
        }
    }

    /// A passkey that was just made.
    public record Fresh(String id, String credential, long count) {}

    /// Gives a new passkey to a person.
    public Passkey keep(Person person, Fresh fresh) {
        var passkey = new Passkey(fresh.id(), person.id(), fresh.credential(), fresh.count(), time.instant());
        store.put(passkey);
        passkeys.put(passkey.id(), passkey);
        return passkey;
    }

    /// Whether a person has room for one more.
    public boolean hasRoom(Person person) {
        return of(person.id()).size() < MAX_OF_ONE;
    }

    /// Who holds the device that answered.
    ///
    /// @param id the credential's id in base64url
    /// @param json what `navigator.credentials.get` answered, as its `toJSON` writes it
    /// @return the id of the person; empty when the answer proves nothing
    public Optional<String> recognise(String id, String json, String challenge) {
        var known = Optional.ofNullable(passkeys.get(id));
        if (!take(challenge) || known.isEmpty()) {
            return Optional.empty();
        }
        var count = verified(known.get(), json, challenge);
        if (count.isEmpty()) {
            return Optional.empty();
        }
        var counted = known.get().counted(count.getAsLong());
        store.put(counted);
        passkeys.put(id, counted);
        return Optional.of(counted.person());
    }

    /// How many signatures the device has counted; empty when this one is not its own.
    private OptionalLong verified(Passkey known, String json, String challenge) {
        try {
            var record = new CredentialRecordImpl(
                    new NoneAttestationStatement(),
                    null,
                    null,
                    null,
                    known.count(),
                    credentials.convert(bytes(known.credential())),
                    null,
                    null,
                    null,
                    null);
            var parameters = new AuthenticationParameters(server(challenge), record, null, true, true);
            var answered = manager.verifyAuthenticationResponseJSON(json, parameters);
            return OptionalLong.of(
                    requireNonNull(answered.getAuthenticatorData()).getSignCount());
        } catch (RuntimeException _) {
            return OptionalLong.empty();
        }
    }

    private ServerProperty server(String challenge) {
        return ServerProperty.builder()
                .origin(new Origin(origin))
                .rpId(domain())
                .challenge(new DefaultChallenge(bytes(challenge)))
                .build();
    }

    /// Each challenge is answered once.
    private boolean take(String challenge) {
        synchronized (challenges) {
            var until = challenges.remove(challenge);
            return until != null && time.instant().isBefore(until);
        }
    }

    private static String text(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static byte[] bytes(String text) {
        return Base64.getUrlDecoder().decode(text);
    }
}
