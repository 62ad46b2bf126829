package mizan.server.serve;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import mizan.core.campaign.Ad;
import mizan.core.campaign.AdId;
import mizan.core.campaign.Book;
import mizan.core.campaign.Placement;
import mizan.core.feed.FeedPost;
import mizan.core.feed.Viewer;
import mizan.core.prediction.AdSignals;
import mizan.core.prediction.PageSignals;

/// What the click predictor is told of ads and pages. Of the reader only what an ad could be targeted by without
/// consent: country, language and kind of device.
final class Signals {
    /// A page of which nothing is known.
    static final PageSignals NO_PAGE = new PageSignals("", "", "", "", "", 0, List.of());

    /// What an ad is made of does not change, but its advertiser's industry may: made anew with the book.
    private volatile Known known = new Known(-1, Map.of());

    private record Known(long revision, Map<AdId, AdSignals> byAd) {}

    AdSignals ad(Book book, Ad ad) {
        var kept = known;
        if (kept.revision() != book.revision()) {
            kept = new Known(book.revision(), new ConcurrentHashMap<>());
            known = kept;
        }
        return kept.byAd().computeIfAbsent(ad.id(), _ -> made(book, ad));
    }

    private static AdSignals made(Book book, Ad ad) {
        var group = Optional.ofNullable(book.adGroups().get(ad.adGroup())).orElseThrow();
        var campaign = book.campaignOf(group);
        var advertiser = book.advertiserOf(campaign);
        var kind = Optional.ofNullable(book.creatives().get(ad.creative()))
                .map(c -> c.kind().name())
                .orElse("");
        return new AdSignals(
                ad.id().value(), campaign.id().value(), advertiser.id().value(), advertiser.industry(), kind);
    }

    static PageSignals page(Placement placement, Viewer viewer, List<FeedPost> posts, Instant now) {
        return new PageSignals(
                placement.id().value(),
                placement.surface().name(),
                viewer.country().orElse(""),
                viewer.language().orElse(""),
                viewer.device().orElse(""),
                now.atOffset(ZoneOffset.UTC).getHour(),
                commonest(posts));
    }

    private static List<String> commonest(List<FeedPost> posts) {
        var counts = new HashMap<String, Integer>();
        for (var post : posts) {
            for (var topic : post.topics()) {
                counts.merge(topic, 1, Integer::sum);
            }
        }
        var commonest = new ArrayList<String>(PageSignals.TOPICS + 1);
        counts.forEach((topic, times) -> {
            int place = commonest.size();
            while (place > 0 && isCommoner(topic, times, commonest.get(place - 1), counts)) {
                place--;
            }
            commonest.add(place, topic);
            if (commonest.size() > PageSignals.TOPICS) {
                commonest.removeLast();
            }
        });
        return commonest;
    }

    /// Among topics of as many posts the first by name.
    private static boolean isCommoner(String topic, int times, String other, Map<String, Integer> counts) {
        int otherTimes = counts.getOrDefault(other, 0);
        return times > otherTimes || (times == otherTimes && topic.compareTo(other) < 0);
    }
}
