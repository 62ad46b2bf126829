package mizan.server.pages;

import mizan.core.campaign.Book;
import mizan.core.campaign.Campaign;
import mizan.core.suitability.Terms;
import mizan.server.console.page.Bid;
import mizan.server.console.page.Suitability;
import mizan.server.console.page.Text;
import mizan.server.console.words.Lang;

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
}
