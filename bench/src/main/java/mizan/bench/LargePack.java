package mizan.bench;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import mizan.core.identity.SortableId;
import mizan.log.EntrySource;
import mizan.log.LogKey;
import mizan.log.LogStore;
import mizan.log.SealedLog;
import mizan.log.Witnesses;
import mizan.server.proof.Commitments;
import mizan.server.proof.ProofStore;
import tools.jackson.databind.json.JsonMapper;

/// A proof pack as large as one likes: the receipts of a played week over and over, each with an id of its own, sealed
/// in
/// a log of their own. Their budgets are made large enough; their pages, bids, prices and terms are the real ones.
final class LargePack implements EntrySource, LogStore {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final HexFormat HEX = HexFormat.of();
    private static final LogKey KEY = LogKey.create("bench.example/log", LogKey.Kind.ED25519);

    private final List<Template> receipts = new ArrayList<>();
    private final List<ProofStore.Stored> terms = new ArrayList<>();
    private final Map<String, byte[]> files = new TreeMap<>();
    private final int wanted;

    /// A receipt in the two parts around its impression's id.
    @SuppressWarnings("ArrayRecordComponent") // Nobody compares templates.
    private record Template(byte[] before, byte[] after, String line, String currency, long price) {}

    LargePack(ProofStore store, int receipts) throws IOException {
        this.wanted = receipts;
        for (long index = 0; index < store.size(); index++) {
            var stored = store.at(index).orElseThrow();
            switch (stored.kind()) {
                case "receipt" -> this.receipts.add(template(stored));
                case "terms" -> terms.add(stored);
                default -> {}
            }
        }
    }

    private static Template template(ProofStore.Stored stored) throws IOException {
        var text = new String(stored.text().orElseThrow(), StandardCharsets.UTF_8);
        var json = JSON.readTree(text);
        text = text.replaceFirst(
                "\"budgets\":\\{[^}]*\\}",
                "\"budgets\":{\"campaign_total\":900000000000000,"
                        + "\"campaign_daily\":900000000000000,\"group_total\":900000000000000,\"group_daily\":900000000000000}");
        var id = json.get("impression").asString();
        int at = text.indexOf(id);
        var charge = json.get("charge");
        var day = LocalDate.ofInstant(Instant.EPOCH.plus(charge.get("at").asLong(), ChronoUnit.MICROS), ZoneOffset.UTC);
        return new Template(
                text.substring(0, at).getBytes(StandardCharsets.UTF_8),
                text.substring(at + id.length()).getBytes(StandardCharsets.UTF_8),
                json.get("campaign").asString() + "," + json.get("ad_group").asString() + ","
                        + json.get("ad").asString() + "," + day + ","
                        + charge.get("currency").asString(),
                charge.get("currency").asString(),
                charge.get("price").asLong());
    }

    String key() {
        return KEY.verifierKey();
    }

    private byte[] receipt(long i) {
        var template = receipts.get((int) (i % receipts.size()));
        var id = SortableId.of("imp", 1_790_000_000_000L + i, i, i * 0x9E3779B97F4A7C15L)
                .getBytes(StandardCharsets.US_ASCII);
        var text = new byte[template.before().length + id.length + template.after().length];
        System.arraycopy(template.before(), 0, text, 0, template.before().length);
        System.arraycopy(id, 0, text, template.before().length, id.length);
        System.arraycopy(template.after(), 0, text, template.before().length + id.length, template.after().length);
        return text;
    }

    private static String salt(long i) {
        return HEX.toHexDigits(i) + HEX.toHexDigits(~i);
    }

    @Override
    public long size() {
        return terms.size() + (long) wanted;
    }

    @Override
    public List<byte[]> read(long from, long to) {
        var entries = new ArrayList<byte[]>();
        for (long i = from; i < to; i++) {
            entries.add(
                    i < terms.size()
                            ? entry("terms", salt(i), terms.get((int) i).text().orElseThrow())
                            : entry("receipt", salt(i), receipt(i)));
        }
        return entries;
    }

    private static byte[] entry(String kind, String salt, byte[] text) {
        return Commitments.entry(kind, Commitments.of(salt, text));
    }

    /// @return the sums of the invoice, by currency, from the templates' prices
    Map<String, Long> write(Path pack) throws IOException {
        SealedLog.open(this, this, List.of(KEY)).seal(1_790_000_000L, Witnesses.NONE);
        var invoice = new TreeMap<String, long[]>();
        var totals = new TreeMap<String, long[]>();
        try (var zip = new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(pack), 1 << 20))) {
            zip.setLevel(1);
            put(
                    zip,
                    "manifest.json",
                    ("{\"v\":1,\"kind\":\"pack\",\"origin\":\"" + KEY.name() + "\",\"keys\":[],"
                                    + "\"cosigned\":[],\"campaign\":null,\"from\":\"1970-01-01\",\"to\":\"9999-12-31\",\"sample\":null}")
                            .getBytes(StandardCharsets.UTF_8));
            zip.putNextEntry(new ZipEntry("terms.jsonl"));
            for (int i = 0; i < terms.size(); i++) {
                line(zip, i, terms.get(i).text().orElseThrow());
            }
            zip.closeEntry();
            zip.putNextEntry(new ZipEntry("receipts.jsonl"));
            for (long i = terms.size(); i < size(); i++) {
                line(zip, i, receipt(i));
                var template = receipts.get((int) (i % receipts.size()));
                add(invoice, template.line(), template.price());
                add(totals, template.currency(), template.price());
            }
            zip.closeEntry();
            put(zip, "invoice.csv", csv(invoice, totals).getBytes(StandardCharsets.UTF_8));
            for (var file : files.entrySet()) {
                if (!file.getKey().startsWith("tile/entries/")) {
                    put(zip, file.getKey(), file.getValue());
                }
            }
        }
        var sums = new TreeMap<String, Long>();
        totals.forEach((currency, sum) -> sums.put(currency, sum[1]));
        return sums;
    }

    private static void add(Map<String, long[]> sums, String key, long micros) {
        var sum = sums.computeIfAbsent(key, _ -> new long[2]);
        sum[0]++;
        sum[1] += micros;
    }

    private static String csv(Map<String, long[]> invoice, Map<String, long[]> totals) {
        var text = new StringBuilder("campaign,ad_group,ad,day,currency,impressions,micros\n");
        invoice.forEach((line, sum) -> text.append(line + "," + sum[0] + "," + sum[1] + "\n"));
        totals.forEach((currency, sum) -> text.append("total,,,," + currency + "," + sum[0] + "," + sum[1] + "\n"));
        return text.toString();
    }

    private static void line(ZipOutputStream zip, long index, byte[] text) throws IOException {
        zip.write((index + " " + salt(index) + " ").getBytes(StandardCharsets.US_ASCII));
        zip.write(text);
        zip.write('\n');
    }

    private static void put(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(bytes);
        zip.closeEntry();
    }

    /// SHA-256 of a kibibyte, so often a second: what hashing costs on this machine in this run.
    static double hashesASecond() {
        try {
            var sha = MessageDigest.getInstance("SHA-256");
            var kibibyte = new byte[1_024];
            for (int i = 0; i < 20_000; i++) {
                sha.digest(kibibyte);
            }
            long from = System.nanoTime();
            for (int i = 0; i < 200_000; i++) {
                kibibyte[0] ^= sha.digest(kibibyte)[0];
            }
            return 200_000 * 1e9 / (System.nanoTime() - from);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public Optional<byte[]> read(String name) {
        return Optional.ofNullable(files.get(name));
    }

    @Override
    public void write(String name, byte[] bytes) {
        files.put(name, bytes);
    }

    @Override
    public void force() {}

    @Override
    public void deleteFolder(String folder) {
        files.keySet().removeIf(name -> name.startsWith(folder));
    }
}
