package mizan.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/// Folders that commands write to, with messages that say what to do next.
final class Folders {
    private static final String MARK = ".mizan-demo";

    private Folders() {}

    /// Makes the folder if need be.
    static void requireWritable(Path folder) throws IOException {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new IOException(
                    "The folder " + folder + " cannot be made (" + e.getClass().getSimpleName()
                            + "). Next: choose another one with --folder, or give yourself the right to write there.");
        }
        if (!Files.isWritable(folder)) {
            throw new IOException("The folder " + folder + " cannot be written to by this user."
                    + " Next: choose another one with --folder, or give yourself the right to write there.");
        }
    }

    /// An empty folder for a demo. Only a folder that an earlier demo made is emptied.
    static void emptied(Path folder) throws IOException {
        if (Files.exists(folder) && !Files.exists(folder.resolve(MARK)) && !isEmpty(folder)) {
            throw new IOException("The folder " + folder + " exists and was not made by the demo, so it is left alone."
                    + " Next: choose another one with --folder.");
        }
        requireWritable(folder);
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder())
                    .filter(f -> !f.equals(folder))
                    .toList()) {
                Files.delete(file);
            }
        }
        Files.writeString(folder.resolve(MARK), "made by mizan demo; emptied at its next start\n");
    }

    private static boolean isEmpty(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (var files = Files.list(folder)) {
            return files.findAny().isEmpty();
        }
    }
}
