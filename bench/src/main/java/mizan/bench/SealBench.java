package mizan.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import mizan.log.LogKey;
import mizan.log.SealedLog;
import mizan.log.Witnesses;
import mizan.server.proof.Item;
import mizan.server.proof.LogFolder;
import mizan.server.proof.ProofStore;
import mizan.server.proof.Sealing;
import mizan.server.store.SqliteProofStore;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Sealing: receipts a second beside what the disk forces in the same run, and pages while it goes on.
@Command(
        name = "seal",
        mixinStandardHelpOptions = true,
        description = {
            "Receipts written and sealed a second, beside plain writes of the same bytes with a force for each portion,",
            "and how long a page takes (its decision, its events acknowledged) while receipts are sealed, against without."
        })
final class SealBench implements Callable<Integer> {
    private static final int PORTION = 2_000;

    @Option(names = "--receipts", defaultValue = "40000", description = "how many to seal (${DEFAULT-VALUE})")
    private int receipts;

    @Option(names = "--rounds", defaultValue = "8", description = "of pages with and without (${DEFAULT-VALUE})")
    private int rounds;

    @Option(names = "--decisions", defaultValue = "1500", description = "in each round (${DEFAULT-VALUE})")
    private int decisions;

    @Mixin
    private Figures output = new Figures();

    @Override
    public Integer call() throws Exception {
        var figures = Figures.object();
        try (var played = PlayedWeeks.play(5)) {
            var sealing = played.engine().sealing().orElseThrow();
            figures.put("from_the_ledger_a_second", fromTheLedger(sealing));
            var items = items(sealing.store());
            sealed(items, figures);
            latency(played, items, figures);
        }
        output.print(figures);
        return 0;
    }

    /// Receipts a second in the quickest step: the first ones meet code that is not compiled yet.
    private static long fromTheLedger(Sealing sealing) {
        double best = 0;
        boolean more = true;
        for (long sealed = 0; more; ) {
            long from = System.nanoTime();
            more = sealing.step();
            long now = sealing.newest().orElseThrow().size();
            best = more ? Math.max(best, (now - sealed) * 1e9 / (System.nanoTime() - from)) : best;
            sealed = now;
        }
        return Math.round(best);
    }

    private static List<Item> items(ProofStore store) throws IOException {
        var items = new ArrayList<Item>();
        store.read(
                "receipt",
                ProofStore.Whose.ALL,
                LocalDate.EPOCH,
                LocalDate.of(9999, 1, 1),
                stored -> items.add(new Item(
                        "receipt",
                        stored.id(),
                        stored.advertiser(),
                        "cmp",
                        "2026-11-20",
                        "USD",
                        1,
                        stored.text().orElseThrow(),
                        store.openings(stored.index()))));
        return items;
    }

    private static List<ProofStore.Salted> portion(List<Item> items, int from) {
        var portion = new ArrayList<ProofStore.Salted>();
        for (int i = 0; i < PORTION; i++) {
            portion.add(new ProofStore.Salted(items.get((from + i) % items.size()), String.format("%032x", from + i)));
        }
        return portion;
    }

    /// Written, read back, hashed again, sealed and signed: a portion at a time, as a step does it.
    private void sealed(List<Item> items, tools.jackson.databind.node.ObjectNode figures) throws IOException {
        var folder = Files.createTempDirectory("mizan-seal");
        try (var store = SqliteProofStore.open(folder.resolve("proof.db"))) {
            var keys = List.of(
                    LogKey.create("bench.example/log", LogKey.Kind.ED25519),
                    LogKey.create("bench.example/log", LogKey.Kind.ML_DSA_44));
            var log = SealedLog.open(new LogFolder(folder.resolve("log")), store, keys);
            long sealing = 0;
            long plain = 0;
            long bytes = 0;
            try (var file =
                    FileChannel.open(folder.resolve("plain"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                for (int from = 0; from < receipts; from += PORTION) {
                    var portion = portion(items, from);
                    long start = System.nanoTime();
                    store.append(portion, from + 1);
                    log.seal(1, Witnesses.NONE);
                    long middle = System.nanoTime();
                    bytes += forced(file, portion);
                    plain += System.nanoTime() - middle;
                    sealing += middle - start;
                }
            }
            figures.put("sealed_a_second", Math.round(receipts * 1e9 / sealing));
            figures.put("plain_forced_a_second", Math.round(receipts * 1e9 / plain));
            figures.put("bytes_a_receipt", bytes / receipts);
            figures.put("share_of_the_limit", Figures.tenth(100.0 * plain / sealing));
        } finally {
            delete(folder);
        }
    }

    /// The limit: the same bytes behind each other, and one force for each portion.
    private static long forced(FileChannel file, List<ProofStore.Salted> portion) throws IOException {
        long bytes = 0;
        for (var one : portion) {
            var body = ByteBuffer.wrap(one.item().body());
            bytes += body.remaining();
            while (body.hasRemaining()) {
                file.write(body);
            }
        }
        file.force(false);
        return bytes;
    }

    private void latency(PlayedWeeks played, List<Item> items, tools.jackson.databind.node.ObjectNode figures)
            throws IOException, InterruptedException {
        var folder = Files.createTempDirectory("mizan-seal");
        var on = new AtomicBoolean();
        var running = new AtomicBoolean(true);
        var sealed = new AtomicLong();
        var sealer = Thread.ofPlatform().daemon().start(() -> sealOn(folder, items, on, running, sealed));
        var without = new ArrayList<long[]>();
        var with = new ArrayList<long[]>();
        round(played);
        for (int i = 0; i < rounds; i++) {
            on.set(false);
            without.add(round(played));
            on.set(true);
            with.add(round(played));
        }
        running.set(false);
        sealer.join();
        delete(folder);
        figures.put("sealed_beside_pages", sealed.get());
        for (int percent : new int[] {50, 99}) {
            double base = median(without, percent);
            figures.put("page_micros_p" + percent, Figures.tenth(base / 1e3));
            figures.put("ratio_while_sealing_p" + percent, Math.round(100 * median(with, percent) / base) / 100.0);
        }
    }

    /// Seals five times a second, a hundred receipts each: ten times as often as the server does.
    private static void sealOn(
            Path folder, List<Item> items, AtomicBoolean on, AtomicBoolean running, AtomicLong sealed) {
        try (var store = SqliteProofStore.open(folder.resolve("proof.db"))) {
            var log = SealedLog.open(
                    new LogFolder(folder.resolve("log")),
                    store,
                    List.of(LogKey.create("bench.example/log", LogKey.Kind.ED25519)));
            while (running.get()) {
                if (on.get()) {
                    store.append(portion(items, (int) sealed.get()).subList(0, 100), 1);
                    log.seal(1, Witnesses.NONE);
                    sealed.addAndGet(100);
                }
                Thread.sleep(200);
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private long[] round(PlayedWeeks played) {
        var nanos = new long[decisions];
        for (int i = 0; i < decisions; i++) {
            long from = System.nanoTime();
            played.story().page("reader" + i);
            nanos[i] = System.nanoTime() - from;
        }
        Arrays.sort(nanos);
        return nanos;
    }

    private static double median(List<long[]> rounds, int percent) {
        var values = rounds.stream()
                .mapToLong(r -> r[r.length * percent / 100])
                .sorted()
                .toArray();
        return values[values.length / 2];
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
