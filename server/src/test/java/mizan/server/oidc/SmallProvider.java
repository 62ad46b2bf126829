package mizan.server.oidc;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.OkpJwkGenerator;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.JoseException;

/// A provider of sign-ins that says what a test wants it to say, also what no honest one would.
public final class SmallProvider implements AutoCloseable {
    public static final String CLIENT = "mizan";
    public static final String SECRET = "a secret: of two";
    private final HttpServer server;
    private final InstantSource time;
    private final List<PublicJsonWebKey> keys = new ArrayList<>();
    private final Map<String, Granted> granted = new HashMap<>();
    /// How often its keys were asked for.
    public int keyRequests;
    /// What its description says more, or otherwise.
    public String description = "";
    /// What it says of whoever shows the token that belongs to a code.
    public String userInfo = "{}";

    private record Granted(String challenge, String token) {}

    public SmallProvider(InstantSource time) throws IOException {
        this.time = time;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/.well-known/openid-configuration", e -> answer(e, 200, description()));
        server.createContext("/keys", e -> {
            keyRequests++;
            answer(e, 200, published());
        });
        server.createContext("/token", this::token);
        server.createContext("/me", e -> {
            boolean right =
                    "Bearer an-access-token".equals(e.getRequestHeaders().getFirst("authorization"));
            answer(e, right ? 200 : 401, userInfo);
        });
        server.start();
        rotate("RS256");
    }

    public String issuer() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /// As `sign-in.json` names it.
    public Provider provider(String id, Set<String> domains) {
        return new Provider(id, "Marsa ID", URI.create(issuer()), CLIENT, Optional.of(SECRET), true, domains);
    }

    private String description() {
        return """
                {"issuer":"@","authorization_endpoint":"@/authorize","token_endpoint":"@/token","jwks_uri":"@/keys"%s}""".replace("@", issuer()).formatted(description);
    }

    private String published() {
        return "{\"keys\":["
                + keys.stream()
                        .map(k -> k.toJson(JsonWebKey.OutputControlLevel.PUBLIC_ONLY))
                        .collect(Collectors.joining(","))
                + "]}";
    }

    /// Signs with a new key of this algorithm from now on, and publishes no other.
    public void rotate(String algorithm) {
        keys.clear();
        keys.add(key(algorithm));
    }

    static PublicJsonWebKey key(String algorithm) {
        try {
            PublicJsonWebKey key = switch (algorithm) {
                case "ES256" -> EcJwkGenerator.generateJwk(EllipticCurves.P256);
                case "EdDSA" -> OkpJwkGenerator.generateJwk("Ed25519");
                default -> RsaJwkGenerator.generateJwk(2048);
            };
            key.setKeyId("key-" + System.identityHashCode(key));
            key.setAlgorithm(algorithm);
            return key;
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }

    public PublicJsonWebKey signing() {
        return keys.getFirst();
    }

    /// The claims of an honest ID token.
    public JwtClaims claims(String subject, String email, String nonce) {
        var claims = new JwtClaims();
        var now = time.instant().getEpochSecond();
        claims.setIssuer(issuer());
        claims.setAudience(CLIENT);
        claims.setSubject(subject);
        claims.setIssuedAt(NumericDate.fromSeconds(now));
        claims.setExpirationTime(NumericDate.fromSeconds(now + 300));
        claims.setStringClaim("nonce", nonce);
        claims.setStringClaim("email", email);
        claims.setClaim("email_verified", true);
        claims.setStringClaim("name", "Amal Haddad");
        claims.setClaim("auth_time", now);
        return claims;
    }

    public String signed(JwtClaims claims) {
        return signed(claims, signing().getAlgorithm(), _ -> {});
    }

    /// Signed as a test wants it.
    public String signed(JwtClaims claims, String algorithm, Consumer<JsonWebSignature> more) {
        try {
            var token = new JsonWebSignature();
            token.setPayload(claims.toJson());
            token.setAlgorithmHeaderValue(algorithm);
            token.setKeyIdHeaderValue(signing().getKeyId());
            token.setKey(signing().getPrivateKey());
            more.accept(token);
            return token.getCompactSerialization();
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Lets somebody through who asked with these parameters.
    public void grant(String code, Map<String, String> asked, String token) {
        granted.put(code, new Granted(asked.getOrDefault("code_challenge", ""), token));
    }

    private void token(HttpExchange exchange) throws IOException {
        var form = parameters(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        var basic = Optional.ofNullable(exchange.getRequestHeaders().getFirst("authorization"));
        var known = Optional.ofNullable(granted.remove(form.getOrDefault("code", "")));
        boolean right = basic.isPresent()
                && known.isPresent()
                && known.get().challenge().equals(SignIns.challenge(form.getOrDefault("code_verifier", "")));
        answer(
                exchange,
                right ? 200 : 400,
                right
                        ? "{\"access_token\":\"an-access-token\",\"token_type\":\"Bearer\",\"id_token\":\""
                                + known.get().token() + "\"}"
                        : "{\"error\":\"invalid_grant\"}");
    }

    /// The parameters of a query or form.
    public static Map<String, String> parameters(String text) {
        return Arrays.stream(text.split("&"))
                .map(p -> p.split("=", 2))
                .collect(Collectors.toMap(p -> p[0], p -> URLDecoder.decode(p[1], StandardCharsets.UTF_8)));
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("content-type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        try (var out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
