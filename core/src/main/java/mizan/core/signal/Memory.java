package mizan.core.signal;

import java.util.List;
import mizan.core.campaign.AdvertiserId;

/// Whom "the company" and "these brands" may mean: what was named last.
final class Memory {
    private List<AdvertiserId> one = List.of();
    private List<AdvertiserId> many = List.of();

    List<AdvertiserId> one() {
        return one;
    }

    List<AdvertiserId> many() {
        return many;
    }

    void saw(Mention mention) {
        if (mention.isAdvertiser()) {
            one = mention.who();
            if (mention.who().size() > 1) {
                many = mention.who();
            }
        }
    }
}
