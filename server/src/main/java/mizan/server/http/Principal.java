package mizan.server.http;

import java.util.Optional;
import java.util.Set;

/// Who calls: a person who signed in, or one API key.
///
/// @param keyId names the key or the person in every log; not secret
/// @param behind the person who answers for it: the same for a person and all keys that they made, so that
///     nobody is their own second person
/// @param advertiser if present, the caller sees this advertiser and nothing else
public record Principal(String keyId, String behind, Mode mode, Set<Scope> scopes, Optional<String> advertiser) {
    public Principal {
        scopes = Set.copyOf(scopes);
    }

    /// A caller behind whom nobody else stands.
    public Principal(String keyId, Mode mode, Set<Scope> scopes, Optional<String> advertiser) {
        this(keyId, keyId, mode, scopes, advertiser);
    }

    /// Whose requests are remembered: no two callers share one, and its advertiser can be read in it.
    public String holder() {
        return advertiser.map(a -> a + '/').orElse("") + keyId;
    }

    public boolean may(Scope scope) {
        return scopes.contains(scope) && (advertiser.isEmpty() || !scope.isOfThePlatform());
    }

    /// Whether things of this advertiser exist as far as this caller can tell.
    public boolean sees(String advertiserId) {
        return advertiser.isEmpty() || advertiser.get().equals(advertiserId);
    }
}
