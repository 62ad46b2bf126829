package mizan.server.proof;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import mizan.log.LogStore;

/// A log's public files in a folder, ready to be served or copied as they are.
public final class LogFolder implements LogStore {
    private final Path folder;
    private final Set<Path> touched = new HashSet<>();

    public LogFolder(Path folder) {
        this.folder = folder;
    }

    @Override
    public Optional<byte[]> read(String name) throws IOException {
        var file = folder.resolve(name);
        return Files.isRegularFile(file) ? Optional.of(Files.readAllBytes(file)) : Optional.empty();
    }

    /// The bytes are forced under another name first, so that nobody ever sees half a file under its own.
    @Override
    public void write(String name, byte[] bytes) throws IOException {
        var file = folder.resolve(name);
        var within = Objects.requireNonNull(file.getParent(), name);
        makeFolders(within);
        var part = file.resolveSibling(file.getFileName() + ".part");
        try (var channel = FileChannel.open(
                part, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            var buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(false);
        }
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        touched.add(within);
    }

    private void makeFolders(Path wanted) throws IOException {
        if (Files.isDirectory(wanted)) {
            return;
        }
        for (var made = wanted; made != null && !Files.isDirectory(made); made = made.getParent()) {
            Optional.ofNullable(made.getParent()).ifPresent(touched::add);
        }
        Files.createDirectories(wanted);
    }

    @Override
    public void force() throws IOException {
        for (var one : touched) {
            try (var channel = FileChannel.open(one, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
        touched.clear();
    }

    @Override
    public void deleteFolder(String name) throws IOException {
        var gone = folder.resolve(name);
        if (!Files.isDirectory(gone)) {
            return;
        }
        try (var files = Files.list(gone)) {
            for (var file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(gone);
        touched.remove(gone);
    }
}
