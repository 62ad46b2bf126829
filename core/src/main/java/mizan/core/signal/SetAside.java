package mizan.core.signal;

import java.util.Locale;
import mizan.core.campaign.AdvertiserId;

/// An act that a sentence names without claiming that it happened or will.
///
/// @param evidence the sentence as it was written
public record SetAside(AdvertiserId advertiser, Act act, Why why, String evidence) {
    /// Why it is no signal.
    public enum Why {
        /// "did not stop"
        NEGATED,
        /// "denied that it stopped"
        DENIED,
        /// "might stop", "if it stopped", "urged it to stop"
        IMAGINED,
        /// "did it stop?"
        ASKED,
        /// On another platform than this one.
        ELSEWHERE;

        /// Such as `negated`.
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
