package mizan.app;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.SplittableRandom;
import mizan.server.app.Engine;
import mizan.server.serve.LeaseRules;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The real server in a process of its own, killed under load again and again.
///
/// `-Dmizan.kills=100` plays the long version.
class KillTest {
    private static final int KILLS = Integer.getInteger("mizan.kills", 10);

    @TempDir
    Path folder;

    @Test
    void givenLoad_whenTheServerIsKilledAgainAndAgain_thenEveryAcknowledgedEventCountsOnce() throws Exception {
        try (var desk = new Killable(folder)) {
            desk.start();
            desk.book();
            var rounds = new KilledRounds(desk, new SplittableRandom(Long.getLong("mizan.seed", 1)));
            for (int kill = 0; kill < KILLS; kill++) {
                rounds.play(_ -> {});
            }
            rounds.reportAll();
            desk.kill();
            try (var engine = Engine.embedded(
                    folder.resolve("live"), LeaseRules.STANDARD, InstantSource.system(), new SplittableRandom(1))) {
                rounds.check(engine);
            }
        }
    }
}
