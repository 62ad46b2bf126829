package mizan.core.targeting;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import mizan.core.feed.FeedRequest;

/// What one request offers to targeting: each criterion's values, read once from the viewer, the posts and
/// the placement.
public record Audience(
        Optional<String> country,
        Optional<String> language,
        Optional<String> device,
        Set<String> interests,
        boolean personalised,
        Set<String> topics,
        Set<String> communities,
        List<String> placements) {

    public static Audience of(FeedRequest request) {
        var topics = new HashSet<String>();
        var communities = new HashSet<String>();
        for (var post : request.posts()) {
            topics.addAll(post.topics());
            post.community().ifPresent(communities::add);
        }
        var viewer = request.viewer();
        return new Audience(
                viewer.country(),
                viewer.language(),
                viewer.device(),
                viewer.personalised() ? viewer.interests() : Set.of(),
                viewer.personalised(),
                topics,
                communities,
                List.of(request.placement().code(), request.placement().id().value()));
    }

    /// The first criterion that this audience does not meet, in the order of [Targeting]'s fields; empty
    /// when it fits.
    public Optional<String> misses(Targeting wanted) {
        if (country.isPresent() && wanted.excludedCountries().contains(country.get())) {
            return Optional.of("country");
        }
        if (misses(wanted.countries(), country)) {
            return Optional.of("country");
        }
        if (misses(wanted.languages(), language)) {
            return Optional.of("language");
        }
        if (misses(wanted.devices(), device)) {
            return Optional.of("device");
        }
        if (misses(wanted.topics(), topics)) {
            return Optional.of("topics");
        }
        if (misses(wanted.communities(), communities)) {
            return Optional.of("communities");
        }
        if (!wanted.placements().isEmpty() && placements.stream().noneMatch(wanted.placements()::contains)) {
            return Optional.of("placement");
        }
        // Last, so that a group whose only miss is consent can be told apart.
        return misses(wanted.interests(), interests) ? Optional.of("interests") : Optional.empty();
    }

    private static boolean misses(Set<String> wanted, Optional<String> value) {
        return !wanted.isEmpty() && (value.isEmpty() || !wanted.contains(value.get()));
    }

    private static boolean misses(Set<String> wanted, Set<String> values) {
        return !wanted.isEmpty() && values.stream().noneMatch(wanted::contains);
    }
}
