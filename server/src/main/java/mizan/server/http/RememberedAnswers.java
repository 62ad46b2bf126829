package mizan.server.http;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Idempotency in memory: kept for a day, at most `MAX` keys, gone at a restart.
public final class RememberedAnswers implements Idempotency {
    private static final int MAX = 100_000;
    private final Map<String, Kept> kept = new LinkedHashMap<>();

    private record Kept(
            String requestHash, Instant since, @Nullable Answer answer) {}

    @Override
    public synchronized Claim claim(String owner, String key, String requestHash, Instant now) {
        var name = owner + "\n" + key;
        var before = kept.get(name);
        if (before != null && before.since().plus(KEPT).isAfter(now)) {
            if (!before.requestHash().equals(requestHash)) {
                return new Claim.Mismatch();
            }
            return before.answer() == null ? new Claim.InFlight() : new Claim.Done(before.answer());
        }
        if (kept.size() >= MAX) {
            var oldest = kept.keySet().iterator();
            oldest.next();
            oldest.remove();
        }
        kept.put(name, new Kept(requestHash, now, null));
        return new Claim.Fresh();
    }

    @Override
    public synchronized void keep(String owner, String key, Answer answer) {
        kept.computeIfPresent(
                owner + "\n" + key, (_, before) -> new Kept(before.requestHash(), before.since(), answer));
    }

    @Override
    public synchronized void forget(String owner, String key) {
        kept.remove(owner + "\n" + key);
    }

    @Override
    public void close() {}
}
