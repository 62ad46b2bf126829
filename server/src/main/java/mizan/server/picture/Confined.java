package mizan.server.picture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// Starts programs that may do little: no environment, nothing written to files, little processor time and, where the
/// system lets us, no network.
final class Confined {
    /// POSIX `ulimit`: no core, no file above 0 bytes, 20 seconds of processor time.
    private static final String LIMITS = "ulimit -c 0; ulimit -f 0; ulimit -t 20; exec \"$@\"";

    private static final Path SHELL = Path.of("/bin/sh");
    /// A network namespace of its own, with nothing in it (util-linux).
    private static final List<String> ALONE = List.of("/usr/bin/unshare", "--user", "--net", "--");

    private Confined() {}

    /// Whether what is started has no network. Containers and some systems refuse a namespace to those who are not
    /// root.
    static boolean withoutNetwork() {
        return Probe.WITHOUT_NETWORK;
    }

    private static final class Probe {
        static final boolean WITHOUT_NETWORK = works();

        private static boolean works() {
            if (!Files.isExecutable(Path.of(ALONE.getFirst()))) {
                return false;
            }
            try {
                var command = new ArrayList<>(ALONE);
                command.add("/bin/true");
                var process = builder(command).start();
                return process.waitFor(5, TimeUnit.SECONDS) && process.exitValue() == 0;
            } catch (IOException _) {
                return false;
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
    }

    /// @param program its path and arguments
    static Process start(List<String> program) throws IOException {
        var command = new ArrayList<String>();
        if (Files.isExecutable(SHELL)) {
            command.addAll(List.of(SHELL.toString(), "-c", LIMITS, "mizan"));
        }
        if (withoutNetwork()) {
            command.addAll(ALONE);
        }
        command.addAll(program);
        return builder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    }

    private static ProcessBuilder builder(List<String> command) {
        var builder = new ProcessBuilder(command);
        // Keys and passwords are often in it.
        Map<String, String> environment = builder.environment();
        environment.clear();
        return builder;
    }
}
