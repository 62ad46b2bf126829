package mizan.server.openrtb;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import mizan.core.feed.FeedPost;
import mizan.core.suitability.PostContent;
import mizan.log.Sha256;
import mizan.server.rating.IncomingPost;
import mizan.server.rating.KnownPost;
import mizan.server.rating.Posts;

/// What stands around the slot that a seller offers. Whatever is not known counts as the worst, and no ad stands beside
/// it.
///
/// @param posts in their order
/// @param slot named by the post above it
record Neighbours(List<FeedPost> posts, int slot) {
    /// Sensitive topics of Content Taxonomy 3.1, children of `v9i3On`.
    static final Set<String> SENSITIVE = Set.of(
            "Rm3SiT", "avbNf2", "XtODT3", "I4GWl6", "Z7rJBM", "HxqYV1", "pg0WhF", "j9PaO9", "mm3UXx", "6i4dB6",
            "8FD8nI");

    private static final Set<String> NOBODYS = Set.of("v9i3On", "IAB25", "IAB26");
    private static final int MAX_FEED_URLS = 20;
    /// The most posts that terms judge on each side.
    private static final int REACH = 3;

    private static final int MAX_ID = 400;

    /// First what a feed says of itself, then the article that the ad would stand in, as we know it, then what is told
    /// of that.
    ///
    /// @param facts what a decision may know of a post
    static Neighbours of(Sent place, Posts posts, Function<KnownPost, FeedPost> facts) {
        var content = place.object("content");
        var urls = content.object("ext").texts("feedurls").stream()
                .filter(url -> url.length() <= MAX_ID)
                .limit(MAX_FEED_URLS)
                .toList();
        if (!urls.isEmpty()) {
            return around(urls.stream().map(url -> find(url, posts, facts)).toList());
        }
        return Stream.of(content.text("url"), content.text("id"), place.text("page"))
                .flatMap(Optional::stream)
                .flatMap(id -> posts.find(id).stream())
                .findFirst()
                .map(facts)
                .map(Neighbours::within)
                .orElseGet(() -> within(told(place, content)
                        .map(post -> facts.apply(posts.take(post)))
                        .orElseGet(() -> Posts.unknown(place.text("page").orElse("?")))));
    }

    private static FeedPost find(String url, Posts posts, Function<KnownPost, FeedPost> facts) {
        return posts.find(url).map(facts).orElseGet(() -> Posts.unknown(url));
    }

    /// "URLs of the items directly adjacent to the ad": those above, then those below. Of one alone the other side is
    /// unknown.
    private static Neighbours around(List<FeedPost> known) {
        if (known.size() == 1) {
            return new Neighbours(List.of(known.getFirst(), Posts.unknown("?")), 1);
        }
        return new Neighbours(known, known.size() / 2);
    }

    /// In an article the reader meets its words above and below, however far terms look.
    private static Neighbours within(FeedPost article) {
        return new Neighbours(Collections.nCopies(2 * REACH, article), REACH);
    }

    /// The words that a seller tells of a page we never read. They are kept under a name made of themselves: nobody can
    /// vouch for a page's address by them, nor change what is known of it.
    private static Optional<IncomingPost> told(Sent place, Sent content) {
        boolean sensitive = Stream.concat(content.texts("cat").stream(), place.texts("pagecat").stream())
                .anyMatch(c -> SENSITIVE.contains(c) || NOBODYS.contains(c.split("-", 2)[0]));
        var words = new ArrayList<String>();
        content.text("title").ifPresent(words::add);
        content.text("series").ifPresent(words::add);
        words.addAll(content.texts("keywords"));
        words.addAll(place.texts("keywords"));
        var text = String.join(" · ", words);
        return sensitive || content.text("title").isEmpty()
                ? Optional.empty()
                : Optional.of(new IncomingPost(
                        "openrtb:" + Sha256.hex(text).substring(0, 32),
                        List.of(),
                        content.language(),
                        Optional.empty(),
                        Set.of(),
                        PostContent.of(text),
                        true));
    }
}
