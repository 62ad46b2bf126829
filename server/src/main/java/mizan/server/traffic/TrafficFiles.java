package mizan.server.traffic;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import mizan.core.traffic.CrawlerAgents;
import mizan.server.http.AddressRanges;

/// The operator's own lists, two files in the data folder: `crawlers.txt`, parts of agents, and `data-centres.txt`,
/// address ranges. One a line; lines that begin with `#` are passed over. Read at the start.
public final class TrafficFiles {
    private static final int MAX_CRAWLERS = 10_000;
    private static final int MIN_PART = 3;

    private TrafficFiles() {}

    /// @throws IOException with the file and the line, when one of them cannot be read or says something else
    public static RequestRules read(Path folder) throws IOException {
        var centres = folder.resolve("data-centres.txt");
        try {
            return new RequestRules(
                    CrawlerAgents.builtInAnd(crawlers(folder.resolve("crawlers.txt"))),
                    AddressRanges.of(lines(centres)));
        } catch (AddressRanges.NotARange e) {
            throw new IOException(
                    centres + ", " + e.getMessage() + "; write ranges such as 203.0.113.0/24 or 2001:db8::/32", e);
        }
    }

    /// A part of one or two letters would take every browser for a program.
    private static List<String> crawlers(Path file) throws IOException {
        var parts = lines(file).stream()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .toList();
        for (var part : parts) {
            if (part.length() < MIN_PART || parts.size() > MAX_CRAWLERS) {
                throw new IOException(
                        file + ": \"" + part + "\" is too short to tell a program, or there are more than "
                                + MAX_CRAWLERS + " lines; write parts of " + MIN_PART + " characters and more");
            }
        }
        return parts;
    }

    private static List<String> lines(Path file) throws IOException {
        return Files.exists(file) ? Files.readAllLines(file) : List.of();
    }
}
