package mizan.core.targeting;

import java.util.Set;

/// What a request must look like for an ad group to compete. An empty set asks for nothing.
///
/// Contextual first: there is no field for a special category of data, so none can be targeted (DSA art.
/// 26(3)).
///
/// @param countries ISO 3166-1 alpha-2, upper case
/// @param languages the reader's languages, BCP 47 primary tags, lower case
/// @param devices `phone`, `tablet`, `desktop`, `tv`
/// @param interests any of these that the reader has consented to and chose
/// @param topics any of these among the posts of the feed
/// @param communities any of these
/// @param placements placement codes or ids
/// @param excludedCountries never there
public record Targeting(
        Set<String> countries,
        Set<String> languages,
        Set<String> devices,
        Set<String> interests,
        Set<String> topics,
        Set<String> communities,
        Set<String> placements,
        Set<String> excludedCountries) {
    public static final Targeting ANYONE =
            new Targeting(Set.of(), Set.of(), Set.of(), Set.of(), Set.of(), Set.of(), Set.of(), Set.of());

    public Targeting {
        countries = Set.copyOf(countries);
        languages = Set.copyOf(languages);
        devices = Set.copyOf(devices);
        interests = Set.copyOf(interests);
        topics = Set.copyOf(topics);
        communities = Set.copyOf(communities);
        placements = Set.copyOf(placements);
        excludedCountries = Set.copyOf(excludedCountries);
    }
}
