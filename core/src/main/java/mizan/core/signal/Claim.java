package mizan.core.signal;

import java.util.List;
import mizan.core.campaign.AdvertiserId;

/// An act that a sentence names, with whom it concerns, before it is judged whether the sentence claims it.
record Claim(Cue cue, List<AdvertiserId> advertisers, Signal.By by, boolean some) {
    Claim {
        advertisers = List.copyOf(advertisers);
    }
}
