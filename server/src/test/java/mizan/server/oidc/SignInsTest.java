package mizan.server.oidc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import mizan.server.oidc.SignIns.Arrival;
import mizan.server.oidc.SignIns.Purpose;
import mizan.server.reading.pull.Outbound;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.keys.HmacKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Ways to a provider and back: honest ones, and everything that only looks like one.
class SignInsTest {
    private static final Purpose ENTER = new Purpose.Enter("/desk");
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-23T10:00:00Z"));

    @TempDir
    private Path folder = Path.of("");

    private SmallProvider marsa;
    private SmallProvider other;
    private SignIns signIns;

    @BeforeEach
    void start() throws IOException {
        marsa = new SmallProvider(now::get);
        other = new SmallProvider(now::get);
        signIns = signIns(marsa.provider("marsa", Set.of()), other.provider("other", Set.of("other.example")));
    }

    private SignIns signIns(Provider... providers) {
        return new SignIns(
                List.of(providers),
                "https://ads.example",
                Outbound.guarded(now::get),
                Outbound.ownNetwork(now::get),
                now::get,
                new SplittableRandom(7));
    }

    @AfterEach
    void stop() {
        marsa.close();
        other.close();
    }

    /// Somebody on their way.
    private record Gone(Map<String, String> asked, String cookie) {
        String nonce() {
            return asked.getOrDefault("nonce", "");
        }
    }

    private Gone leave(String provider, Purpose purpose) {
        var leaving =
                signIns.leave(signIns.provider(provider).orElseThrow(), purpose).orElseThrow();
        return new Gone(SmallProvider.parameters(leaving.to().getRawQuery()), leaving.cookie());
    }

    private static SignIns.Answered answered(String provider, Gone gone, String code) {
        return new SignIns.Answered(
                provider, gone.asked().getOrDefault("state", ""), gone.cookie(), Optional.of(code), Optional.empty());
    }

    /// What comes of an ID token whose claims a test changed.
    private Arrival arrival(Consumer<JwtClaims> change) {
        var gone = leave("marsa", ENTER);
        var claims = marsa.claims("sub-1", "Amal@Marsa.example", gone.nonce());
        change.accept(claims);
        return arrival(gone, marsa.signed(claims));
    }

    private Arrival arrival(Gone gone, String token) {
        marsa.grant("code-1", gone.asked(), token);
        return signIns.arrive(answered("marsa", gone, "code-1"));
    }

    private static Arrival.Proven proven(Arrival arrival) {
        return assertInstanceOf(Arrival.Proven.class, arrival);
    }

    @Test
    void givenAnHonestProvider_whenSomebodyComesBack_thenItSaysWhoTheyAreWithEveryAlgorithmThatIsTaken() {
        for (var algorithm : List.of("RS256", "ES256", "EdDSA")) {
            marsa.rotate(algorithm);
            now.updateAndGet(t -> t.plusSeconds(60));
            var proven = proven(arrival(_ -> {}));
            assertEquals("sub-1", proven.subject(), algorithm);
            assertEquals(Optional.of("amal@marsa.example"), proven.email());
            assertEquals(ENTER, proven.purpose());
        }
    }

    @Test
    void givenTheWayThere_whenRead_thenItIsACodeWithPkceStateAndNonceThatNoTwoShare() {
        var one = leave("marsa", ENTER).asked();
        var two = leave("marsa", ENTER).asked();
        assertEquals("code", one.get("response_type"));
        assertEquals("S256", one.get("code_challenge_method"));
        assertEquals("https://ads.example/sign-in/with/marsa/back", one.get("redirect_uri"));
        for (var secret : List.of("state", "nonce", "code_challenge")) {
            assertNotEquals(one.get(secret), two.get(secret), secret);
            assertEquals(43, one.getOrDefault(secret, "").length(), "256 bits");
        }
    }

    @Test
    void givenAnIdTokenWithOneWrongClaim_whenItComes_thenItProvesNothing() {
        var longAgo = NumericDate.fromSeconds(now.get().getEpochSecond() - 100_000);
        var wrong = new LinkedHashMap<String, Consumer<JwtClaims>>();
        wrong.put("another issuer", c -> c.setIssuer("https://evil.example"));
        wrong.put("no issuer", c -> c.unsetClaim("iss"));
        wrong.put("issuer with a slash", c -> c.setIssuer(marsa.issuer() + "/"));
        wrong.put("another audience", c -> c.setAudience("somebody"));
        wrong.put("no audience", c -> c.unsetClaim("aud"));
        wrong.put("several audiences", c -> c.setAudience(SmallProvider.CLIENT, "somebody"));
        wrong.put("another party", c -> c.setStringClaim("azp", "somebody"));
        wrong.put("expired", c -> c.setExpirationTime(longAgo));
        wrong.put("no expiry", c -> c.unsetClaim("exp"));
        wrong.put("made long ago", c -> c.setIssuedAt(longAgo));
        wrong.put(
                "made tomorrow",
                c -> c.setIssuedAt(NumericDate.fromSeconds(now.get().getEpochSecond() + 86_400)));
        wrong.put("another nonce", c -> c.setStringClaim("nonce", "x"));
        wrong.put("no nonce", c -> c.unsetClaim("nonce"));
        wrong.put("nonce of another kind", c -> c.setClaim("nonce", 5));
        wrong.put("no subject", c -> c.unsetClaim("sub"));
        wrong.put("an empty subject", c -> c.setSubject(""));
        wrong.put("a subject without end", c -> c.setSubject("x".repeat(256)));
        wrong.forEach((what, change) -> assertInstanceOf(Arrival.Unproven.class, arrival(change), what));
        proven(arrival(_ -> {}));
    }

    @Test
    void givenAnIdTokenThatTheProviderDidNotSign_whenItComes_thenItProvesNothing() {
        Map<String, Function<JwtClaims, String>> ways = new LinkedHashMap<>();
        ways.put(
                "signed by nobody",
                c -> marsa.signed(c, "none", s -> {
                    s.setAlgorithmConstraints(AlgorithmConstraints.NO_CONSTRAINTS);
                    s.setKey(null);
                }));
        ways.put(
                "with the public key as a shared secret",
                c -> marsa.signed(c, "HS256", s -> {
                    s.setKey(new HmacKey(marsa.signing().getKey().getEncoded()));
                }));
        ways.put(
                "with the client's secret",
                c -> marsa.signed(c, "HS256", s -> {
                    s.setDoKeyValidation(false);
                    s.setKey(new HmacKey(SmallProvider.SECRET.getBytes(StandardCharsets.UTF_8)));
                }));
        ways.put("with an algorithm that is not taken", c -> marsa.signed(c, "RS512", _ -> {}));
        ways.put(
                "by another key under the same name",
                c -> marsa.signed(c, "RS256", s -> {
                    s.setKey(SmallProvider.key("RS256").getPrivateKey());
                }));
        ways.put(
                "by a key that it brings along",
                c -> marsa.signed(c, "RS256", s -> {
                    var own = SmallProvider.key("RS256");
                    s.setJwkHeader(own);
                    s.setKeyIdHeaderValue(own.getKeyId());
                    s.setKey(own.getPrivateKey());
                }));
        ways.put("and changed afterwards", c -> {
            var parts = marsa.signed(c).split("\\.");
            c.setSubject("sub-of-the-owner");
            return parts[0] + "." + text(c.toJson()) + "." + parts[2];
        });
        ways.put("with its signature cut off", c -> marsa.signed(c).replaceAll("[^.]*$", ""));
        ways.put("not at all", _ -> "");
        ways.put("as five parts", _ -> "a.b.c.d.e");
        ways.forEach((what, way) -> {
            var there = leave("marsa", ENTER);
            var token = way.apply(marsa.claims("sub-1", "a@marsa.example", there.nonce()));
            assertInstanceOf(Arrival.Unproven.class, arrival(there, token), what);
        });
    }

    private static String text(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void givenAnAddressThatNobodyVerifiedOrThatIsNotTheirs_whenSomebodyComesBack_thenItIsNotBelieved() {
        for (Object verified : new Object[] {false, "true", 1}) {
            assertEquals(
                    Optional.empty(),
                    proven(arrival(c -> c.setClaim("email_verified", verified))).email());
        }
        assertEquals(
                Optional.empty(),
                proven(arrival(c -> c.unsetClaim("email_verified"))).email());
        var gone = leave("other", ENTER);
        other.grant("c", gone.asked(), other.signed(other.claims("s", "noor@marsa.example", gone.nonce())));
        assertEquals(
                Optional.empty(),
                proven(signIns.arrive(answered("other", gone, "c"))).email(),
                "it is believed for its own domain alone");
    }

    @Test
    void givenAProviderThatTellsAddressesApart_whenItIsAsked_thenOnlyWhatItSaysOfTheSameSubjectIsTaken() {
        marsa.description = ",\"userinfo_endpoint\":\"" + marsa.issuer() + "/me\"";
        Consumer<JwtClaims> bare = c -> {
            c.unsetClaim("email");
            c.unsetClaim("name");
        };
        marsa.userInfo = "{\"sub\":\"sub-1\",\"email\":\"A@b.example\",\"email_verified\":true,\"name\":\"Amal\"}";
        var asked = proven(arrival(bare));
        assertEquals(Optional.of("a@b.example"), asked.email());
        assertEquals("Amal", asked.name());
        marsa.userInfo = "{\"sub\":\"sub-2\",\"email\":\"a@b.example\",\"email_verified\":true}";
        assertInstanceOf(Arrival.Unproven.class, arrival(bare), "of somebody else");
        for (var silent : List.of("{\"sub\":\"sub-1\"}", "{\"sub\":\"sub-1\",\"email\":\"a@b.example\"}")) {
            marsa.userInfo = silent;
            assertEquals(Optional.empty(), proven(arrival(bare)).email(), silent);
        }
        marsa.userInfo = "[]";
        assertInstanceOf(Arrival.Unproven.class, arrival(bare));
    }

    @Test
    void givenAWayBack_whenItIsUsedTwiceOrByAnotherBrowserOrLate_thenItLeadsNowhere() {
        var gone = leave("marsa", ENTER);
        var token = marsa.signed(marsa.claims("sub-1", "a@marsa.example", gone.nonce()));
        proven(arrival(gone, token));
        assertInstanceOf(Arrival.Lost.class, arrival(gone, token), "a second time");

        var stolen = leave("marsa", ENTER);
        marsa.grant("c", stolen.asked(), marsa.signed(marsa.claims("sub-1", "a@marsa.example", stolen.nonce())));
        var elsewhere = new Gone(stolen.asked(), "another browser's cookie");
        assertInstanceOf(Arrival.Lost.class, signIns.arrive(answered("marsa", elsewhere, "c")));
        assertInstanceOf(Arrival.Lost.class, signIns.arrive(answered("marsa", stolen, "c")), "it is used up");

        var late = leave("marsa", ENTER);
        now.updateAndGet(t -> t.plus(SignIns.LIFE));
        assertInstanceOf(Arrival.Lost.class, arrival(late, "x"));
        assertInstanceOf(Arrival.Lost.class, arrival(new Gone(Map.of(), ""), "x"), "without a state");
    }

    @Test
    void givenACodeOfAnotherWay_whenItIsPlanted_thenTheProviderRefusesItForItsVerifier() {
        var attacker = leave("marsa", ENTER);
        marsa.grant("planted", attacker.asked(), marsa.signed(marsa.claims("evil", "e@x.example", attacker.nonce())));
        var victim = leave("marsa", ENTER);
        assertInstanceOf(Arrival.Unproven.class, signIns.arrive(answered("marsa", victim, "planted")));
    }

    @Test
    void givenAnAnswerOfAnotherProvider_whenItIsTakenHere_thenItLeadsNowhere() {
        var gone = leave("marsa", ENTER);
        assertInstanceOf(Arrival.Lost.class, signIns.arrive(answered("other", gone, "c")), "at the address of another");

        var named = leave("marsa", ENTER);
        var mixed = new SignIns.Answered(
                "marsa",
                named.asked().getOrDefault("state", ""),
                named.cookie(),
                Optional.of("c"),
                Optional.of(other.issuer()));
        assertInstanceOf(Arrival.Unproven.class, signIns.arrive(mixed), "named as another");

        other.description = ",\"authorization_response_iss_parameter_supported\":true";
        var unnamed = leave("other", ENTER);
        other.grant("c", unnamed.asked(), other.signed(other.claims("s", "a@other.example", unnamed.nonce())));
        assertInstanceOf(Arrival.Unproven.class, signIns.arrive(answered("other", unnamed, "c")), "without its name");
    }

    @Test
    void givenKeysThatChange_whenAStrangerSigns_thenTheyAreAskedForOnceAndNotAgainAndAgain() {
        proven(arrival(_ -> {}));
        assertEquals(1, marsa.keyRequests);
        marsa.rotate("RS256");
        now.updateAndGet(t -> t.plusSeconds(31));
        proven(arrival(_ -> {}));
        assertEquals(2, marsa.keyRequests, "the new key was asked for");
        for (int i = 0; i < 20; i++) {
            var gone = leave("marsa", ENTER);
            var invented = marsa.signed(
                    marsa.claims("s", "a@b.example", gone.nonce()), "RS256", s -> s.setKeyIdHeaderValue("invented"));
            assertInstanceOf(Arrival.Unproven.class, arrival(gone, invented));
        }
        assertEquals(2, marsa.keyRequests, "invented keys make nobody ask");
    }

    @Test
    void givenSomebodyWhoShowsAgainWhoTheyAre_whenTheProviderDidNotAsk_thenItProvesNothing() {
        var confirm = new Purpose.Confirm("hash");
        var gone = leave("marsa", confirm);
        assertEquals("login", gone.asked().get("prompt"));
        proven(arrival(gone, marsa.signed(marsa.claims("s", "a@b.example", gone.nonce()))));
        for (Consumer<JwtClaims> stale : List.<Consumer<JwtClaims>>of(
                c -> c.unsetClaim("auth_time"),
                c -> c.setClaim("auth_time", now.get().getEpochSecond() - 3_600))) {
            var again = leave("marsa", confirm);
            var claims = marsa.claims("s", "a@b.example", again.nonce());
            stale.accept(claims);
            assertInstanceOf(Arrival.Unproven.class, arrival(again, marsa.signed(claims)));
        }
    }

    @Test
    void givenAProviderThatIsAwayOrAnother_whenSomebodyWantsToGoThere_thenTheyAreToldAndNothingIsCalledThatMayNotBe() {
        var away = new Provider("a", "A", URI.create("http://127.0.0.1:1"), "c", Optional.empty(), true, Set.of());
        assertEquals(Optional.empty(), signIns(away).leave(away, ENTER));
        var liar = new Provider("b", "B", URI.create(marsa.issuer() + "/"), "c", Optional.empty(), true, Set.of());
        assertEquals(Optional.empty(), signIns(liar).leave(liar, ENTER), "it calls itself otherwise");
        assertTrue(signIns(liar).trouble(liar).orElse("").contains("calls itself"));
        assertFalse(signIns.trouble(marsa.provider("marsa", Set.of())).isPresent());
        var inside = new Provider("c", "C", URI.create("https://localhost"), "c", Optional.empty(), false, Set.of());
        assertTrue(signIns(inside).trouble(inside).orElse("").contains("private network"));
    }

    @Test
    void givenTheOperatorsFile_whenItIsWrong_thenTheStartStopsAndNamesThePlace() throws IOException {
        assertEquals(List.of(), ProviderFile.read(folder.resolve("none.json")));
        var good = "{\"id\":\"marsa\",\"name\":\"Marsa\",\"issuer\":\"https://id.example\",\"client_id\":\"m\"}";
        assertEquals(1, ProviderFile.read(file("[" + good + "]")).size());
        var wrong = Map.of(
                "[" + good.replace("\"client_id\":\"m\"", "\"client\":\"m\"") + "]",
                "client_id",
                "[" + good + "," + good + "]",
                "two providers",
                "[" + good.replace("https", "http") + "]",
                "no issuer",
                "[" + good.replace("https://id.example", "https://id.example?x=1") + "]",
                "no issuer",
                "[" + good.replace("\"marsa\"", "\"Mar sa\"") + "]",
                "is no id",
                "[5]",
                "providers");
        for (var one : wrong.entrySet()) {
            var said = assertThrows(IOException.class, () -> ProviderFile.read(file(one.getKey())), one.getKey());
            assertTrue(said.toString().contains(one.getValue()), said::toString);
        }
        var open = file("[" + good + "]");
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rw-r--r--"));
        var refused = assertThrows(IOException.class, () -> ProviderFile.read(open));
        assertTrue(refused.toString().contains("chmod 600"));
    }

    private Path file(String providers) throws IOException {
        var file = folder.resolve("sign-in.json");
        Files.writeString(file, "{\"providers\":" + providers + "}");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        return file;
    }

    @Test
    void givenWaysThatNobodyComesBackFrom_whenTheyAreMany_thenTheLastStillHold() {
        var gone = leave("marsa", ENTER);
        now.updateAndGet(t -> t.plus(Duration.ofSeconds(1)));
        for (int i = 0; i < 20_000; i++) {
            leave("marsa", ENTER);
        }
        assertInstanceOf(Arrival.Lost.class, arrival(gone, "x"), "the oldest is forgotten first");
        var last = leave("marsa", ENTER);
        proven(arrival(last, marsa.signed(marsa.claims("s", "a@b.example", last.nonce()))));
    }
}
