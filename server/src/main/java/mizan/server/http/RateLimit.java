package mizan.server.http;

import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// A token bucket for each key, such as an API key's id. Nothing is forgotten unless [#forgetBeyond] is called, so the
/// keys must be few.
public final class RateLimit {
    private final InstantSource time;
    private final int burst;
    private final double perMilli;
    private final Map<String, Bucket> buckets = new ConcurrentHashMap<>();

    /// @param burst tokens a full bucket holds
    /// @param perSecond tokens that flow in
    public RateLimit(InstantSource time, int burst, int perSecond) {
        this.time = time;
        this.burst = burst;
        this.perMilli = perSecond / 1_000.0;
    }

    /// @param remaining tokens left; -1 when refused
    /// @param waitSeconds until the next token, at least 1
    public record Take(int limit, int remaining, long waitSeconds) {
        public boolean refused() {
            return remaining < 0;
        }

        /// `RateLimit-*`, as far as a bucket has them: when it would be full again is at most two seconds away.
        Map<String, String> headers() {
            return Map.of(
                    "ratelimit-limit",
                    Integer.toString(limit),
                    "ratelimit-remaining",
                    Integer.toString(Math.max(0, remaining)),
                    "ratelimit-reset",
                    Long.toString(waitSeconds));
        }
    }

    public Take take(String keyId) {
        var bucket = buckets.computeIfAbsent(keyId, _ -> new Bucket(burst, time.millis()));
        synchronized (bucket) {
            long now = time.millis();
            bucket.tokens = Math.min(burst, bucket.tokens + Math.max(0, now - bucket.at) * perMilli);
            bucket.at = now;
            if (bucket.tokens < 1) {
                return new Take(burst, -1, Math.max(1, (long) Math.ceil((1 - bucket.tokens) / perMilli / 1_000)));
            }
            bucket.tokens -= 1;
            return new Take(burst, (int) bucket.tokens, 1);
        }
    }

    /// Lets all begin anew when there are more buckets than this: they have come without being known.
    void forgetBeyond(int most) {
        if (buckets.size() > most) {
            buckets.clear();
        }
    }

    private static final class Bucket {
        private double tokens;
        private long at;

        Bucket(double tokens, long at) {
            this.tokens = tokens;
            this.at = at;
        }
    }
}
