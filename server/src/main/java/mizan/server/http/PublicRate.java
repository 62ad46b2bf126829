package mizan.server.http;

import java.time.InstantSource;

/// What anybody may ask without a key: so many requests for each address, so that one program that reads everything
/// does not keep the others out. Whole copies are what the nightly dump is for.
public final class PublicRate {
    private static final int BURST = 60;
    private static final int PER_SECOND = 10;
    /// Addresses that are remembered; beyond it, all begin anew.
    private static final int MAX_ADDRESSES = 100_000;

    private final RateLimit limit;

    public PublicRate(InstantSource time) {
        limit = new RateLimit(time, BURST, PER_SECOND);
    }

    /// @throws Refused with 429 and the seconds to wait, when an address asks too often
    public void take(Call call) {
        limit.forgetBeyond(MAX_ADDRESSES);
        var take = limit.take(call.from());
        if (take.refused()) {
            throw Problem.of(ProblemCode.RATE_LIMITED, Long.toString(take.waitSeconds()))
                    .with("retry-after", Long.toString(take.waitSeconds()))
                    .refused();
        }
    }
}
