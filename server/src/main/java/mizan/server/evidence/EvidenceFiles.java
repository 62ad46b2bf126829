package mizan.server.evidence;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import mizan.server.billing.DocumentJson;
import mizan.server.console.Csv;
import mizan.server.disputes.DisputeJson;
import mizan.server.reconciliation.ReconciliationJson;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// Writes the material as files that both spreadsheets and programs read.
final class EvidenceFiles {
    private final Material material;
    private final UnaryOperator<String> names;

    /// @param names what people and keys are called, from their ids
    EvidenceFiles(Material material, UnaryOperator<String> names) {
        this.material = material;
        this.names = names;
    }

    /// By name, in the order in which the index tells of them.
    ///
    /// @param notes whether the platform's own notes are for this reader
    Map<String, byte[]> write(boolean notes) {
        var files = new LinkedHashMap<String, byte[]>();
        files.put("changes.csv", changes());
        files.put("audit.csv", audit());
        files.put("terms.json", terms());
        files.put("delivery.csv", delivery());
        files.put("findings.csv", findings());
        files.put("credits.csv", credits());
        files.put("disputes.json", disputes());
        files.put("reconciliations.json", reconciliations());
        files.put("correspondence.csv", correspondence(notes));
        files.put("invoices.json", invoices());
        return files;
    }

    private static byte[] csv(List<String> head, List<List<String>> rows) {
        var text = new StringBuilder(Csv.line(head));
        rows.forEach(row -> text.append(Csv.line(row)));
        return text.toString().getBytes(UTF_8);
    }

    private static byte[] json(ArrayNode array) {
        return array.toPrettyString().getBytes(UTF_8);
    }

    private static String amount(long micros) {
        return BigDecimal.valueOf(micros, 6).stripTrailingZeros().toPlainString();
    }

    private byte[] changes() {
        return csv(
                List.of("revision", "at", "who", "who_id", "verb", "kind", "id", "why", "as_it_was_afterwards"),
                material.changes().stream()
                        .map(c -> List.of(
                                Long.toString(c.revision()),
                                c.at().toString(),
                                names.apply(c.actor()),
                                c.actor(),
                                c.verb(),
                                c.kind().name(),
                                c.id(),
                                c.why(),
                                c.body().toString()))
                        .toList());
    }

    /// Without network addresses: they tell of people and prove nothing here.
    private byte[] audit() {
        return csv(
                List.of("sequence", "at", "who", "who_id", "operation", "subject", "before", "after", "request"),
                material.acts().stream()
                        .map(a -> List.of(
                                Long.toString(a.sequence()),
                                a.at().toString(),
                                a.name(),
                                a.actor(),
                                a.operation(),
                                a.subject(),
                                a.before(),
                                a.after(),
                                a.requestId()))
                        .toList());
    }

    private byte[] terms() {
        var array = JsonNodeFactory.instance.arrayNode();
        for (var version : material.terms()) {
            var json = array.addObject();
            json.put("id", version.change().id())
                    .put("version", version.number())
                    .put("in_force_since", version.change().at().toString())
                    .put("by", names.apply(version.change().actor()))
                    .put("why", version.change().why());
            json.set("terms", version.change().body());
        }
        return json(array);
    }

    private byte[] delivery() {
        var rows = new ArrayList<List<String>>();
        material.delivery().entrySet().stream()
                .sorted(Comparator.comparing((Map.Entry<Material.Delivered, ?> e) ->
                                e.getKey().day())
                        .thenComparing(e -> e.getKey().ad()))
                .forEach(e -> {
                    var key = e.getKey();
                    var n = e.getValue();
                    rows.add(List.of(
                            key.day().toString(),
                            key.campaign(),
                            key.adGroup(),
                            key.ad(),
                            Long.toString(n.rendered()),
                            Long.toString(n.viewable()),
                            Long.toString(n.clicks()),
                            Long.toString(n.charged()),
                            amount(n.spendMicros())));
                });
        return csv(
                List.of("day", "campaign", "ad_group", "ad", "impressions", "viewable", "clicks", "billed", "amount"),
                rows);
    }

    private byte[] findings() {
        return csv(
                List.of(
                        "impression",
                        "campaign",
                        "ad",
                        "served_at",
                        "changed_at",
                        "cause",
                        "rule",
                        "detail",
                        "post",
                        "commitment",
                        "credited"),
                material.findings().stream()
                        .map(f -> List.of(
                                f.impression().value(),
                                f.campaign().value(),
                                f.ad().value(),
                                f.servedAt().toString(),
                                f.changedAt().toString(),
                                f.cause().name(),
                                f.breach().rule().code(),
                                f.breach().detail(),
                                f.breach().postId(),
                                f.commitment(),
                                amount(f.creditedMicros())))
                        .toList());
    }

    private byte[] credits() {
        return csv(
                List.of("impression", "campaign", "ad", "served_at", "credited_at", "currency", "amount"),
                material.credits().stream()
                        .map(c -> List.of(
                                c.showing().impression().id().value(),
                                c.showing().impression().campaign().value(),
                                c.showing().impression().ad().value(),
                                c.showing().impression().servedAt().toString(),
                                c.at().toString(),
                                c.showing().impression().currency().getCurrencyCode(),
                                amount(c.micros())))
                        .toList());
    }

    private byte[] disputes() {
        var array = JsonNodeFactory.instance.arrayNode();
        material.disputes().forEach(d -> array.add(DisputeJson.write(d)));
        return json(array);
    }

    private byte[] reconciliations() {
        var array = JsonNodeFactory.instance.arrayNode();
        material.reconciliations().forEach(k -> array.add(ReconciliationJson.write(k)));
        return json(array);
    }

    private record Word(java.time.Instant at, List<String> cells) {}

    /// What either side said in disputes, and what the platform wrote down of other conversations.
    private byte[] correspondence(boolean notes) {
        var words = new ArrayList<Word>();
        for (var dispute : material.disputes()) {
            for (var entry : dispute.entries()) {
                words.add(new Word(
                        entry.at(),
                        List.of(
                                entry.at().toString(),
                                names.apply(entry.by()),
                                entry.side().name(),
                                dispute.id(),
                                entry.text())));
            }
        }
        if (notes) {
            material.notes()
                    .forEach(n -> words.add(new Word(
                            n.at(), List.of(n.at().toString(), names.apply(n.actor()), "PLATFORM", "note", n.text()))));
        }
        words.sort(Comparator.comparing(Word::at));
        return csv(
                List.of("at", "who", "side", "about", "text"),
                words.stream().map(Word::cells).toList());
    }

    private byte[] invoices() {
        var array = JsonNodeFactory.instance.arrayNode();
        material.invoices().forEach(d -> array.add(DocumentJson.write(d)));
        return json(array);
    }
}
