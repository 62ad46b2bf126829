package mizan.core.receipt;

import mizan.core.identity.SortableId;

/// Names one ad shown in one slot of one decision.
public record ImpressionId(String value) implements Comparable<ImpressionId> {
    public static final String PREFIX = "imp";

    public ImpressionId {
        SortableId.require(PREFIX, value);
    }

    @Override
    public int compareTo(ImpressionId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
