package mizan.app;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import mizan.core.decision.Decision;
import mizan.core.decision.Explanation;
import mizan.core.decision.Snapshot;
import mizan.core.receipt.DecisionRecord;
import mizan.server.accounting.Fact;
import mizan.server.app.Accounts;
import mizan.server.booking.Booking;
import mizan.server.http.Ids;
import mizan.server.journal.FolderDisk;
import mizan.server.journal.Journal;
import mizan.server.reporting.Reports;
import mizan.server.serve.FactCodec;
import mizan.server.store.Postgres;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.JsonNodeFactory;

/// Decides every recorded feed once more from its record, and compares: same ads, same slots, same prices;
/// then adds up the ledger.
@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        description =
                "Repeat every recorded decision with the server's own code and recompute the ledger, offline. Stop the server first.")
final class ReplayCommand implements Callable<Integer> {
    @Option(names = "--folder", defaultValue = "mizan-demo", description = "the data folder (${DEFAULT-VALUE})")
    private Path folder = Path.of("mizan-demo");

    @Option(names = "--json", description = "figures as one JSON object")
    private boolean json;

    @Option(
            names = "--store",
            defaultValue = "${env:MIZAN_STORE}",
            description = "PostgreSQL that has the folder's book and ledger (default: MIZAN_STORE, else files)")
    private Optional<String> store = Optional.empty();

    @Override
    public Integer call() throws Exception {
        if (!Files.exists(folder.resolve("journal"))) {
            System.err.println("mizan: there is no data in " + folder + ". Name its folder with --folder.");
            return Main.REFUSED;
        }
        long decisions = 0;
        long differing = 0;
        var charges = new HashMap<String, Long>();
        var accounts = Accounts.of(folder, store.map(Postgres::at));
        try (var book = accounts.book();
                var journal = Journal.open(FolderDisk.open(folder.resolve("journal")), 64L << 20)) {
            var booking =
                    new Booking(book, InstantSource.system(), new Ids(InstantSource.system(), new SplittableRandom(1)));
            var check = new Check(booking, charges);
            journal.read(0, entry -> {
                FactCodec.decision(entry).map(Fact.Decided::record).ifPresent(check::repeat);
                return true;
            });
            decisions = check.decisions;
            differing = check.differing;
        }
        long unexplained;
        long sum;
        try (var reports = accounts.reports()) {
            unexplained = unexplainedCharges(reports, charges);
            sum = reports.sums().ledgerSum();
        }
        report(decisions, differing, unexplained, sum);
        return differing == 0 && unexplained == 0 && sum == 0 ? 0 : Main.PROBLEM;
    }

    private void report(long decisions, long differing, long unexplained, long sum) {
        if (json) {
            System.out.println(JsonNodeFactory.instance
                    .objectNode()
                    .put("decisions_repeated", decisions)
                    .put("decisions_differing", differing)
                    .put("charges_without_their_decision", unexplained)
                    .put("ledger_sum", sum));
            return;
        }
        System.out.println("  " + sign(differing == 0) + " " + decisions + " decisions repeated from their records, "
                + differing + " differ");
        System.out.println("  " + sign(unexplained == 0) + " " + unexplained
                + " charges without a recorded decision of the same price");
        System.out.println("  " + sign(sum == 0) + " ledger entries add up to " + sum);
    }

    private static String sign(boolean right) {
        return right ? "✓" : "✗";
    }

    /// Charges in the ledger for which the journal holds no decision with that price.
    private static long unexplainedCharges(Reports reports, Map<String, Long> priceByImpression) {
        long found = 0;
        long after = 0;
        while (true) {
            var page = reports.entries(after, 10_000, Optional.empty());
            if (page.isEmpty()) {
                return found;
            }
            for (var entry : page) {
                if (entry.kind().equals("posted")) {
                    var price = priceByImpression.get(entry.id().replace("charge/", ""));
                    found += price != null && price == entry.micros() ? 0 : 1;
                }
                after = entry.sequence();
            }
        }
    }

    private static final class Check {
        private final Booking booking;
        private final Map<String, Long> charges;
        private long revision = -1;
        private Snapshot snapshot = Snapshot.compile(mizan.core.campaign.Book.EMPTY);
        long decisions;
        long differing;

        Check(Booking booking, Map<String, Long> charges) {
            this.booking = booking;
            this.charges = charges;
        }

        void repeat(DecisionRecord record) {
            if (record.bookRevision() != revision) {
                revision = record.bookRevision();
                snapshot = Snapshot.compile(booking.bookAt(revision));
            }
            decisions++;
            record.impressions().forEach(i -> charges.put(i.id().value(), i.priceMicros()));
            differing += same(record, Explanation.repeat(record, snapshot)) ? 0 : 1;
        }

        private static boolean same(DecisionRecord record, Decision again) {
            var then = record.impressions().stream()
                    .map(i -> i.afterPost() + " " + i.ad() + " " + i.priceMicros())
                    .toList();
            var now = again.winners().stream()
                    .filter(w -> !record.unfunded().contains(w.adGroup().value()))
                    .map(w -> w.afterPost() + " " + w.ad() + " " + w.priceMicros())
                    .toList();
            return then.equals(now) && record.ghosts().equals(again.ghosts());
        }
    }
}
