package mizan.server.raters;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import mizan.core.suitability.PostContent;
import mizan.core.suitability.PostVerdict;
import mizan.core.suitability.Ratings;
import mizan.core.suitability.Tier;
import mizan.core.suitability.Topic;
import mizan.core.suitability.text.Span;
import mizan.server.rating.IncomingPost;
import mizan.server.rating.KnownPost;
import mizan.server.rating.Posts;
import mizan.server.rating.Raters;
import mizan.server.reading.pull.Outbound;
import mizan.server.store.SqlitePostStore;
import mizan.server.webhooks.WebhookSecret;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Outside raters against a real server that is slow, wrong, dead or means harm.
class OutsideRatersTest {
    private static final byte[] KEY = "thirty-two bytes of test secret!".getBytes(StandardCharsets.UTF_8);
    private static final String SECRET = "whsec_" + Base64.getEncoder().encodeToString(KEY);
    private static final Pattern ID = Pattern.compile("\"id\":\"([0-9a-f]{64})\"");
    private static final OutsideRaters.Doors DOORS = new OutsideRaters.Doors(
            Outbound.guarded(InstantSource.system()), Outbound.ownNetwork(InstantSource.system()));

    @SuppressWarnings("ArrayRecordComponent") // Written once; nobody compares them.
    private record Answer(int status, String header, String value, byte[] body) {
        static Answer json(String body) {
            return new Answer(200, "content-type", "application/json", body.getBytes(StandardCharsets.UTF_8));
        }

        static Answer status(int status) {
            return new Answer(status, "content-type", "text/plain", new byte[] {'-'});
        }
    }

    @TempDir
    Path folder;

    private final List<String> paths = new CopyOnWriteArrayList<>();
    private final List<String> questions = new CopyOnWriteArrayList<>();
    private final CountDownLatch over = new CountDownLatch(1);
    private volatile Function<String, Answer> answering = OutsideRatersTest::safe;
    private volatile Instant now = Instant.parse("2026-11-25T08:00:00Z");
    private HttpServer http;
    private OutsideRater rater;
    private Posts posts;
    private OutsideRaters raters;

    @BeforeEach
    void start() throws IOException {
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        http.createContext("/", this::serve);
        http.start();
        rater = rater("http://127.0.0.1:" + http.getAddress().getPort() + "/rate", true, Duration.ofSeconds(30));
        open();
    }

    private static OutsideRater rater(String url, boolean ownNetwork, Duration deadline) {
        return new OutsideRater("theirs", URI.create(url), WebhookSecret.parse(SECRET), deadline, Set.of(), ownNetwork);
    }

    private void open() {
        posts = new Posts(
                Raters.with(OutsideRaters.later(List.of(rater))),
                SqlitePostStore.open(folder.resolve("posts.db")),
                () -> now,
                new SplittableRandom(1));
        raters = new OutsideRaters(List.of(rater), posts, () -> now, new SplittableRandom(2));
    }

    private void openWith(OutsideRater other) {
        posts.close();
        rater = other;
        open();
    }

    @AfterEach
    void stop() {
        over.countDown();
        raters.close();
        posts.close();
        http.stop(0);
    }

    private void serve(HttpExchange call) throws IOException {
        paths.add(call.getRequestURI().getPath());
        var question = new String(call.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        if (signed(call, question)) {
            questions.add(question);
        }
        var answer = answering.apply(question);
        call.getResponseHeaders().set(answer.header(), answer.value());
        call.sendResponseHeaders(answer.status(), answer.body().length);
        try (var out = call.getResponseBody()) {
            out.write(answer.body());
        } catch (IOException _) {
            // Whoever asked had enough of it.
        }
        call.close();
    }

    private static boolean signed(HttpExchange call, String question) {
        var headers = call.getRequestHeaders();
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(KEY, "HmacSHA256"));
            var text = headers.getFirst("webhook-id") + "." + headers.getFirst("webhook-timestamp") + "." + question;
            var expected = Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
            return ("v1," + expected).equals(headers.getFirst("webhook-signature"));
        } catch (java.security.GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Answer safe(String question) {
        return verdict(question, "\"tier\":\"SAFE\"");
    }

    private static Answer verdict(String question, String members) {
        var given = ID.matcher(question)
                .results()
                .map(found -> "{\"id\":\"" + found.group(1) + "\"," + members + "}")
                .toList();
        return Answer.json("{\"version\":\"7\",\"verdicts\":[" + String.join(",", given) + "]}");
    }

    private KnownPost keep(String id, String text) {
        return posts.keep(List.of(new IncomingPost(
                        id, List.of("huda"), Optional.empty(), Optional.empty(), Set.of(), PostContent.of(text), true)))
                .getFirst();
    }

    private boolean ask() {
        return raters.ask(rater, DOORS);
    }

    private Optional<Tier> tier(String id) {
        return posts.find(id).orElseThrow().verdict().map(PostVerdict::tier);
    }

    private Optional<String> theirVersion(String id) {
        return posts.find(id).orElseThrow().ratings().standing().stream()
                .filter(v -> v.rater().equals("theirs"))
                .map(PostVerdict::raterVersion)
                .findFirst();
    }

    private OutsideRaters.Standing standing() {
        return raters.standing().getFirst();
    }

    @Test
    void givenAnOutsideRater_whenAPostComesIn_thenItIsUnratedUntilTheSignedQuestionIsAnswered() {
        var kept = keep("p1", "The bread is warm this morning");
        assertEquals(Optional.empty(), kept.verdict(), "fail closed");
        assertEquals(1, raters.waiting(rater));

        assertTrue(ask());
        assertEquals(1, questions.size(), "signed with the secret");
        assertFalse(questions.getFirst().contains("huda"), "it hears nothing of authors");
        assertEquals(Optional.of("7"), theirVersion("p1"));
        assertTrue(tier("p1").isPresent());
        assertEquals(0, raters.waiting(rater));
        assertFalse(ask(), "nothing waits");
    }

    @Test
    void givenAWorseVerdictWithEvidence_whenItComes_thenItCountsAndItsWordsAreThePostsOwn() {
        keep("p1", "🍞 fresh bread");
        answering = question -> verdict(
                question, "\"tier\":\"HIGH\",\"topics\":[\"arms\",\"HxqYV1\"],\"evidence\":{\"start\":2,\"end\":7}");
        ask();
        var verdict = posts.find("p1").orElseThrow().verdict().orElseThrow();
        assertEquals(Tier.HIGH, verdict.tier());
        assertTrue(verdict.topics().containsAll(Set.of(Topic.ARMS, Topic.HATE)));
        assertEquals(Optional.of("fresh"), verdict.evidence(), "the span counts characters, not UTF-16");
        assertEquals(Optional.of(new Span(3, 8)), verdict.span());
    }

    @Test
    void givenUnansweredPosts_whenTheServerStartsAgain_thenTheyAreAskedAbout() {
        keep("p1", "The sea was calm and we swam");
        posts.close();
        open();
        assertEquals(Optional.empty(), tier("p1"));
        assertTrue(ask());
        assertTrue(tier("p1").isPresent());
        posts.close();
        open();
        assertEquals(Optional.of("7"), theirVersion("p1"), "and the answer outlives a restart");
        assertFalse(ask());
    }

    @Test
    void givenAnswersThatAreWrongOrMeanHarm_whenTheyCome_thenThePostStaysUnratedAndNothingElseIsCalled()
            throws IOException {
        var bomb = new ByteArrayOutputStream();
        try (var zip = new GZIPOutputStream(bomb)) {
            zip.write(new byte[20 << 20]);
        }
        var cases = new LinkedHashMap<String, Function<String, Answer>>();
        cases.put("redirect to metadata", _ -> new Answer(302, "location", "http://169.254.169.254/x", new byte[1]));
        cases.put("redirect here", _ -> new Answer(307, "location", "/elsewhere", new byte[1]));
        cases.put("10 MB", _ -> new Answer(200, "content-type", "application/json", new byte[10 << 20]));
        cases.put("gzip bomb", _ -> new Answer(200, "content-encoding", "gzip", bomb.toByteArray()));
        cases.put("not JSON", _ -> Answer.json("<html>"));
        cases.put(
                "no version",
                q -> Answer.json(new String(safe(q).body(), StandardCharsets.UTF_8).replace("\"version\":\"7\",", "")));
        cases.put("unknown field", q -> verdict(q, "\"tier\":\"SAFE\",\"trust\":\"me\""));
        cases.put("unknown tier", q -> verdict(q, "\"tier\":\"SAFEST\""));
        cases.put("no tier", q -> verdict(q, "\"topics\":[]"));
        cases.put("unknown topic", q -> verdict(q, "\"tier\":\"SAFE\",\"topics\":[\"weather\"]"));
        cases.put("span outside", q -> verdict(q, "\"tier\":\"LOW\",\"evidence\":{\"start\":0,\"end\":999}"));
        cases.put("span backwards", q -> verdict(q, "\"tier\":\"LOW\",\"evidence\":{\"start\":5,\"end\":2}"));
        cases.put("duplicate key", q -> verdict(q, "\"tier\":\"FLOOR\",\"tier\":\"SAFE\""));
        cases.put("another post", _ -> verdict("\"id\":\"" + "a".repeat(64) + "\"", "\"tier\":\"SAFE\""));
        cases.put("answered twice", q -> verdict(q + q, "\"tier\":\"SAFE\""));
        cases.put("left out", _ -> Answer.json("{\"version\":\"7\",\"verdicts\":[]}"));
        cases.put("not found", _ -> Answer.status(404));
        cases.put("unauthorized", _ -> Answer.status(401));
        cases.put("broken", _ -> Answer.status(500));
        keep("p1", "We baked bread all day");
        cases.forEach((name, wrong) -> {
            int before = paths.size();
            answering = wrong;
            ask();
            assertEquals(before + 1, paths.size(), name + " was tried");
            assertEquals(Optional.empty(), tier("p1"), name);
            assertEquals(1, raters.waiting(rater), name);
            now = now.plus(Duration.ofHours(7));
        });
        assertEquals(Set.of("/rate"), Set.copyOf(paths), "no redirect was followed");
        assertEquals(cases.size() - 1, standing().figures().failures(), "all but the one left out are failures");

        answering = OutsideRatersTest::safe;
        assertTrue(ask());
        assertTrue(tier("p1").isPresent());
    }

    @Test
    void givenARaterThatNeverEnds_whenTheDeadlinePasses_thenThePostStaysUnrated() {
        openWith(rater(rater.url().toString(), true, OutsideRater.SHORTEST_DEADLINE));
        answering = question -> {
            try {
                over.await(60, TimeUnit.SECONDS);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
            return safe(question);
        };
        keep("p1", "The library opens at nine");
        assertFalse(ask());
        assertEquals(Optional.empty(), tier("p1"));
        assertEquals(new OutsideRaters.Figures(0, 1, 1), standing().figures(), "counted as late");
    }

    @Test
    void givenTroubleAndThenAnAnswer_whenItsStandingIsRead_thenItTellsVersionTimesAndTheLastTrouble() {
        keep("p1", "The bus leaves at seven");
        answering = _ -> Answer.status(503);
        var failed = now;
        ask();
        assertEquals(new OutsideRaters.Figures(0, 1, 0), standing().figures(), "refused is not late");
        assertTrue(standing().failing());
        assertEquals(Optional.empty(), standing().last());
        now = standing().waitUntil();
        answering = OutsideRatersTest::safe;
        ask();
        assertEquals(new OutsideRaters.Figures(1, 1, 0), standing().figures());
        assertFalse(standing().failing());
        assertEquals(
                new OutsideRaters.Answered(now, "7", Duration.ZERO),
                standing().last().orElseThrow());
        assertEquals(failed, standing().trouble().orElseThrow().at());
        assertTrue(standing().trouble().orElseThrow().what().contains("503"));
    }

    @Test
    void givenARater_whenItIsTriedOut_thenItsAnswerOrItsFaultIsToldAndNoPostIsTouched() throws Exception {
        var answer = RaterTrial.ask(rater, DOORS, () -> now);
        assertEquals("7", answer.version());
        assertFalse(questions.getFirst().contains("huda"));
        answering = _ -> Answer.json("{\"version\":\"7\",\"verdicts\":[]}");
        assertThrows(Outbound.Unreachable.class, () -> RaterTrial.ask(rater, DOORS, () -> now));
        answering = _ -> Answer.json("<html>");
        assertThrows(Outbound.Unreachable.class, () -> RaterTrial.ask(rater, DOORS, () -> now));
        assertEquals(new OutsideRaters.Figures(0, 0, 0), standing().figures());
    }

    @Test
    void givenARaterThatFlaps_whenItFailsFiveTimes_thenItIsLeftAloneAndOneQuestionDecidesWhetherItIsBack() {
        keep("p1", "The train was on time");
        answering = _ -> Answer.status(503);
        for (int i = 0; i < Circuit.OPENS_AFTER; i++) {
            assertFalse(standing().open(now), "failure " + i);
            ask();
            now = i + 1 < Circuit.OPENS_AFTER ? standing().circuit().waitUntil() : now;
        }
        assertTrue(standing().open(now));
        int asked = paths.size();
        ask();
        assertEquals(asked, paths.size(), "nobody asks while it is open");

        now = standing().circuit().waitUntil();
        assertEquals(Circuit.State.HALF_OPEN, standing().circuit().state(now));
        ask();
        assertEquals(asked + 1, paths.size());
        assertTrue(standing().open(now), "one more failure opens it again, for longer");

        answering = OutsideRatersTest::safe;
        now = standing().circuit().waitUntil();
        assertTrue(ask());
        assertEquals(Circuit.State.CLOSED, standing().circuit().state(now));
        assertTrue(tier("p1").isPresent());
    }

    @Test
    void givenADeadRater_whenAsked_thenItsPostsStayDueAndUnrated() {
        http.stop(0);
        keep("p1", "Coffee and dates");
        assertFalse(ask());
        assertEquals(Optional.empty(), tier("p1"));
        assertEquals(1, posts.awaiting("theirs", 10).size(), "due again as soon as it is back");
    }

    @Test
    void givenAPrivateAddressThatNobodyAllowed_whenAsked_thenNothingIsCalled() {
        openWith(rater(rater.url().toString(), false, Duration.ofSeconds(30)));
        keep("p1", "A walk by the river");
        assertFalse(ask());
        assertTrue(standing().trouble().orElseThrow().what().contains("private network"));
        assertEquals(List.of(), paths);
        openWith(rater("http://169.254.169.254/latest", true, Duration.ofSeconds(30)));
        assertFalse(ask());
        assertTrue(
                standing().trouble().orElseThrow().what().contains("private network"),
                "metadata not even when allowed");
    }

    @Test
    void givenOnePostThatARaterCannotTake_whenOthersWaitBesideIt_thenTheyAreAnsweredWithoutIt() {
        for (int i = 0; i < 3; i++) {
            keep("p" + i, "A quiet day, number " + i);
        }
        keep("bad", "poison");
        answering = question -> question.contains("poison") ? Answer.status(422) : safe(question);
        for (int i = 0; i < 8; i++) {
            ask();
            now = now.plus(Duration.ofMinutes(3));
        }
        for (int i = 0; i < 3; i++) {
            assertTrue(tier("p" + i).isPresent(), "p" + i);
        }
        assertEquals(Optional.empty(), tier("bad"));
    }

    @Test
    void givenAPostEditedWhileItsRaterThinks_whenTheAnswerComes_thenItIsDroppedAndTheNewWordsAreAskedAbout() {
        keep("p1", "The first words");
        answering = question -> {
            keep("p1", "Other words entirely");
            return safe(question);
        };
        ask();
        assertEquals(Optional.empty(), tier("p1"));
        answering = OutsideRatersTest::safe;
        assertTrue(ask());
        assertTrue(questions.getLast().contains("Other words"));
        assertTrue(tier("p1").isPresent());
    }

    @Test
    void givenAPostErasedWhileItWaits_whenRatersAreAsked_thenItsWordsAreSentToNobody() {
        keep("p1", "Please forget this");
        posts.erase(List.of("p1"));
        assertFalse(ask());
        assertEquals(List.of(), paths);
        assertEquals(0, raters.waiting(rater));
    }

    @Test
    void givenARaterOfOneLanguage_whenPostsOfOthersCome_thenTheyDoNotWaitForIt() {
        openWith(new OutsideRater("theirs", rater.url(), rater.secret(), rater.deadline(), Set.of("ar"), true));
        assertTrue(keep("en", "The children played in the garden all afternoon")
                .verdict()
                .isPresent());
        assertEquals(
                Optional.empty(),
                keep("ar", "لعب الأطفال في الحديقة طوال اليوم").verdict());
    }

    @Test
    void givenTheExampleInPython_whenItRunsAsAProcess_thenItsVerdictsAreTaken() throws IOException {
        now = Instant.now();
        var builder = new ProcessBuilder("python3", "../ops/raters/example.py", "0");
        builder.environment().put("MIZAN_RATER_SECRET", SECRET);
        var process = builder.redirectErrorStream(true).start();
        try (var out = process.inputReader()) {
            var port = out.readLine();
            openWith(rater("http://127.0.0.1:" + port + "/", true, Duration.ofSeconds(30)));
            keep("good", "The bread is warm this morning");
            keep("bad", "خبر عن صالة قمار جديدة");
            assertTrue(ask(), () -> standing().trouble().toString());
            assertEquals(Optional.of("example-1"), theirVersion("good"));
            var verdict = posts.find("bad").orElseThrow().ratings().standing().stream()
                    .filter(v -> v.rater().equals("theirs"))
                    .findFirst()
                    .orElseThrow();
            assertEquals(Tier.MEDIUM, verdict.tier());
            assertEquals(Optional.of("قمار"), verdict.evidence());
        } finally {
            process.destroy();
        }
    }

    @Test
    void givenTheOperatorsFile_whenItIsReadableByOthersOrWrong_thenTheStartStopsAndSaysWhy() throws IOException {
        var file = folder.resolve("raters.json");
        assertEquals(List.of(), RaterFile.read(file));
        var right = "{\"raters\":[{\"name\":\"ours\",\"url\":\"https://rater.example/x\",\"secret\":\"" + SECRET
                + "\",\"languages\":[\"ar\"]}]}";
        Files.writeString(file, right);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertThrows(IOException.class, () -> RaterFile.read(file), "others can read the secret");

        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        var read = RaterFile.read(file).getFirst();
        assertEquals("ours", read.name());
        assertEquals(Duration.ofSeconds(10), read.deadline());
        assertFalse(read.toString().contains(SECRET), "secrets stay out of logs");
        for (var wrong : List.of(
                right.replace("ours", Ratings.REVIEW),
                right.replace("https", "ftp"),
                right.replace("whsec_", ""),
                right.replace("languages", "langs"),
                "[]")) {
            Files.writeString(file, wrong);
            assertThrows(IOException.class, () -> RaterFile.read(file), wrong);
        }
    }
}
