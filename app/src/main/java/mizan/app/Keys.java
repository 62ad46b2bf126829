package mizan.app;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Single keys from the terminal, without Enter and without showing them. The terminal is set back when
/// the process ends, Ctrl-C included.
final class Keys {
    private static final File TERMINAL = new File("/dev/tty");
    private final InputStream in;

    private Keys(InputStream in) {
        this.in = in;
    }

    /// Opens the terminal; empty where there is none or `stty` is missing.
    static Optional<Keys> open() {
        var before = stty("-g").map(String::strip);
        if (before.isEmpty()
                || stty("-icanon", "-echo", "min", "1", "time", "0").isEmpty()) {
            return Optional.empty();
        }
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stty(before.get())));
        return Optional.of(new Keys(System.in));
    }

    /// The key that was pressed, if one was.
    Optional<Character> pressed() {
        try {
            return in.available() > 0 ? Optional.of((char) in.read()) : Optional.empty();
        } catch (IOException _) {
            // The terminal is gone, for example with its window: the demo goes on without keys.
            return Optional.empty();
        }
    }

    /// What `stty` prints about the terminal; empty if it fails.
    private static Optional<String> stty(String... arguments) {
        var command = new ArrayList<>(List.of("stty"));
        command.addAll(List.of(arguments));
        try {
            var process = new ProcessBuilder(command)
                    .redirectInput(TERMINAL)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.waitFor() == 0 ? Optional.of(said) : Optional.empty();
        } catch (IOException _) {
            return Optional.empty();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
