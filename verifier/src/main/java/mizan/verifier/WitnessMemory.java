package mizan.verifier;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// What a witness cosigned last of each log.
public interface WitnessMemory {
    /// A tree's size and root.
    @SuppressWarnings("ArrayRecordComponent") // Nobody compares them as a whole.
    record Head(long size, byte[] root) {}

    Optional<Head> newest(String origin) throws IOException;

    /// Durable when it returns: a witness that forgets can be made to vouch for two histories.
    void remember(String origin, Head head) throws IOException;

    /// For tests: forgets when the process ends.
    static WitnessMemory inMemory() {
        Map<String, Head> heads = new HashMap<>();
        return new WitnessMemory() {
            @Override
            public Optional<Head> newest(String origin) {
                return Optional.ofNullable(heads.get(origin));
            }

            @Override
            public void remember(String origin, Head head) {
                heads.put(origin, head);
            }
        };
    }

    /// One file for each log.
    static WitnessMemory inFolder(Path folder) {
        return new WitnessMemory() {
            private Path file(String origin) {
                return folder.resolve(Hashes.hex(Hashes.sha256(origin.getBytes(StandardCharsets.UTF_8))) + ".head");
            }

            @Override
            public Optional<Head> newest(String origin) throws IOException {
                if (!Files.exists(file(origin))) {
                    return Optional.empty();
                }
                var words = Files.readString(file(origin)).strip().split(" ");
                try {
                    return Optional.of(new Head(Checkpoint.size(words[0]), Hashes.unhex(words[1], Hashes.BYTES)));
                } catch (Unreadable | ArrayIndexOutOfBoundsException e) {
                    throw new IOException("what the witness knew of " + origin + " is damaged", e);
                }
            }

            @Override
            public void remember(String origin, Head head) throws IOException {
                Files.createDirectories(folder);
                var part = folder.resolve("next.part");
                try (var channel = FileChannel.open(
                        part,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE)) {
                    channel.write(StandardCharsets.US_ASCII.encode(head.size() + " " + Hashes.hex(head.root()) + "\n"));
                    channel.force(true);
                }
                Files.move(part, file(origin), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
                try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                    channel.force(true);
                }
            }
        };
    }
}
