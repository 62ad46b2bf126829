package mizan.server.http;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import mizan.log.Sha256;

/// Forms that do their work once. A page puts a fresh value into its form as `once`; the same form sent again
/// unchanged, by a second press or a reload, gets the first answer and changes nothing.
///
/// Only a redirect is remembered: whatever shows the form again has done nothing.
final class SentForms {
    /// How long a second press waits for what the first one does.
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(10);
    private static final String FIELD = "once";
    private final Idempotency idempotency;
    private final InstantSource time;

    SentForms(Idempotency idempotency, InstantSource time) {
        this.idempotency = idempotency;
        this.time = time;
    }

    /// Whether a call is such a form. Who is not known has nothing that could be told apart from others'.
    static boolean isOne(Call call) {
        return call.route().body() == Route.Body.FORM
                && call.caller().isPresent()
                && call.form().containsKey(FIELD);
    }

    Answer answer(Call call) {
        var owner = call.principal().holder();
        var key = "form " + hash(call);
        return switch (claim(owner, key)) {
            case Idempotency.Claim.Fresh() -> first(call, owner, key);
            case Idempotency.Claim.Done(var answer) -> answer;
            case Idempotency.Claim.InFlight() ->
                throw Problem.of(ProblemCode.IDEMPOTENCY_IN_FLIGHT).refused();
            case Idempotency.Claim.Mismatch(), Idempotency.Claim.Unknown() ->
                throw Problem.of(ProblemCode.IDEMPOTENCY_UNKNOWN_OUTCOME).refused();
        };
    }

    /// A browser shows the answer to the last press, so that one waits rather than being told to come again.
    private Idempotency.Claim claim(String owner, String key) {
        long until = System.nanoTime() + PATIENCE.toNanos();
        var claim = idempotency.claim(owner, key, key, time.instant());
        while (claim instanceof Idempotency.Claim.InFlight && System.nanoTime() < until) {
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
            claim = idempotency.claim(owner, key, key, time.instant());
        }
        return claim;
    }

    private Answer first(Call call, String owner, String key) {
        boolean done = false;
        try {
            var answer = call.route().handler().handle(call);
            if (answer.status() == 303) {
                idempotency.keep(owner, key, answer.repeated().orElse(answer));
                done = true;
            }
            return answer;
        } finally {
            if (!done) {
                idempotency.forget(owner, key);
            }
        }
    }

    /// Of the address and every field: a body with files is cut in another place each time that it is sent.
    private static String hash(Call call) {
        var sha = Sha256.begun();
        sha.update(call.address().getBytes(StandardCharsets.UTF_8));
        new TreeMap<>(call.form())
                .forEach((name, value) -> sha.update(("\n" + name.length() + "," + value.length() + " " + name + value)
                        .getBytes(StandardCharsets.UTF_8)));
        return HexFormat.of().formatHex(sha.digest());
    }
}
