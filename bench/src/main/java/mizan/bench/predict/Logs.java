package mizan.bench.predict;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/// The files of public logs, found by what is in them, so that a kept-aside part may lie anywhere and have any name.
final class Logs {
    private static final String CLICKS = "click,impression,";
    private static final String BANDIT = "timestamp,item_id,";
    private final List<Path> files;

    private Logs(List<Path> files) {
        this.files = files;
    }

    /// Every file at or below these paths; those named `train` only when they are asked for.
    static Logs below(List<Path> paths, boolean training) throws IOException {
        var files = new ArrayList<Path>();
        for (var path : paths) {
            try (var all = Files.walk(path)) {
                all.filter(Files::isRegularFile)
                        .filter(f -> training || !f.getFileName().toString().contains("train"))
                        .sorted()
                        .forEach(files::add);
            }
        }
        return new Logs(files);
    }

    /// Search-ad clicks: rows of columns, without the header.
    Optional<List<String[]>> searchClicks() throws IOException {
        var file = first(CLICKS, "");
        return file.isEmpty() ? Optional.empty() : Optional.of(columns(file.get()));
    }

    /// Display clicks with one-hot fields: `label index:1 ...`.
    Optional<List<String[]>> displayClicks() throws IOException {
        for (var file : files) {
            var head = head(file);
            if (head.matches("[01]( \\d+:1)+")) {
                try (var lines = open(file)) {
                    return Optional.of(lines.lines().map(l -> l.split(" ")).toList());
                }
            }
        }
        return Optional.empty();
    }

    /// A logged recommendation policy.
    ///
    /// @param policy `random` or `bts`, the beginning of the file's name
    Optional<List<String[]>> bandit(String policy) throws IOException {
        var file = first(BANDIT, policy);
        return file.isEmpty() ? Optional.empty() : Optional.of(columns(file.get()));
    }

    private Optional<Path> first(String header, String name) throws IOException {
        for (var file : files) {
            if (file.getFileName().toString().startsWith(name) && head(file).startsWith(header)) {
                return Optional.of(file);
            }
        }
        return Optional.empty();
    }

    private static List<String[]> columns(Path file) throws IOException {
        try (var lines = open(file)) {
            return lines.lines().skip(1).map(l -> l.split(",")).toList();
        }
    }

    private static String head(Path file) throws IOException {
        try (var lines = open(file)) {
            var head = lines.readLine();
            return head == null ? "" : head;
        }
    }

    private static BufferedReader open(Path file) throws IOException {
        var in = Files.newInputStream(file);
        var plain = file.toString().endsWith(".gz") ? new GZIPInputStream(in) : in;
        // Any byte is a character: a file that is not text must not stop the search.
        return new BufferedReader(new InputStreamReader(plain, StandardCharsets.ISO_8859_1));
    }
}
