package mizan.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import mizan.server.accounting.Tokens;
import mizan.server.repository.Crowds;
import mizan.server.repository.RepositoryStore;
import mizan.server.repository.Search;
import mizan.server.repository.SearchTerms;
import mizan.server.repository.State;
import mizan.server.store.SqliteRepositoryStore;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.JsonNodeFactory;

/// How long a search of the public repository takes, beside a plain scan over the same records in memory.
@Command(
        name = "repository",
        mixinStandardHelpOptions = true,
        description = "Searches of the public ad repository, beside a plain scan of the same ads in memory.")
final class RepositoryBench implements Callable<Integer> {
    /// CPU time of this thread, SQLite's included: others may be busy on the machine.
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private static final int BATCH = 2_000;
    private static final int WARM = 200;
    private static final int SCANS = 60;
    private static final List<String> COUNTRIES = List.of("SA", "AE", "EG", "DE", "FR", "SE", "JO", "MA");
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    @Option(names = "--ads", description = "ads on record (default: ${DEFAULT-VALUE})")
    private int ads = 100_000;

    @Option(names = "--searches", description = "searches measured (default: ${DEFAULT-VALUE})")
    private int searches = 2_000;

    @Option(names = "--seed", description = "of ads and searches (default: ${DEFAULT-VALUE})")
    private long seed = 165;

    @Option(names = "--counted", description = "matches are counted up to here (default: ${DEFAULT-VALUE})")
    private int counted = Search.MOST_FOUND;

    @Mixin
    private Figures output = new Figures();

    @Override
    public Integer call() throws Exception {
        var folder = Files.createTempDirectory("mizan-repository");
        var random = new SplittableRandom(seed);
        var plain = new ArrayList<String>(ads);
        var crowds = new Crowds(Tokens.KeyRing.key(new byte[32]));
        try (RepositoryStore store = SqliteRepositoryStore.open(folder.resolve("repository.db"), crowds)) {
            fill(store, random, plain);
            var asked = new ArrayList<Search>();
            for (int i = 0; i < WARM + searches; i++) {
                asked.add(search(random));
            }
            var indexed = new double[searches];
            for (int i = 0; i < asked.size(); i++) {
                long began = THREADS.getCurrentThreadCpuTime();
                store.search(asked.get(i), Long.MAX_VALUE, 51);
                store.count(asked.get(i), counted + 1);
                if (i >= WARM) {
                    indexed[i - WARM] = (THREADS.getCurrentThreadCpuTime() - began) / 1e6;
                }
            }
            var scanned = new double[SCANS];
            long hits = 0;
            for (int i = 0; i < SCANS; i++) {
                var word = word(random);
                long began = THREADS.getCurrentThreadCpuTime();
                hits += plain.stream().filter(text -> text.contains(word)).count();
                scanned[i] = (THREADS.getCurrentThreadCpuTime() - began) / 1e6;
            }
            Arrays.sort(indexed);
            Arrays.sort(scanned);
            output.print(Figures.object()
                    .put("ads", ads)
                    .put("searches", searches)
                    .put("search_p50_ms", Figures.tenth(at(indexed, 0.5)))
                    .put("search_p99_ms", Figures.tenth(at(indexed, 0.99)))
                    .put("scan_p50_ms", Figures.tenth(at(scanned, 0.5)))
                    .put("scan_p99_ms", Figures.tenth(at(scanned, 0.99)))
                    .put("scan_hits", hits)
                    .put("file_mb", Files.size(folder.resolve("repository.db")) >> 20));
        } finally {
            try (var files = Files.list(folder)) {
                for (var file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(folder);
        }
        return 0;
    }

    private static double at(double[] sorted, double share) {
        return sorted[(int) Math.min(sorted.length - 1, Math.ceil(share * sorted.length))];
    }

    private void fill(RepositoryStore store, SplittableRandom random, List<String> plain) {
        var batch = new ArrayList<RepositoryStore.Shown>();
        for (int i = 0; i < ads; i++) {
            var words = new StringBuilder();
            for (int w = 0; w < 14; w++) {
                words.append(w == 0 ? "" : " ").append(word(random));
            }
            plain.add(words.toString());
            var first = START.plusSeconds(random.nextLong(300L * 86_400));
            batch.add(new RepositoryStore.Shown(
                    facts(i, words.toString(), random),
                    first,
                    first.plusSeconds(random.nextLong(60L * 86_400)),
                    1 + random.nextInt(1_000),
                    Map.of()));
            if (batch.size() == BATCH || i == ads - 1) {
                store.take(i + 1L, batch);
                batch.clear();
            }
        }
    }

    private static RepositoryStore.Facts facts(int i, String words, SplittableRandom random) {
        var json = JsonNodeFactory.instance.objectNode();
        json.put("id", "ad_" + i);
        json.putObject("content").putObject("headline").put("ar", words);
        json.put("advertiser", "adv_" + random.nextInt(2_000)).put("payer", "Payer " + random.nextInt(2_000));
        json.putObject("targeting").putArray("country").add(COUNTRIES.get(random.nextInt(COUNTRIES.size())));
        json.putObject("excluding");
        var state = random.nextInt(20) == 0 ? State.RUNNING : State.ENDED;
        return new RepositoryStore.Facts(
                "ad_" + i, state, Optional.empty(), json.toString(), SearchTerms.of(json, state));
    }

    /// A few words are everywhere, most are rare, as in any language (Zipf).
    private static String word(SplittableRandom random) {
        int rank = (int) Math.exp(random.nextDouble() * Math.log(40_000));
        return (rank % 2 == 0 ? "كلمه" : "word") + Integer.toString(rank, 36);
    }

    private static Search search(SplittableRandom random) {
        var words = random.nextInt(4) == 0 ? "" : word(random) + (random.nextBoolean() ? " " + word(random) : "");
        return new Search(
                words,
                random.nextInt(5) == 0 ? Optional.of("adv_" + random.nextInt(2_000)) : Optional.empty(),
                Optional.empty(),
                random.nextInt(3) == 0
                        ? Optional.of(COUNTRIES.get(random.nextInt(COUNTRIES.size())))
                        : Optional.empty(),
                Optional.empty(),
                random.nextInt(4) == 0 ? List.of(State.RUNNING) : List.of(),
                random.nextInt(3) == 0
                        ? Optional.of(START.plusSeconds(random.nextLong(300L * 86_400)))
                        : Optional.empty(),
                Optional.empty(),
                List.of());
    }
}
