package mizan.server.findings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.SplittableRandom;
import mizan.server.app.Engine;
import mizan.server.serve.LeaseRules;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FindingsWindowTest {
    @TempDir
    Path folder;

    private Engine open(Duration credited) {
        return Engine.embedded(
                folder,
                Engine.Settings.of(LeaseRules.STANDARD).crediting(credited),
                InstantSource.system(),
                new SplittableRandom(1));
    }

    @Test
    void givenTheOperatorsWindow_whenTheServerStarts_thenChangesAreCreditedForThatLong() {
        try (var engine = open(Duration.ofDays(30))) {
            assertEquals(Duration.ofDays(30), engine.findings().window());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT-24H", "PT36H", "P91D"})
    void givenAWindowThatCannotBe_whenTheServerStarts_thenItRefuses(String window) {
        assertThrows(IllegalArgumentException.class, () -> open(Duration.parse(window)));
    }
}
