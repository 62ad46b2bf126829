package mizan.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A Java program of our own in another process, so that the operating system counts its CPU time apart from
/// ours. It says one line when it is ready and answers each line on its input with one line; it ends with
/// its input.
final class Child implements AutoCloseable {
    private final Process process;
    private final BufferedReader said;

    Child(Class<?> program, String... arguments) throws IOException {
        this(System.getProperty("java.class.path"), program, arguments);
    }

    /// A program of another build.
    Child(String classPath, Class<?> program, String... arguments) throws IOException {
        var command = new ArrayList<String>();
        command.add(ProcessHandle.current().info().command().orElseThrow());
        // Its heap is as large as ours; the archive of loaded classes is the launcher's.
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(option -> option.startsWith("-Xmx")
                        || option.equals("-XX:+UseCompactObjectHeaders")
                        || option.startsWith("--enable-native-access"))
                .forEach(command::add);
        command.addAll(List.of("-cp", classPath, program.getName()));
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

    /// CPU time that went into compiling so far: on a machine shared with others a warm-up by the clock may
    /// be too short, and this is how one sees it. Zero where the system has no `/proc`.
    Duration compiling() throws IOException {
        var tasks = Path.of("/proc", Long.toString(process.pid()), "task");
        if (!Files.isDirectory(tasks)) {
            return Duration.ZERO;
        }
        long ticks = 0;
        try (var threads = Files.list(tasks)) {
            for (var thread : threads.toList()) {
                var stat = Files.readString(thread.resolve("stat"));
                if (stat.contains("CompilerThre")) {
                    // proc_pid_stat(5): after the name in brackets, fields 14 and 15 are user and system time.
                    var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
                    ticks += Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
                }
            }
        }
        return Duration.ofMillis(ticks * 10);
    }

    /// CPU time of its threads so far by their names, from `/proc`; those of one name are added up.
    Map<String, Long> nanosByThread() throws IOException {
        var nanos = new HashMap<String, Long>();
        try (var threads = Files.list(Path.of("/proc", Long.toString(process.pid()), "task"))) {
            for (var thread : threads.toList()) {
                try {
                    var name = Files.readString(thread.resolve("comm")).strip();
                    // proc_pid_schedstat: the first number is the time on a processor.
                    var ran = Files.readString(thread.resolve("schedstat")).split(" ")[0];
                    nanos.merge(name, Long.parseLong(ran), Long::sum);
                } catch (NoSuchFileException _) {
                    // It ended meanwhile.
                }
            }
        }
        return nanos;
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
