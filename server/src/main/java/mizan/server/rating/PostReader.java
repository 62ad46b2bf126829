package mizan.server.rating;

import java.util.ArrayList;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import mizan.core.suitability.PostContent;
import mizan.server.http.Fields;

/// Reads a post in the plain form. It is ours, so an unknown field is refused.
public final class PostReader {
    private static final int MAX_TEXT = 65_000;

    private PostReader() {}

    /// Errors are collected in the fields; the answer is used only when there are none.
    public static IncomingPost read(Fields f) {
        var authors = new ArrayList<String>();
        f.required("author", f.optionalText("author", 500)).ifPresent(authors::add);
        authors.addAll(f.texts("related_authors", 50, 500));
        var text = Stream.concat(
                        f.optionalWords("text", MAX_TEXT).stream(), f.texts("media_descriptions", 20, 2_000).stream())
                .collect(Collectors.joining("\n"));
        var content = new PostContent(
                Optional.of(text).filter(t -> !t.isBlank()),
                f.optionalWords("content_warning", 1_000),
                f.flag("sensitive", false),
                f.texts("labels", PostContent.MAX_LABELS, 60));
        return new IncomingPost(
                f.text("id", 500),
                authors,
                f.optionalText("language", 35).map(PostReader::primary),
                f.optionalText("community", 200),
                f.texts("topics", 50, 60),
                content,
                f.flag("public", true));
    }

    private static String primary(String tag) {
        return tag.toLowerCase(Locale.ROOT).split("[-_]", 2)[0];
    }
}
