package mizan.server.proof;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import mizan.log.Checkpoint;
import mizan.log.CosignerKey;
import mizan.log.Witnesses;
import mizan.server.reading.pull.Outbound;

/// Asks outside witnesses for their cosignatures: C2SP tlog-witness. All are asked at once; who does not answer in time
/// is left out of this checkpoint and asked again at the next.
public final class WitnessClient implements Witnesses {
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final int MOST_ANSWER = 64 << 10;

    private final List<Asked> witnesses;
    private final Map<CosignerKey, Long> sizes = new HashMap<>();
    private final Outbound outbound;

    /// @param url the submission prefix
    record Asked(CosignerKey key, URI url) {}

    private WitnessClient(List<Asked> witnesses, Outbound outbound) {
        this.witnesses = List.copyOf(witnesses);
        this.outbound = outbound;
    }

    /// The witnesses of a policy (C2SP tlog-policy) that have an address.
    ///
    /// @param outbound reaches what the operator names, the own network too
    public static WitnessClient of(String policy, Outbound outbound) {
        var witnesses = new ArrayList<Asked>();
        for (var line : policy.split("\n")) {
            var words = line.strip().split("[ \t]+");
            if (words.length == 4 && words[0].equals("witness")) {
                var url = words[3].endsWith("/") ? words[3] : words[3] + "/";
                witnesses.add(new Asked(CosignerKey.read(words[2]), URI.create(url)));
            }
        }
        return new WitnessClient(witnesses, outbound);
    }

    @Override
    public List<String> cosign(Checkpoint checkpoint, String note, Proofs proofs) throws IOException {
        var lines = new ArrayList<String>();
        // Proofs are made here, one after the other: the tree is not for many threads.
        for (int round = 0; round < 2 && lines.size() < witnesses.size(); round++) {
            var bodies = new ArrayList<Optional<String>>();
            for (var witness : witnesses) {
                bodies.add(
                        lines.stream().anyMatch(l -> witness.key().isName(l))
                                ? Optional.empty()
                                : Optional.of(body(witness, checkpoint, note, proofs)));
            }
            var answers = ask(bodies);
            boolean again = false;
            for (int i = 0; i < witnesses.size(); i++) {
                if (answers.get(i).isPresent()) {
                    again |= take(witnesses.get(i), checkpoint, answers.get(i).get(), lines);
                }
            }
            if (!again) {
                break;
            }
        }
        return lines;
    }

    private String body(Asked witness, Checkpoint checkpoint, String note, Proofs proofs) throws IOException {
        long old = Math.min(sizes.getOrDefault(witness.key(), 0L), checkpoint.size());
        var body = new StringBuilder("old " + old + "\n");
        for (var hash : proofs.from(old)) {
            body.append(Base64.getEncoder().encodeToString(hash)).append('\n');
        }
        return body.append('\n').append(note).toString();
    }

    private List<Optional<Outbound.Fetched>> ask(List<Optional<String>> bodies) {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = new ArrayList<Future<Optional<Outbound.Fetched>>>();
            for (int i = 0; i < witnesses.size(); i++) {
                var body = bodies.get(i);
                var url = witnesses.get(i).url().resolve("add-checkpoint");
                answers.add(threads.submit(() -> body.flatMap(b -> post(url, b))));
            }
            return answers.stream().map(WitnessClient::answered).toList();
        }
    }

    private static Optional<Outbound.Fetched> answered(Future<Optional<Outbound.Fetched>> answer) {
        try {
            return answer.get();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (java.util.concurrent.ExecutionException e) {
            throw new IllegalStateException("asking a witness failed", e.getCause());
        }
    }

    private Optional<Outbound.Fetched> post(URI url, String body) {
        try {
            return Optional.of(
                    outbound.post(url, Map.of(), body.getBytes(StandardCharsets.UTF_8), MOST_ANSWER, PATIENCE));
        } catch (Outbound.Unreachable _) {
            return Optional.empty();
        }
    }

    /// Answers whether the witness stood elsewhere than we thought, and should be asked again.
    private boolean take(Asked witness, Checkpoint checkpoint, Outbound.Fetched answer, List<String> lines) {
        var body = new String(answer.body(), StandardCharsets.UTF_8);
        if (answer.status() == 200) {
            for (var line : body.split("\n")) {
                if (witness.key().cosigned(checkpoint, line)) {
                    lines.add(line + "\n");
                    sizes.put(witness.key(), checkpoint.size());
                }
            }
            return false;
        }
        if (answer.status() == 409 && body.strip().matches("[0-9]{1,18}")) {
            long stands = Long.parseLong(body.strip());
            return !Long.valueOf(stands).equals(sizes.put(witness.key(), stands));
        }
        return false;
    }
}
