package mizan.sim.postgres;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// A PostgreSQL server in a folder of its own, on a free port of this machine. It forces every commit to the disk,
/// as a server with money must, and compares text by the rules of a language, as many servers do.
///
/// PostgreSQL refuses to run as root; then it runs as the user whom Debian's package makes.
public final class LocalPostgres implements AutoCloseable {
    private static final Path DEBIAN = Path.of("/usr/lib/postgresql");
    private static final String USER = "postgres";
    private static final boolean ROOT = "root".equals(System.getProperty("user.name"));
    /// A database in recovery says it is ready for reading alone.
    private static final String READY = "ready to accept";

    private final Path programs;
    private final Path folder;
    private final int port;
    private final AtomicInteger databases = new AtomicInteger();
    private Optional<Process> process = Optional.empty();

    private LocalPostgres(Path programs, Path folder, int port) {
        this.programs = programs;
        this.folder = folder;
        this.port = port;
    }

    /// Where the newest PostgreSQL of this machine has its programs; empty when there is none.
    ///
    /// @throws IllegalStateException when there is none on a machine that checks every change, where nothing
    /// is skipped
    public static Optional<Path> programs() {
        var found = newest();
        if (found.isEmpty() && System.getenv("CI") != null) {
            throw new IllegalStateException("PostgreSQL is missing: apt-get install postgresql");
        }
        return found;
    }

    private static Optional<Path> newest() {
        if (!Files.isDirectory(DEBIAN)) {
            return Optional.empty();
        }
        try (var versions = Files.list(DEBIAN)) {
            return versions.sorted(
                            Comparator.comparingInt(LocalPostgres::version).reversed())
                    .map(version -> version.resolve("bin"))
                    .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
                    .findFirst();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int version(Path folder) {
        var name = folder.toString().substring(DEBIAN.toString().length() + 1);
        return name.matches("\\d{1,4}") ? Integer.parseInt(name) : 0;
    }

    /// Makes an empty server and starts it.
    public static LocalPostgres start(Path programs) throws IOException {
        var folder = Files.createTempDirectory("mizan-postgres-");
        int port;
        try (var socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        var made = new LocalPostgres(programs, folder, port);
        if (ROOT) {
            made.await(new ProcessBuilder("chown", USER, folder.toString()));
        }
        made.await(made.asUser(
                programs.resolve("initdb").toString(),
                "--pgdata=" + made.data(),
                "--username=" + USER,
                "--auth=trust",
                "--encoding=UTF8",
                "--locale=C.UTF-8",
                "--locale-provider=icu",
                "--icu-locale=en",
                "--no-sync"));
        made.start();
        return made;
    }

    private Path data() {
        return folder.resolve("data");
    }

    /// Starts it again where it was stopped or killed, and returns when it takes connections.
    public void start() throws IOException {
        var command = asUser(
                programs.resolve("postgres").toString(),
                "-D",
                data().toString(),
                "-p",
                Integer.toString(port),
                "-c",
                "listen_addresses=127.0.0.1",
                "-c",
                "unix_socket_directories=" + folder,
                "-c",
                "lc_messages=C");
        var started = command.redirectErrorStream(true).start();
        process = Optional.of(started);
        var lines = new BufferedReader(new InputStreamReader(started.getInputStream(), StandardCharsets.UTF_8));
        var said = new StringBuilder();
        for (var line = lines.readLine(); line != null; line = lines.readLine()) {
            said.append(line).append('\n');
            if (line.contains(READY)) {
                // Whatever else it says must be read, or it would wait for a reader one day.
                Thread.ofVirtual().start(() -> lines.lines().forEach(_ -> {}));
                return;
            }
        }
        throw new IOException("PostgreSQL did not start:\n" + said);
    }

    /// SIGKILL to the server and, as the system does on their own, to all that serve connections: nothing is flushed.
    public void kill() throws IOException {
        var server = process.orElseThrow();
        var children = server.descendants().toList();
        server.destroyForcibly();
        children.forEach(ProcessHandle::destroyForcibly);
        gone(server);
        children.forEach(child -> child.onExit().join());
    }

    /// Holds the server and all its processes still, as a machine that hangs, or lets them go on.
    public void hang(boolean still) throws IOException {
        var pids = new ArrayList<String>(List.of("kill", still ? "-STOP" : "-CONT"));
        var server = process.orElseThrow();
        pids.add(Long.toString(server.pid()));
        server.descendants().forEach(child -> pids.add(Long.toString(child.pid())));
        await(new ProcessBuilder(pids));
    }

    /// Ends at once, with what was committed on the disk.
    public void stop() throws IOException {
        var server = process.orElseThrow();
        await(new ProcessBuilder("kill", "-INT", Long.toString(server.pid())));
        gone(server);
    }

    /// Starts again as the copy of another server, which only answers questions.
    public void beStandby() throws IOException {
        stop();
        Files.writeString(data().resolve("standby.signal"), "");
        start();
    }

    private void gone(Process server) throws IOException {
        try {
            if (!server.waitFor(60, TimeUnit.SECONDS)) {
                throw new IOException("PostgreSQL does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
        process = Optional.empty();
    }

    /// A new empty database.
    ///
    /// @return its address
    public String database() {
        var name = "d" + databases.incrementAndGet();
        execute("CREATE DATABASE " + name);
        return address(name);
    }

    /// Does something as its administrator.
    public void execute(String sql) {
        try (var connection = DriverManager.getConnection(address("postgres"));
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /// Ends every connection but the administrator's own, wherever they are.
    public void cutConnections() {
        execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                + " WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'");
    }

    private String address(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database + "?user=" + USER;
    }

    private ProcessBuilder asUser(String... command) {
        var whole = new ArrayList<String>();
        if (ROOT) {
            whole.addAll(List.of("setpriv", "--reuid=" + USER, "--regid=" + USER, "--clear-groups", "--"));
        }
        whole.addAll(List.of(command));
        return new ProcessBuilder(whole).directory(folder.toFile());
    }

    private void await(ProcessBuilder command) throws IOException {
        var running = command.redirectErrorStream(true).start();
        var said = new String(running.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (running.waitFor() != 0) {
                throw new IOException(String.join(" ", command.command()) + " failed:\n" + said);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    /// Ends it and deletes all that it kept.
    @Override
    public void close() {
        try {
            if (process.isPresent()) {
                kill();
            }
            try (var files = Files.walk(folder)) {
                for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
