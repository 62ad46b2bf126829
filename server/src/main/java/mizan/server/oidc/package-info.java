/// Sign-ins that other providers vouch for (OpenID Connect Core 1.0: authorization code with PKCE).
///
/// A provider says who somebody is; whether they may come in is ours to say: they were invited, or are known by the
/// issuer and subject of an earlier sign-in. Begin with [mizan.server.oidc.SignIns].
@NullMarked
package mizan.server.oidc;

import org.jspecify.annotations.NullMarked;
