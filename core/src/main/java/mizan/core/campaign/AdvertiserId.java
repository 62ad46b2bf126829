package mizan.core.campaign;

import mizan.core.identity.SortableId;

/// Names one advertiser: the account that funds campaigns and signs suitability terms.
public record AdvertiserId(String value) implements Comparable<AdvertiserId> {
    public static final String PREFIX = "adv";

    public AdvertiserId {
        SortableId.require(PREFIX, value);
    }

    @Override
    public int compareTo(AdvertiserId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
