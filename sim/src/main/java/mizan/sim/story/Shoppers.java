package mizan.sim.story;

import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;
import mizan.core.campaign.AdvertiserId;
import mizan.core.receipt.DecisionRecord;
import mizan.core.receipt.Ghost;
import mizan.server.app.Engine;
import mizan.server.lift.Conversion;

/// Who buys from the one advertiser that holds readers out: some would have bought anyway, more do after its ad.
final class Shoppers {
    private static final Duration THINK = Duration.ofHours(5);
    private static final int ANYWAY_PER_MILLE = 30;
    private static final int PERSUADED_PER_MILLE = 45;

    private final Engine engine;
    private final RandomGenerator random;
    private final String campaign;
    private final AdvertiserId advertiser;

    Shoppers(Engine engine, RandomGenerator random, Market.House house) {
        this.engine = engine;
        this.random = random;
        this.campaign = house.campaign();
        this.advertiser = new AdvertiserId(house.id());
    }

    /// A reader met the campaign, or would have met it: now and then one goes and buys.
    void met(DecisionRecord record) {
        boolean saw =
                record.impressions().stream().anyMatch(i -> i.campaign().value().equals(campaign));
        boolean heldOut = record.ghosts().stream().anyMatch(g -> g.arm().equals(Ghost.HELD_OUT));
        if ((saw || heldOut) && random.nextInt(1_000) < (saw ? PERSUADED_PER_MILLE : ANYWAY_PER_MILLE)) {
            var at = record.at().plus(THINK);
            record.viewer()
                    .key()
                    .map(key -> new Conversion(advertiser, record.id().value(), key, "purchase", at))
                    .ifPresent(bought -> engine.lift().take(List.of(bought)));
        }
    }
}
