package mizan.core.suitability;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// A list of words, authors and communities that somebody publishes and others subscribe to: one version of
/// it, whole. Terms hold a copy, so a later version changes nothing until somebody takes it.
///
/// @param version of the publisher's, such as `2026-11-24` or `7`
/// @param sha256 hex, over [#canonical]: what the file of this version must have
public record SharedList(
        String name,
        String version,
        String sha256,
        List<String> keywords,
        Set<String> authors,
        Set<String> communities) {
    public SharedList {
        keywords = List.copyOf(keywords);
        authors = Set.copyOf(authors);
        communities = Set.copyOf(communities);
    }

    /// The text that the hash is taken over: a line for each thing, in order, so that the same list has the
    /// same hash however its file is written.
    public static String canonical(
            String name, String version, List<String> keywords, Set<String> authors, Set<String> communities) {
        var text = new StringBuilder("mizan-list/1\n");
        line(text, "name", name);
        line(text, "version", version);
        new TreeSet<>(keywords).forEach(k -> line(text, "keyword", k));
        new TreeSet<>(authors).forEach(a -> line(text, "author", a));
        new TreeSet<>(communities).forEach(c -> line(text, "community", c));
        return text.toString();
    }

    private static void line(StringBuilder text, String kind, String value) {
        text.append(kind).append('\t').append(value).append('\n');
    }
}
