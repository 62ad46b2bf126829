package mizan.server.oidc;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Another server that knows people, as its operator and ours agreed.
///
/// @param id names it in our addresses: lower-case letters, digits and hyphens
/// @param name what people call it
/// @param issuer exactly as the provider writes it
/// @param secret empty for a client that has none
/// @param ownNetwork whether it may be in the operator's own network, and without TLS there
/// @param emailDomains the only domains whose addresses it is believed for; empty for all
public record Provider(
        String id,
        String name,
        URI issuer,
        String clientId,
        Optional<String> secret,
        boolean ownNetwork,
        Set<String> emailDomains) {
    public Provider {
        emailDomains = Set.copyOf(emailDomains);
        if (!id.matches("[a-z0-9-]{1,32}")) {
            throw new IllegalArgumentException(id + " is no id: lower-case letters, digits and hyphens, 32 at most");
        }
        if (issuer.getQuery() != null || issuer.getFragment() != null || !mayBeCalled(issuer, ownNetwork)) {
            throw new IllegalArgumentException(issuer + " is no issuer: an https address without query and fragment"
                    + " (http only with own_network)");
        }
    }

    /// Whether an address of this provider may be called, or somebody be sent to it.
    boolean mayBeCalled(URI address) {
        return mayBeCalled(address, ownNetwork);
    }

    private static boolean mayBeCalled(URI address, boolean ownNetwork) {
        return address.getHost() != null
                && address.getUserInfo() == null
                && address.getFragment() == null
                && ("https".equals(address.getScheme()) || (ownNetwork && "http".equals(address.getScheme())));
    }

    /// Whether it is believed when it says whose this address is.
    boolean vouchesFor(String email) {
        var domain = email.substring(email.lastIndexOf('@') + 1).toLowerCase(Locale.ROOT);
        return emailDomains.isEmpty() || emailDomains.contains(domain);
    }

    /// Never the secret: this ends up in logs.
    @Override
    public String toString() {
        return id + " " + issuer;
    }
}
