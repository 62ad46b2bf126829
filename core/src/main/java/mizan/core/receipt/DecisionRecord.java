package mizan.core.receipt;

import java.time.Instant;
import java.util.List;
import mizan.core.campaign.PlacementId;
import mizan.core.feed.FeedPost;
import mizan.core.feed.Viewer;

/// One decision as it is kept in the journal. Everything that was used is here or in the book at
/// `bookRevision`.
///
/// @param posts in the order they arrived, which is the order they are shown
/// @param facts one for each ad group that was examined, in the order of ids
/// @param impressions the ads placed, with their holds
/// @param empty the slots that stayed empty, each with its reason
/// @param unfunded ad groups that had won but whose money could not be held in the end, or whose last allowed
///     showing to this viewer went to another page; their slots stay empty
public record DecisionRecord(
        DecisionId id,
        Instant at,
        long seed,
        long bookRevision,
        PlacementId placement,
        Viewer viewer,
        List<FeedPost> posts,
        List<CandidateFacts> facts,
        List<Impression> impressions,
        List<EmptySlot> empty,
        List<String> unfunded) {
    public DecisionRecord {
        posts = List.copyOf(posts);
        facts = List.copyOf(facts);
        impressions = List.copyOf(impressions);
        empty = List.copyOf(empty);
        unfunded = List.copyOf(unfunded);
    }
}
