package mizan.app;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import mizan.server.app.Accounts;
import mizan.server.store.Postgres;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Moves book and ledger of a stopped server from its folder into PostgreSQL.
@Command(
        name = "migrate",
        mixinStandardHelpOptions = true,
        description = {
            "Move book and ledger of a stopped server into PostgreSQL, comparing every row.",
            "Run it again after an interruption: it takes up where it was. The files are kept as moved-book.db and moved-ledger.db."
        })
final class MigrateCommand implements Callable<Integer> {
    @Option(names = "--folder", defaultValue = "mizan-data", description = "where the data is (${DEFAULT-VALUE})")
    private Path folder = Path.of("mizan-data");

    @Option(
            names = "--to",
            required = true,
            description = "an empty database, such as jdbc:postgresql://db.example/mizan?user=mizan")
    private String to = "";

    @Override
    public Integer call() {
        var engines = List.of("live", "test").stream()
                .map(folder::resolve)
                .filter(engine -> Files.exists(engine.resolve("book.db")))
                .toList();
        if (engines.isEmpty()) {
            System.err.println("mizan: no book in " + folder.resolve("live") + " that could be moved."
                    + " Next: name the folder of ./mizan start with --folder.");
            return Main.REFUSED;
        }
        var postgres = Postgres.at(to);
        for (var engine : engines) {
            for (var table : Accounts.move(engine, postgres)) {
                System.out.println("  ✓ " + table.table() + ": " + table.rows() + " rows, the same in both, SHA-256 "
                        + table.digest());
            }
        }
        System.out.println("  Book and ledger are in " + postgres + ". Next: ./mizan start --folder " + folder
                + " --store with the same address.");
        return 0;
    }
}
