package mizan.bench.predict;

import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/// A click model that is learned offline, from whole days at once: what the built-in one has to stand beside.
/// Modules that are not part of the product bring one.
public interface Challenger {
    /// @return what each of `asked` is clicked with, (0, 1); their outcomes are not looked at
    double[] rates(List<Row> taught, List<Row> asked);

    /// @param numbers that mean something by their size
    /// @param values that mean something only by being the same as others'; the same length in all rows
    record Row(List<Double> numbers, List<String> values, boolean clicked) {}

    static Optional<Challenger> installed() {
        return ServiceLoader.load(Challenger.class).findFirst();
    }
}
