package mizan.core.decision;

import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;
import mizan.core.campaign.Ad;
import mizan.core.campaign.AdGroup;
import mizan.core.campaign.AdGroupId;
import mizan.core.campaign.Placement;

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
    public long boundMicros(int ordinal, Snapshot.Entry entry) {
        return entry.boundMicros(multiplier(entry.group()));
    }

    @Override
    public double clickRate(Ad ad, Placement placement) {
        return random(ad.id().value()).nextDouble() * 0.05;
    }

    private SplittableRandom random(String about) {
        var random = new SplittableRandom(seed ^ (about.hashCode() * 0x9E3779B97F4A7C15L));
        return random.split();
    }
}
