package mizan.core.feed;

import java.util.List;
import java.util.Optional;
import mizan.core.campaign.Placement;

/// One page of one reader's feed, in the order the reader will see it.
///
/// @param booked the placement as it is booked; [#placement] is what holds for this page
/// @param session what the reader has seen before
/// @param posts at most 200
/// @param offer what a seller asks of the ad, where the page is one slot that others are offered too
public record FeedRequest(
        Placement booked, Viewer viewer, Session session, List<FeedPost> posts, Optional<Offer> offer) {
    public static final int MAX_POSTS = 200;

    /// A page that is offered to nobody else.
    public FeedRequest(Placement placement, Viewer viewer, Session session, List<FeedPost> posts) {
        this(placement, viewer, session, posts, Optional.empty());
    }

    /// One slot on offer.
    ///
    /// @param session its last ad, if any, stands in the slot that was offered before it
    public static FeedRequest offered(
            Offer offer, Placement placement, Viewer viewer, Session session, List<FeedPost> posts) {
        return new FeedRequest(placement, viewer, session, posts, Optional.of(offer));
    }

    /// The first page of a session.
    public FeedRequest(Placement placement, Viewer viewer, List<FeedPost> posts) {
        this(placement, viewer, Session.START, posts);
    }

    public FeedRequest {
        posts = List.copyOf(posts);
        if (posts.size() > MAX_POSTS) {
            throw new IllegalArgumentException("a request holds at most " + MAX_POSTS + " posts");
        }
    }

    /// The placement's rules for this page: as booked, or for half of the ads where the reader's role or the
    /// community asks for fewer; for one slot on offer, that slot.
    public Placement placement() {
        if (offer.isPresent()) {
            return offer.get().on(booked);
        }
        return wantsFewer() ? booked.halved(posts.size(), session.halfLeftPpm()) : booked;
    }

    /// The same page had nobody asked for fewer ads; empty where nobody did.
    public Optional<FeedRequest> withAllAds() {
        return wantsFewer() || viewer.ads() == Viewer.Ads.NONE
                ? Optional.of(new FeedRequest(booked.withoutVetoes(), viewer.seeing(Viewer.Ads.ALL), session, posts))
                : Optional.empty();
    }

    /// How many ads a seller's page has is the seller's to say.
    private boolean wantsFewer() {
        return offer.isEmpty() && (viewer.ads() == Viewer.Ads.FEWER || isOfCommunitiesThatWantFewer());
    }

    /// Their own pages: in a feed of many communities nobody decides for the others.
    private boolean isOfCommunitiesThatWantFewer() {
        return !posts.isEmpty()
                && !booked.vetoes().isEmpty()
                && posts.stream()
                        .allMatch(post -> booked.vetoes().stream()
                                .anyMatch(v -> v.fewerAds()
                                        && post.community()
                                                .filter(v.community()::equals)
                                                .isPresent()));
    }

    /// Seconds times `minGap` that one post is read. A post that does not say counts its share of the gap, so
    /// that where nobody says the count of posts decides alone.
    public static long read(Placement placement, FeedPost post) {
        return post.seconds() > 0 ? (long) post.seconds() * placement.minGap() : placement.minGapSeconds();
    }

    /// The session once this page has been read.
    ///
    /// @param ads shown on it
    /// @param lastSlot where the last of them stands
    /// @param advertiser of that one
    /// @param industry of that advertiser
    public Session after(int ads, int lastSlot, String advertiser, String industry) {
        var last = new Session.LastAd(posts.size() - lastSlot, seconds(lastSlot), advertiser, industry);
        return new Session(session.posts() + posts.size(), session.ads() + ads, Optional.of(last), halfLeftPpm(ads));
    }

    /// The session once this page has been read, had it shown no ad.
    public Session afterNoAd() {
        return new Session(
                session.posts() + posts.size(),
                session.ads(),
                session.last()
                        .map(l -> new Session.LastAd(
                                l.postsSince() + posts.size(),
                                l.secondsSince() + seconds(0),
                                l.advertiser(),
                                l.industry())),
                halfLeftPpm(0));
    }

    private long halfLeftPpm(int ads) {
        return wantsFewer() ? booked.halfLeftPpm(posts.size(), session.halfLeftPpm(), ads) : session.halfLeftPpm();
    }

    /// How long the posts below this slot are read, rounded down.
    private int seconds(int slot) {
        var rules = placement();
        long read = 0;
        for (var post : posts.subList(slot, posts.size())) {
            read += read(rules, post);
        }
        return (int) (read / rules.minGap());
    }
}
