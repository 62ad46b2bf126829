package mizan.core.receipt;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import mizan.core.campaign.Placement;
import mizan.core.campaign.PlacementId;
import mizan.core.feed.FeedPost;
import mizan.core.feed.FeedRequest;
import mizan.core.feed.Offer;
import mizan.core.feed.Session;
import mizan.core.feed.Viewer;

/// One decision as it is kept in the journal. Everything that was used is here or in the book at
/// `bookRevision`.
///
/// How likely a shown ad was to be chosen is not written: the facts have each mean, each draw and what it was drawn
/// from, and [mizan.core.decision.Propensity] draws again.
///
/// @param learnedUpTo journal position up to which the click model had learned when it was asked; the facts that
///     were being learned at that instant may be in it too
/// @param session what the reader had seen before this page, as its cursor said
/// @param posts in the order they arrived, which is the order they are shown
/// @param facts one for each ad group that was examined, in the order in which they were looked at
/// @param stopped absent when everybody who matched and could reach the floor was examined
/// @param impressions the ads placed, with their holds
/// @param empty the slots that stayed empty, each with its reason
/// @param unfunded ad groups that had won but whose money could not be held in the end, or whose last allowed
///     showing to this viewer went to another page; their slots stay empty
/// @param ghosts ads that experiments kept back
/// @param offer what the seller asked, where the page was one slot that others were offered too
public record DecisionRecord(
        DecisionId id,
        Instant at,
        long seed,
        long bookRevision,
        long learnedUpTo,
        PlacementId placement,
        Viewer viewer,
        Session session,
        List<FeedPost> posts,
        List<CandidateFacts> facts,
        Optional<Stopped> stopped,
        List<Impression> impressions,
        List<EmptySlot> empty,
        List<String> unfunded,
        List<Ghost> ghosts,
        Optional<Offer> offer) {
    /// The decision of a page that was offered to nobody else.
    public DecisionRecord(
            DecisionId id,
            Instant at,
            long seed,
            long bookRevision,
            long learnedUpTo,
            PlacementId placement,
            Viewer viewer,
            Session session,
            List<FeedPost> posts,
            List<CandidateFacts> facts,
            Optional<Stopped> stopped,
            List<Impression> impressions,
            List<EmptySlot> empty,
            List<String> unfunded,
            List<Ghost> ghosts) {
        this(
                id,
                at,
                seed,
                bookRevision,
                learnedUpTo,
                placement,
                viewer,
                session,
                posts,
                facts,
                stopped,
                impressions,
                empty,
                unfunded,
                ghosts,
                Optional.empty());
    }

    /// The request that was decided.
    ///
    /// @param booked the placement as the book had it
    public FeedRequest request(Placement booked) {
        return new FeedRequest(booked, viewer, session, posts, offer);
    }

    public DecisionRecord {
        posts = List.copyOf(posts);
        facts = List.copyOf(facts);
        impressions = List.copyOf(impressions);
        empty = List.copyOf(empty);
        unfunded = List.copyOf(unfunded);
        ghosts = List.copyOf(ghosts);
    }
}
