package mizan.server.adcp;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import mizan.core.campaign.Creative;
import mizan.core.campaign.CreativeId;
import mizan.core.campaign.ReviewStatus;
import mizan.core.identity.SortableId;
import mizan.server.adcp.Accounts.Account;
import mizan.server.adcp.Documents.Kind;
import mizan.server.http.Refused;
import tools.jackson.databind.node.ObjectNode;

/// Creatives of an account, by the names that its agent gave them.
///
/// A feed shows words, a button and a picture of the operator's: of what an agent sends, its words and its landing page
/// are taken, whatever the format they were written for. What is missing is its name and its brand's site. A person
/// reviews it before anybody sees it.
final class Creatives {
    private static final String PICTURE_LEFT =
            "pictures are not fetched: the operator adds one before the creative is approved";

    private Creatives() {}

    /// A creative that the book has.
    record Known(String id, ObjectNode document, Creative creative) {
        String status() {
            var review = creative.review();
            return (review == ReviewStatus.SUSPENDED ? ReviewStatus.REJECTED : review)
                    .name()
                    .toLowerCase(Locale.ROOT);
        }
    }

    static Optional<Known> find(Sale sale, Account account, String id) {
        return sale.document(Kind.CREATIVE, account.id(), id).flatMap(d -> known(sale, id, d));
    }

    private static Optional<Known> known(Sale sale, String id, ObjectNode document) {
        var booked = document.path("creative").asString("");
        return SortableId.hasForm(CreativeId.PREFIX, booked)
                ? Optional.ofNullable(sale.book().creatives().get(new CreativeId(booked)))
                        .map(c -> new Known(id, document, c))
                : Optional.empty();
    }

    static List<Known> all(Sale sale, Account account) {
        var all = new ArrayList<Known>();
        sale.documents(Kind.CREATIVE, account.id())
                .forEach((id, document) -> known(sale, id, document).ifPresent(all::add));
        return all;
    }

    static ObjectNode sync(Sale sale) {
        var account = Accounts.of(sale);
        boolean dry = sale.asked.flag("dry_run").orElse(false);
        var answer = Sale.node();
        var list = answer.putArray("creatives");
        for (var one : sale.asked.objects("creatives")) {
            var json = list.addObject().put("creative_id", one.text("creative_id"));
            try {
                sync(sale, account, one, dry, json);
            } catch (AdcpError error) {
                json.put("action", "failed").putArray("errors").add(error.json());
            } catch (Refused refused) {
                json.put("action", "failed")
                        .putArray("errors")
                        .add(AdcpError.of(refused.problem()).json());
            }
        }
        if (dry) {
            answer.put("dry_run", true);
        } else {
            Packages.assignWaiting(sale, account);
        }
        answer.put("sandbox", sale.sandbox());
        return answer;
    }

    private static void sync(Sale sale, Account account, Asked one, boolean dry, ObjectNode json) {
        var id = one.text("creative_id");
        var before = find(sale, account, id);
        var fields = fields(account, one);
        boolean same =
                before.map(b -> b.document().path("fields").equals(fields)).orElse(false);
        json.put("action", before.isEmpty() ? "created" : same ? "unchanged" : "updated");
        if (one.json().path("assets").properties().stream()
                .anyMatch(a -> a.getValue().path("asset_type").asString("").equals("image"))) {
            json.putArray("warnings").add(PICTURE_LEFT);
        }
        if (dry) {
            return;
        }
        if (!same) {
            var document = before.map(Known::document)
                    .orElseGet(() -> Sale.node().put("created_date", sale.now().toString()));
            document.put("creative", booked(sale, account, before, fields));
            document.set("fields", fields);
            document.put("name", one.text("name"))
                    .put("updated_date", sale.now().toString());
            document.set("format_id", one.json().path("format_id").deepCopy());
            document.set("assets", one.json().path("assets").deepCopy());
            sale.keep(Kind.CREATIVE, account.id(), id, document);
        }
        var now = find(sale, account, id).orElseThrow();
        json.put("status", now.status()).put("platform_id", now.creative().id().value());
    }

    private static String booked(Sale sale, Account account, Optional<Known> before, ObjectNode fields) {
        var sent = fields.deepCopy();
        if (before.isPresent()) {
            var known = before.get().creative().id().value();
            sale.change(
                    mizan.server.booking.Kind.CREATIVE, known, "update", sent.put("review_status", "PENDING_REVIEW"));
            return known;
        }
        return sale.add(mizan.server.booking.Kind.CREATIVE, sent.put("advertiser", account.id()))
                .id();
    }

    /// What the book keeps of it.
    private static ObjectNode fields(Account account, Asked one) {
        var format = one.object("format_id").map(f -> f.text("id")).orElse("");
        var assets = one.object("assets")
                .orElseThrow(() -> AdcpError.invalid(one.where() + "assets", "is required"))
                .json();
        boolean shown = assets.properties().stream()
                .map(a -> a.getValue().path("asset_type").asString(""))
                .anyMatch(type -> List.of("text", "markdown", "image").contains(type));
        if (!shown) {
            throw AdcpError.unsupported(one.where() + "assets", "a feed shows texts and pictures, not " + format);
        }
        var headline = text(assets, "headline", "title").orElse(one.text("name"));
        var lang = headline.codePoints().anyMatch(c -> Character.UnicodeScript.of(c) == Character.UnicodeScript.ARABIC)
                ? "ar"
                : "en";
        var fields = Sale.node();
        fields.put("kind", kind(format).name());
        fields.putObject("headline").put(lang, headline);
        fields.putObject("body").put(lang, text(assets, "body", "description").orElse(headline));
        fields.putObject("call_to_action")
                .put(
                        lang,
                        text(assets, "call_to_action", "cta").orElse(lang.equals("ar") ? "اعرف المزيد" : "Learn more"));
        fields.put("landing_page", url(assets, "landing_page", "click_url").orElseGet(() -> site(account)));
        return fields;
    }

    private static Creative.Kind kind(String format) {
        return Map.of("promoted_post", Creative.Kind.PROMOTED_POST, "image", Creative.Kind.IMAGE)
                .getOrDefault(format, Creative.Kind.NATIVE_CARD);
    }

    private static Optional<String> text(ObjectNode assets, String... names) {
        return first(assets, "content", names);
    }

    private static Optional<String> url(ObjectNode assets, String... names) {
        return first(assets, "url", names)
                .filter(u -> u.toLowerCase(Locale.ROOT).startsWith("https://"));
    }

    private static Optional<String> first(ObjectNode assets, String part, String... names) {
        return java.util.Arrays.stream(names)
                .map(n -> assets.path(n).path(part).asString(""))
                .filter(t -> !t.isBlank())
                .findFirst();
    }

    private static String site(Account account) {
        return "https://"
                + account.known()
                        .map(k -> k.path("brand").path("domain").asString(""))
                        .filter(d -> !d.isEmpty())
                        .orElseThrow(() -> AdcpError.invalid("assets.landing_page", "is required"))
                + "/";
    }

    static ObjectNode list(Sale sale) {
        var filters = sale.asked.object("filters");
        var ids = filters.map(f -> f.texts("creative_ids")).orElse(List.of());
        var statuses = filters.map(f -> f.texts("statuses")).orElse(List.of());
        var all = new ArrayList<Known>();
        for (var account : Accounts.some(sale)) {
            all(sale, account).stream()
                    .filter(c -> ids.isEmpty() || ids.contains(c.id()))
                    .filter(c -> statuses.isEmpty() ? !c.status().equals("archived") : statuses.contains(c.status()))
                    .forEach(all::add);
        }
        all.sort(java.util.Comparator.comparing(c -> c.creative().id().value()));
        var page = Pages.of(sale.asked, all, c -> c.creative().id().value());
        var answer = Sale.node();
        answer.putObject("query_summary")
                .put("total_matching", page.total())
                .put("returned", page.items().size());
        page.write(answer);
        var list = answer.putArray("creatives");
        for (var one : page.items()) {
            var json = list.addObject().put("creative_id", one.id());
            json.put("name", one.document().path("name").asString(one.id()));
            json.set("format_id", one.document().path("format_id").deepCopy());
            json.put("status", one.status());
            for (var date : List.of("created_date", "updated_date")) {
                json.put(date, one.document().path(date).asString(""));
            }
            if (one.document().path("assets").isObject()) {
                json.set("assets", one.document().path("assets").deepCopy());
            }
        }
        answer.put("sandbox", sale.sandbox());
        return answer;
    }
}
