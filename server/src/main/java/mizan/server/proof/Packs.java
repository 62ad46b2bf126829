package mizan.server.proof;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import mizan.log.LogStore;
import mizan.log.Merkle;
import mizan.log.SealedLog;
import mizan.log.Sha256;
import mizan.log.TilePath;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/// Makes proof packs: zip files with receipts, what they rest on, the invoice that follows, and the tiles that prove
/// them,
/// see `docs/formats/pack.md`. It needs the stored receipts and the log's files alone.
public final class Packs {
    private static final int WIDTH = 256;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final ProofStore store;
    private final LogStore files;

    public Packs(ProofStore store, LogStore files) {
        this.store = store;
        this.files = files;
    }

    /// What a pack is about.
    ///
    /// @param whose one advertiser's or campaign's, or everybody's
    /// @param from the first day (UTC)
    /// @param to the day after the last
    /// @param sample instead of all: entries drawn by the seed of whoever asks
    /// @param since the size of a log that the reader has seen, whose tiles are put in too; 0 for none
    public record Scope(ProofStore.Whose whose, LocalDate from, LocalDate to, Optional<Sample> sample, long since) {}

    /// @param n how many entries of the log
    /// @param seed any text of whoever asks, so that nobody else can choose what is shown
    public record Sample(int n, String seed) {
        Set<Long> indices(long size) {
            var drawn = new TreeSet<Long>();
            for (long i = 0; drawn.size() < Math.min(n, size); i++) {
                drawn.add((ByteBuffer.wrap(Sha256.of(seed + "\n" + i)).getLong() & Long.MAX_VALUE) % size);
            }
            return drawn;
        }
    }

    /// @param receipts how many are in the pack
    public record Packed(long receipts, long logSize) {}

    /// Writes a pack; the stream is closed with it.
    ///
    /// @throws IOException also when nothing was sealed yet
    public Packed write(Scope scope, OutputStream out) throws IOException {
        var note = files.read(SealedLog.CHECKPOINT)
                .orElseThrow(() -> new IOException("nothing is sealed yet: wait a few seconds"));
        long size = Long.parseLong(new String(note, StandardCharsets.UTF_8).split("\n")[1]);
        try (var zip = new ZipOutputStream(out)) {
            zip.setLevel(Deflater.BEST_SPEED);
            put(zip, "manifest.json", manifest(scope, note));
            put(zip, SealedLog.CHECKPOINT, note);
            var pack = new Pack(zip, size);
            if (scope.sample().isPresent()) {
                pack.sampled(scope.sample().get());
            } else {
                pack.all(scope);
            }
            pack.tiles(scope.since());
            return new Packed(pack.receipts, size);
        }
    }

    private static void put(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
        zip.putNextEntry(entry(name));
        zip.write(bytes);
        zip.closeEntry();
    }

    /// The time of a file says nothing, so it is always the same.
    private static ZipEntry entry(String name) {
        var entry = new ZipEntry(name);
        entry.setTimeLocal(java.time.LocalDateTime.of(1980, 1, 1, 0, 0));
        return entry;
    }

    private byte[] manifest(Scope scope, byte[] note) throws IOException {
        var text = new String(note, StandardCharsets.UTF_8);
        var json = JsonNodeFactory.instance.objectNode();
        json.put("v", 2).put("kind", "pack").put("origin", text.substring(0, text.indexOf('\n')));
        var keys = json.putArray("keys");
        text("keys").lines().forEach(keys::add);
        var cosigned = json.putArray("cosigned");
        text("policy")
                .lines()
                .map(line -> line.strip().split("[ \t]+"))
                .filter(w -> w.length >= 3 && w[0].equals("witness"))
                .map(w -> w[2])
                .filter(key -> text.contains("\n— " + key.substring(0, key.indexOf('+')) + " "))
                .forEach(cosigned::add);
        json.put("advertiser", scope.whose().advertiser().orElse(null));
        json.put("campaign", scope.whose().campaign().orElse(null));
        json.put("from", scope.from().toString()).put("to", scope.to().toString());
        scope.sample()
                .ifPresentOrElse(
                        s -> json.putObject("sample").put("n", s.n()).put("seed", s.seed()),
                        () -> json.putNull("sample"));
        return JSON.writeValueAsBytes(json);
    }

    private String text(String name) throws IOException {
        return files.read(name).map(b -> new String(b, StandardCharsets.UTF_8)).orElse("");
    }

    /// A pack under way.
    private final class Pack {
        private final ZipOutputStream zip;
        private final long size;
        private final TreeSet<Long> leaves = new TreeSet<>();
        private final TreeSet<String> terms = new TreeSet<>();
        private final List<Long> opened = new ArrayList<>();
        private final InvoiceLines invoice = new InvoiceLines();
        private long receipts;

        Pack(ZipOutputStream zip, long size) {
            this.zip = zip;
            this.size = size;
        }

        void all(Scope scope) throws IOException {
            file("receipts.jsonl", Item.RECEIPT, scope, this::receipt);
            file("statements.jsonl", Item.STATEMENT, scope, this::line);
            file("credits.jsonl", Item.CREDIT, scope, this::credit);
            file("payments.jsonl", Item.PAYMENT, scope, this::payment);
            rest();
            put(zip, "invoice.csv", invoice.text(scope.whose().campaign().isEmpty()));
        }

        private void file(String name, String kind, Scope scope, ProofStore.Visitor visitor) throws IOException {
            zip.putNextEntry(entry(name));
            store.read(kind, scope.whose(), scope.from(), scope.to(), visitor);
            zip.closeEntry();
        }

        void sampled(Sample sample) throws IOException {
            var others = new TreeMap<String, List<ProofStore.Stored>>();
            List.of(Item.STATEMENT, Item.CREDIT, Item.PAYMENT, Item.AD)
                    .forEach(kind -> others.put(kind, new ArrayList<>()));
            zip.putNextEntry(entry("receipts.jsonl"));
            for (long index : sample.indices(size)) {
                var stored = store.at(index).orElseThrow();
                if (stored.kind().equals(Item.RECEIPT)) {
                    receipt(stored);
                } else if (others.containsKey(stored.kind())) {
                    others.get(stored.kind()).add(stored);
                } else {
                    terms.add(stored.id());
                }
            }
            zip.closeEntry();
            for (var kind : others.entrySet()) {
                zip.putNextEntry(entry(kind.getKey() + "s.jsonl"));
                for (var other : kind.getValue()) {
                    line(other);
                }
                zip.closeEntry();
            }
            rest();
        }

        private void rest() throws IOException {
            zip.putNextEntry(entry("terms.jsonl"));
            for (var id : terms) {
                line(store.at(store.index(Item.TERMS, id).orElseThrow()).orElseThrow());
            }
            zip.closeEntry();
            zip.putNextEntry(entry("openings.jsonl"));
            for (long index : opened) {
                for (var opening : store.openings(index)) {
                    zip.write((index + " " + opening.post() + " " + opening.salt() + " ")
                            .getBytes(StandardCharsets.US_ASCII));
                    zip.write(opening.body());
                    zip.write('\n');
                }
            }
            zip.closeEntry();
        }

        private void receipt(ProofStore.Stored stored) throws IOException {
            if (stored.text().isEmpty() || stored.index() >= size) {
                return;
            }
            line(stored);
            var json = JSON.readTree(stored.text().get());
            var inForce = json.get("terms");
            if (!inForce.isNull()) {
                terms.add(inForce.get("id").asString() + "/"
                        + inForce.get("version").asInt());
            }
            opened.add(stored.index());
            var charge = json.get("charge");
            invoice.billed(
                    new InvoiceLines.Ad(
                            json.get("campaign").asString(),
                            json.get("ad_group").asString(),
                            json.get("ad").asString()),
                    day(charge),
                    charge.get("currency").asString(),
                    charge.get("price").asLong());
            receipts++;
        }

        private void credit(ProofStore.Stored stored) throws IOException {
            if (stored.text().isEmpty() || stored.index() >= size) {
                return;
            }
            line(stored);
            var json = JSON.readTree(stored.text().get());
            invoice.credited(
                    json.get("campaign").isNull() ? "" : json.get("campaign").asString(),
                    day(json),
                    json.get("currency").asString(),
                    json.get("micros").asLong());
        }

        private void payment(ProofStore.Stored stored) throws IOException {
            if (stored.text().isEmpty() || stored.index() >= size) {
                return;
            }
            line(stored);
            var json = JSON.readTree(stored.text().get());
            invoice.paid(
                    day(json),
                    json.get("currency").asString(),
                    json.get("micros").asLong());
        }

        private static LocalDate day(JsonNode json) {
            var at = Instant.EPOCH.plus(json.get("at").asLong(), ChronoUnit.MICROS);
            return LocalDate.ofInstant(at, ZoneOffset.UTC);
        }

        private void line(ProofStore.Stored stored) throws IOException {
            if (stored.text().isEmpty() || stored.index() >= size) {
                return;
            }
            leaves.add(stored.index() / WIDTH);
            zip.write((stored.index() + " " + stored.salt() + " ").getBytes(StandardCharsets.US_ASCII));
            zip.write(stored.text().get());
            zip.write('\n');
        }

        /// The tiles from the entries up to the root, and those of the right edge.
        void tiles(long since) throws IOException {
            var wanted = new TreeMap<String, TilePath>();
            for (long leaf : leaves) {
                upwards(0, leaf, wanted);
            }
            edge(size, wanted);
            edge(Math.min(since, size), wanted);
            for (var path : wanted.values()) {
                put(zip, path.toString(), tile(path));
            }
        }

        /// A partial tile goes when the full one is there, which may have come meanwhile.
        private byte[] tile(TilePath path) throws IOException {
            var found = files.read(path.toString());
            if (found.isPresent()) {
                return found.get();
            }
            return files.read(new TilePath(path.level(), path.index(), WIDTH).toString())
                    .map(full -> Arrays.copyOf(full, path.width() * Merkle.HASH_BYTES))
                    .orElseThrow(() -> new IOException("the log lacks its file " + path));
        }

        private void edge(long of, Map<String, TilePath> wanted) {
            for (int level = 0; of >> (8 * level) > 0; level++) {
                long hashes = of >> (8 * level);
                if (hashes % WIDTH > 0) {
                    upwards(level, hashes / WIDTH, wanted);
                }
            }
        }

        private void upwards(int level, long index, Map<String, TilePath> wanted) {
            long hashes = size >> (8 * level);
            var path = new TilePath(level, index, (int) Math.min(WIDTH, hashes - index * WIDTH));
            if (wanted.put(path.toString(), path) == null && path.width() == WIDTH) {
                upwards(level + 1, index / WIDTH, wanted);
            }
        }
    }
}
