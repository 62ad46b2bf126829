package mizan.server.evidence;

import static java.nio.charset.StandardCharsets.UTF_8;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import mizan.core.campaign.Advertiser;
import mizan.server.accounting.LedgerBatch;
import mizan.server.app.Engine;
import mizan.server.billing.print.PrintedPage;
import mizan.server.booking.Change;
import mizan.server.console.words.Digits;
import mizan.server.console.words.Lang;
import mizan.server.console.words.Words;
import mizan.server.disputes.Dispute;
import mizan.server.http.Principal;
import mizan.server.people.Workspace;
import mizan.server.proof.Packs;
import mizan.server.proof.ProofStore;
import mizan.server.proof.Sealing;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// Makes evidence packs, see `docs/formats/evidence.md`: files, a page that tells what they say, a manifest with the
/// hash of each, and a note about the manifest signed by the log's key.
public final class EvidencePack {
    /// From the first to the last day.
    public static final int MAX_DAYS = 366;

    static final String MANIFEST = "manifest.json";
    private static final int MOST_ON_THE_PAGE = 500;

    private final Engine engine;
    private final Sealing sealing;
    private final Workspace workspace;

    /// @param sealing the log whose key signs
    public EvidencePack(Engine engine, Sealing sealing, Workspace workspace) {
        this.engine = engine;
        this.sealing = sealing;
        this.workspace = workspace;
    }

    /// What a pack is about, and who asked for it.
    ///
    /// @param from the first day, and `to` the day after the last, as the advertiser's days begin
    public record Wish(Advertiser advertiser, LocalDate from, LocalDate to, Lang lang, Principal by) {}

    /// @throws IOException also when nothing was sealed yet
    public byte[] write(Wish wish) throws IOException {
        var material = new Material(engine, workspace, wish.advertiser(), wish.from(), wish.to());
        var notes = wish.by().advertiser().isEmpty();
        var files = new LinkedHashMap<String, byte[]>();
        files.put("proof.zip", proof(wish, material));
        files.putAll(new EvidenceFiles(material, workspace.names()::apply).write(notes));
        var index = index(wish, material, files);
        var words = Words.of(wish.lang(), Digits.LATIN, wish.advertiser().timeZone());
        files.put("index.html", page(index, words, false).getBytes(UTF_8));
        files.put("index.pdf", PrintedPage.pdf(page(index, words, true), wish.lang()));
        var manifest = manifest(wish, index, files).toString().getBytes(UTF_8);
        files.put(MANIFEST, manifest);
        files.put(
                "manifest.note",
                sealing.note(origin() + " evidence pack\n" + sha256(manifest) + "\n")
                        .getBytes(UTF_8));
        return zip(files);
    }

    /// The days of the pack lie in these days of UTC, which the log's are.
    private byte[] proof(Wish wish, Material material) throws IOException {
        var first = LocalDate.ofInstant(material.start(), ZoneOffset.UTC);
        var last = LocalDate.ofInstant(material.end().minusMillis(1), ZoneOffset.UTC);
        var out = new ByteArrayOutputStream();
        var whose = ProofStore.Whose.advertiser(wish.advertiser().id().value());
        var _ = new Packs(sealing.store(), sealing.files())
                .write(new Packs.Scope(whose, first, last.plusDays(1), Optional.empty(), 0), out);
        return out.toByteArray();
    }

    private EvidenceIndex index(Wish wish, Material material, Map<String, byte[]> files) {
        var lang = wish.lang().tag();
        var changes = material.changes();
        var delivered = material.delivery().values().stream().reduce(LedgerBatch.Counts.NONE, LedgerBatch.Counts::plus);
        var credits = material.credits();
        return new EvidenceIndex(
                wish.advertiser().name().in(lang),
                wish.advertiser().id().value(),
                wish.from(),
                wish.to().minusDays(1),
                wish.advertiser().timeZone().getId(),
                wish.advertiser().currency().getCurrencyCode(),
                engine.time().instant(),
                workspace.names().apply(wish.by().keyId()),
                changes.stream()
                        .limit(MOST_ON_THE_PAGE)
                        .map(c -> changed(c, lang))
                        .toList(),
                Math.max(0, changes.size() - MOST_ON_THE_PAGE),
                material.terms().stream().map(EvidencePack::inForce).toList(),
                new EvidenceIndex.Delivered(
                        delivered.rendered(),
                        delivered.viewable(),
                        delivered.clicks(),
                        delivered.charged(),
                        delivered.spendMicros()),
                material.findings().size(),
                new EvidenceIndex.Money(
                        credits.size(),
                        credits.stream().mapToLong(c -> c.micros()).sum()),
                material.disputes().stream().map(d -> disputed(d, lang)).toList(),
                material.invoices().stream()
                        .map(d -> new EvidenceIndex.Invoiced(
                                d.name(), d.issuedAt(), d.totals().totalMicros()))
                        .toList(),
                packed(files));
    }

    private EvidenceIndex.Changed changed(Change change, String lang) {
        var body = change.body();
        return new EvidenceIndex.Changed(
                change.at(),
                workspace.names().apply(change.actor()),
                change.verb(),
                called(body, lang).orElse(change.id()),
                change.why());
    }

    /// Names are a text or one for each language; creatives have a headline.
    private static Optional<String> called(JsonNode body, String lang) {
        for (var field : List.of("name", "headline")) {
            var named = body.path(field);
            var text = named.isString() ? named : named.path(lang).isString() ? named.path(lang) : named.path("en");
            if (text.isString()) {
                return Optional.of(text.asString());
            }
        }
        return Optional.empty();
    }

    private static EvidenceIndex.InForce inForce(Material.Version version) {
        var body = version.change().body();
        var by = body.path("signed_by").asString("");
        return new EvidenceIndex.InForce(
                body.path("name").asString(version.change().id()),
                version.number(),
                version.change().at(),
                body.path("preset").asString(""),
                by.isEmpty()
                        ? Optional.empty()
                        : Optional.of(new EvidenceIndex.Signed(
                                by,
                                body.path("signed_at").isString()
                                        ? Instant.parse(body.path("signed_at").asString())
                                        : version.change().at())));
    }

    private EvidenceIndex.Disputed disputed(Dispute dispute, String lang) {
        return new EvidenceIndex.Disputed(
                dispute.id(),
                Optional.ofNullable(engine.booking().book().campaigns().get(dispute.campaign()))
                        .map(c -> c.name().in(lang))
                        .orElse(dispute.campaign().value()),
                dispute.reason().code(),
                dispute.state().code(),
                dispute.openedAt(),
                engine.disputes().store().credited(dispute.id()).micros());
    }

    private static List<EvidenceIndex.PackedFile> packed(Map<String, byte[]> files) {
        return files.entrySet().stream()
                .map(f -> new EvidenceIndex.PackedFile(f.getKey(), f.getValue().length, sha256(f.getValue())))
                .toList();
    }

    /// @param printed whether it is laid out by the library that makes PDF files
    private static String page(EvidenceIndex index, Words words, boolean printed) {
        var html = new StringOutput();
        TemplateEngine.createPrecompiled(ContentType.Html)
                .render(
                        "print/evidence.jte",
                        Map.<String, Object>of("w", words, "index", index, "printed", printed),
                        html);
        return html.toString();
    }

    private JsonNode manifest(Wish wish, EvidenceIndex index, Map<String, byte[]> files) {
        var json = JsonNodeFactory.instance.objectNode();
        json.put("v", 1).put("kind", "evidence").put("origin", origin());
        json.put("advertiser", index.id());
        json.put("from", wish.from().toString()).put("to", wish.to().toString()).put("time_zone", index.zone());
        json.put("made_at", index.madeAt().toString()).put("made_by", wish.by().keyId());
        json.put("language", wish.lang().tag());
        var list = json.putArray("files");
        packed(files)
                .forEach(f -> list.addObject()
                        .put("name", f.name())
                        .put("bytes", f.bytes())
                        .put("sha256", f.sha256()));
        return json;
    }

    private String origin() {
        return sealing.origin();
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of every Java", e);
        }
    }

    private static byte[] zip(Map<String, byte[]> files) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(out)) {
            for (var file : files.entrySet()) {
                // The time of a file says nothing, so it is always the same.
                var entry = new ZipEntry(file.getKey());
                entry.setTimeLocal(LocalDateTime.of(1980, 1, 1, 0, 0));
                zip.putNextEntry(entry);
                zip.write(file.getValue());
                zip.closeEntry();
            }
        }
        return out.toByteArray();
    }
}
