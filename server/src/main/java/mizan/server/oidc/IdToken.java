package mizan.server.oidc;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.ErrorCodes;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.keys.resolvers.JwksVerificationKeyResolver;
import org.jose4j.lang.UnresolvableKeyException;
import tools.jackson.databind.JsonNode;

/// What a provider signed of somebody (OpenID Connect Core 1.0, section 2), once it is checked as section 3.1.3.7 says.
///
/// @param email lower-case; only one that the provider verified
/// @param authenticatedAt when they last showed the provider who they are; empty when it does not say
record IdToken(String subject, Optional<String> email, String name, Optional<Instant> authenticatedAt) {
    /// Signatures by a key that we do not hold: with a shared secret, or with none, anybody could be the provider.
    private static final AlgorithmConstraints ALGORITHMS = new AlgorithmConstraints(
            ConstraintType.PERMIT,
            AlgorithmIdentifiers.RSA_USING_SHA256,
            AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256,
            AlgorithmIdentifiers.EDDSA);

    private static final int CLOCKS_MAY_DIFFER_SECONDS = 60;
    /// A token is fetched as soon as it is made.
    private static final int OLDEST_SECONDS = 600;

    private static final int MAX_TEXT = 255;
    private static final Map<Integer, String> FAULTS = Map.of(
            ErrorCodes.EXPIRED, "expired",
            ErrorCodes.EXPIRATION_MISSING, "no expiry",
            ErrorCodes.ISSUER_INVALID, "another issuer",
            ErrorCodes.AUDIENCE_INVALID, "another audience",
            ErrorCodes.SIGNATURE_INVALID, "signature",
            ErrorCodes.SIGNATURE_MISSING, "no signature",
            ErrorCodes.ISSUED_AT_INVALID_PAST, "made too long ago");

    /// No key of ours fits the one that signed: the provider may have changed them.
    static final class UnknownKey extends Exception {
        private static final long serialVersionUID = 1L;

        UnknownKey() {
            super("unknown key", null, false, false);
        }
    }

    static IdToken read(Provider provider, String text, List<JsonWebKey> keys, String nonce, Instant now)
            throws Untrusted, UnknownKey {
        try {
            var claims = new JwtConsumerBuilder()
                    .setJwsAlgorithmConstraints(ALGORITHMS)
                    .setVerificationKeyResolver(new JwksVerificationKeyResolver(keys))
                    .setExpectedIssuer(true, provider.issuer().toString())
                    .setExpectedAudience(true, provider.clientId())
                    .setRequireSubject()
                    .setRequireExpirationTime()
                    .setRequireIssuedAt()
                    .setIssuedAtRestrictions(CLOCKS_MAY_DIFFER_SECONDS, OLDEST_SECONDS)
                    .setAllowedClockSkewInSeconds(CLOCKS_MAY_DIFFER_SECONDS)
                    .setEvaluationTime(NumericDate.fromSeconds(now.getEpochSecond()))
                    .build()
                    .processToClaims(text);
            requireOurs(provider, claims, nonce);
            return of(claims);
        } catch (InvalidJwtException e) {
            if (e.getCause() instanceof UnresolvableKeyException) {
                throw new UnknownKey();
            }
            throw new Untrusted(provider + ": its ID token was not accepted: " + why(e));
        } catch (MalformedClaimException _) {
            throw new Untrusted(provider + ": its ID token has a claim of another kind");
        }
    }

    /// Made for this sign-in, and for no other client.
    private static void requireOurs(Provider provider, JwtClaims claims, String nonce)
            throws Untrusted, MalformedClaimException {
        if (!nonce.equals(claims.getStringClaimValue("nonce"))) {
            throw new Untrusted(provider + ": its ID token belongs to another sign-in (nonce)");
        }
        var party = Optional.ofNullable(claims.getStringClaimValue("azp"));
        boolean several = claims.getAudience().size() > 1;
        if (party.isPresent() ? !party.get().equals(provider.clientId()) : several) {
            throw new Untrusted(provider + ": its ID token is for another client (azp)");
        }
        if (claims.getSubject().isEmpty() || claims.getSubject().length() > MAX_TEXT) {
            throw new Untrusted(provider + ": its subject has no or more than " + MAX_TEXT + " characters");
        }
    }

    /// With what the provider says elsewhere of the same subject (OpenID Connect Core 1.0, section 5.3).
    IdToken with(Provider provider, JsonNode info) throws Untrusted {
        if (!info.path("sub").asString("").equals(subject)) {
            throw new Untrusted(provider + ": tells of somebody else than its ID token");
        }
        boolean verified = info.path("email_verified").isBoolean()
                && info.path("email_verified").asBoolean();
        var told = info.path("email").asString("").strip().toLowerCase(Locale.ROOT);
        return new IdToken(
                subject,
                verified && !told.isEmpty() ? Optional.of(told) : Optional.empty(),
                name.isEmpty() ? info.path("name").asString("").strip() : name,
                authenticatedAt);
    }

    private static IdToken of(JwtClaims claims) throws MalformedClaimException {
        var verified = Boolean.TRUE.equals(claims.getClaimValue("email_verified"));
        var at = Optional.ofNullable(claims.getNumericDateClaimValue("auth_time"));
        return new IdToken(
                claims.getSubject(),
                Optional.ofNullable(claims.getStringClaimValue("email"))
                        .filter(_ -> verified)
                        .map(e -> e.strip().toLowerCase(Locale.ROOT)),
                Optional.ofNullable(claims.getStringClaimValue("name"))
                        .orElse("")
                        .strip(),
                at.map(t -> Instant.ofEpochSecond(t.getValue())));
    }

    /// The codes of what is wrong. Never the message: it quotes the token.
    private static String why(InvalidJwtException e) {
        return e.getErrorDetails().isEmpty()
                ? "not signed as it should be"
                : String.join(
                        ", ",
                        e.getErrorDetails().stream()
                                .map(d -> FAULTS.getOrDefault(d.getErrorCode(), "error " + d.getErrorCode()))
                                .toList());
    }
}
