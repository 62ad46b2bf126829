package mizan.server.reconciliation;

import java.util.Locale;

/// A line that could not be used.
///
/// @param line of the file, from 1
/// @param text what was wrong, as it was sent, shortened
public record Wrong(long line, Why why, String text) {
    private static final int MOST = 60;

    public Wrong {
        text = text.substring(0, Math.min(MOST, text.length()));
    }

    /// Why.
    public enum Why {
        /// Not a day such as 2026-03-01.
        DAY,
        /// A day that has not come, or too far from the others.
        DAY_OUT_OF_RANGE,
        /// Nothing in the column that says what the line is about.
        ITEM,
        /// Not a whole number that is 0 or more.
        COUNT,
        /// Not an amount that is 0 or more.
        COST,
        /// Neither impressions nor clicks nor a cost.
        NO_NUMBER,
        /// Fewer or more fields than the head has.
        FIELDS;

        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
