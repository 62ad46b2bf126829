package mizan.server.reading;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A public post, whatever form it came in.
///
/// @param id the sender's own id, 1 to 500 characters
/// @param authors who wrote it, the first first
/// @param community the group, forum or channel that it was written in
/// @param topics hashtags and categories, without `#`
/// @param labels what platform, moderators or the author say of it, lower case
/// @param links addresses that it leads to, without those of people and tags
/// @param tolerated what was wrong and was overlooked
public record ReadPost(
        String id,
        List<String> authors,
        Optional<String> community,
        Words words,
        Related related,
        List<Media> media,
        List<String> links,
        Set<String> topics,
        Set<String> labels,
        Optional<Instant> published,
        Optional<Instant> updated,
        List<Tolerated> tolerated) {
    public ReadPost {
        authors = List.copyOf(authors);
        media = List.copyOf(media);
        links = List.copyOf(links);
        topics = Set.copyOf(topics);
        labels = Set.copyOf(labels);
        tolerated = List.copyOf(tolerated);
    }

    /// What a reader sees of it.
    ///
    /// @param text titles, words, answers of a poll, and descriptions of media, a line each
    /// @param warning what the author put before it
    /// @param declared the language that the sender claims, which is often wrong
    /// @param language the language that the words are in, found in the words; empty when they do not tell
    public record Words(
            String text,
            Optional<String> warning,
            boolean sensitive,
            Optional<String> declared,
            Optional<String> language) {}

    /// Other posts and people that belong to it.
    ///
    /// @param answers ids of the posts that it answers: the one before, then the first of the thread
    /// @param quotes ids of the posts that it quotes
    /// @param reposts ids of the posts that it passes on
    /// @param authors who wrote those, as far as the post itself tells
    public record Related(List<String> answers, List<String> quotes, List<String> reposts, Set<String> authors) {
        public static final Related NONE = new Related(List.of(), List.of(), List.of(), Set.of());

        public Related {
            answers = List.copyOf(answers);
            quotes = List.copyOf(quotes);
            reposts = List.copyOf(reposts);
            authors = Set.copyOf(authors);
        }
    }

    /// Something that the form forbids and that does not matter here.
    ///
    /// @param at JSON pointer, or the place in an XML document
    public record Tolerated(String at, String what) {}
}
