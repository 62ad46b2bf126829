package mizan.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import mizan.server.proof.Packs;
import mizan.server.proof.ProofStore;
import mizan.server.store.SqliteProofStore;
import mizan.verifier.Verify;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// The verifier, which is a module of its own, shares no code with the server, and runs alone too.
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description = {
            "Check a proof pack, a log's address or a mirrored folder: what holds, what does not, and where.",
            "`last` makes a pack of the last day that has receipts and checks it.",
            "Exit codes: 0 all holds, 1 nothing could be checked, 2 something does not hold, 64 wrong usage."
        })
final class VerifyCommand implements Callable<Integer> {
    @Parameters(paramLabel = "pack.zip|URL|FOLDER|last", defaultValue = "last", description = "what to check")
    private String target = "last";

    @Option(names = "--folder", defaultValue = "mizan-demo", description = "for `last`: the data (${DEFAULT-VALUE})")
    private Path folder = Path.of("mizan-demo");

    @Option(names = "--policy", description = "the logs and witnesses you trust, as C2SP tlog-policy writes them")
    private @Nullable Path policy;

    @Option(names = "--key", description = "the log's key as you know it, where you have no policy; may be repeated")
    private List<String> keys = new ArrayList<>();

    @Option(names = "--since", description = "a checkpoint that you kept: the log must continue it")
    private @Nullable Path since;

    @Option(names = "--json", description = "one JSON object")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        if (!target.equals("last")) {
            return verify(target);
        }
        var pack = Files.createTempFile("mizan-last", ".zip");
        try {
            PackCommand.write(folder, lastDay(), pack);
            return verify(pack.toString());
        } finally {
            Files.deleteIfExists(pack);
        }
    }

    private int verify(String what) throws IOException {
        var told = new StringBuilder();
        var question = new Verify.Question(what, Optional.ofNullable(policy), keys, Optional.ofNullable(since), json);
        int code = Verify.run(question, told);
        System.out.print(told);
        return code;
    }

    private Packs.Scope lastDay() throws IOException {
        if (!Files.exists(folder.resolve("proof.db"))) {
            throw new IOException("there is no sealed log in " + folder + ". Name a data folder with --folder.");
        }
        try (var store = SqliteProofStore.open(folder.resolve("proof.db"))) {
            var day = store.lastDay().orElseThrow(() -> new IOException("nothing was billed yet in " + folder));
            return new Packs.Scope(ProofStore.Whose.ALL, day, day.plusDays(1), Optional.empty(), 0);
        }
    }
}
