package mizan.verifier;

import java.util.List;
import java.util.Optional;

/// Whether a checkpoint may be believed: its signatures, its witnesses, and what was known before.
final class Trust {
    private final Optional<Policy> policy;
    private final Optional<Checkpoint> since;
    private final Findings findings;

    /// @param policy whom one trusts; without one, the keys that come with the files are used, and that is said
    /// @param since a checkpoint seen earlier
    Trust(Optional<Policy> policy, Optional<Checkpoint> since, Findings findings) {
        this.policy = policy;
        this.since = since;
        this.findings = findings;
    }

    /// @param named the log's keys as the files name them, and the witnesses that are said to have cosigned
    void check(Checkpoint checkpoint, List<VerifierKey> named, List<VerifierKey> cosigned) {
        var logs = policy.map(Policy::logs).filter(l -> !l.isEmpty()).orElse(named);
        if (policy.isEmpty()) {
            findings.note(
                    Findings.Check.CHECKPOINT,
                    "the log's key came with what was checked. Compare it with the one you know: --policy or --key");
        }
        signatures(checkpoint, logs);
        witnesses(checkpoint, cosigned);
    }

    private void signatures(Checkpoint checkpoint, List<VerifierKey> logs) {
        if (logs.isEmpty()) {
            findings.fault(Findings.Check.CHECKPOINT, "checkpoint", "no key of its log is known");
        }
        for (var key : logs) {
            if (!key.name().equals(checkpoint.origin())) {
                findings.fault(
                        Findings.Check.CHECKPOINT,
                        "checkpoint",
                        "its log is " + Hashes.shortened(checkpoint.origin()) + ", the key is that of " + key.name());
                continue;
            }
            switch (checkpoint.standing(key)) {
                case SIGNED -> {
                    findings.held(Findings.Check.CHECKPOINT);
                    findings.note(Findings.Check.CHECKPOINT, key.name() + " signed it (" + key.algorithm() + ")");
                }
                case WRONG ->
                    findings.fault(
                            Findings.Check.CHECKPOINT,
                            "checkpoint",
                            "the " + key.algorithm() + " signature of " + key.name() + " is wrong");
                case MISSING ->
                    findings.fault(
                            Findings.Check.CHECKPOINT,
                            "checkpoint",
                            "the " + key.algorithm() + " signature of " + key.name() + " is missing");
            }
        }
        checkpoint
                .firstExtension()
                .ifPresent(e -> findings.note(Findings.Check.CHECKPOINT, "it has an extension line: " + e));
    }

    private void witnesses(Checkpoint checkpoint, List<VerifierKey> cosigned) {
        for (var witness : cosigned) {
            if (checkpoint.standing(witness) == Checkpoint.Standing.SIGNED) {
                findings.held(Findings.Check.WITNESSES);
                findings.note(Findings.Check.WITNESSES, witness.name() + " cosigned it");
            } else {
                findings.fault(
                        Findings.Check.WITNESSES,
                        "checkpoint",
                        witness.name() + " is said to have cosigned it, and that is not so");
            }
        }
        if (policy.filter(Policy::asksWitnesses).isEmpty()) {
            findings.note(Findings.Check.WITNESSES, "no quorum was asked for: --policy");
        } else if (policy.get().witnessed(checkpoint)) {
            findings.held(Findings.Check.WITNESSES);
            findings.note(
                    Findings.Check.WITNESSES, "the quorum \"" + policy.get().quorum() + "\" is met");
        } else {
            findings.fault(
                    Findings.Check.WITNESSES,
                    "checkpoint",
                    "the quorum \"" + policy.get().quorum() + "\" is not met");
        }
    }

    /// Whether the tree begins with the one that was known before.
    void since(Checkpoint checkpoint, TileTree tree) throws java.io.IOException {
        if (since.isEmpty()) {
            findings.note(Findings.Check.CONSISTENCY, "no earlier checkpoint was given: --since");
            return;
        }
        var before = since.get();
        if (!before.origin().equals(checkpoint.origin()) || before.size() > checkpoint.size()) {
            findings.fault(
                    Findings.Check.CONSISTENCY,
                    "checkpoint",
                    "it has " + checkpoint.size() + " entries of " + checkpoint.origin() + "; known before were "
                            + before.size() + " of " + before.origin());
            return;
        }
        try {
            if (Hashes.same(tree.rootAt(before.size()), before.root())) {
                findings.held(Findings.Check.CONSISTENCY);
            } else {
                findings.fault(
                        Findings.Check.CONSISTENCY,
                        "checkpoint",
                        "its first " + before.size() + " entries are not those known before: history was rewritten");
            }
        } catch (Broken broken) {
            findings.fault(Findings.Check.CONSISTENCY, broken);
        }
    }
}
