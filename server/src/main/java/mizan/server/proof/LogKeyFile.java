package mizan.server.proof;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import mizan.log.LogKey;

/// The keys that checkpoints are signed with, in a file that only its owner can read. Its first line is the log's name,
/// which never changes: to everybody outside, another name is another log.
public final class LogKeyFile {
    private static final String NAME = "[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::[0-9]{1,5})?(?:/[A-Za-z0-9._~-]+)*";
    private static final int LONGEST = 200;

    private LogKeyFile() {}

    /// Whether a log may be named so: by its address without its scheme, such as `feed.example/log`.
    public static boolean mayName(String name) {
        return name.length() <= LONGEST && name.matches(NAME);
    }

    /// What the log is named; empty when it has no keys yet.
    public static Optional<String> name(Path file) throws IOException {
        return Files.exists(file) ? Optional.of(Files.readAllLines(file).getFirst()) : Optional.empty();
    }

    /// Reads the keys, or makes them under a name that says nothing, for who has not chosen one.
    public static List<LogKey> open(Path file) throws IOException {
        if (!Files.exists(file)) {
            var random = new byte[4];
            new SecureRandom().nextBytes(random);
            create(file, "mizan.invalid/" + HexFormat.of().formatHex(random));
        }
        var lines = Files.readAllLines(file);
        var name = lines.getFirst();
        return lines.stream().skip(1).map(line -> LogKey.read(name, line)).toList();
    }

    /// @param name see [#mayName]
    public static void create(Path file, String name) throws IOException {
        if (!mayName(name)) {
            throw new IOException("a log's name is its address without https://, such as feed.example/log");
        }
        var text = name + "\n" + LogKey.create(name, LogKey.Kind.ED25519).line() + "\n"
                + LogKey.create(name, LogKey.Kind.ML_DSA_44).line() + "\n";
        Files.createDirectories(file.toAbsolutePath().getParent());
        var part = file.resolveSibling(file.getFileName() + ".part");
        Files.deleteIfExists(part);
        Files.createFile(part, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(part, text);
        Files.move(part, file);
    }
}
