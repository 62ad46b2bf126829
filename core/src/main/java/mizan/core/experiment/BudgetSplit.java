package mizan.core.experiment;

import java.util.ArrayList;
import java.util.List;

/// One budget for each arm of a marketplace experiment.
///
/// When arms share budgets, the arm that bids more spends the other's money and looks better than it is. With a budget
/// of its own each arm behaves as the whole market would (Liu, Mao and Kang, "Trustworthy and Powerful Online
/// Marketplace Experimentation with Budget-split Design", KDD 2021).
public final class BudgetSplit {
    private BudgetSplit() {}

    /// Parts of `micros` in proportion to the shares, rounded down; what rounding leaves goes to the first arm, so that
    /// the parts add up to the whole when the shares do.
    ///
    /// @param micros 0 or more
    public static List<Long> of(long micros, Split split) {
        var parts = new ArrayList<Long>();
        long given = 0;
        double share = 0;
        for (double each : split.shares()) {
            long part = (long) Math.floor(micros * each);
            parts.add(part);
            given += part;
            share += each;
        }
        long whole = share > 1 - 1e-9 ? micros : (long) Math.floor(micros * share);
        parts.set(0, parts.getFirst() + Math.max(0, whole - given));
        return List.copyOf(parts);
    }
}
