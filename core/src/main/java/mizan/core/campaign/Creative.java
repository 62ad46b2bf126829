package mizan.core.campaign;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What the reader sees: words, an optional picture, and one https address. Structured only: no advertiser's
/// script runs.
///
/// @param landingPage where a click leads; looked up by ad id, never taken from the click's own address
/// @param picture name of a stored picture, with a text alternative
/// @param cards of a carousel, 2 to 10, in their order; none of any other kind
/// @param caps how often one viewer may see it, in whichever ads it runs
/// @param category what is advertised, IAB Ad Product Taxonomy 2.0 id
public record Creative(
        CreativeId id,
        AdvertiserId advertiser,
        Kind kind,
        Text headline,
        Text body,
        Text callToAction,
        URI landingPage,
        Optional<Picture> picture,
        List<Card> cards,
        List<FrequencyCap> caps,
        Optional<String> category,
        ReviewStatus review,
        Optional<String> reviewReason,
        Instant createdAt) {
    public Creative {
        caps = List.copyOf(caps);
        cards = List.copyOf(cards);
    }

    /// Without cards.
    public Creative(
            CreativeId id,
            AdvertiserId advertiser,
            Kind kind,
            Text headline,
            Text body,
            Text callToAction,
            URI landingPage,
            Optional<Picture> picture,
            List<FrequencyCap> caps,
            Optional<String> category,
            ReviewStatus review,
            Optional<String> reviewReason,
            Instant createdAt) {
        this(
                id,
                advertiser,
                kind,
                headline,
                body,
                callToAction,
                landingPage,
                picture,
                List.of(),
                caps,
                category,
                review,
                reviewReason,
                createdAt);
    }

    /// Without caps of its own.
    public Creative(
            CreativeId id,
            AdvertiserId advertiser,
            Kind kind,
            Text headline,
            Text body,
            Text callToAction,
            URI landingPage,
            Optional<Picture> picture,
            Optional<String> category,
            ReviewStatus review,
            Optional<String> reviewReason,
            Instant createdAt) {
        this(
                id,
                advertiser,
                kind,
                headline,
                body,
                callToAction,
                landingPage,
                picture,
                List.of(),
                category,
                review,
                reviewReason,
                createdAt);
    }

    /// The forms a feed can show.
    public enum Kind {
        PROMOTED_POST,
        NATIVE_CARD,
        IMAGE,
        /// Several pictures side by side, each with its words, that all lead to one page.
        CAROUSEL
    }

    /// Every picture that it shows.
    public Stream<Picture> pictures() {
        return Stream.concat(picture.stream(), cards.stream().map(Card::picture));
    }

    /// One of a carousel.
    public record Card(Picture picture, Text headline) {
        public static final int LEAST = 2;
        public static final int MOST = 10;
    }

    /// @param name the stored picture's name, which is its content
    /// @param width pixels, 1 to 8,192
    /// @param height pixels
    /// @param moving whether it is one of several frames
    /// @param alternative what it shows, for readers who do not see it; in each language of the headline
    /// @param caption what happens in it, under one that moves: readers may have its motion stopped
    public record Picture(
            String name, int width, int height, boolean moving, Text alternative, Optional<Text> caption) {}
}
