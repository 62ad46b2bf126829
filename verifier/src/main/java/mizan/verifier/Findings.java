package mizan.verifier;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// What was checked, how often it held, and where it did not.
final class Findings {
    /// In the order in which they are told.
    enum Check {
        CHECKPOINT("the checkpoint is signed by its log"),
        WITNESSES("enough witnesses cosigned it"),
        CONSISTENCY("the log begins with the one known before"),
        INCLUSION("receipts, terms, statements, credits and payments are those in the log"),
        FILES("every file is the one that the platform signed for"),
        FORM("every file has the form that its format demands"),
        PRICES("prices follow from the bids of the page"),
        ADJACENCY("no ad stands beside a post that its terms exclude"),
        ONCE("no impression is billed twice"),
        STATEMENTS("receipts add up to the statements of their days"),
        CREDITS("credits give back, once, what was charged"),
        INVOICE("the invoice follows from receipts, credits and payments"),
        BUDGETS("no budget is passed");

        final String promise;

        Check(String promise) {
            this.promise = promise;
        }
    }

    /// @param where the file, its line, and the impression where it has one
    record Fault(Check check, String where, String what) {}

    private static final int KEPT = 50;

    private final Map<Check, Long> held = new EnumMap<>(Check.class);
    private final Map<Check, Long> failed = new EnumMap<>(Check.class);
    private final Map<Check, List<String>> notes = new EnumMap<>(Check.class);
    private final List<Fault> faults = new ArrayList<>();

    void held(Check check) {
        held.merge(check, 1L, Long::sum);
    }

    void fault(Check check, String where, String what) {
        failed.merge(check, 1L, Long::sum);
        if (failed(check) <= KEPT) {
            faults.add(new Fault(check, where, what));
        }
    }

    void fault(Check check, Broken broken) {
        fault(check, broken.where(), broken.what());
    }

    /// Something that a reader of the result should know, and that is no fault.
    void note(Check check, String text) {
        notes.computeIfAbsent(check, _ -> new ArrayList<>()).add(text);
    }

    boolean holds() {
        return failed.isEmpty();
    }

    long held(Check check, long none) {
        return held.getOrDefault(check, none);
    }

    long failed(Check check) {
        return failed.getOrDefault(check, 0L);
    }

    List<String> notes(Check check) {
        return notes.getOrDefault(check, List.of());
    }

    /// The first faults of each check.
    List<Fault> faults() {
        return List.copyOf(faults);
    }
}
