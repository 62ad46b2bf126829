package mizan.core.campaign;

import mizan.core.identity.SortableId;

/// Names one creative: what the reader sees.
public record CreativeId(String value) implements Comparable<CreativeId> {
    public static final String PREFIX = "cre";

    public CreativeId {
        SortableId.require(PREFIX, value);
    }

    @Override
    public int compareTo(CreativeId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
