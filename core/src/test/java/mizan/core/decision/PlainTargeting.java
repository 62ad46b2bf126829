package mizan.core.decision;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import mizan.core.feed.FeedPost;
import mizan.core.feed.FeedRequest;
import mizan.core.feed.Viewer;
import mizan.core.targeting.Criterion;
import mizan.core.targeting.Targeting;

/// Targeting by scan, as a person would check one ad group: the reference for the index. Shares no code with
/// it.
final class PlainTargeting {
    private PlainTargeting() {}

    /// The first thing that does not fit.
    ///
    /// @param zone the advertiser's
    static Optional<String> miss(Targeting targeting, ZoneId zone, FeedRequest request, Instant now) {
        if (targeting.hours().isPresent()) {
            var clock = now.atZone(zone);
            int hour = (clock.getDayOfWeek().getValue() - 1) * 24 + clock.getHour();
            if (targeting.hours().get().hours().noneMatch(h -> h == hour)) {
                return Optional.of("hours");
            }
        }
        for (var check : checks(request)) {
            if (refused(targeting.excludes(check.criterion()), check.offered())
                    || !wanted(targeting.wants(check.criterion()), check.offered())) {
                return Optional.of(check.name());
            }
        }
        return Optional.empty();
    }

    private record Check(String name, Criterion criterion, Collection<String> offered) {}

    private static List<Check> checks(FeedRequest request) {
        var viewer = request.viewer();
        var topics = new HashSet<String>();
        var communities = new HashSet<String>();
        var authors = new HashSet<String>();
        var keywords = new HashSet<String>();
        for (FeedPost post : request.posts()) {
            topics.addAll(post.topics());
            communities.addAll(post.community().stream().toList());
            authors.addAll(post.authors());
            keywords.addAll(post.keywords());
        }
        var age = new ArrayList<String>();
        var interests = new ArrayList<String>();
        var segments = new ArrayList<String>();
        for (Viewer.Profile profile : viewer.profile().stream().toList()) {
            age.addAll(profile.age().stream().toList());
            interests.addAll(profile.interests());
            segments.addAll(profile.segments());
        }
        var placement = request.placement();
        return List.of(
                new Check(
                        "country", Criterion.COUNTRY, viewer.country().stream().toList()),
                new Check("region", Criterion.REGION, viewer.region().stream().toList()),
                new Check(
                        "language",
                        Criterion.LANGUAGE,
                        viewer.language().stream().toList()),
                new Check("device", Criterion.DEVICE, viewer.device().stream().toList()),
                new Check(
                        "placement",
                        Criterion.PLACEMENT,
                        List.of(placement.code(), placement.id().value())),
                new Check("topics", Criterion.TOPIC, topics),
                new Check("communities", Criterion.COMMUNITY, communities),
                new Check("authors", Criterion.AUTHOR, authors),
                new Check("keywords", Criterion.KEYWORD, keywords),
                new Check("segments", Criterion.SEGMENT, segments),
                new Check("age", Criterion.AGE, age),
                new Check("interests", Criterion.INTEREST, interests));
    }

    private static boolean wanted(Set<String> wanted, Collection<String> offered) {
        if (wanted.isEmpty()) {
            return true;
        }
        for (var value : offered) {
            if (wanted.contains(value)) {
                return true;
            }
        }
        return false;
    }

    private static boolean refused(Set<String> excluded, Collection<String> offered) {
        for (var value : offered) {
            if (excluded.contains(value)) {
                return true;
            }
        }
        return false;
    }
}
