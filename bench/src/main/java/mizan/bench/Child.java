package mizan.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// A Java program of our own in another process, so that the operating system counts its CPU time apart from
/// ours. It says one line when it is ready and answers each line on its input with one line; it ends with
/// its input.
final class Child implements AutoCloseable {
    private final Process process;
    private final BufferedReader said;

    Child(Class<?> program, String... arguments) throws IOException {
        var command = new ArrayList<String>();
        command.add(ProcessHandle.current().info().command().orElseThrow());
        // Its heap is as large as ours; the archive of loaded classes is the launcher's.
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(option -> option.startsWith("-Xmx") || option.startsWith("--enable-native-access"))
                .forEach(command::add);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
        command.addAll(List.of(arguments));
        process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        said = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /// The next line it says.
    String line() throws IOException {
        var line = said.readLine();
        if (line == null) {
            throw new IllegalStateException("the other process ended");
        }
        return line;
    }

    String ask(String question) throws IOException {
        var out = process.getOutputStream();
        out.write((question + "\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
        return line();
    }

    /// CPU time of all its threads so far, in the system's ticks: 10 ms on Linux.
    Duration cpu() {
        return process.info().totalCpuDuration().orElseThrow();
    }

    @Override
    public void close() {
        try {
            process.getOutputStream().close();
            process.waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException _) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
