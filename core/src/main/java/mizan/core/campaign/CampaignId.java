package mizan.core.campaign;

import mizan.core.identity.SortableId;

/// Names one campaign.
public record CampaignId(String value) implements Comparable<CampaignId> {
    public static final String PREFIX = "cmp";

    public CampaignId {
        SortableId.require(PREFIX, value);
    }

    @Override
    public int compareTo(CampaignId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
