package mizan.core.targeting;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import mizan.core.feed.FeedRequest;
import mizan.core.feed.Viewer;

/// What one request offers to targeting: each criterion's values, read once from the viewer, the posts and
/// the placement, and the moment.
///
/// @param offered a criterion without values is not there
public record Audience(Map<Criterion, Set<String>> offered, Instant at, boolean personalised) {
    public static Audience of(FeedRequest request, Instant at) {
        var offered = new EnumMap<Criterion, Set<String>>(Criterion.class);
        viewer(request.viewer(), offered);
        posts(request, offered);
        offer(
                offered,
                Criterion.PLACEMENT,
                Set.of(request.placement().code(), request.placement().id().value()));
        return new Audience(
                Collections.unmodifiableMap(offered), at, request.viewer().personalised());
    }

    private static void viewer(Viewer viewer, Map<Criterion, Set<String>> offered) {
        viewer.country().ifPresent(c -> offered.put(Criterion.COUNTRY, Set.of(c)));
        viewer.region().ifPresent(r -> offered.put(Criterion.REGION, Set.of(r)));
        viewer.language().ifPresent(l -> offered.put(Criterion.LANGUAGE, Set.of(l)));
        viewer.device().ifPresent(d -> offered.put(Criterion.DEVICE, Set.of(d)));
        viewer.profile().ifPresent(profile -> {
            profile.age().ifPresent(a -> offered.put(Criterion.AGE, Set.of(a)));
            offer(offered, Criterion.INTEREST, profile.interests());
            offer(offered, Criterion.SEGMENT, profile.segments());
        });
    }

    private static void posts(FeedRequest request, Map<Criterion, Set<String>> offered) {
        var topics = new HashSet<String>();
        var communities = new HashSet<String>();
        var authors = new HashSet<String>();
        var keywords = new HashSet<String>();
        for (var post : request.posts()) {
            addTo(topics, post.topics());
            post.community().ifPresent(communities::add);
            addTo(authors, post.authors());
            addTo(keywords, post.keywords());
        }
        offer(offered, Criterion.TOPIC, topics);
        offer(offered, Criterion.COMMUNITY, communities);
        offer(offered, Criterion.AUTHOR, authors);
        offer(offered, Criterion.KEYWORD, keywords);
    }

    /// Most posts have none.
    private static void addTo(Set<String> all, Collection<String> some) {
        if (!some.isEmpty()) {
            all.addAll(some);
        }
    }

    private static void offer(Map<Criterion, Set<String>> offered, Criterion criterion, Set<String> values) {
        if (!values.isEmpty()) {
            offered.put(criterion, values);
        }
    }

    /// The values that the request has; empty when it has none.
    public Set<String> offers(Criterion criterion) {
        return offered.getOrDefault(criterion, Set.of());
    }

    /// The first thing that this audience does not meet: the hours, then the criteria in their order; empty
    /// when it fits.
    ///
    /// @param zone the advertiser's
    /// @return `hours` or [Criterion#code]
    public Optional<String> misses(Targeting targeting, ZoneId zone) {
        if (targeting.hours().isPresent() && !targeting.hours().get().contains(WeekHours.at(at, zone))) {
            return Optional.of("hours");
        }
        for (var criterion : Criterion.values()) {
            var values = offers(criterion);
            var wanted = targeting.wants(criterion);
            boolean wantedAndMissing = !wanted.isEmpty() && Collections.disjoint(wanted, values);
            if (wantedAndMissing || !Collections.disjoint(targeting.excludes(criterion), values)) {
                return Optional.of(criterion.code());
            }
        }
        return Optional.empty();
    }
}
