package mizan.server.proof;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import mizan.log.Checkpoint;
import mizan.log.CosignerKey;
import mizan.log.Witnesses;

/// Asks outside witnesses for their cosignatures: C2SP tlog-witness. All are asked at once; who does not answer in time
/// is left out of this checkpoint and asked again at the next.
public final class WitnessClient implements Witnesses {
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final int MOST_ANSWER = 64 << 10;

    private final List<Asked> witnesses;
    private final Map<CosignerKey, Long> sizes = new HashMap<>();
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();

    /// @param url the submission prefix
    record Asked(CosignerKey key, URI url) {}

    WitnessClient(List<Asked> witnesses) {
        this.witnesses = List.copyOf(witnesses);
    }

    /// The witnesses of a policy (C2SP tlog-policy) that have an address.
    public static WitnessClient of(String policy) {
        var witnesses = new ArrayList<Asked>();
        for (var line : policy.split("\n")) {
            var words = line.strip().split("[ \t]+");
            if (words.length == 4 && words[0].equals("witness")) {
                var url = words[3].endsWith("/") ? words[3] : words[3] + "/";
                witnesses.add(new Asked(CosignerKey.read(words[2]), URI.create(url)));
            }
        }
        return new WitnessClient(witnesses);
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

    private List<Optional<HttpResponse<String>>> ask(List<Optional<String>> bodies) {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = new ArrayList<java.util.concurrent.Future<Optional<HttpResponse<String>>>>();
            for (int i = 0; i < witnesses.size(); i++) {
                var body = bodies.get(i);
                var url = witnesses.get(i).url().resolve("add-checkpoint");
                answers.add(threads.submit(() -> body.flatMap(b -> post(url, b))));
            }
            return answers.stream().map(WitnessClient::answered).toList();
        }
    }

    private static Optional<HttpResponse<String>> answered(
            java.util.concurrent.Future<Optional<HttpResponse<String>>> answer) {
        try {
            return answer.get();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (java.util.concurrent.ExecutionException e) {
            throw new IllegalStateException("asking a witness failed", e.getCause());
        }
    }

    private Optional<HttpResponse<String>> post(URI url, String body) {
        try {
            var answer = client.send(
                    HttpRequest.newBuilder(url)
                            .timeout(PATIENCE)
                            .POST(HttpRequest.BodyPublishers.ofString(body))
                            .build(),
                    HttpResponse.BodyHandlers.limiting(
                            HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8), MOST_ANSWER));
            return Optional.of(answer);
        } catch (IOException _) {
            return Optional.empty();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /// Answers whether the witness stood elsewhere than we thought, and should be asked again.
    private boolean take(Asked witness, Checkpoint checkpoint, HttpResponse<String> answer, List<String> lines) {
        if (answer.statusCode() == 200) {
            for (var line : answer.body().split("\n")) {
                if (witness.key().cosigned(checkpoint, line)) {
                    lines.add(line + "\n");
                    sizes.put(witness.key(), checkpoint.size());
                }
            }
            return false;
        }
        if (answer.statusCode() == 409 && answer.body().strip().matches("[0-9]{1,18}")) {
            long stands = Long.parseLong(answer.body().strip());
            return !Long.valueOf(stands).equals(sizes.put(witness.key(), stands));
        }
        return false;
    }
}
