package mizan.server.serve;

import java.util.Collection;
import mizan.core.feed.FeedPost;

/// What a decision may know of a post, weighed once: a post matches many keyword lists and stands on many pages.
///
/// @param chars of ids, authors, topics and targeted keywords: so much of the decision's record it may fill. Hits of
///     terms are not counted: a record keeps those of judged advertisers alone, and a page is not too long because
///     many advertisers exclude its words
public record Weighed(FeedPost facts, long chars) {
    public Weighed(FeedPost facts) {
        this(facts, chars(facts));
    }

    private static long chars(FeedPost post) {
        return post.id().length()
                + post.community().map(String::length).orElse(0)
                + chars(post.authors())
                + chars(post.topics())
                + chars(post.keywords());
    }

    private static long chars(Collection<String> texts) {
        long chars = 0;
        for (var text : texts) {
            chars += text.length();
        }
        return chars;
    }
}
