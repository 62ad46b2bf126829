package mizan.core.feed;

import java.util.List;
import mizan.core.campaign.Placement;

/// One page of one reader's feed, in the order the reader will see it.
///
/// @param posts at most 200
public record FeedRequest(Placement placement, Viewer viewer, List<FeedPost> posts) {
    public static final int MAX_POSTS = 200;

    public FeedRequest {
        posts = List.copyOf(posts);
        if (posts.size() > MAX_POSTS) {
            throw new IllegalArgumentException("a request holds at most " + MAX_POSTS + " posts");
        }
    }
}
