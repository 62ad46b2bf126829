package mizan.app;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `mizan witness`: the verifier's own command, which runs without Mizan too.
@Command(
        name = "witness",
        mixinStandardHelpOptions = true,
        description = "Cosign checkpoints of logs as long as they only grow (C2SP tlog-witness).")
final class WitnessCommand implements Callable<Integer> {
    @Option(names = "--name", required = true, description = "such as witness.example/w1")
    private String name = "";

    @Option(names = "--log", required = true, description = "verifier key of a log; may be repeated")
    private List<String> logs = new ArrayList<>();

    @Option(names = "--folder", defaultValue = "mizan-witness", description = "key and memory (${DEFAULT-VALUE})")
    private String folder = "mizan-witness";

    @Option(names = "--host", defaultValue = "127.0.0.1", description = "address to listen on (${DEFAULT-VALUE})")
    private String host = "127.0.0.1";

    @Option(names = "--port", defaultValue = "8090", description = "port to listen on (${DEFAULT-VALUE})")
    private int port;

    @Override
    public Integer call() throws InterruptedException {
        var words = new ArrayList<>(
                List.of("witness", "--name", name, "--folder", folder, "--host", host, "--port", String.valueOf(port)));
        logs.forEach(log -> words.addAll(List.of("--log", log)));
        return mizan.verifier.Main.run(words.toArray(String[]::new));
    }
}
