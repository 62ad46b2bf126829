package mizan.app;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import mizan.server.app.Accounts;
import mizan.server.journal.FolderDisk;
import mizan.server.journal.Journal;
import mizan.server.store.Postgres;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Looks for problems in a data folder whose server is stopped.
@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        description = "Check a data folder: the journal's records, the ledger's sums. Stop the server first.")
final class DoctorCommand implements Callable<Integer> {
    @Option(names = "--folder", defaultValue = "mizan-demo", description = "the data folder (${DEFAULT-VALUE})")
    private Path folder = Path.of("mizan-demo");

    @Option(
            names = "--store",
            defaultValue = "${env:MIZAN_STORE}",
            description = "PostgreSQL that has the folder's book and ledger (default: MIZAN_STORE, else files)")
    private Optional<String> store = Optional.empty();

    @Override
    public Integer call() throws Exception {
        System.out.println("  ✓ Java " + Runtime.version().feature() + ", "
                + Runtime.getRuntime().availableProcessors() + " cores");
        if (!Files.exists(folder.resolve("journal"))) {
            System.out.println("  ✗ no data in " + folder
                    + "\n      Fix: name the folder with --folder, or run `mizan demo` first.");
            return Main.PROBLEM;
        }
        int problems = journal() + ledger(Accounts.of(folder, store.map(Postgres::at)));
        System.out.println(problems == 0 ? "  no problems" : "  " + problems + " problems");
        return problems == 0 ? 0 : Main.PROBLEM;
    }

    private int journal() throws Exception {
        try (var journal = Journal.open(FolderDisk.open(folder.resolve("journal")), 64L << 20)) {
            long[] records = new long[1];
            journal.read(0, _ -> ++records[0] > 0);
            System.out.println("  ✓ journal: " + records[0] + " records, all checksums right");
            return 0;
        } catch (java.io.IOException | mizan.server.journal.JournalDamaged e) {
            System.out.println("  ✗ " + e.getMessage());
            return 1;
        }
    }

    private int ledger(Accounts accounts) {
        try (var reports = accounts.reports()) {
            var sums = reports.sums();
            boolean right = sums.ledgerSum() == 0
                    && sums.wrongBalances().isEmpty()
                    && sums.negative().isEmpty();
            System.out.println(
                    (right ? "  ✓" : "  ✗") + " ledger: " + sums.entries() + " entries, sum " + sums.ledgerSum()
                            + ", wrong balances " + sums.wrongBalances() + ", below zero " + sums.negative());
            return right ? 0 : 1;
        }
    }
}
