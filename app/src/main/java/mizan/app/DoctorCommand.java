package mizan.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import mizan.server.app.Accounts;
import mizan.server.journal.FolderDisk;
import mizan.server.journal.Journal;
import mizan.server.oidc.ProviderFile;
import mizan.server.oidc.SignIns;
import mizan.server.raters.OutsideRater;
import mizan.server.raters.OutsideRaters;
import mizan.server.raters.RaterFile;
import mizan.server.raters.RaterTrial;
import mizan.server.reading.pull.Outbound;
import mizan.server.store.Postgres;
import mizan.server.store.SqlitePostStore;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Looks for problems in a data folder whose server is stopped.
@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        description =
                "Check a data folder: the journal's records, the ledger's sums, whether outside raters and providers"
                        + " of sign-ins answer. Stop the server first.")
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
        int unusable = signIns();
        if (!Files.exists(folder.resolve("journal"))) {
            System.out.println("  ✗ no data in " + folder
                    + "\n      Fix: name the folder with --folder, or run `mizan demo` first.");
            return Main.PROBLEM;
        }
        int problems = unusable + journal() + ledger(Accounts.of(folder, store.map(Postgres::at))) + raters();
        System.out.println(problems == 0 ? "  no problems" : "  " + problems + " problems");
        return problems == 0 ? 0 : Main.PROBLEM;
    }

    /// The file stands beside the folders of the two modes; in a folder of the demo, there is none.
    private int signIns() {
        var here = folder.resolve("sign-in.json");
        var file = Files.exists(here) ? here : folder.resolveSibling("sign-in.json");
        var time = InstantSource.system();
        int problems = 0;
        try {
            var providers = ProviderFile.read(file);
            var signIns = new SignIns(
                    providers,
                    "http://localhost",
                    Outbound.guarded(time),
                    Outbound.ownNetwork(time),
                    time,
                    new SecureRandom());
            for (var provider : providers) {
                var trouble = signIns.trouble(provider);
                problems += trouble.isPresent() ? 1 : 0;
                System.out.println(trouble.map(why -> "  ✗ sign-in by " + why)
                        .orElseGet(() -> "  ✓ sign-in by " + provider + " answers"));
            }
        } catch (IOException e) {
            System.out.println("  ✗ " + e.getMessage());
            problems++;
        }
        return problems;
    }

    private int journal() throws Exception {
        try (var journal = Journal.open(FolderDisk.open(folder.resolve("journal")), 64L << 20)) {
            long[] records = new long[1];
            journal.read(0, _ -> ++records[0] > 0);
            System.out.println("  ✓ journal: " + records[0] + " records, all checksums right");
            return 0;
        } catch (IOException | mizan.server.journal.JournalDamaged e) {
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

    /// Each outside rater is asked about a post that nobody wrote: signed, within its deadline.
    private int raters() {
        List<OutsideRater> raters;
        try {
            raters = RaterFile.read(folder.resolve("raters.json"));
        } catch (IOException e) {
            System.out.println("  ✗ outside raters: " + e.getMessage());
            return 1;
        }
        if (raters.isEmpty()) {
            return 0;
        }
        var time = InstantSource.system();
        var doors = new OutsideRaters.Doors(Outbound.guarded(time), Outbound.ownNetwork(time));
        try (var posts = SqlitePostStore.open(folder.resolve("posts.db"))) {
            return raters.stream()
                    .mapToInt(rater -> rater(rater, posts.awaitedCount(rater.name()), doors, time))
                    .sum();
        }
    }

    private static int rater(OutsideRater rater, long waiting, OutsideRaters.Doors doors, InstantSource time) {
        var about = "rater " + rater.name() + ": " + waiting + " posts wait; ";
        try {
            var answer = RaterTrial.ask(rater, doors, time);
            System.out.println("  ✓ " + about + "version " + answer.version() + " answered in "
                    + answer.took().toMillis() + " of " + rater.deadline().toMillis() + " ms");
            return 0;
        } catch (Outbound.Unreachable e) {
            System.out.println("  ✗ " + about + (e.late() ? "late: " : "") + e.getMessage()
                    + "\n"
                    + "      Fix: see what the rater logs; the posts that wait stay unrated, and no ad stands"
                    + " beside them.");
            return 1;
        }
    }
}
