package mizan.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.concurrent.Callable;
import mizan.server.proof.LogFolder;
import mizan.server.proof.Packs;
import mizan.server.proof.ProofStore;
import mizan.server.store.SqliteProofStore;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Makes a proof pack from a data folder, beside a running server or without one.
@Command(
        name = "pack",
        mixinStandardHelpOptions = true,
        description = "Receipts, terms, invoice and proofs as one zip file, for `mizan verify`.")
final class PackCommand implements Callable<Integer> {
    @Option(names = "--folder", defaultValue = "mizan-demo", description = "the data folder (${DEFAULT-VALUE})")
    private Path folder = Path.of("mizan-demo");

    @Option(names = "--campaign", description = "of this campaign alone")
    private @Nullable String campaign;

    @Option(names = "--advertiser", description = "of this advertiser alone, with what it paid")
    private @Nullable String advertiser;

    @Option(names = "--from", defaultValue = "1970-01-01", description = "the first day, UTC (${DEFAULT-VALUE})")
    private String from = "1970-01-01";

    @Option(names = "--to", defaultValue = "9999-12-31", description = "the day after the last, UTC (${DEFAULT-VALUE})")
    private String to = "9999-12-31";

    @Option(names = "--sample", description = "instead of all: so many entries of the log, drawn by --seed")
    private int sample;

    @Option(names = "--seed", defaultValue = "mizan", description = "any text of whoever asks (${DEFAULT-VALUE})")
    private String seed = "mizan";

    @Option(names = "--since", description = "entries of a log that the reader has seen, to show that it was continued")
    private long since;

    @Option(
            names = {"-o", "--out"},
            defaultValue = "pack.zip",
            description = "where to (${DEFAULT-VALUE})")
    private Path out = Path.of("pack.zip");

    @Override
    public Integer call() throws IOException {
        LocalDate first;
        LocalDate end;
        try {
            first = LocalDate.parse(from);
            end = LocalDate.parse(to);
        } catch (DateTimeParseException _) {
            System.err.println("mizan: --from and --to are days such as 2026-03-01.");
            return Main.USAGE;
        }
        var drawn = sample > 0 ? Optional.of(new Packs.Sample(sample, seed)) : Optional.<Packs.Sample>empty();
        var whose = new ProofStore.Whose(Optional.ofNullable(advertiser), Optional.ofNullable(campaign));
        var packed = write(folder, new Packs.Scope(whose, first, end, drawn, since), out);
        System.out.println("  " + packed.receipts() + " receipts of a log of " + packed.logSize() + " in " + out
                + ". Next: mizan verify " + out);
        return 0;
    }

    /// @throws IOException when the folder holds no sealed log
    static Packs.Packed write(Path folder, Packs.Scope scope, Path out) throws IOException {
        if (!Files.exists(folder.resolve("proof.db"))) {
            throw new IOException("there is no sealed log in " + folder + ". Name a data folder with --folder.");
        }
        try (var store = SqliteProofStore.open(folder.resolve("proof.db"));
                var file = Files.newOutputStream(out)) {
            return new Packs(store, new LogFolder(folder.resolve("log"))).write(scope, file);
        }
    }
}
