package mizan.verifier;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// An operator who holds the log's true key, and seals whatever serves him. What is in the packs is honest until a test
/// says otherwise: the published examples, each receipt with an id and a number of its own.
final class Forger {
    static final String ORIGIN = "log.example/forger";
    private static final int WIDTH = 256;
    private static final String SALT = "000102030405060708090a0b0c0d0e0f";
    private static final Json VECTORS = vectors();
    private static final KeyPair KEY = key();

    private final List<Line> lines = new ArrayList<>();
    private final Map<String, StringBuilder> unsealed = new LinkedHashMap<>();

    /// @param kind which the log is told
    @SuppressWarnings("ArrayRecordComponent") // Nobody compares lines.
    private record Line(String file, String kind, byte[] text) {}

    private static Json vectors() {
        try {
            return Json.read(Files.readString(Path.of("../docs/formats/vectors/receipt.json"))
                    .strip());
        } catch (IOException | Unreadable e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyPair key() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /// A published example.
    static String vector(String kind) {
        try {
            return VECTORS.get(kind).text("text");
        } catch (Unreadable e) {
            throw new IllegalStateException(e);
        }
    }

    /// The published receipt as one of many.
    static String receipt(int number) {
        return vector("receipt")
                .replaceFirst("imp_[0-9A-Z]{22}", "imp_01M5WDWP40N3T9QASG1XCT")
                .replaceFirst("(imp_[0-9A-Z]{22})[0-9A-Z]{4}", "$1" + String.format("%04d", number))
                .replaceFirst("\"sequence\":[0-9]+", "\"sequence\":" + number);
    }

    /// Terms, so many receipts, and a payment.
    static Forger honest(int receipts) {
        var forger = new Forger().terms(vector("terms"));
        for (int i = 0; i < receipts; i++) {
            forger.receipt(receipt(i));
        }
        return forger.payment(vector("payment"));
    }

    Forger terms(String text) {
        return line("terms.jsonl", "terms", text);
    }

    Forger receipt(String text) {
        return line("receipts.jsonl", "receipt", text);
    }

    Forger credit(String text) {
        return line("credits.jsonl", "credit", text);
    }

    Forger payment(String text) {
        return line("payments.jsonl", "payment", text);
    }

    Forger statement(String text) {
        return line("statements.jsonl", "statement", text);
    }

    private Forger line(String file, String kind, String text) {
        return line(file, kind, text.getBytes(StandardCharsets.UTF_8));
    }

    /// Seals bytes as they are.
    Forger line(String file, String kind, byte[] text) {
        lines.add(new Line(file, kind, text));
        return this;
    }

    /// Opens a neighbour of a receipt, which need not be the one that its commitment hides.
    Forger opening(long index, String post, String text) throws Unreadable {
        unsealed.computeIfAbsent("openings.jsonl", _ -> new StringBuilder())
                .append(index + " " + post + " " + VECTORS.get("opening").text("salt") + " " + text + "\n");
        return this;
    }

    static String manifest() {
        return "{\"v\":2,\"kind\":\"pack\",\"origin\":\"" + ORIGIN + "\",\"keys\":[\"" + verifierKey()
                + "\"],\"cosigned\":[],\"advertiser\":null,\"campaign\":null,\"from\":\"1970-01-01\",\"to\":\"9999-12-31\","
                + "\"sample\":null}";
    }

    /// The members of a pack, with the invoice that follows from those of its lines that can be read.
    Map<String, byte[]> pack() {
        var members = new LinkedHashMap<String, byte[]>();
        members.put("manifest.json", manifest().getBytes(StandardCharsets.UTF_8));
        var entries = new ArrayList<byte[]>();
        var files = new LinkedHashMap<String, ByteArrayOutputStream>();
        var invoice = new Invoice();
        for (int i = 0; i < lines.size(); i++) {
            var line = lines.get(i);
            var file = files.computeIfAbsent(line.file(), _ -> new ByteArrayOutputStream());
            file.writeBytes((i + " " + SALT + " ").getBytes(StandardCharsets.US_ASCII));
            file.writeBytes(line.text());
            file.write('\n');
            entries.add(entry(line));
            count(line, i, invoice);
        }
        files.forEach((name, bytes) -> members.put(name, bytes.toByteArray()));
        unsealed.forEach((name, text) -> members.put(name, text.toString().getBytes(StandardCharsets.UTF_8)));
        members.put("invoice.csv", csv(invoice));
        members.putAll(sealed(entries));
        return members;
    }

    private static byte[] csv(Invoice invoice) {
        try {
            return (String.join("\n", invoice.text(true)) + "\n").getBytes(StandardCharsets.UTF_8);
        } catch (ArithmeticException _) {
            return new byte[0];
        }
    }

    private static byte[] entry(Line line) {
        try {
            return Sealed.entry(line.kind(), SALT, line.text());
        } catch (Unreadable e) {
            throw new IllegalStateException(e);
        }
    }

    private static void count(Line line, int index, Invoice invoice) {
        try {
            var json = Json.read(line.text(), 0, line.text().length);
            switch (line.kind()) {
                case "receipt" -> invoice.billed(Receipt.read(index, json));
                case "credit" -> invoice.credited(Movement.credit(index, json));
                case "payment" -> invoice.paid(Movement.payment(index, json));
                default -> {}
            }
        } catch (Unreadable | ArithmeticException _) {
            // The verifier will say so.
        }
    }

    /// An evidence pack of these files.
    static Map<String, byte[]> evidence(Map<String, byte[]> files) {
        var list = new StringJoiner(",", "[", "]");
        files.forEach((name, bytes) -> list.add("{\"name\":\"" + name + "\",\"bytes\":" + bytes.length
                + ",\"sha256\":\"" + Hashes.hex(Hashes.sha256(bytes)) + "\"}"));
        var manifest = "{\"v\":1,\"kind\":\"evidence\",\"origin\":\"" + ORIGIN + "\",\"files\":" + list + "}";
        var bytes = manifest.getBytes(StandardCharsets.UTF_8);
        var text = ORIGIN + " evidence pack\n" + Hashes.hex(Hashes.sha256(bytes)) + "\n";
        var pack = new LinkedHashMap<>(files);
        pack.put("manifest.json", bytes);
        pack.put("manifest.note", (text + "\n" + signature(text)).getBytes(StandardCharsets.UTF_8));
        return pack;
    }

    /// Tiles and a checkpoint over these entries.
    static Map<String, byte[]> sealed(List<byte[]> entries) {
        var files = new HashMap<String, byte[]>();
        var hashes = entries.stream().map(Hashes::leaf).toList();
        files.put("checkpoint", checkpoint(ORIGIN, entries.size(), root(hashes)));
        for (int level = 0; !hashes.isEmpty(); level++) {
            var above = new ArrayList<byte[]>();
            for (int from = 0; from < hashes.size(); from += WIDTH) {
                var part = hashes.subList(from, Math.min(from + WIDTH, hashes.size()));
                var tile = new ByteArrayOutputStream();
                part.forEach(tile::writeBytes);
                files.put(TileTree.path(level, from / WIDTH, part.size()), tile.toByteArray());
                if (part.size() == WIDTH) {
                    above.add(root(part));
                }
            }
            hashes = above;
        }
        return files;
    }

    /// RFC 6962, section 2.1.
    private static byte[] root(List<byte[]> hashes) {
        if (hashes.size() <= 1) {
            return hashes.isEmpty() ? Hashes.sha256() : hashes.getFirst();
        }
        int left = Integer.highestOneBit(hashes.size() - 1);
        return Hashes.node(root(hashes.subList(0, left)), root(hashes.subList(left, hashes.size())));
    }

    static byte[] checkpoint(String origin, long size, byte[] root) {
        var text = origin + "\n" + size + "\n" + Base64.getEncoder().encodeToString(root) + "\n";
        return (text + "\n" + signature(text)).getBytes(StandardCharsets.UTF_8);
    }

    static String signature(String text) {
        try {
            var signer = Signature.getInstance("Ed25519");
            signer.initSign(KEY.getPrivate());
            signer.update(text.getBytes(StandardCharsets.UTF_8));
            var line = new ByteArrayOutputStream();
            line.writeBytes(id());
            line.writeBytes(signer.sign());
            return "— " + ORIGIN + " " + Base64.getEncoder().encodeToString(line.toByteArray()) + "\n";
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] typed() {
        var encoded = KEY.getPublic().getEncoded();
        var typed = Arrays.copyOfRange(encoded, encoded.length - 33, encoded.length);
        typed[0] = 1;
        return typed;
    }

    private static byte[] id() {
        return Arrays.copyOf(Hashes.sha256((ORIGIN + "\n").getBytes(StandardCharsets.UTF_8), typed()), 4);
    }

    static String verifierKey() {
        return ORIGIN + "+" + HexFormat.of().formatHex(id()) + "+"
                + Base64.getEncoder().encodeToString(typed());
    }

    static byte[] zip(Map<String, byte[]> members) {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            for (var member : members.entrySet()) {
                zip.putNextEntry(new ZipEntry(member.getKey()));
                zip.write(member.getValue());
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /// What the program says.
    ///
    /// @param code as documented; what is told is JSON
    record Verdict(int code, String told) {}

    static Verdict judged(Path pack) throws IOException {
        var told = new StringBuilder();
        int code = Verify.run(
                new Verify.Question(pack.toString(), Optional.empty(), List.of(), Optional.empty(), true), told);
        return new Verdict(code, told.toString());
    }
}
