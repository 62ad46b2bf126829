package mizan.server.http;

import java.time.InstantSource;

/// What anybody may ask without a key: so many requests for each [Network], so that one program that reads
/// everything does not keep the others out. Whole copies are what the nightly dump is for.
public final class PublicRate {
    private static final int BURST = 60;
    private static final int PER_SECOND = 10;
    private static final int MAX_REMEMBERED = 100_000;

    private final RateLimit limit;

    public PublicRate(InstantSource time) {
        this(time, BURST, PER_SECOND);
    }

    /// @param burst requests at once
    /// @param perSecond requests afterwards
    PublicRate(InstantSource time, int burst, int perSecond) {
        limit = RateLimit.ofNewest(time, burst, perSecond, MAX_REMEMBERED);
    }

    /// @throws Refused with 429 and the seconds to wait, when a network asks too often
    public void take(Call call) {
        var take = limit.take(Network.of(call.from()));
        if (take.refused()) {
            throw Problem.of(ProblemCode.RATE_LIMITED, Long.toString(take.waitSeconds()))
                    .with("retry-after", Long.toString(take.waitSeconds()))
                    .refused();
        }
    }
}
