package mizan.server.adcp;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import mizan.core.suitability.TermsId;
import mizan.core.suitability.Topic;
import mizan.server.adcp.Accounts.Account;
import mizan.server.adcp.Documents.Kind;
import mizan.server.adcp.Policies.Judged;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Content standards are suitability terms: what a policy that `must` be kept names is kept away from every ad of the
/// account's media buys. An account's newest standards are the terms of what it buys from then on.
final class Standards {
    private static final int MAX_NAME = 120;

    private Standards() {}

    private record Known(String id, Account account, ObjectNode document) {}

    static ObjectNode create(Sale sale) {
        var account = Accounts.of(sale);
        var scope = sale.asked.object("scope").orElseThrow(() -> AdcpError.invalid("scope", "is required"));
        if (scope.texts("languages_any").isEmpty()) {
            throw AdcpError.invalid("scope.languages_any", "at least one");
        }
        var document = Sale.node();
        document.set("scope", scope.json().deepCopy());
        document.set("policies", policies(sale));
        var fields = terms(sale, document).put("advertiser", account.id());
        var id = sale.add(mizan.server.booking.Kind.TERMS, fields).id();
        sale.keep(Kind.STANDARDS, account.id(), id, document);
        return Sale.node().put("standards_id", id);
    }

    private static JsonNode policies(Sale sale) {
        var policies = sale.asked.objects("policies");
        if (policies.isEmpty()) {
            throw sale.asked.has("registry_policy_ids")
                    ? AdcpError.unsupported("registry_policy_ids", "send the policies themselves")
                    : AdcpError.invalid("policies", "at least one");
        }
        for (var policy : policies) {
            policy.text("policy_id");
            policy.text("policy");
            if (!List.of("must", "should", "may").contains(policy.text("enforcement"))) {
                throw AdcpError.invalid(policy.where() + "enforcement", "must, should or may");
            }
        }
        return sale.asked.json().get("policies").deepCopy();
    }

    /// The booked form: the strictest limit for each topic that must not be met.
    private static ObjectNode terms(Sale sale, ObjectNode document) {
        var topics = EnumSet.noneOf(Topic.class);
        for (var policy : document.path("policies")) {
            if (policy.path("enforcement").asString("").equals("must")) {
                topics.addAll(Policies.topics(policy.path("policy").asString(""), sale.now()));
            }
        }
        var fields = Sale.node().put("name", name(document));
        var limits = fields.putObject("max_tier_by_topic");
        Policies.codes(topics).forEach(code -> limits.put(code, "SAFE"));
        return fields;
    }

    private static String name(ObjectNode document) {
        var name = document.path("scope").path("description").asString("");
        var said = name.isBlank()
                ? document.path("policies").path(0).path("policy_id").asString("standards")
                : name;
        return said.substring(0, Math.min(MAX_NAME, said.length()));
    }

    static ObjectNode update(Sale sale) {
        var known = find(sale);
        var document = known.document().deepCopy();
        sale.asked
                .object("scope")
                .ifPresent(scope -> document.set("scope", scope.json().deepCopy()));
        if (sale.asked.has("policies")) {
            document.set("policies", policies(sale));
        }
        var fields = terms(sale, document);
        // Who signed a version has not signed the next.
        fields.putNull("signed_by");
        fields.putNull("signed_at");
        var before = sale.engine()
                .booking()
                .body(mizan.server.booking.Kind.TERMS, known.id())
                .orElseThrow();
        before.path("max_tier_by_topic").propertyNames().stream()
                .filter(topic -> !fields.path("max_tier_by_topic").has(topic))
                .toList()
                .forEach(topic -> ((ObjectNode) fields.path("max_tier_by_topic")).putNull(topic));
        sale.change(mizan.server.booking.Kind.TERMS, known.id(), "update", fields);
        sale.keep(Kind.STANDARDS, known.account().id(), known.id(), document);
        return Sale.node().put("success", true).put("standards_id", known.id());
    }

    /// Those that the request names, of any of the agent's accounts.
    private static Known find(Sale sale) {
        var id = sale.asked.text("standards_id");
        return all(sale).stream()
                .filter(k -> k.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new AdcpError("REFERENCE_NOT_FOUND", "no such content standards", "standards_id"));
    }

    private static List<Known> all(Sale sale) {
        var all = new ArrayList<Known>();
        for (var account : Accounts.some(sale)) {
            sale.documents(Kind.STANDARDS, account.id()).entrySet().stream()
                    .filter(e -> sale.book().terms().containsKey(new TermsId(e.getKey())))
                    .forEach(e -> all.add(new Known(e.getKey(), account, e.getValue())));
        }
        all.sort(Comparator.comparing(Known::id));
        return all;
    }

    /// The terms that a new media buy of the account gets: ids grow with time.
    static Optional<String> newest(Sale sale, Account account) {
        return sale.documents(Kind.STANDARDS, account.id()).keySet().stream()
                .filter(id -> sale.book().terms().containsKey(new TermsId(id)))
                .max(Comparator.naturalOrder());
    }

    static ObjectNode get(Sale sale) {
        var answer = Sale.node();
        describe(answer, find(sale));
        return answer;
    }

    static ObjectNode list(Sale sale) {
        var page = Pages.of(sale.asked, all(sale), Known::id);
        var answer = Sale.node();
        var list = answer.putArray("standards");
        page.items().forEach(known -> describe(list.addObject(), known));
        page.write(answer);
        return answer;
    }

    private static void describe(ObjectNode json, Known known) {
        json.put("standards_id", known.id()).put("name", name(known.document()));
        var scope = known.document().path("scope");
        for (var name : List.of("countries_all", "channels_any", "languages_any")) {
            if (!scope.path(name).isEmpty()) {
                json.set(name, scope.get(name).deepCopy());
            }
        }
        json.set("policies", known.document().path("policies").deepCopy());
    }

    static ObjectNode calibrate(Sale sale) {
        var artifact = sale.asked.object("artifact").orElseThrow(() -> AdcpError.invalid("artifact", "is required"));
        var judged = Policies.judge(find(sale).document().path("policies"), artifact.json(), sale.now());
        var answer = Sale.node().put("verdict", verdict(judged));
        answer.put(
                "explanation",
                judged.stream()
                        .filter(Judged::refuses)
                        .map(j -> j.id() + ": " + j.explanation())
                        .collect(Collectors.joining("; ")));
        features(answer, judged);
        return answer;
    }

    private static String verdict(List<Judged> judged) {
        return judged.stream().anyMatch(Judged::refuses) ? "fail" : "pass";
    }

    private static void features(ObjectNode json, List<Judged> judged) {
        var list = json.putArray("features");
        judged.forEach(j -> list.addObject()
                .put("feature_id", j.id())
                .put("policy_id", j.id())
                .put("status", j.status())
                .put("explanation", j.explanation()));
    }

    static ObjectNode validate(Sale sale) {
        var policies = find(sale).document().path("policies");
        var answer = Sale.node();
        var results = answer.putArray("results");
        int passed = 0;
        var records = sale.asked.objects("records");
        if (records.isEmpty()) {
            throw AdcpError.invalid("records", "at least one");
        }
        for (var one : records) {
            var artifact = one.object("artifact")
                    .orElseThrow(() -> AdcpError.invalid(one.where() + "artifact", "is required"));
            var judged = Policies.judge(policies, artifact.json(), sale.now());
            var json = results.addObject().put("record_id", one.text("record_id"));
            json.put("verdict", verdict(judged));
            features(json, judged);
            passed += verdict(judged).equals("pass") ? 1 : 0;
        }
        answer.putObject("summary")
                .put("total_records", records.size())
                .put("passed_records", passed)
                .put("failed_records", records.size() - passed);
        return answer;
    }
}
