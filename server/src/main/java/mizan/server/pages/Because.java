package mizan.server.pages;

import java.util.ArrayList;
import java.util.List;
import mizan.core.targeting.Audience;
import mizan.core.targeting.Criterion;
import mizan.core.targeting.Targeting;
import mizan.server.console.page.Feed;
import mizan.server.console.page.WhyKind;
import mizan.server.console.words.Lang;

/// Why a reader sees an ad: each thing that it was aimed by and that the reader or the page has, and nothing
/// else (DSA art. 26(1)(d)).
final class Because {
    private Because() {}

    static List<Feed.Why> of(Targeting targeting, Audience audience, Lang lang) {
        var because = new ArrayList<Feed.Why>();
        for (var criterion : Criterion.values()) {
            audience.offers(criterion).stream()
                    .filter(targeting.wants(criterion)::contains)
                    .sorted()
                    .map(value -> new Feed.Why(WhyKind.of(criterion), named(criterion, value, lang)))
                    .forEach(because::add);
        }
        return because.isEmpty() ? List.of(new Feed.Why(WhyKind.EVERYONE, "")) : because;
    }

    private static String named(Criterion criterion, String value, Lang lang) {
        return switch (criterion) {
            case COUNTRY -> Reading.country(value, lang);
            case LANGUAGE -> Reading.language(value, lang);
            case REGION, DEVICE, PLACEMENT, TOPIC, COMMUNITY, AUTHOR, KEYWORD, SEGMENT, AGE, INTEREST -> value;
        };
    }
}
