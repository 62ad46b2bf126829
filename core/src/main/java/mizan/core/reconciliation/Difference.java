package mizan.core.reconciliation;

import java.util.List;

/// One number of both sides.
///
/// @param reasons what is known to explain it, the surest first
/// @param tolerance how much may stay open without anybody asking
public record Difference(Measure measure, long theirs, long ours, List<Reason> reasons, long tolerance) {
    public Difference {
        reasons = List.copyOf(reasons);
    }

    /// @param amount how much of the difference: positive where the advertiser counted more
    public record Reason(Cause cause, long amount) {}

    public long amount() {
        return theirs - ours;
    }

    /// What nothing explains.
    public long rest() {
        return amount() - reasons.stream().mapToLong(Reason::amount).sum();
    }

    public State state() {
        if (amount() == 0) {
            return State.SAME;
        }
        if (Math.abs(amount()) <= tolerance) {
            return State.WITHIN_TOLERANCE;
        }
        return Math.abs(rest()) <= tolerance ? State.EXPLAINED : State.UNEXPLAINED;
    }
}
