package mizan.server.oidc;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import mizan.server.reading.pull.Outbound;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.lang.JoseException;

/// The public keys that a provider signs with (RFC 7517). It may change them at any time: a key that is not known is
/// asked for, though not again and again.
final class Keys {
    private static final Duration FRESH = Duration.ofHours(1);
    /// Whoever sends tokens of invented keys makes us ask no more often.
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(30);

    private static final int MAX_KEYS = 50;

    private List<JsonWebKey> keys = List.of();
    private Instant fetchedAt = Instant.MIN;

    /// What is known, asked for anew when it is old.
    synchronized List<JsonWebKey> known(URI address, Outbound outbound, Instant now) throws Untrusted {
        if (now.isAfter(fetchedAt.plus(FRESH))) {
            fetch(address, outbound, now);
        }
        return keys;
    }

    /// What is known after a key was met that is not.
    synchronized List<JsonWebKey> afterAStranger(URI address, Outbound outbound, Instant now) throws Untrusted {
        if (!now.isBefore(fetchedAt.plus(BETWEEN_LOOKS))) {
            fetch(address, outbound, now);
        }
        return keys;
    }

    private void fetch(URI address, Outbound outbound, Instant now) throws Untrusted {
        var list = Metadata.get(outbound, address).path("keys");
        if (list.size() > MAX_KEYS) {
            throw new Untrusted(address + ": more than " + MAX_KEYS + " keys");
        }
        var read = new ArrayList<JsonWebKey>();
        for (var one : list) {
            try {
                read.add(JsonWebKey.Factory.newJwk(one.toString()));
            } catch (JoseException _) {
                // Of a kind that is not known here; nothing that it signs is accepted.
            }
        }
        keys = List.copyOf(read);
        fetchedAt = now;
    }
}
