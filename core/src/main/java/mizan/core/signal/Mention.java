package mizan.core.signal;

import java.util.List;
import java.util.Optional;
import mizan.core.campaign.AdvertiserId;

/// One or more names that stand together, as in "CVS, Mars and Unilever".
///
/// @param who the advertisers named; none means the platform
/// @param person whether it names a person who speaks for them
/// @param from the first word
/// @param to the word after the last
/// @param oblique whether a preposition stands before it: the thing done to or with, not the doer
record Mention(List<AdvertiserId> who, boolean person, int from, int to, boolean oblique) {
    /// Whom a name means; nobody is the platform.
    record Who(Optional<AdvertiserId> advertiser, boolean person, String name) {}

    Mention {
        who = List.copyOf(who);
    }

    boolean isPlatform() {
        return who.isEmpty();
    }

    boolean isAdvertiser() {
        return !who.isEmpty() && !person;
    }

    boolean within(int start, int end) {
        return from >= start && to <= end;
    }
}
