package mizan.core.decision;

import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;
import mizan.core.campaign.Ad;
import mizan.core.campaign.AdGroup;
import mizan.core.campaign.AdGroupId;
import mizan.core.campaign.Placement;
import mizan.core.prediction.ClickEstimate;

/// Live facts drawn from a seed: the same question always has the same answer.
record RandomLive(long seed) implements Live {
    @Override
    public Available available(AdGroupId group) {
        var random = random(group.value());
        long micros = random.nextInt(10) == 0 ? random.nextLong(3_000) : 1_000_000_000L;
        return new Available(micros, micros < 3_000 ? "campaign.daily" : "none");
    }

    @Override
    public int shown(String viewerKey, String scope, Duration window, Instant now) {
        return random(viewerKey + scope + window).nextInt(3);
    }

    @Override
    public double multiplier(AdGroup group) {
        var random = random(group.campaign().value());
        return switch (random.nextInt(10)) {
            case 0 -> 0;
            case 1, 2, 3, 4 -> 1;
            default -> random.nextDouble();
        };
    }

    @Override
    public ClickEstimate clickEstimate(Ad ad, Placement placement) {
        var random = random(ad.id().value());
        double mean = random.nextDouble() * 0.05;
        return random.nextInt(3) == 0
                ? new ClickEstimate(mean, random.nextDouble() * 0.05, 1 + random.nextInt(500))
                : ClickEstimate.of(mean);
    }

    /// Below some of the estimates, which then count for as much as was promised.
    @Override
    public double maxClickRate(AdGroup group) {
        return 0.01 + random(group.id().value()).nextDouble() * 0.04;
    }

    @Override
    public long userCostMicros(Ad ad, Placement placement) {
        var random = random("cost" + ad.id().value());
        return random.nextInt(4) == 0 ? random.nextLong(500_000) : 0;
    }

    private SplittableRandom random(String about) {
        var random = new SplittableRandom(seed ^ (about.hashCode() * 0x9E3779B97F4A7C15L));
        return random.split();
    }
}
