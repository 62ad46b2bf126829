package mizan.server.people;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import mizan.server.http.Ids;
import mizan.server.http.Mode;
import mizan.server.http.Refused;
import mizan.server.http.StrictJson;
import mizan.server.store.SqlitePeopleStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How people join, come in and leave.
class PeopleTest {
    private static final String PASSWORD = "a sentence that is long";
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-23T10:00:00Z"));
    private final PeopleStore store = new RememberedPeople();
    private final People people = people(store);

    @TempDir
    private Path folder = Path.of("");

    private People people(PeopleStore in) {
        var random = new SplittableRandom(7);
        return new People(in, now::get, random, new Ids(now::get, random));
    }

    private Person owner() {
        return people.join(people.setUp(), new People.Joining("Noor", "Noor@A.example ", PASSWORD));
    }

    private People.Entry enter(String password, String code) {
        return people.enter("noor@a.example", password, code, "192.0.2.1");
    }

    private static People.Wrong wrong(Callable<Person> joining) {
        return assertThrows(People.NotJoined.class, joining::call).wrong();
    }

    @Test
    void givenTheLinkOfAFirstStart_whenUsed_thenItMakesOneOwnerAndWorksOnce() {
        assertTrue(people.needsOwner());
        var code = people.setUp();
        var joined = people.join(code, new People.Joining("Noor", "noor@a.example", PASSWORD));
        assertEquals(Role.OWNER, joined.role());
        assertFalse(people.needsOwner());
        assertEquals(
                People.Wrong.LINK, wrong(() -> people.join(code, new People.Joining("E", "e@a.example", PASSWORD))));
    }

    @Test
    void givenOneLink_whenManyUseItAtOnce_thenOneJoins() throws Exception {
        var code = people.setUp();
        try (var threads = Executors.newFixedThreadPool(4)) {
            var tries = List.of(0, 1, 2, 3, 4, 5, 6, 7).stream()
                    .map(i -> (Callable<Integer>) () -> {
                        try {
                            people.join(code, new People.Joining("N" + i, i + "@a.example", ""));
                            return 1;
                        } catch (People.NotJoined _) {
                            return 0;
                        }
                    })
                    .toList();
            int joined = 0;
            for (var one : threads.invokeAll(tries)) {
                joined += one.get();
            }
            assertEquals(1, joined);
        }
    }

    @Test
    void givenALink_whenItsTimeIsOverOrWhatIsSaidIsWrong_thenNobodyJoins() {
        var code = people.setUp();
        assertEquals(People.Wrong.NAME, wrong(() -> people.join(code, new People.Joining(" ", "n@a.example", ""))));
        assertEquals(People.Wrong.LOGIN, wrong(() -> people.join(code, new People.Joining("N", "nobody", ""))));
        assertEquals(
                People.Wrong.PASSWORD, wrong(() -> people.join(code, new People.Joining("N", "n@a.example", "short"))));
        now.updateAndGet(t -> t.plus(People.SETUP_LIFE));
        assertEquals(People.Wrong.LINK, wrong(() -> people.join(code, new People.Joining("N", "n@a.example", ""))));
        assertTrue(people.needsOwner());
    }

    @Test
    void givenAnyRole_whenItInvites_thenNobodyIsMadeWhoMayMoreThanIt() {
        for (var inviter : Role.values()) {
            var by = new Person(
                            "per_x",
                            "X",
                            "x@a.example",
                            inviter,
                            inviter.isBound() ? Optional.of("adv_a") : Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            0,
                            List.of(),
                            now.get(),
                            Optional.empty())
                    .principal(Mode.LIVE);
            for (var role : Role.values()) {
                for (var advertiser : List.of(Optional.<String>empty(), Optional.of("adv_a"), Optional.of("adv_b"))) {
                    boolean allowed = inviter.scopes().containsAll(role.scopes())
                            && role.isBound() == advertiser.isPresent()
                            && (!inviter.isBound() || advertiser.equals(Optional.of("adv_a")));
                    if (allowed) {
                        assertFalse(people.invite("N", role, advertiser, by).isEmpty());
                    } else {
                        assertThrows(Refused.class, () -> people.invite("N", role, advertiser, by));
                    }
                }
            }
        }
    }

    @Test
    void givenAPassword_whenEntered_thenOnlyItLetsIn() {
        owner();
        assertInstanceOf(People.Entry.Admitted.class, enter(PASSWORD, ""));
        assertInstanceOf(People.Entry.Refused.class, enter(PASSWORD + ".", ""));
        assertInstanceOf(People.Entry.Refused.class, people.enter("nobody@a.example", PASSWORD, "", "192.0.2.1"));
    }

    @Test
    void givenTenWrongTries_whenTheRightPasswordComes_thenItWaitsAQuarterOfAnHour() {
        owner();
        for (int i = 0; i < Attempts.MOST; i++) {
            assertInstanceOf(People.Entry.Refused.class, enter("wrong " + i, ""));
        }
        assertInstanceOf(People.Entry.TooMany.class, enter(PASSWORD, ""));
        now.updateAndGet(t -> t.plus(Attempts.WINDOW));
        assertInstanceOf(People.Entry.Admitted.class, enter(PASSWORD, ""));
    }

    @Test
    void givenOneAddress_whenItTriesManyLogins_thenItWaitsToo() {
        owner();
        for (int i = 0; i < Attempts.MOST; i++) {
            people.enter(i + "@a.example", "wrong", "", "192.0.2.9");
        }
        assertInstanceOf(People.Entry.TooMany.class, people.enter("noor@a.example", PASSWORD, "", "192.0.2.9"));
        assertInstanceOf(People.Entry.Admitted.class, enter(PASSWORD, ""));
    }

    @Test
    void givenTheVectorsOfTheStandard_whenCodesAreMade_thenTheyAreTheirs() {
        // RFC 6238, appendix B, SHA-1, the last six digits; the secret "12345678901234567890" in base32.
        var secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
        Map.of(59L, "287082", 1_111_111_109L, "081804", 1_234_567_890L, "005924", 20_000_000_000L, "353130")
                .forEach((at, code) -> assertEquals(code, Totp.code(secret, Instant.ofEpochSecond(at))));
    }

    @Test
    void givenASecondFactor_whenPasswordAndCodeAreEntered_thenBothAreNeededAndNoCodeWorksTwice() {
        var person = owner();
        var secret = people.newSecret();
        assertFalse(people.confirm(person, secret, "000000"));
        assertTrue(people.confirm(person, secret, Totp.code(secret, now.get())));
        assertInstanceOf(People.Entry.Refused.class, enter(PASSWORD, ""));
        assertInstanceOf(People.Entry.Refused.class, enter(PASSWORD, Totp.code(secret, now.get())));
        now.updateAndGet(t -> t.plusSeconds(60));
        var code = Totp.code(secret, now.get());
        assertInstanceOf(People.Entry.Refused.class, enter(PASSWORD, "x" + code));
        assertInstanceOf(People.Entry.Admitted.class, enter(PASSWORD, code));
        assertInstanceOf(People.Entry.Refused.class, enter(PASSWORD, code));
    }

    @Test
    void givenSomebody_whenTheyAreRemoved_thenTheyComeInNoMoreAndTheLastOwnerStays() {
        var noor = owner();
        var omar = people.join(people.setUp(), new People.Joining("Omar", "omar@a.example", PASSWORD));
        people.remove(noor.id(), omar.principal(Mode.LIVE));
        assertInstanceOf(People.Entry.Refused.class, enter(PASSWORD, ""));
        assertThrows(Refused.class, () -> people.remove(omar.id(), omar.principal(Mode.LIVE)));
    }

    @Test
    void givenASession_whenTimePasses_thenItSleepsAndEnds() {
        var sessions = new Sessions(store, now::get, new SplittableRandom(3));
        var secret = sessions.begin(owner(), "192.0.2.1");
        for (int i = 0; i < 12; i++) {
            now.updateAndGet(t -> t.plus(Duration.ofMinutes(59)));
            assertTrue(sessions.find(secret).isPresent(), "hour " + i);
        }
        now.updateAndGet(t -> t.plus(Duration.ofMinutes(13)));
        assertTrue(sessions.find(secret).isEmpty(), "twelve hours");
        var other = sessions.begin(people.all(owner2()).getFirst(), "192.0.2.1");
        now.updateAndGet(t -> t.plus(Session.IDLE));
        assertTrue(sessions.find(other).isEmpty(), "an hour asleep");
        assertEquals(List.of(), store.sessions());
    }

    private mizan.server.http.Principal owner2() {
        return people.join(people.setUp(), new People.Joining("Omar", "omar@a.example", ""))
                .principal(Mode.LIVE);
    }

    @Test
    void givenEverything_whenTheStoreIsOpenedAgain_thenItIsStillThere() {
        var file = folder.resolve("people.db");
        var at = now.get();
        var person = owner();
        var person2 = person.withTotp(Optional.of("ABC")).usedStep(9).withRecovery(List.of("one", "two"));
        var invitation =
                new Invitation("h", "N", Role.BUYER, Optional.of("adv_a"), "n@a.example", "per", at, Optional.empty());
        var passkey = new Passkey("id", person.id(), "cred", 3, at);
        var session = new Session("s", person.id(), "csrf", at, at, "192.0.2.1", at);
        var rule = new Rule("", Rule.Kind.RAISE, OptionalLong.of(5));
        var approval = new Approval(
                "apr_1",
                Mode.TEST,
                Rule.Kind.RAISE,
                Optional.of("adv_a"),
                new Approval.Asker("key_1", "per_1", "K"),
                "why",
                StrictJson.own("{\"a\":1}"),
                new Approval.Shown("cmp", "C", StrictJson.own("{}"), StrictJson.own("{\"b\":2}"), 5, "USD"),
                "c",
                at,
                at.plus(Approval.LIFE),
                Approval.State.PENDING,
                Optional.empty());
        var decided = approval.decided(Approval.State.APPLIED, new Approval.Decision("per_2", "P", at, "ok"));
        try (var first = SqlitePeopleStore.open(file)) {
            first.put(invitation);
            first.join(person, invitation.used(at));
            first.put(person2);
            first.put(passkey);
            first.put(passkey.counted(4));
            first.put(session);
            first.put(rule);
            first.put(approval);
            first.put(decided);
            for (int i = 0; i < 3; i++) {
                var owner = i == 1 ? Optional.of("adv_a") : Optional.<String>empty();
                first.append(new Act(0, at, "per", "P", "op" + i, "x", owner, "", "{}", "192.0.2.1", "req"));
            }
        }
        try (var again = SqlitePeopleStore.open(file)) {
            assertEquals(List.of(person2), again.people());
            assertEquals(List.of(invitation.used(at)), again.invitations());
            assertEquals(List.of(passkey.counted(4)), again.passkeys());
            assertEquals(List.of(session), again.sessions());
            assertEquals(List.of(rule), again.rules());
            assertEquals(List.of(decided), again.approvals());
            assertEquals(
                    List.of(3L, 2L),
                    again.acts(Long.MAX_VALUE, 2, Optional.empty()).stream()
                            .map(Act::sequence)
                            .toList());
            assertEquals(
                    List.of("op1"),
                    again.acts(3, 9, Optional.of("adv_a")).stream()
                            .map(Act::operation)
                            .toList());
            again.end("s");
            assertEquals(List.of(), again.sessions());
        }
    }

    @Test
    void givenTheAuditLog_whenSomebodyChangesOrRemovesALine_thenTheFileItselfRefuses() throws Exception {
        var file = folder.resolve("audit.db");
        try (var kept = SqlitePeopleStore.open(file)) {
            kept.append(new Act(0, now.get(), "per", "P", "op", "x", Optional.empty(), "", "", "", ""));
        }
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                var statement = connection.createStatement()) {
            for (var sql : List.of("UPDATE act SET actor = 'y'", "DELETE FROM act")) {
                assertThrows(SQLException.class, () -> statement.executeUpdate(sql), sql);
            }
        }
    }

    @Test
    void givenSomebodyWhoLeft_whenTheyAreErased_thenWhatTheyDidStaysAndNoFileHoldsTheirNameOrAddress()
            throws Exception {
        var file = folder.resolve("erased.db");
        try (var kept = SqlitePeopleStore.open(file)) {
            var all = people(kept);
            var owner = all.join(all.setUp(), new People.Joining("Noor", "noor@a.example", PASSWORD));
            var by = owner.principal(Mode.LIVE);
            var code = all.invite("Amal of Marsa", Role.BUYER, Optional.of("adv_a"), by);
            kept.append(act(owner.id(), "Noor", "invite", "", "{\"name\":\"Amal of Marsa\",\"role\":\"buyer\"}"));
            var amal = all.join(code, new People.Joining("Amal Haddad", "amal@haddad.example", PASSWORD));
            kept.append(act(amal.id(), "Amal Haddad", "join", amal.id(), "{\"name\":\"Amal Haddad\"}"));
            kept.append(act(amal.id(), "Amal Haddad", "raiseCampaign", "cmp_1", "{\"total_micros\":7}"));
            kept.put(new Session("hash", amal.id(), "csrf", now.get(), now.get(), "192.0.2.77", now.get()));
            assertThrows(Refused.class, () -> all.erase(amal.id(), by), "she still has access");
            all.remove(amal.id(), by);
            all.erase(amal.id(), by);
            assertEquals(amal.id(), all.find(amal.id()).orElseThrow().name());
            var acts = kept.acts(99, 9, Optional.empty());
            assertEquals(
                    List.of("raiseCampaign", "join", "invite"),
                    acts.stream().map(Act::operation).toList());
            assertEquals("{\"total_micros\":7}", acts.getFirst().after(), "what she changed stays");
            assertEquals(amal.id(), acts.getFirst().name());
            assertEquals("Noor", acts.getLast().name(), "nobody else is erased");
            assertEquals(List.of(), kept.sessions());
            nowhere(List.of("Amal", "Haddad", "haddad.example", "192.0.2.77"));
            all.join(
                    all.invite("X", Role.BUYER, Optional.of("adv_a"), by),
                    new People.Joining("Amal Haddad", "amal@haddad.example", PASSWORD));
        }
        nowhere(List.of("Amal of Marsa"));
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                var statement = connection.createStatement()) {
            for (var sql : List.of(
                    "UPDATE act SET name = 'somebody else'",
                    "UPDATE act SET address = '192.0.2.1'",
                    "UPDATE act SET after = '' WHERE operation = 'raiseCampaign'",
                    "UPDATE act SET after = 'x' WHERE operation = 'join'")) {
                assertThrows(SQLException.class, () -> statement.executeUpdate(sql), sql);
            }
        }
    }

    private Act act(String actor, String name, String operation, String subject, String after) {
        return new Act(
                0,
                now.get(),
                actor,
                name,
                operation,
                subject,
                Optional.empty(),
                "",
                after,
                name.equals("Noor") ? "192.0.2.1" : "192.0.2.77",
                "req");
    }

    private void nowhere(List<String> texts) throws Exception {
        try (var files = Files.list(folder)) {
            for (var file : files.toList()) {
                var content = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
                texts.forEach(text -> assertFalse(content.contains(text), text + " is in " + file));
            }
        }
    }

    @Test
    void givenSomebodyWhoLeft_whenErasedWhereNothingIsKept_thenTheSameIsLeftOfThem() {
        var owner = owner();
        var by = owner.principal(Mode.LIVE);
        var code = people.invite("Amal", Role.BUYER, Optional.of("adv_a"), by);
        store.append(act(owner.id(), "Noor", "invite", "", "{\"name\":\"Amal\"}"));
        var amal = people.join(code, new People.Joining("Amal Haddad", "amal@haddad.example", PASSWORD));
        store.append(act(amal.id(), "Amal Haddad", "raiseCampaign", "cmp_1", "{}"));
        people.remove(amal.id(), by);
        people.erase(amal.id(), by);
        var left = store.people() + " " + store.invitations() + " " + store.acts(99, 9, Optional.empty());
        assertFalse(left.contains("Amal") || left.contains("haddad"), left);
        assertTrue(left.contains(amal.id()), left);
    }

    @Test
    void givenThingsThatAreNoPasskey_whenRead_thenTheyAreRefusedAndNothingBreaks() {
        var passkeys = new Passkeys(store, "http://localhost:8080", now::get, new SplittableRandom(2));
        for (var json : List.of(
                "",
                "{}",
                "null",
                "[]",
                "{\"id\":1}",
                "{\"response\":{}}",
                "\u0000",
                "{\"id\":\"AA\",\"rawId\":\"AA\",\"type\":\"public-key\",\"clientExtensionResults\":{},\"response\":{\"clientDataJSON\":\"e30\",\"attestationObject\":\"oA\",\"transports\":[]}}")) {
            assertTrue(passkeys.read(json, passkeys.challenge()).isEmpty(), json);
            assertTrue(passkeys.recognise("AA", json, passkeys.challenge()).isEmpty(), json);
        }
        assertTrue(passkeys.read("{}", "not a challenge of ours").isEmpty());
    }
}
