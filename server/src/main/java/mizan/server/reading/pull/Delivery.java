package mizan.server.reading.pull;

import java.util.List;
import java.util.function.Consumer;
import mizan.server.reading.PostIntake;
import mizan.server.reading.PostIntake.Sent;
import mizan.server.reading.PostIntake.Taken;
import mizan.server.reading.Reading;

/// Hands what a connector read to the posts that are known, and counts what became of it.
final class Delivery {
    private final PostIntake intake;
    private final Consumer<Progress> reached;
    private long kept;
    private long erased;
    private long refused;

    /// @param reached keeps how far a source that never ends has been read
    Delivery(PostIntake intake, Consumer<Progress> reached) {
        this.intake = intake;
        this.reached = reached;
    }

    void reached(Progress progress) {
        reached.accept(progress.counted(counts()));
    }

    void take(List<Reading> readings) {
        for (var taken :
                intake.take(readings.stream().<Sent>map(Sent.Theirs::new).toList())) {
            switch (taken) {
                case Taken.Kept _ -> kept++;
                case Taken.Erased _ -> erased++;
                case Taken.Refused _ -> refused++;
            }
        }
    }

    void refuse() {
        refused++;
    }

    Progress.Counts counts() {
        return new Progress.Counts(kept, erased, refused);
    }
}
