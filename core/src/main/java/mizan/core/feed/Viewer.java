package mizan.core.feed;

import java.util.Optional;
import java.util.Set;

/// Who reads, as far as the platform says: no name, no address, no cross-site id.
///
/// @param key a pseudonymous key of the platform's choice, used for frequency caps and hidden ads; absent
///     means no caps can be kept, so capped ads are not shown
/// @param personalised whether the viewer agreed to interests being used; without it the decision is
///     contextual
/// @param interests what the viewer chose or the platform infers, used only if `personalised`
/// @param hiddenAds ads this viewer hid
/// @param hiddenAdvertisers advertisers this viewer hid
public record Viewer(
        Optional<String> key,
        Optional<String> country,
        Optional<String> language,
        Optional<String> device,
        boolean personalised,
        Set<String> interests,
        Set<String> hiddenAds,
        Set<String> hiddenAdvertisers) {
    public static final Viewer UNKNOWN = new Viewer(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            false,
            Set.of(),
            Set.of(),
            Set.of());

    public Viewer {
        interests = Set.copyOf(interests);
        hiddenAds = Set.copyOf(hiddenAds);
        hiddenAdvertisers = Set.copyOf(hiddenAdvertisers);
    }
}
