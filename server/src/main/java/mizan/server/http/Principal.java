package mizan.server.http;

import java.util.Optional;
import java.util.Set;

/// Who calls: one API key, never shown again after it was made.
///
/// @param keyId names the key in the change log; not secret
/// @param advertiser if present, the key sees this advertiser and nothing else
public record Principal(String keyId, Mode mode, Set<Scope> scopes, Optional<String> advertiser) {
    public Principal {
        scopes = Set.copyOf(scopes);
    }

    public boolean may(Scope scope) {
        return scopes.contains(scope);
    }

    /// Whether things of this advertiser exist as far as this key can tell.
    public boolean sees(String advertiserId) {
        return advertiser.isEmpty() || advertiser.get().equals(advertiserId);
    }
}
