package mizan.bench.predict;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;

/// Every experiment, one line each.
///
/// @param data folders with public logs; C1, C2 and C4 are left out without
/// @param test what is kept aside; nothing means a part of the training data
/// @param only ids to run; nothing means all
/// @param seeds how often a simulation is repeated
public record Experiments(List<Path> data, List<Path> test, List<String> only, int seeds) {
    private interface Experiment {
        Optional<Finding> run() throws IOException, InterruptedException, ExecutionException;
    }

    public List<Finding> run() throws IOException, InterruptedException, ExecutionException {
        var train = Logs.below(data, true);
        var aside = Logs.below(test, false);
        var findings = new ArrayList<Finding>();
        add(findings, "C1", () -> {
            var asked = aside.searchClicks();
            return train.searchClicks().map(rows -> SearchClicks.run(rows, asked));
        });
        add(findings, "C1-trees", () -> {
            var asked = aside.searchClicks();
            var rows = train.searchClicks();
            return Challenger.installed()
                    .flatMap(challenger -> rows.map(taught -> SearchClicks.challenged(challenger, taught, asked)));
        });
        add(findings, "C2", () -> {
            var asked = aside.displayClicks();
            return train.displayClicks().map(rows -> Drift.run(rows, asked));
        });
        add(findings, "C3", () -> Optional.of(ColdStart.run(seeds)));
        add(findings, "C4", () -> bandit(aside.bandit("random").isPresent() ? aside : train));
        add(findings, "C5", () -> Optional.of(LateClicks.run(seeds)));
        add(findings, "C6", () -> Optional.of(ScoreSpeed.run()));
        add(findings, "R1", () -> Optional.of(ReachErrors.merged(2 * seeds)));
        add(findings, "R2", () -> Optional.of(ReachErrors.overlap(seeds)));
        add(findings, "R3", () -> Optional.of(CapRace.run()));
        add(findings, "E1", () -> Optional.of(Trials.withoutDifference(400 * seeds)));
        add(findings, "E2", () -> Optional.of(Trials.withDifference(100 * seeds)));
        add(findings, "E3", () -> Optional.of(Lift.run(seeds)));
        add(findings, "E4", () -> Optional.of(Interference.run(seeds)));
        return findings;
    }

    private static Optional<Finding> bandit(Logs logs) throws IOException {
        var random = logs.bandit("random");
        var thompson = logs.bandit("bts");
        return random.isEmpty() || thompson.isEmpty()
                ? Optional.empty()
                : Optional.of(OpenBandit.run(random.get(), thompson.get()));
    }

    private void add(List<Finding> findings, String id, Experiment experiment)
            throws IOException, InterruptedException, ExecutionException {
        if (only.isEmpty() || only.contains(id)) {
            experiment.run().ifPresent(findings::add);
        }
    }
}
