package mizan.core.campaign;

import mizan.core.identity.SortableId;

/// Names one ad group: one bid and one target within a campaign.
public record AdGroupId(String value) implements Comparable<AdGroupId> {
    public static final String PREFIX = "grp";

    public AdGroupId {
        SortableId.require(PREFIX, value);
    }

    @Override
    public int compareTo(AdGroupId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
