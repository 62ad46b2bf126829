package mizan.core.suitability;

import mizan.core.identity.SortableId;

/// Names one advertiser's suitability terms, across all their versions.
public record TermsId(String value) implements Comparable<TermsId> {
    public static final String PREFIX = "trm";

    public TermsId {
        SortableId.require(PREFIX, value);
    }

    @Override
    public int compareTo(TermsId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
