package mizan.server.billing;

import java.time.Instant;
import java.time.YearMonth;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.StreamSupport;
import mizan.core.billing.TaxRate;
import mizan.core.billing.Totals;
import mizan.core.campaign.Text;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Documents and parties as JSON: what is kept is what is answered.
public final class DocumentJson {
    private DocumentJson() {}

    public static ObjectNode write(Document document) {
        var json = head(document);
        json.put("log_size", document.logSize());
        json.set("seller", write(document.seller()));
        json.set("buyer", write(document.buyer()));
        var lines = json.putArray("lines");
        document.lines().forEach(line -> lines.add(write(line, document.advertiser())));
        json.put("lines_micros", document.totals().linesMicros());
        json.put("tax_basis_points", document.rate().basisPoints());
        json.put("tax_note", document.taxNote());
        json.put("tax_micros", document.totals().taxMicros());
        return json;
    }

    /// What a list shows of it.
    public static ObjectNode head(Document document) {
        var json = JsonNodeFactory.instance.objectNode();
        json.put("id", document.name());
        json.put("kind", document.kind().code());
        document.corrects().ifPresent(name -> json.put("corrects", name));
        json.put("advertiser", document.advertiser());
        json.put("month", document.month().toString());
        json.put("issued_at", document.issuedAt().toString());
        json.put("currency", document.currency().getCurrencyCode());
        json.put("net_micros", document.totals().netMicros());
        json.put("total_micros", document.totals().totalMicros());
        return json;
    }

    public static ObjectNode write(Party party) {
        var json = JsonNodeFactory.instance.objectNode();
        json.put("name", party.name()).put("address", party.address()).put("tax_id", party.taxId());
        party.rate().ifPresent(rate -> json.put("tax_basis_points", rate.basisPoints()));
        return json.put("tax_note", party.note());
    }

    private static ObjectNode write(Document.Line line, String advertiser) {
        var json = JsonNodeFactory.instance.objectNode();
        json.put("what", line.what().code()).put("month", line.month().toString());
        json.put("campaign", line.campaign());
        line.campaignName().byLanguage().forEach(json.putObject("campaign_name")::put);
        json.put("ad_group", line.adGroup());
        line.adGroupName().byLanguage().forEach(json.putObject("ad_group_name")::put);
        json.put("impressions", line.impressions()).put("micros", line.micros());
        return json.put("proof_pack", line.proofPack(advertiser));
    }

    /// A document that was kept.
    public static Document read(JsonNode json) {
        var kind = Document.Kind.valueOf(json.path("kind").asString().toUpperCase(Locale.ROOT));
        return new Document(
                kind,
                kind.number(json.path("id").asString()).orElseThrow(),
                json.has("corrects") ? Optional.of(json.path("corrects").asString()) : Optional.empty(),
                json.path("advertiser").asString(),
                YearMonth.parse(json.path("month").asString()),
                Currency.getInstance(json.path("currency").asString()),
                Instant.parse(json.path("issued_at").asString()),
                party(json.path("seller")),
                party(json.path("buyer")),
                lines(json.path("lines")),
                new TaxRate(json.path("tax_basis_points").asInt()),
                json.path("tax_note").asString(),
                new Totals(
                        json.path("lines_micros").asLong(),
                        json.path("net_micros").asLong(),
                        json.path("tax_micros").asLong()),
                json.path("log_size").asLong());
    }

    public static Party party(JsonNode json) {
        return new Party(
                json.path("name").asString(),
                json.path("address").asString(),
                json.path("tax_id").asString(),
                json.has("tax_basis_points")
                        ? Optional.of(new TaxRate(json.path("tax_basis_points").asInt()))
                        : Optional.empty(),
                json.path("tax_note").asString());
    }

    private static List<Document.Line> lines(JsonNode lines) {
        return StreamSupport.stream(lines.spliterator(), false)
                .map(line -> new Document.Line(
                        Document.What.valueOf(line.path("what").asString().toUpperCase(Locale.ROOT)),
                        YearMonth.parse(line.path("month").asString()),
                        line.path("campaign").asString(),
                        text(line.path("campaign_name")),
                        line.path("ad_group").asString(),
                        text(line.path("ad_group_name")),
                        line.path("impressions").asLong(),
                        line.path("micros").asLong()))
                .toList();
    }

    private static Text text(JsonNode json) {
        Map<String, String> words = new TreeMap<>();
        json.properties().forEach(one -> words.put(one.getKey(), one.getValue().asString()));
        return new Text(words);
    }
}
