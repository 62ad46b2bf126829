package mizan.server.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import mizan.server.picture.PictureStore;
import mizan.server.picture.StoredPicture;

/// Pictures as files named by their content, and what is known of them in one SQLite file. A file is whole and on disk
/// before its row is written, and its row is gone before it is; putting and removing take turns.
public final class SqlitePictureStore implements PictureStore {
    private static final int SCHEMA = 2;
    private final Connection connection;
    private final Transactions transactions;
    private final Path folder;

    private SqlitePictureStore(Connection connection, Path folder) throws SQLException {
        this.connection = connection;
        this.transactions = new Transactions(connection);
        this.folder = folder;
    }

    /// @param folder of the files
    public static SqlitePictureStore open(Path file, Path folder) {
        try {
            Files.createDirectories(folder);
            var store = SqliteFile.store(
                    file, "/mizan/store/pictures/", SCHEMA, connection -> new SqlitePictureStore(connection, folder));
            store.removeStrays();
            return store;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Files without a row: the process ended between the two.
    private void removeStrays() throws IOException {
        var known = all().stream().map(StoredPicture::name).collect(Collectors.toSet());
        try (var files = Files.list(folder)) {
            for (var file : files.filter(f -> !known.contains(f.getFileName().toString()))
                    .toList()) {
                Files.delete(file);
            }
        }
    }

    @Override
    public List<StoredPicture> all() {
        return transactions.run("the pictures could not be read", () -> {
            try (var statement = connection.createStatement();
                    var rows = statement.executeQuery(
                            "SELECT name, source, width, height, frames, centis, size, added_at, tenant FROM"
                                    + " picture")) {
                var found = new ArrayList<StoredPicture>();
                while (rows.next()) {
                    found.add(new StoredPicture(
                            rows.getString(1),
                            rows.getString(2),
                            rows.getInt(3),
                            rows.getInt(4),
                            rows.getInt(5),
                            rows.getInt(6),
                            rows.getInt(7),
                            Instant.ofEpochMilli(rows.getLong(8)),
                            Optional.ofNullable(rows.getString(9))));
                }
                return found;
            }
        });
    }

    @Override
    public synchronized void put(StoredPicture picture, byte[] bytes) {
        try {
            write(picture.name(), bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("a picture was not kept", e);
        }
        transactions.run("a picture was not kept", () -> {
            try (var write =
                    connection.prepareStatement("INSERT OR REPLACE INTO picture VALUES (?,?,?,?,?,?,?,?,?,?)")) {
                write.setString(1, picture.name());
                write.setString(2, picture.source());
                write.setInt(3, picture.width());
                write.setInt(4, picture.height());
                write.setInt(5, picture.frames());
                write.setInt(6, picture.centis());
                write.setInt(7, picture.size());
                write.setLong(8, picture.addedAt().toEpochMilli());
                write.setLong(9, picture.addedAt().toEpochMilli());
                write.setString(10, picture.tenant().orElse(null));
                return write.executeUpdate();
            }
        });
    }

    private void write(String name, byte[] bytes) throws IOException {
        var part = folder.resolve(name + ".part");
        Files.write(part, bytes);
        try (var file = FileChannel.open(part, StandardOpenOption.WRITE)) {
            file.force(true);
        }
        Files.move(part, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        try (var directory = FileChannel.open(folder, StandardOpenOption.READ)) {
            directory.force(true);
        }
    }

    @Override
    public Optional<byte[]> bytes(String name) {
        try {
            return Optional.of(Files.readAllBytes(folder.resolve(name)));
        } catch (NoSuchFileException _) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("a picture could not be read", e);
        }
    }

    @Override
    public void needed(Collection<String> names, Instant at) {
        transactions.run("what is needed of the pictures was not kept", () -> {
            try (var write = connection.prepareStatement("UPDATE picture SET needed_at = ? WHERE name = ?")) {
                for (var name : names) {
                    write.setLong(1, at.toEpochMilli());
                    write.setString(2, name);
                    write.addBatch();
                }
                return write.executeBatch().length;
            }
        });
    }

    @Override
    public List<String> neededLastBefore(Instant at) {
        return transactions.run("the pictures could not be read", () -> {
            try (var query = connection.prepareStatement("SELECT name FROM picture WHERE needed_at < ?")) {
                query.setLong(1, at.toEpochMilli());
                var found = new ArrayList<String>();
                try (var rows = query.executeQuery()) {
                    while (rows.next()) {
                        found.add(rows.getString(1));
                    }
                }
                return found;
            }
        });
    }

    @Override
    public synchronized void remove(String name) {
        transactions.run("a picture was not removed", () -> {
            try (var delete = connection.prepareStatement("DELETE FROM picture WHERE name = ?")) {
                delete.setString(1, name);
                return delete.executeUpdate();
            }
        });
        try {
            Files.deleteIfExists(folder.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException("a picture was not removed", e);
        }
    }

    @Override
    public void close() {
        transactions.close();
    }
}
