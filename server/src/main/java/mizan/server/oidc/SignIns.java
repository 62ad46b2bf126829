package mizan.server.oidc;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import mizan.server.http.ApiKeys;
import mizan.server.http.Refused;
import mizan.server.http.StrictJson;
import mizan.server.reading.pull.Outbound;
import tools.jackson.databind.JsonNode;

/// Sends people to a provider of sign-ins and reads what it says of them when they come back.
///
/// Each way there has its own state, nonce and PKCE verifier (RFC 7636), belongs to one browser and one provider, and
/// is gone when somebody comes back with it, right or wrong. So an answer cannot be planted, sent twice, or taken to
/// another provider (RFC 9700, sections 2.1 and 4.4).
public final class SignIns {
    /// Somebody may have to find their device first.
    public static final Duration LIFE = Duration.ofMinutes(10);

    /// Nobody vouches for others.
    public static final SignIns NONE = new SignIns(
            List.of(),
            "http://localhost",
            Outbound.guarded(InstantSource.system()),
            Outbound.guarded(InstantSource.system()),
            InstantSource.system(),
            new SecureRandom());

    private static final int MOST = 20_000;
    private static final int MOST_CALLS = 4;
    private static final int MAX_ANSWER = 1 << 20;
    private static final Duration FRESH = Duration.ofHours(1);
    private static final Duration DEADLINE = Duration.ofSeconds(10);
    private static final int MAX_CODE = 4_096;
    /// When somebody shows again who they are, this is how long ago they may have done it over there.
    private static final Duration RECENT = Duration.ofMinutes(2);

    private final Map<String, Provider> providers;
    private final String origin;
    private final Outbound outside;
    private final Outbound ownNetwork;
    private final InstantSource time;
    private final RandomGenerator random;
    private final Map<String, Known> known = new ConcurrentHashMap<>();
    private final Map<String, Keys> keys = new ConcurrentHashMap<>();
    /// A provider that is slow holds up a few sign-ins, and never all.
    private final Semaphore calls = new Semaphore(MOST_CALLS);
    /// By the hash of the state; the oldest is forgotten first.
    private final Map<String, Way> ways = new LinkedHashMap<>();

    private record Known(Metadata metadata, Instant at) {}

    /// Somebody who is on their way.
    ///
    /// @param browser hash of the cookie of the browser that went
    private record Way(
            String provider, String browser, String nonce, String verifier, Purpose purpose, Instant until) {}

    /// What somebody wants of a provider.
    public sealed interface Purpose {
        /// To come in.
        ///
        /// @param next where they wanted to go
        record Enter(String next) implements Purpose {}

        /// To make the account that an invitation is for.
        record Join(String code) implements Purpose {}

        /// To come in this way too from now on.
        record Link(String person) implements Purpose {}

        /// To show again who they are.
        ///
        /// @param session hash of the session
        record Confirm(String session) implements Purpose {}
    }

    /// @param origin of the console's pages, such as `https://ads.example`
    /// @param ownNetwork reaches providers in the operator's own network
    /// @param random cryptographically strong outside of tests
    public SignIns(
            List<Provider> providers,
            String origin,
            Outbound outside,
            Outbound ownNetwork,
            InstantSource time,
            RandomGenerator random) {
        this.providers =
                providers.stream().collect(Collectors.toMap(Provider::id, p -> p, (one, _) -> one, LinkedHashMap::new));
        this.origin = origin;
        this.outside = outside;
        this.ownNetwork = ownNetwork;
        this.time = time;
        this.random = random;
    }

    public List<Provider> providers() {
        return List.copyOf(providers.values());
    }

    public Optional<Provider> provider(String id) {
        return Optional.ofNullable(providers.get(id));
    }

    /// Where somebody is sent.
    ///
    /// @param cookie what their browser keeps until they are back
    public record Leaving(URI to, String cookie) {}

    /// Begins a way to a provider; empty when it cannot be reached, which the log explains.
    public Optional<Leaving> leave(Provider provider, Purpose purpose) {
        if (!calls.tryAcquire()) {
            return Optional.empty();
        }
        try {
            var metadata = metadata(provider);
            var state = text();
            var cookie = text();
            var way = new Way(
                    provider.id(),
                    ApiKeys.hash(cookie),
                    text(),
                    text(),
                    purpose,
                    time.instant().plus(LIFE));
            synchronized (ways) {
                ways.put(ApiKeys.hash(state), way);
                if (ways.size() > MOST) {
                    ways.remove(ways.keySet().iterator().next());
                }
            }
            return Optional.of(new Leaving(URI.create(address(provider, metadata, way, state)), cookie));
        } catch (Untrusted e) {
            log(e);
            return Optional.empty();
        } finally {
            calls.release();
        }
    }

    private String address(Provider provider, Metadata metadata, Way way, String state) {
        var query = new LinkedHashMap<String, String>();
        query.put("response_type", "code");
        query.put("client_id", provider.clientId());
        query.put("redirect_uri", back(provider));
        query.put("scope", "openid email profile");
        query.put("state", state);
        query.put("nonce", way.nonce());
        query.put("code_challenge", challenge(way.verifier()));
        query.put("code_challenge_method", "S256");
        if (way.purpose() instanceof Purpose.Confirm) {
            query.put("prompt", "login");
            query.put("max_age", "0");
        }
        var to = metadata.authorization().toString();
        return to + (to.contains("?") ? "&" : "?") + form(query);
    }

    /// Each provider has an address of its own to send people back to, so none can answer for another.
    private String back(Provider provider) {
        return origin + "/sign-in/with/" + provider.id() + "/back";
    }

    /// What somebody came back with.
    ///
    /// @param cookie of their browser
    public record Answered(
            String provider, String state, String cookie, Optional<String> code, Optional<String> issuer) {}

    /// What a way back leads to.
    public sealed interface Arrival {
        /// The provider says who it is.
        ///
        /// @param email only one that the provider verified and is believed for
        record Proven(Provider provider, String subject, Optional<String> email, String name, Purpose purpose)
                implements Arrival {}

        /// It is not known where they come from: too late, twice, or from elsewhere.
        record Lost() implements Arrival {}

        /// They, or the provider, did not want to.
        record Declined() implements Arrival {}

        /// The provider could not be asked, or what it said proves nothing. The log explains it.
        record Unproven() implements Arrival {}
    }

    /// Reads what a provider says of somebody who came back. Whatever comes of it, the way is used up.
    public Arrival arrive(Answered answered) {
        var way = take(answered);
        var provider = way.flatMap(w -> provider(w.provider()));
        if (way.isEmpty() || provider.isEmpty()) {
            return new Arrival.Lost();
        }
        if (!calls.tryAcquire()) {
            return new Arrival.Unproven();
        }
        try {
            var metadata = metadata(provider.get());
            requireItself(provider.get(), metadata, answered);
            if (answered.code().isEmpty()) {
                return new Arrival.Declined();
            }
            var token = token(provider.get(), metadata, answered.code().get(), way.get());
            if (way.get().purpose() instanceof Purpose.Confirm) {
                requireRecent(provider.get(), token);
            }
            return new Arrival.Proven(
                    provider.get(),
                    token.subject(),
                    token.email().filter(provider.get()::vouchesFor),
                    token.name(),
                    way.get().purpose());
        } catch (Untrusted e) {
            log(e);
            return new Arrival.Unproven();
        } finally {
            calls.release();
        }
    }

    private Optional<Way> take(Answered answered) {
        synchronized (ways) {
            return Optional.ofNullable(ways.remove(ApiKeys.hash(answered.state())))
                    .filter(w -> w.browser().equals(ApiKeys.hash(answered.cookie())))
                    .filter(w -> w.provider().equals(answered.provider()))
                    .filter(w -> time.instant().isBefore(w.until()));
        }
    }

    /// An answer of another provider, taken here (RFC 9207).
    private static void requireItself(Provider provider, Metadata metadata, Answered answered) throws Untrusted {
        var named = answered.issuer();
        if (named.isPresent() ? !named.get().equals(provider.issuer().toString()) : metadata.namesIssuer()) {
            throw new Untrusted(provider + ": the answer names another issuer, or none");
        }
    }

    private void requireRecent(Provider provider, IdToken token) throws Untrusted {
        var earliest = time.instant().minus(RECENT);
        if (token.authenticatedAt().filter(at -> at.isAfter(earliest)).isEmpty()) {
            throw new Untrusted(provider + ": does not say that it asked again just now (auth_time)");
        }
    }

    private IdToken token(Provider provider, Metadata metadata, String code, Way way) throws Untrusted {
        if (code.length() > MAX_CODE) {
            throw new Untrusted(provider + ": its code has more than " + MAX_CODE + " characters");
        }
        var answer = exchanged(provider, metadata, code, way);
        var token = read(provider, metadata, answer.path("id_token").asString(""), way);
        if (token.email().isPresent() || metadata.userInfo().isEmpty()) {
            return token;
        }
        // Many say in the ID token who it is and no more.
        var bearer = Map.of(
                "accept",
                "application/json",
                "authorization",
                "Bearer " + answer.path("access_token").asString(""));
        return token.with(
                provider, Metadata.get(outbound(provider), metadata.userInfo().get(), bearer));
    }

    private IdToken read(Provider provider, Metadata metadata, String text, Way way) throws Untrusted {
        var held = keys.computeIfAbsent(provider.id(), _ -> new Keys());
        var now = time.instant();
        try {
            return IdToken.read(provider, text, held.known(metadata.keys(), outbound(provider), now), way.nonce(), now);
        } catch (IdToken.UnknownKey _) {
            try {
                var fresh = held.afterAStranger(metadata.keys(), outbound(provider), now);
                return IdToken.read(provider, text, fresh, way.nonce(), now);
            } catch (IdToken.UnknownKey _) {
                throw new Untrusted(provider + ": its ID token is signed by a key that it does not publish");
            }
        }
    }

    /// The tokens for a code (RFC 6749, section 4.1.3).
    private JsonNode exchanged(Provider provider, Metadata metadata, String code, Way way) throws Untrusted {
        var form = new LinkedHashMap<String, String>();
        form.put("grant_type", "authorization_code");
        form.put("code", code);
        form.put("redirect_uri", back(provider));
        form.put("code_verifier", way.verifier());
        var headers = new LinkedHashMap<String, String>();
        headers.put("content-type", "application/x-www-form-urlencoded");
        headers.put("accept", "application/json");
        if (provider.secret().isEmpty() || metadata.secretInBody()) {
            form.put("client_id", provider.clientId());
            provider.secret().ifPresent(s -> form.put("client_secret", s));
        } else {
            var pair = encoded(provider.clientId()) + ":"
                    + encoded(provider.secret().get());
            headers.put(
                    "authorization",
                    "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
        }
        try {
            var answer = outbound(provider)
                    .post(metadata.token(), headers, form(form).getBytes(StandardCharsets.UTF_8), MAX_ANSWER, DEADLINE);
            if (answer.status() != 200) {
                throw new Untrusted(provider + ": its token endpoint answered " + answer.status());
            }
            return StrictJson.object(answer.body());
        } catch (Outbound.Unreachable e) {
            throw new Untrusted(provider + ": " + e.getMessage());
        } catch (Refused _) {
            throw new Untrusted(provider + ": its token endpoint answered what is no JSON");
        }
    }

    private Metadata metadata(Provider provider) throws Untrusted {
        var now = time.instant();
        var before = known.get(provider.id());
        if (before != null && now.isBefore(before.at().plus(FRESH))) {
            return before.metadata();
        }
        var fetched = Metadata.fetch(provider, outbound(provider));
        known.put(provider.id(), new Known(fetched, now));
        return fetched;
    }

    private Outbound outbound(Provider provider) {
        return provider.ownNetwork() ? ownNetwork : outside;
    }

    /// Why this provider cannot be used now; empty when it can.
    public Optional<String> trouble(Provider provider) {
        try {
            var metadata = Metadata.fetch(provider, outbound(provider));
            return new Keys()
                            .known(metadata.keys(), outbound(provider), time.instant())
                            .isEmpty()
                    ? Optional.of(provider + ": publishes no key")
                    : Optional.empty();
        } catch (Untrusted e) {
            return Optional.ofNullable(e.getMessage());
        }
    }

    private static void log(Untrusted e) {
        System.getLogger("mizan").log(System.Logger.Level.WARNING, "a sign-in by a provider failed: " + e.getMessage());
    }

    static String challenge(String verifier) {
        try {
            var hash = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of every Java", e);
        }
    }

    /// 256 bits in base64url.
    private String text() {
        var bytes = new byte[32];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static String form(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(f -> f.getKey() + "=" + encoded(f.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
