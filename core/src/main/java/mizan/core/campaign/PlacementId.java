package mizan.core.campaign;

import mizan.core.identity.SortableId;

/// Names one placement: a surface of the feed and its rules.
public record PlacementId(String value) implements Comparable<PlacementId> {
    public static final String PREFIX = "plc";

    public PlacementId {
        SortableId.require(PREFIX, value);
    }

    @Override
    public int compareTo(PlacementId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
