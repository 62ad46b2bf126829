package mizan.sim.market;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.SplittableRandom;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import mizan.core.campaign.ChargeBy;
import mizan.core.receipt.AdEvent;
import mizan.server.accounting.Leases;

/// One budget, three nodes, four threads, and a node that dies with money in its lease.
public final class LeaseTrial {
    private static final long PRICE = 20_000;
    private static final int THREADS = 4;
    private static final int NODES = 3;
    private static final double RENDERED = 0.85;

    private LeaseTrial() {}

    /// @param overspentMicros above the budget: settled, or settled and leased; 0 is the promise
    /// @param stranded share of the budget that could not be spent although ads were asked for to the end
    public record Outcome(long overspentMicros, double stranded, int shown) {}

    /// @param auctions in all, twenty a second; the budget pays for half of them. In fewer than some ten thousand
    ///     there is no time for the money of dead leases to flow back
    public static Outcome play(long seed, int auctions) throws Exception {
        long budget = PRICE * (auctions / 2);
        var purse = new Purse(budget, ChargeBy.IMPRESSION, Duration.ofMinutes(5), Duration.ofMinutes(2));
        var nodes = new AtomicReferenceArray<Leases>(NODES);
        for (int i = 0; i < NODES; i++) {
            nodes.set(i, new Leases());
        }
        var turn = new AtomicInteger();
        var shown = new AtomicInteger();
        var worst = new AtomicReferenceArray<Long>(THREADS);
        try (var threads = Executors.newFixedThreadPool(THREADS)) {
            var running = new ArrayList<Future<?>>();
            for (int t = 0; t < THREADS; t++) {
                int thread = t;
                running.add(threads.submit(() -> {
                    var random = new SplittableRandom(seed * THREADS + thread);
                    worst.set(thread, 0L);
                    for (int i = turn.getAndIncrement(); i < auctions; i = turn.getAndIncrement()) {
                        if (i == auctions / 4) {
                            nodes.set(2, new Leases()); // The process is gone, with all that it held.
                        }
                        // Twenty auctions a second.
                        auction(purse, nodes.get(random.nextInt(NODES)), random, now(i), shown);
                        if (i % 1_000 == 0) {
                            purse.fold(now(i));
                            worst.set(thread, Math.max(worst.get(thread), purse.used() - budget));
                        }
                    }
                }));
            }
            for (var one : running) {
                one.get();
            }
        }
        purse.fold(now(auctions).plus(Duration.ofHours(1)));
        long over = Math.max(0, purse.charged() - budget);
        for (int t = 0; t < THREADS; t++) {
            over = Math.max(over, worst.get(t));
        }
        return new Outcome(over, Math.max(0, 1 - (double) purse.charged() / budget), shown.get());
    }

    private static Instant now(int auction) {
        return Purse.START.plusMillis(auction * 50L);
    }

    private static void auction(Purse purse, Leases node, SplittableRandom random, Instant now, AtomicInteger shown) {
        purse.ensure(node, PRICE, 200 * PRICE, now);
        node.hold(Purse.GROUP, PRICE, now, purse.expiry(now)).ifPresent(hold -> {
            var id = purse.shown(hold, PRICE, now);
            shown.incrementAndGet();
            if (random.nextDouble() < RENDERED) {
                purse.happened(id, AdEvent.Kind.RENDERED, now);
            }
        });
    }
}
