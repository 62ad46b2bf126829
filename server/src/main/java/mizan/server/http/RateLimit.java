package mizan.server.http;

import java.time.InstantSource;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// A token bucket for each key, such as an API key's id.
public final class RateLimit {
    private final InstantSource time;
    private final int burst;
    private final double perMilli;
    private final Map<String, Bucket> buckets;

    /// For keys that are known, so they are few: none is forgotten.
    ///
    /// @param burst tokens a full bucket holds
    /// @param perSecond tokens that flow in
    public RateLimit(InstantSource time, int burst, int perSecond) {
        this(time, burst, perSecond, new ConcurrentHashMap<>());
    }

    private RateLimit(InstantSource time, int burst, int perSecond, Map<String, Bucket> buckets) {
        this.time = time;
        this.burst = burst;
        this.perMilli = perSecond / 1_000.0;
        this.buckets = buckets;
    }

    /// For keys that anybody may make up, such as addresses: beyond so many, the one that asked longest ago is
    /// forgotten. By then its bucket is full again, unless this many others ask before it is.
    public static RateLimit ofNewest(InstantSource time, int burst, int perSecond, int most) {
        return new RateLimit(time, burst, perSecond, Collections.synchronizedMap(new Newest(most)));
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

    private static final class Newest extends LinkedHashMap<String, Bucket> {
        private static final long serialVersionUID = 1;
        private final int most;

        Newest(int most) {
            super(16, 0.75f, true);
            this.most = most;
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
            return size() > most;
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
