package mizan.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import mizan.core.ledger.AccountId;
import mizan.server.app.Engine;

/// Rounds of load that end with a kill, and what readers remember of them.
final class KilledRounds {
    private static final int READERS = 3;

    private final Killable desk;
    private final SplittableRandom random;
    private final Map<String, Seen> seen = new TreeMap<>();
    private final Map<String, Integer> acknowledged = new HashMap<>();
    private long decisions;
    private int rounds;

    /// One ad that a reader got.
    ///
    /// @param life how often the server had been started when it was decided
    private record Seen(String impression, String token, int life) {}

    /// What happens in a round before the server is killed.
    interface Trouble {
        void with(List<Killable.Reader> readers) throws Exception;
    }

    KilledRounds(Killable desk, SplittableRandom random) {
        this.desk = desk;
        this.random = random;
    }

    /// Readers read, trouble comes, and the server is killed and started again.
    void play(Trouble trouble) throws Exception {
        rounds++;
        var readers = new ArrayList<Killable.Reader>();
        for (int i = 0; i < READERS; i++) {
            readers.add(desk.reader(rounds + "/" + i, random.nextLong()));
        }
        desk.waitUntilAnswered(readers, 1 + random.nextInt(40));
        trouble.with(readers);
        desk.kill();
        for (var reader : readers) {
            reader.join();
            int life = rounds;
            reader.seen().forEach((impression, token) -> seen.put(impression, new Seen(impression, token, life)));
            reader.acknowledged().forEach(a -> acknowledged.merge(a, 1, Integer::sum));
            decisions += reader.decisions();
        }
        desk.start();
    }

    /// Everything once more, acknowledged or not: what was counted must not count again.
    void reportAll() throws Exception {
        desk.report(seen.values().stream().map(Seen::token).toList());
        assertTrue(acknowledged.size() > rounds, "hardly any load: " + acknowledged.size() + " acknowledged");
    }

    /// Asks the engine itself, opened after the last kill.
    void check(Engine engine) {
        int lost = 0;
        int known = 0;
        long expected = 0;
        engine.settle();
        var campaign = engine.booking().book().campaigns().keySet().iterator().next();
        var impressions = new HashMap<String, mizan.server.accounting.ImpressionState>();
        engine.reports()
                .impressions(campaign.value(), Integer.MAX_VALUE)
                .forEach(i -> impressions.put(i.impression().id().value(), i));
        for (var one : seen.values()) {
            var state = impressions.get(one.impression());
            if (state == null) {
                // Its decision was answered and died before any event made it durable: it is never billed.
                lost += acknowledged.containsKey(one.impression()) ? 1 : 0;
                continue;
            }
            known++;
            assertTrue(state.charged(), one + " was reported and is not charged");
            expected += state.impression().priceMicros();
        }
        assertEquals(0, lost, "acknowledged events are gone");
        long revenue = engine.accountant().balances().entrySet().stream()
                .filter(b -> b.getKey().kind() == AccountId.Kind.PLATFORM_REVENUE)
                .mapToLong(Map.Entry::getValue)
                .sum();
        assertEquals(expected, revenue, "each known impression was reported, so each is paid exactly once");
        var totals = engine.reports().totals().counts();
        assertEquals(known, totals.rendered(), "rendered");
        assertEquals(known, totals.charged(), "charged");
        assertTrue(engine.invariants().holds(), engine.invariants().toString());
        System.out.println("kills " + rounds + ", decisions " + decisions + ", ads " + seen.size()
                + ", acknowledged " + acknowledged.size() + ", of those lost " + lost
                + ", counted twice 0, decided but never durable " + (seen.size() - known) + ", revenue micros "
                + revenue);
    }
}
