package mizan.server.pages;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import mizan.core.campaign.Book;
import mizan.core.campaign.Campaign;
import mizan.core.campaign.Creative;
import mizan.core.suitability.Terms;
import mizan.server.console.page.Bid;
import mizan.server.console.page.Feed;
import mizan.server.console.page.Suitability;
import mizan.server.console.page.Text;
import mizan.server.console.words.Lang;
import mizan.server.picture.Pictures;

/// Booked things in the words of the pages.
final class Reading {
    private Reading() {}

    static Text text(mizan.core.campaign.Text words, Lang lang) {
        return new Text(words.in(lang.tag()), words.languageFor(lang.tag()));
    }

    static Suitability suitability(Book book, Campaign campaign) {
        return book.termsOf(campaign).map(Terms::preset).map(Reading::preset).orElse(Suitability.NONE);
    }

    private static Suitability preset(Terms.Preset preset) {
        return switch (preset) {
            case RELAXED -> Suitability.RELAXED;
            case STANDARD -> Suitability.STANDARD;
            case STRICT -> Suitability.STRICT;
        };
    }

    static Bid bid(mizan.core.campaign.Bid bid) {
        var kind = switch (bid.chargeBy()) {
            case IMPRESSION -> Bid.Kind.CPM;
            case VIEWABLE_IMPRESSION -> Bid.Kind.VIEWABLE_CPM;
            case CLICK -> Bid.Kind.CPC;
        };
        return new Bid(kind, bid.amountMicros());
    }

    /// A creative's picture, if it is one that we keep.
    static Optional<Feed.Picture> picture(Creative creative, Pictures pictures, Lang lang) {
        return creative.picture().flatMap(p -> picture(p, pictures, lang));
    }

    private static Optional<Feed.Picture> picture(Creative.Picture picture, Pictures pictures, Lang lang) {
        return pictures.find(picture.name())
                .map(stored -> new Feed.Picture(
                        stored.path(),
                        picture.width(),
                        picture.height(),
                        text(picture.alternative(), lang),
                        picture.caption().map(c -> text(c, lang))));
    }

    /// The cards of a carousel whose pictures we keep.
    static List<Feed.Card> cards(Creative creative, Pictures pictures, Lang lang) {
        return creative.cards().stream()
                .flatMap(card ->
                        picture(card.picture(), pictures, lang)
                                .map(p -> new Feed.Card(p, text(card.headline(), lang)))
                                .stream())
                .toList();
    }

    /// The name of a country in the reader's language; the code itself where there is none.
    static String country(String code, Lang lang) {
        return Locale.of("", code).getDisplayCountry(Locale.forLanguageTag(lang.tag()));
    }

    /// The name of a language in the reader's language.
    static String language(String tag, Lang lang) {
        return Locale.forLanguageTag(tag).getDisplayLanguage(Locale.forLanguageTag(lang.tag()));
    }
}
