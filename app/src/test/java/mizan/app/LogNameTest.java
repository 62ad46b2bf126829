package mizan.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import mizan.server.proof.LogKeyFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// `mizan start --log-name`: what every verifier will know the log by is chosen once.
class LogNameTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void givenANameThatIsNoAddress_whenTheServerIsStarted_thenItIsRefusedAndNoKeysAreMade() throws IOException {
        for (var name :
                List.of("https://ads.example/log", "ads example", "ads.example/log/", "Ads.example", "-a", "")) {
            assertEquals(Main.USAGE, start(name), name);
        }
        assertFalse(Files.exists(keys()));
    }

    @Test
    void givenALogOfAnotherName_whenTheServerIsStarted_thenItIsRefusedAndTheKeysStay() throws IOException {
        LogKeyFile.create(keys(), "ads.example/log");
        var before = Files.readString(keys());
        assertEquals(Main.USAGE, start("ads.example/other"));
        assertEquals(before, Files.readString(keys()));
    }

    @Test
    void givenAName_whenKeysAreMade_thenTheyCarryIt() throws IOException {
        assertEquals(Optional.empty(), LogKeyFile.name(keys()));
        for (var name : List.of("ads.example", "ads.example:8443/log", "127.0.0.1/a/b-c_d~e.f")) {
            assertTrue(LogKeyFile.mayName(name), name);
        }
        LogKeyFile.create(keys(), "ads.example/log");
        assertEquals(Optional.of("ads.example/log"), LogKeyFile.name(keys()));
        assertTrue(LogKeyFile.open(keys()).stream().allMatch(k -> k.name().equals("ads.example/log")));
    }

    private Path keys() {
        return folder.resolve("live").resolve("log.key");
    }

    private int start(String name) {
        return new CommandLine(new StartCommand())
                .execute("--folder", folder.toString(), "--port", "0", "--log-name=" + name);
    }
}
