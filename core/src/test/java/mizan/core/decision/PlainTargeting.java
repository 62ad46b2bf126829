package mizan.core.decision;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import mizan.core.feed.FeedRequest;
import mizan.core.targeting.Targeting;

/// Targeting by scan, as a person would check one ad group: the reference for the index.
final class PlainTargeting {
    private PlainTargeting() {}

    /// The first thing that does not fit.
    static Optional<String> miss(Targeting wanted, FeedRequest request) {
        var viewer = request.viewer();
        var topics = new HashSet<String>();
        var communities = new HashSet<String>();
        for (var post : request.posts()) {
            topics.addAll(post.topics());
            communities.addAll(post.community().stream().toList());
        }
        var interests = viewer.personalised() ? viewer.interests() : Set.<String>of();
        var placement =
                Set.of(request.placement().code(), request.placement().id().value());
        if (viewer.country().isPresent()
                && wanted.excludedCountries().contains(viewer.country().get())) {
            return Optional.of("country");
        }
        if (!any(wanted.countries(), viewer.country().stream().toList())) {
            return Optional.of("country");
        }
        if (!any(wanted.languages(), viewer.language().stream().toList())) {
            return Optional.of("language");
        }
        if (!any(wanted.devices(), viewer.device().stream().toList())) {
            return Optional.of("device");
        }
        if (!any(wanted.topics(), topics)) {
            return Optional.of("topics");
        }
        if (!any(wanted.communities(), communities)) {
            return Optional.of("communities");
        }
        if (!any(wanted.placements(), placement)) {
            return Optional.of("placement");
        }
        return any(wanted.interests(), interests) ? Optional.empty() : Optional.of("interests");
    }

    private static boolean any(Set<String> wanted, Iterable<String> offered) {
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
}
