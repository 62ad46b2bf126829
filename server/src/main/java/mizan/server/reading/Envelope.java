package mizan.server.reading;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What the activity around an object says, for where the object itself is silent.
///
/// @param recipients the fields that say whom it is for
record Envelope(Optional<String> actor, Optional<String> community, List<Place> recipients) {
    static final Envelope NONE = new Envelope(Optional.empty(), Optional.empty(), List.of());

    static Envelope of(Place activity, Envelope around) {
        var given = recipients(activity);
        return new Envelope(
                activity.at("actor").id().or(around::actor),
                around.community(),
                given.isEmpty() ? around.recipients() : given);
    }

    /// Lemmy, PieFed and Mbin: the community announces what its members did.
    static Envelope ofCommunity(Place activity, Envelope around) {
        return new Envelope(Optional.empty(), activity.at("actor").id().or(around::community), recipients(activity));
    }

    private static List<Place> recipients(Place activity) {
        return Stream.of("to", "cc").map(activity::at).filter(Place::given).toList();
    }
}
