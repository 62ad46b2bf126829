package mizan.server.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import mizan.server.http.Answer;
import mizan.server.http.Idempotency;
import mizan.server.http.Idempotency.Claim;
import mizan.server.http.Refused;
import mizan.server.http.RememberedAnswers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What every memory of keyed requests must do, and what only the durable one can.
class IdempotencyTest {
    private static final Instant NOW = Instant.parse("2026-11-24T08:00:00Z");
    private static final Answer ANSWER = Answer.bytes(201, "application/json", "{}".getBytes(StandardCharsets.UTF_8))
            .with("etag", "\"1\"");

    abstract static class Contract {
        Idempotency answers = new RememberedAnswers();

        abstract Idempotency empty();

        @BeforeEach
        void open() {
            answers = empty();
        }

        @AfterEach
        void close() {
            answers.close();
        }

        @Test
        void givenAKey_whenClaimedAgain_thenItIsInFlightUntilItIsAnsweredAndThenItsAnswer() {
            assertInstanceOf(Claim.Fresh.class, answers.claim("k", "1", "hash", NOW));
            assertInstanceOf(Claim.InFlight.class, answers.claim("k", "1", "hash", NOW));
            assertInstanceOf(Claim.Mismatch.class, answers.claim("k", "1", "other", NOW));
            answers.keep("k", "1", ANSWER);
            same(answers.claim("k", "1", "hash", NOW));
            assertInstanceOf(Claim.Mismatch.class, answers.claim("k", "1", "other", NOW));
            assertInstanceOf(Claim.Fresh.class, answers.claim("another", "1", "other", NOW));
        }

        @Test
        void givenARefusal_whenSentAgain_thenItRunsAgain() {
            answers.claim("k", "1", "hash", NOW);
            answers.forget("k", "1");
            assertInstanceOf(Claim.Fresh.class, answers.claim("k", "1", "other", NOW));
        }

        @Test
        void givenAnAnswer_whenADayHasPassed_thenTheKeyIsFree() {
            answers.claim("k", "1", "hash", NOW);
            answers.keep("k", "1", Answer.empty(500));
            var almost = NOW.plus(Duration.ofHours(24)).minusMillis(1);
            assertInstanceOf(Claim.Done.class, answers.claim("k", "1", "hash", almost), "a failure is kept too");
            assertInstanceOf(Claim.Fresh.class, answers.claim("k", "1", "hash", almost.plusMillis(1)));
        }

        @Test
        void givenOneKey_whenManySendItAtOnce_thenOneOfThemMayRun() throws Exception {
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int round = 0; round < 20; round++) {
                    var key = "r" + round;
                    Callable<Boolean> claim = () -> answers.claim("k", key, "hash", NOW) instanceof Claim.Fresh;
                    long fresh = 0;
                    for (var one : threads.invokeAll(
                            IntStream.range(0, 16).mapToObj(_ -> claim).toList())) {
                        fresh += one.get() ? 1 : 0;
                    }
                    assertEquals(1, fresh, key);
                }
            }
        }
    }

    static void same(Claim claim) {
        var answer = assertInstanceOf(Claim.Done.class, claim).answer();
        assertEquals(ANSWER.status(), answer.status());
        assertEquals(ANSWER.contentType(), answer.contentType());
        assertEquals(Map.of("etag", "\"1\""), answer.headers());
        assertArrayEquals(ANSWER.body(), answer.body());
    }

    @Nested
    class InMemory extends Contract {
        @Override
        Idempotency empty() {
            return new RememberedAnswers();
        }
    }

    @Nested
    class OnDisk extends Contract {
        @TempDir
        Path folder = Path.of("");

        @Override
        Idempotency empty() {
            return SqliteIdempotency.open(folder.resolve("answers.db"));
        }

        private void restart() {
            answers.close();
            answers = empty();
        }

        @Test
        void givenAnAnswer_whenTheServerStartsAgain_thenItIsStillTheAnswer() {
            answers.claim("k", "1", "hash", NOW);
            answers.keep("k", "1", ANSWER);
            restart();
            same(answers.claim("k", "1", "hash", NOW));
            assertInstanceOf(Claim.Mismatch.class, answers.claim("k", "1", "other", NOW));
        }

        @Test
        void givenAClaimWithoutAnAnswer_whenTheServerStartsAgain_thenItsOutcomeIsUnknownAndItNeverRunsTwice() {
            answers.claim("k", "1", "hash", NOW);
            restart();
            for (int i = 0; i < 3; i++) {
                assertInstanceOf(Claim.Unknown.class, answers.claim("k", "1", "hash", NOW.plusSeconds(i)));
            }
        }

        @Test
        void givenOneAdvertiserThatSendsWithoutEnd_whenAnotherSends_thenThereIsRoomAlsoAfterARestartAndADay() {
            answers.close();
            answers = SqliteIdempotency.open(folder.resolve("answers.db"), 10);
            int taken = 0;
            for (int i = 0; i < 20; i++) {
                taken += isTaken("adv_a/key_" + i % 3, "k" + i) ? 1 : 0;
            }
            assertEquals(5, taken, "half of the room, with however many keys");
            answers.close();
            answers = SqliteIdempotency.open(folder.resolve("answers.db"), 10);
            assertFalse(isTaken("adv_a/key_9", "more"), "it is counted again");
            assertTrue(isTaken("adv_b/key_1", "k"));
            assertTrue(isTaken("key_of_the_platform", "k"));
            answers.forget("adv_a/key_0", "k0");
            answers.forget("adv_a/key_1", "k1");
            assertTrue(isTaken("adv_a/key_9", "more"), "what is forgotten gives room");
            var tomorrow = NOW.plus(Duration.ofHours(24));
            assertInstanceOf(Claim.Fresh.class, answers.claim("adv_a/key_1", "k0", "hash", tomorrow));
        }

        private boolean isTaken(String owner, String key) {
            try {
                answers.claim(owner, key, "hash", NOW);
                answers.keep(owner, key, ANSWER);
                return true;
            } catch (Refused _) {
                return false;
            }
        }

        @Test
        void givenAFullStore_whenAnotherKeyIsSent_thenItIsRefusedUntilADayHasPassed() {
            answers.close();
            answers = SqliteIdempotency.open(folder.resolve("answers.db"), 2);
            for (var key : List.of("1", "2")) {
                answers.claim("k", key, "hash", NOW);
                answers.keep("k", key, ANSWER);
            }
            assertThrows(Refused.class, () -> answers.claim("k", "3", "hash", NOW));
            same(answers.claim("k", "1", "hash", NOW));
            var tomorrow = NOW.plus(Duration.ofHours(24));
            assertInstanceOf(Claim.Fresh.class, answers.claim("k", "3", "hash", tomorrow));
        }
    }
}
