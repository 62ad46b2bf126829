package mizan.core.campaign;

import mizan.core.identity.SortableId;

/// Names one ad: a creative bound to an ad group.
public record AdId(String value) implements Comparable<AdId> {
    public static final String PREFIX = "ad";

    public AdId {
        SortableId.require(PREFIX, value);
    }

    @Override
    public int compareTo(AdId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
