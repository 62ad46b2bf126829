package mizan.core.feed;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Who reads, as far as the platform says: no name, no address, no cross-site id.
///
/// @param key a pseudonymous key of the platform's choice, used for frequency caps and hidden ads; absent
///     means no caps can be kept, so capped ads are not shown
/// @param country ISO 3166-1 alpha-2
/// @param region ISO 3166-2
/// @param profile what ads may be personalised by; absent means the decision is contextual
/// @param hiddenAds ads this viewer hid
/// @param hiddenAdvertisers advertisers this viewer hid
/// @param ads how many ads the platform grants this viewer's role
public record Viewer(
        Optional<String> key,
        Optional<String> country,
        Optional<String> region,
        Optional<String> language,
        Optional<String> device,
        Optional<Profile> profile,
        Set<String> hiddenAds,
        Set<String> hiddenAdvertisers,
        Ads ads) {
    public static final Viewer UNKNOWN = new Viewer(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Set.of(),
            Set.of());

    /// How many ads a role sees, such as that of a member who pays.
    public enum Ads {
        ALL,
        /// Half of what the placement allows, see [mizan.core.campaign.Placement#halved].
        FEWER,
        NONE
    }

    /// A viewer whose role sees all ads.
    public Viewer(
            Optional<String> key,
            Optional<String> country,
            Optional<String> region,
            Optional<String> language,
            Optional<String> device,
            Optional<Profile> profile,
            Set<String> hiddenAds,
            Set<String> hiddenAdvertisers) {
        this(key, country, region, language, device, profile, hiddenAds, hiddenAdvertisers, Ads.ALL);
    }

    /// The same person, granted so many ads.
    public Viewer seeing(Ads granted) {
        return new Viewer(key, country, region, language, device, profile, hiddenAds, hiddenAdvertisers, granted);
    }

    /// The same person under another key.
    public Viewer named(String name) {
        return new Viewer(
                Optional.of(name), country, region, language, device, profile, hiddenAds, hiddenAdvertisers, ads);
    }

    /// The same person, who has hidden these.
    public Viewer hiding(Set<String> ofAds, Set<String> ofAdvertisers) {
        return new Viewer(key, country, region, language, device, profile, ofAds, ofAdvertisers, ads);
    }

    public Viewer {
        hiddenAds = Set.copyOf(hiddenAds);
        hiddenAdvertisers = Set.copyOf(hiddenAdvertisers);
    }

    /// Whether the viewer agreed to a profile being used, and may agree to it.
    public boolean personalised() {
        return profile.isPresent();
    }

    /// What is known of an adult who agreed to its use. A viewer of whom either is not so has no profile, so
    /// nothing of it can be matched or written down, whatever the platform sent (DSA art. 28(2)).
    ///
    /// @param age one of [#AGES]
    /// @param interests what the viewer chose or the platform infers
    /// @param segments the platform's own audiences
    public record Profile(Optional<String> age, Set<String> interests, Set<String> segments) {
        /// The brackets that ads can be aimed at, all of adults.
        public static final List<String> AGES = List.of("18-24", "25-34", "35-44", "45-54", "55-64", "65+");

        /// The bracket of those who are never profiled.
        public static final String UNDER_18 = "under_18";

        public Profile {
            interests = Set.copyOf(interests);
            segments = Set.copyOf(segments);
        }

        /// @param agreed whether the viewer consented to personalised ads
        /// @param minor whether the platform knows or assumes that the viewer is under 18
        /// @param age a bracket of [#AGES] or [#UNDER_18]
        /// @return empty when the viewer may not be profiled
        public static Optional<Profile> of(
                boolean agreed, boolean minor, Optional<String> age, Set<String> interests, Set<String> segments) {
            return !agreed || minor || age.filter(UNDER_18::equals).isPresent()
                    ? Optional.empty()
                    : Optional.of(new Profile(age, interests, segments));
        }
    }
}
