package mizan.sim.market;

import java.time.Duration;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import mizan.core.campaign.ChargeBy;
import mizan.core.pacing.ClickDelay;
import mizan.core.receipt.AdEvent;
import mizan.core.receipt.ImpressionId;

/// A budget of fifty clicks, spent as fast as twenty impressions a second allow, with readers who take their time:
/// how many clicks come after the money is gone?
public final class ClickDelayTrial {
    private static final long PRICE = 1_000_000;
    private static final int CLICKS = 50;
    private static final double CLICK_RATE = 0.01;
    private static final int PER_SECOND = 20;
    private static final long HALF_CLICK = PRICE / 2;
    private static final Duration TOKEN_LIFE = Duration.ofMinutes(15);

    private ClickDelayTrial() {}

    /// What is held for an impression that may be clicked.
    public enum Hold {
        /// Nothing: the ledger alone says when the money is gone.
        NOTHING,
        /// The expected cost, until the token expires.
        EXPECTED,
        /// The expected cost, less and less the longer the click does not come.
        FADING
    }

    /// @param free clicks that could not be charged, over the clicks that the budget pays
    /// @param unspent what was left of the budget after two hours, as a share of it
    public record Outcome(double free, double unspent) {}

    private record Click(long atMillis, ImpressionId impression) {}

    /// @param meanDelaySeconds of the exponential delay
    /// @param delaySeen clicks whose delay was seen before; 0 begins with what is assumed of an unknown placement
    public static Outcome play(long seed, double meanDelaySeconds, int delaySeen, Hold how) {
        var random = new SplittableRandom(seed);
        var purse = new Purse(CLICKS * PRICE, ChargeBy.CLICK, Duration.ofHours(3), TOKEN_LIFE);
        var delay = ClickDelay.UNKNOWN;
        for (int i = 0; i < delaySeen; i++) {
            delay = delay.plus(millis(Draws.exponential(meanDelaySeconds, random)));
        }
        var clicks = new PriorityQueue<Click>((a, b) -> Long.compare(a.atMillis(), b.atMillis()));
        int clicked = 0;
        for (int second = 0; second < 7_200; second++) {
            var now = Purse.START.plusSeconds(second);
            while (!clicks.isEmpty() && clicks.peek().atMillis() <= second * 1_000L) {
                purse.happened(clicks.remove().impression(), AdEvent.Kind.CLICK, now);
                clicked++;
            }
            purse.fold(now);
            purse.leases.fade(now);
            for (int i = 0; i < PER_SECOND; i++) {
                purse.ensure(purse.leases, PRICE, 200 * PRICE, now);
                if (purse.leases.available(Purse.GROUP).micros() < HALF_CLICK) {
                    continue;
                }
                long expected = (long) (PRICE * CLICK_RATE);
                var hold = switch (how) {
                    case NOTHING -> purse.leases.hold(Purse.GROUP, 0, now, purse.expiry(now));
                    case EXPECTED -> purse.leases.hold(Purse.GROUP, expected, now, purse.expiry(now));
                    case FADING ->
                        purse.leases.holdForClick(Purse.GROUP, expected, PRICE, delay.mean(), now, purse.expiry(now));
                };
                if (hold.isPresent()) {
                    var id = purse.shown(hold.get(), PRICE, now);
                    if (random.nextDouble() < CLICK_RATE) {
                        double after = Draws.exponential(meanDelaySeconds, random);
                        clicks.add(new Click(second * 1_000L + (long) (after * 1_000), id));
                    }
                }
            }
        }
        long paid = purse.charged() / PRICE;
        return new Outcome((double) (clicked - paid) / CLICKS, 1 - (double) paid / CLICKS);
    }

    private static Duration millis(double seconds) {
        return Duration.ofMillis((long) (seconds * 1_000));
    }
}
