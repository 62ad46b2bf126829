package mizan.app;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import mizan.server.http.StrictJson;
import tools.jackson.databind.node.ObjectNode;

/// A server of our own in another process, to be killed.
final class Killable implements AutoCloseable {
    private static final Pattern ADDRESS = Pattern.compile("http://[^/\\s]+");
    private static final String KEY = "mz_live_" + "0".repeat(52);
    private final Path folder;
    private final Optional<String> store;
    private Optional<Process> process = Optional.empty();
    private URI base = URI.create("http://127.0.0.1/");
    private HttpClient client = HttpClient.newHttpClient();
    private final AtomicLong keys = new AtomicLong();

    Killable(Path folder) {
        this(folder, Optional.empty());
    }

    /// @param store address of the PostgreSQL database for book and ledger
    Killable(Path folder, Optional<String> store) {
        this.folder = folder;
        this.store = store;
    }

    /// Starts it and waits until it says where it listens.
    void start() throws IOException {
        var command = new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "mizan.app.Main",
                "start",
                "--port",
                "0",
                "--folder",
                folder.toString());
        command.environment().put("MIZAN_ADMIN_KEY", KEY);
        store.ifPresent(address -> command.environment().put("MIZAN_STORE", address));
        command.redirectErrorStream(true);
        var started = command.start();
        process = Optional.of(started);
        client = HttpClient.newHttpClient();
        var said = new StringBuilder();
        var lines = new BufferedReader(new InputStreamReader(started.getInputStream(), StandardCharsets.UTF_8));
        for (var line = lines.readLine(); line != null; line = lines.readLine()) {
            said.append(line).append('\n');
            var address = ADDRESS.matcher(line);
            if (address.find()) {
                base = URI.create(address.group() + "/");
                return;
            }
        }
        throw new IllegalStateException("the server did not start:\n" + said);
    }

    /// SIGKILL: no hook runs, nothing is flushed.
    void kill() throws InterruptedException {
        var running = process.orElseThrow();
        running.destroyForcibly();
        running.waitFor(20, TimeUnit.SECONDS);
        client.shutdownNow();
    }

    @Override
    public void close() {
        process.ifPresent(Process::destroyForcibly);
        client.shutdownNow();
    }

    /// A campaign with plenty of money.
    void book() throws Exception {
        created("placements", """
                {"code":"home","name":{"en":"Home"},"currency":"USD","first_slot":1,"min_gap":2,"max_ads":3,
                 "floor_cpm_micros":2000000}""");
        var advertiser = created("advertisers", """
                {"name":{"en":"House"},"payer":"House","industry":"trade","currency":"USD"}""");
        created("advertisers/" + advertiser + "/funding", """
                {"micros":900000000000,"currency":"USD","reference":"PO"}""");
        var campaign = created("campaigns", """
                {"advertiser":"%s","name":{"en":"C"},"entity_status":"ACTIVE","pacing":"ASAP",
                 "budget":{"total_micros":900000000000}}""".formatted(advertiser));
        var group = created("ad-groups", """
                {"campaign":"%s","name":{"en":"G"},"entity_status":"ACTIVE",
                 "bid":{"charge_by":"IMPRESSION","amount_micros":20000000}}""".formatted(campaign));
        var creative = created("creatives", """
                {"advertiser":"%s","headline":{"en":"H"},"body":{"en":"B"},"call_to_action":{"en":"See"},
                 "landing_page":"https://house.example/"}""".formatted(advertiser));
        send("creatives/" + creative + "/review", "{\"decision\":\"APPROVED\"}");
        created("ads", """
                {"ad_group":"%s","creative":"%s","entity_status":"ACTIVE"}""".formatted(group, creative));
    }

    private String created(String path, String body) throws Exception {
        return send(path, body).path("id").asString("");
    }

    private ObjectNode send(String path, String body) throws IOException, InterruptedException {
        var answer = client.send(
                HttpRequest.newBuilder(base.resolve("/v1/" + path))
                        .header("authorization", "Bearer " + KEY)
                        .header("content-type", "application/json")
                        .header("idempotency-key", "kill-" + keys.incrementAndGet())
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() / 100 != 2) {
            throw new IllegalStateException(path + " answered " + answer.statusCode() + ": " + answer.body());
        }
        return StrictJson.own(answer.body());
    }

    /// Sends an event for each of these tokens.
    void report(List<String> tokens) throws Exception {
        for (int from = 0; from < tokens.size(); from += 50) {
            send("events", events(tokens.subList(from, Math.min(tokens.size(), from + 50))));
        }
    }

    private static String events(List<String> tokens) {
        return "{\"events\":["
                + String.join(
                        ",",
                        tokens.stream()
                                .map(t -> "{\"kind\":\"RENDERED\",\"token\":\"" + t + "\"}")
                                .toList())
                + "]}";
    }

    /// Returns when the readers together have had this many answers, or none of them goes on.
    void waitUntilAnswered(List<Reader> readers, long answers) throws InterruptedException {
        synchronized (this) {
            while (readers.stream().mapToLong(Reader::decisions).sum() < answers
                    && readers.stream().anyMatch(Reader::isAlive)) {
                wait(1_000);
            }
        }
    }

    private synchronized void answered() {
        notifyAll();
    }

    /// Somebody who reads feed after feed and reports most of the ads, some twice, until the server is gone.
    Reader reader(String name, long seed) {
        var reader = new Reader(name, new SplittableRandom(seed));
        reader.start();
        return reader;
    }

    final class Reader extends Thread {
        private final SplittableRandom random;
        private final Map<String, String> seen = new LinkedHashMap<>();
        private final List<String> acknowledged = new ArrayList<>();
        private final AtomicLong decisions = new AtomicLong();

        Reader(String name, SplittableRandom random) {
            super(name);
            this.random = random;
            setDaemon(true);
        }

        long decisions() {
            return decisions.get();
        }

        Map<String, String> seen() {
            return seen;
        }

        /// Impressions whose event was acknowledged.
        List<String> acknowledged() {
            return acknowledged;
        }

        @Override
        public void run() {
            try {
                while (true) {
                    page();
                    answered();
                }
            } catch (IOException | InterruptedException | IllegalStateException _) {
                answered(); // The server was killed.
            }
        }

        private void page() throws IOException, InterruptedException {
            var answer = send("decisions", """
                    {"placement":"home","viewer":{"key":"%s%d","country":"SA"},"posts":[
                     {"id":"a","author":"@a","text":"Fresh bread from the oven this morning."},
                     {"id":"b","author":"@b","text":"Sunrise over the corniche with friends."},
                     {"id":"c","author":"@c","text":"Reading a wonderful book about gardens."}]}""".formatted(getName(), decisions.get()));
            var tokens = new LinkedHashMap<String, String>();
            for (var slot : answer.path("slots")) {
                if (slot.path("ad").isObject()) {
                    tokens.put(
                            slot.path("ad").path("impression").stringValue(),
                            slot.path("ad").path("token").stringValue());
                }
            }
            seen.putAll(tokens);
            decisions.incrementAndGet();
            if (!tokens.isEmpty() && random.nextInt(5) > 0) {
                var sent = new ArrayList<>(tokens.values());
                if (random.nextBoolean()) {
                    sent.addAll(tokens.values());
                }
                send("events", events(sent));
                acknowledged.addAll(tokens.keySet());
            }
        }
    }
}
