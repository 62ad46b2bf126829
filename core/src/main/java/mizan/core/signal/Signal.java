package mizan.core.signal;

import mizan.core.campaign.AdvertiserId;

/// One thing that a text says of one advertiser.
///
/// @param by who did it: the advertiser, or the platform to the advertiser
/// @param stance whether it is told as done or as intended
/// @param when the time that the sentence speaks of
/// @param toldBy whom the sentence names as its source, such as a newspaper; empty if nobody
/// @param some whether the sentence speaks only of some of several ("some of these companies"), without
///     saying which
/// @param evidence the sentence as it was written
/// @param cue the words in it that tell the act, as they were written
public record Signal(
        AdvertiserId advertiser,
        Act act,
        By by,
        Stance stance,
        When when,
        String toldBy,
        boolean some,
        String evidence,
        String cue) {
    /// Who acts.
    public enum By {
        ADVERTISER,
        PLATFORM
    }

    /// How sure the sentence is of it.
    public enum Stance {
        DONE,
        PLANNED
    }

    /// Whether another sentence only repeats this one.
    boolean repeats(Signal other) {
        boolean sameTime = when.equals(other.when) || !when.stated();
        return advertiser.equals(other.advertiser) && act == other.act && by == other.by && sameTime;
    }
}
