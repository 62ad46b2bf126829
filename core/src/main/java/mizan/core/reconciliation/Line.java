package mizan.core.reconciliation;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// One thing on one day, as both sides counted it.
///
/// @param theirs absent when only the platform counted it
/// @param differences one for each number that the advertiser sent; all that the platform has when it sent none
public record Line(
        LocalDate day, String item, Optional<Counted> theirs, Totals ours, List<Difference> differences, State state) {
    public Line {
        differences = List.copyOf(differences);
    }

    static Line compared(Counted theirs, Totals ours, List<Difference> differences) {
        var worst = differences.stream()
                .map(Difference::state)
                .max(Comparator.naturalOrder())
                .orElse(State.SAME);
        return new Line(theirs.day(), theirs.item(), Optional.of(theirs), ours, differences, worst);
    }
}
