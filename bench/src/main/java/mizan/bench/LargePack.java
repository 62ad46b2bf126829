package mizan.bench;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
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
import mizan.server.proof.InvoiceLines;
import mizan.server.proof.ProofStore;
import tools.jackson.databind.json.JsonMapper;

/// A proof pack as large as one likes: the receipts of a played week over and over, each with an id of its own, sealed
/// in
/// a log of their own; behind them a credit for every thousandth, and one payment. Their budgets are made large enough;
/// their pages, bids, prices and terms are the real ones.
final class LargePack implements EntrySource, LogStore {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final HexFormat HEX = HexFormat.of();
    private static final LogKey KEY = LogKey.create("bench.example/log", LogKey.Kind.ED25519);

    private static final int EVERY = 1_000;
    private static final long LEASES_A_WEEK = 1_000_000;
    private static final long PAID = 1_000_000_000_000L;

    private final List<Template> receipts = new ArrayList<>();
    private final List<ProofStore.Stored> terms = new ArrayList<>();
    private final Map<String, byte[]> files = new TreeMap<>();
    private final int wanted;

    /// A receipt in the three parts around its impression's id and its lease's number.
    @SuppressWarnings("ArrayRecordComponent") // Nobody compares templates.
    private record Template(
            byte[] before,
            byte[] between,
            byte[] after,
            long lease,
            String advertiser,
            InvoiceLines.Ad ad,
            LocalDate day,
            String currency,
            long price,
            long at) {}

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
        var number = "\"lease\":" + charge.get("lease").asLong();
        int lease = text.indexOf(number);
        return new Template(
                text.substring(0, at).getBytes(StandardCharsets.UTF_8),
                text.substring(at + id.length(), lease).getBytes(StandardCharsets.UTF_8),
                text.substring(lease + number.length()).getBytes(StandardCharsets.UTF_8),
                charge.get("lease").asLong(),
                json.get("advertiser").asString(),
                new InvoiceLines.Ad(
                        json.get("campaign").asString(),
                        json.get("ad_group").asString(),
                        json.get("ad").asString()),
                day,
                charge.get("currency").asString(),
                charge.get("price").asLong(),
                charge.get("at").asLong());
    }

    String key() {
        return KEY.verifierKey();
    }

    private Template template(long i) {
        return receipts.get((int) (i % receipts.size()));
    }

    private static String impression(long i) {
        return SortableId.of("imp", 1_790_000_000_000L + i, i, i * 0x9E3779B97F4A7C15L);
    }

    private byte[] receipt(long i) {
        var template = template(i);
        // Each time over, the week has leases of its own: a lease's number is charged once.
        long lease = template.lease() + LEASES_A_WEEK * (i / receipts.size());
        var text = new ByteArrayOutputStream(template.before().length + template.after().length + 256);
        text.writeBytes(template.before());
        text.writeBytes(impression(i).getBytes(StandardCharsets.US_ASCII));
        text.writeBytes(template.between());
        text.writeBytes(("\"lease\":" + lease).getBytes(StandardCharsets.US_ASCII));
        text.writeBytes(template.after());
        return text.toByteArray();
    }

    private long credits() {
        return wanted / EVERY;
    }

    private long firstCredit() {
        return terms.size() + (long) wanted;
    }

    /// The entry whose receipt a credit gives back.
    private long creditedEntry(long credit) {
        return terms.size() + (credit - firstCredit()) * EVERY;
    }

    private byte[] credit(long i) {
        long of = creditedEntry(i);
        var receipt = template(of);
        return ("{\"v\":1,\"kind\":\"credit\",\"credit\":\"credit/" + impression(of) + "\",\"advertiser\":\""
                        + receipt.advertiser() + "\",\"campaign\":\""
                        + receipt.ad().campaign() + "\",\"impression\":\""
                        + impression(of) + "\",\"currency\":\"" + receipt.currency() + "\",\"micros\":"
                        + receipt.price() + ",\"at\":" + receipt.at() + "}")
                .getBytes(StandardCharsets.UTF_8);
    }

    private byte[] payment() {
        var first = template(terms.size());
        return ("{\"v\":1,\"kind\":\"payment\",\"payment\":\"fund/bench\",\"advertiser\":\"" + first.advertiser()
                        + "\",\"reference\":\"bench\",\"currency\":\"" + first.currency() + "\",\"micros\":" + PAID
                        + ",\"at\":" + first.at() + "}")
                .getBytes(StandardCharsets.UTF_8);
    }

    private static String salt(long i) {
        return HEX.toHexDigits(i) + HEX.toHexDigits(~i);
    }

    @Override
    public long size() {
        return firstCredit() + credits() + 1;
    }

    @Override
    public List<byte[]> read(long from, long to) {
        var entries = new ArrayList<byte[]>();
        for (long i = from; i < to; i++) {
            entries.add(entry(i));
        }
        return entries;
    }

    private byte[] entry(long i) {
        if (i < terms.size()) {
            return entry("terms", salt(i), terms.get((int) i).text().orElseThrow());
        }
        if (i < firstCredit()) {
            return entry("receipt", salt(i), receipt(i));
        }
        return i < size() - 1 ? entry("credit", salt(i), credit(i)) : entry("payment", salt(i), payment());
    }

    private static byte[] entry(String kind, String salt, byte[] text) {
        return Commitments.entry(kind, Commitments.of(salt, text));
    }

    /// @return the sums of the invoice, by currency, from the templates' prices
    Map<String, Long> write(Path pack) throws IOException {
        SealedLog.open(this, this, List.of(KEY)).seal(1_790_000_000L, Witnesses.NONE);
        var invoice = new InvoiceLines();
        var sums = new TreeMap<String, Long>();
        try (var zip = new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(pack), 1 << 20))) {
            zip.setLevel(1);
            put(
                    zip,
                    "manifest.json",
                    ("{\"v\":2,\"kind\":\"pack\",\"origin\":\"" + KEY.name() + "\",\"keys\":[],"
                                    + "\"cosigned\":[],\"advertiser\":null,\"campaign\":null,\"from\":\"1970-01-01\",\"to\":\"9999-12-31\",\"sample\":null}")
                            .getBytes(StandardCharsets.UTF_8));
            zip.putNextEntry(new ZipEntry("terms.jsonl"));
            for (int i = 0; i < terms.size(); i++) {
                line(zip, i, terms.get(i).text().orElseThrow());
            }
            zip.closeEntry();
            zip.putNextEntry(new ZipEntry("receipts.jsonl"));
            for (long i = terms.size(); i < firstCredit(); i++) {
                line(zip, i, receipt(i));
                var template = template(i);
                invoice.billed(template.ad(), template.day(), template.currency(), template.price());
                sums.merge(template.currency(), template.price(), Long::sum);
            }
            zip.closeEntry();
            zip.putNextEntry(new ZipEntry("credits.jsonl"));
            for (long i = firstCredit(); i < size() - 1; i++) {
                line(zip, i, credit(i));
                var template = template(creditedEntry(i));
                invoice.credited(template.ad().campaign(), template.day(), template.currency(), template.price());
            }
            zip.closeEntry();
            zip.putNextEntry(new ZipEntry("payments.jsonl"));
            line(zip, size() - 1, payment());
            zip.closeEntry();
            var first = template(terms.size());
            invoice.paid(first.day(), first.currency(), PAID);
            put(zip, "invoice.csv", invoice.text(true));
            for (var file : files.entrySet()) {
                if (!file.getKey().startsWith("tile/entries/")) {
                    put(zip, file.getKey(), file.getValue());
                }
            }
        }
        return sums;
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
