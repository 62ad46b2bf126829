package mizan.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import mizan.core.ledger.AccountId;
import mizan.server.app.Engine;
import mizan.server.serve.LeaseRules;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The real server in a process of its own, killed under load again and again.
///
/// `-Dmizan.kills=100` plays the long version.
class KillTest {
    private static final int KILLS = Integer.getInteger("mizan.kills", 10);
    private static final int READERS = 3;

    @TempDir
    Path folder;

    /// One ad that a reader got.
    ///
    /// @param life how often the server had been started when it was decided
    private record Seen(String impression, String token, int life) {}

    @Test
    void givenLoad_whenTheServerIsKilledAgainAndAgain_thenEveryAcknowledgedEventCountsOnce() throws Exception {
        var random = new SplittableRandom(Long.getLong("mizan.seed", 1));
        var seen = new TreeMap<String, Seen>();
        var acknowledged = new HashMap<String, Integer>();
        long decisions = 0;
        try (var desk = new Killable(folder)) {
            desk.start();
            desk.book();
            for (int kill = 1; kill <= KILLS; kill++) {
                var readers = new ArrayList<Killable.Reader>();
                for (int i = 0; i < READERS; i++) {
                    readers.add(desk.reader(kill + "/" + i, random.nextLong()));
                }
                desk.waitUntilAnswered(readers, 1 + random.nextInt(40));
                desk.kill();
                for (var reader : readers) {
                    reader.join();
                    int life = kill;
                    reader.seen()
                            .forEach((impression, token) -> seen.put(impression, new Seen(impression, token, life)));
                    reader.acknowledged().forEach(a -> acknowledged.merge(a, 1, Integer::sum));
                    decisions += reader.decisions();
                }
                desk.start();
            }
            // Everything once more, acknowledged or not: what was counted must not count again.
            desk.report(List.copyOf(seen.values()).stream().map(Seen::token).toList());
            desk.kill();
        }
        assertTrue(acknowledged.size() > KILLS, "hardly any load: " + acknowledged.size() + " acknowledged");
        check(seen, acknowledged, decisions);
    }

    private void check(Map<String, Seen> seen, Map<String, Integer> acknowledged, long decisions) {
        int lost = 0;
        int known = 0;
        long expected = 0;
        try (var engine = Engine.embedded(
                folder.resolve("live"), LeaseRules.STANDARD, InstantSource.system(), new SplittableRandom(1))) {
            engine.settle();
            var campaign =
                    engine.booking().book().campaigns().keySet().iterator().next();
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
            System.out.println("kills " + KILLS + ", decisions " + decisions + ", ads " + seen.size()
                    + ", acknowledged " + acknowledged.size() + ", of those lost " + lost
                    + ", counted twice 0, decided but never durable " + (seen.size() - known) + ", revenue micros "
                    + revenue);
        }
    }
}
