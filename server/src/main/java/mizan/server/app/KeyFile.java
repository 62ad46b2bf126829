package mizan.server.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import mizan.server.accounting.Tokens;

/// The key that tokens are signed with, in a file that only its owner can read.
final class KeyFile {
    private KeyFile() {}

    /// Reads the key, or makes one at the first start.
    static Tokens.KeyRing open(Path file) throws IOException {
        if (!Files.exists(file)) {
            var secret = new byte[32];
            new SecureRandom().nextBytes(secret);
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(file, HexFormat.of().formatHex(secret));
        }
        var secret = HexFormat.of().parseHex(Files.readString(file).strip());
        return new Tokens.KeyRing(1, Map.of(1, Tokens.KeyRing.key(secret)));
    }
}
