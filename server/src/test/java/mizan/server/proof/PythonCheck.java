package mizan.server.proof;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What the program in Python, written from the formats alone, says of a published file.
///
/// @param code 0 when all holds, 2 when not
public record PythonCheck(int code, String output) {
    private static final Path PROGRAM = Path.of("../verifier/conformance/check_files.py");

    /// @param words of its command line: `evidence`, `month`, `dump` or `pack`, files, and the log's key
    public static PythonCheck of(String... words) throws IOException, InterruptedException {
        assumeTrue(isHere(), "left out: python3 is not here");
        var command = new ArrayList<>(List.of("python3", PROGRAM.toString()));
        command.addAll(List.of(words));
        var out = Files.createTempFile("mizan-python", ".out");
        try {
            var process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(out.toFile())
                    .start();
            return new PythonCheck(process.waitFor(), Files.readString(out));
        } finally {
            Files.delete(out);
        }
    }

    private static boolean isHere() throws InterruptedException {
        try {
            return new ProcessBuilder("python3", "--version").start().waitFor() == 0;
        } catch (IOException _) {
            return false;
        }
    }
}
