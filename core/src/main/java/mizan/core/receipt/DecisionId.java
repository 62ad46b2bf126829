package mizan.core.receipt;

import mizan.core.identity.SortableId;

/// Names one decision: one feed request and its answer.
public record DecisionId(String value) implements Comparable<DecisionId> {
    public static final String PREFIX = "dec";

    public DecisionId {
        SortableId.require(PREFIX, value);
    }

    @Override
    public int compareTo(DecisionId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
