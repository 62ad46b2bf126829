package mizan.verifier;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/// The verifier by itself, without any of Mizan: `java -jar mizan-verifier.jar`.
public final class Main {
    /// Wrong usage.
    static final int USAGE = 64;

    private static final String HELP = """
            Checks what a Mizan platform claims. Needs nothing of the platform but its files.

              verify PACK.zip|URL|FOLDER   what holds, what does not, and where
                  --policy FILE    the logs and witnesses you trust (C2SP tlog-policy)
                  --key VKEY       the log's key, without a policy; may be repeated
                  --since FILE     a checkpoint that you kept: the log must continue it
                  --json           one JSON object
              mirror URL FOLDER            copy a log, or bring the copy up to date
              witness --name NAME --log VKEY [--log VKEY] [--folder F] [--host H] [--port P]
                                           cosign a log's checkpoints as long as it only grows

            Exit codes: 0 all holds, 1 nothing could be checked, 2 something does not hold, 64 wrong usage.
            """;

    private Main() {}

    public static void main(String[] arguments) throws InterruptedException {
        int code = run(arguments);
        System.out.flush();
        System.exit(code);
    }

    /// The same, for a program that offers these commands as its own.
    public static int run(String... arguments) throws InterruptedException {
        try {
            var words = new Words(arguments);
            return switch (words.next().orElse("")) {
                case "verify" -> verify(words);
                case "mirror" -> mirror(words);
                case "witness" -> witness(words);
                default -> {
                    System.out.print(HELP);
                    yield USAGE;
                }
            };
        } catch (IllegalArgumentException e) {
            System.err.println("mizan: " + e.getMessage());
            System.err.print(HELP);
            return USAGE;
        } catch (IOException | Unreadable e) {
            System.err.println("mizan: " + e.getMessage());
            return Verify.REFUSED;
        } catch (Broken e) {
            System.err.println("mizan: " + e.where() + ": " + e.what());
            return Verify.BROKEN;
        }
    }

    private static int verify(Words words) throws IOException {
        var policy = words.option("--policy").map(Path::of);
        var since = words.option("--since").map(Path::of);
        var keys = words.options("--key");
        boolean json = words.flag("--json");
        var target = words.only();
        var told = new StringBuilder();
        int code = Verify.run(new Verify.Question(target, policy, keys, since, json), told);
        System.out.print(told);
        return code;
    }

    private static int mirror(Words words) throws IOException, Unreadable, Broken {
        var url = words.next().orElseThrow(() -> new IllegalArgumentException("mirror URL FOLDER"));
        var folder = Path.of(words.only());
        try (var log = new HttpFiles(url)) {
            var mirrored = new Mirror(log, folder).update();
            System.out.println("  " + mirrored.size() + " entries in " + folder + ", " + mirrored.files()
                    + " files fetched. Next: verify " + folder);
        }
        return Verify.HOLDS;
    }

    private static int witness(Words words) throws IOException, Unreadable, InterruptedException {
        var name = words.option("--name").orElseThrow(() -> new IllegalArgumentException("a witness needs a --name"));
        var folder = Path.of(words.option("--folder").orElse("mizan-witness"));
        var host = words.option("--host").orElse("127.0.0.1");
        int port = Integer.parseInt(words.option("--port").orElse("8090"));
        var logs = new ArrayList<>(words.options("--log"));
        for (var file : words.options("--logs")) {
            logs.addAll(Files.readAllLines(Path.of(file), StandardCharsets.UTF_8));
        }
        words.requireEnd();
        var witness = new Witness(
                WitnessKey.open(folder.resolve("witness.key"), name),
                logs,
                WitnessMemory.inFolder(folder),
                () -> Instant.now().getEpochSecond());
        try (var server = new WitnessServer(witness, host, port)) {
            System.out.println("  witness " + witness.verifierKey());
            System.out.println("  listens on http://" + host + ":" + server.port() + "/add-checkpoint");
            new CountDownLatch(1).await();
        }
        return Verify.HOLDS;
    }

    /// The words of a command line: options may stand anywhere.
    private static final class Words {
        private final List<String> left;

        Words(String[] words) {
            this.left = new ArrayList<>(Arrays.asList(words));
        }

        Optional<String> next() {
            return left.isEmpty() ? Optional.empty() : Optional.of(left.removeFirst());
        }

        Optional<String> option(String name) {
            int at = left.indexOf(name);
            if (at < 0) {
                return Optional.empty();
            }
            if (at + 1 >= left.size()) {
                throw new IllegalArgumentException(name + " needs a value");
            }
            left.remove(at);
            return Optional.of(left.remove(at));
        }

        List<String> options(String name) {
            var all = new ArrayList<String>();
            for (var one = option(name); one.isPresent(); one = option(name)) {
                all.add(one.get());
            }
            return all;
        }

        boolean flag(String name) {
            return left.remove(name);
        }

        String only() {
            var word = next().orElseThrow(() -> new IllegalArgumentException("something is missing"));
            requireEnd();
            return word;
        }

        void requireEnd() {
            if (!left.isEmpty()) {
                throw new IllegalArgumentException("what is meant by " + String.join(" ", left) + "?");
            }
        }
    }
}
