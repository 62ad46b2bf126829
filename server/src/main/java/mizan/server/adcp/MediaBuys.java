package mizan.server.adcp;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import mizan.core.campaign.AdGroup;
import mizan.core.campaign.Campaign;
import mizan.core.campaign.CampaignId;
import mizan.core.campaign.EntityStatus;
import mizan.core.identity.SortableId;
import mizan.server.adcp.Accounts.Account;
import mizan.server.adcp.Documents.Kind;
import mizan.server.booking.Change;
import mizan.server.http.Scope;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Media buys are campaigns. What an agent may not approve starts paused, and a person resumes it.
final class MediaBuys {
    /// The key of a campaign's metadata that names its document.
    private static final String DOCUMENT = "adcp_buy";

    private static final int MAX_HISTORY = 1_000;

    private static final Set<String> ENDED = Set.of("canceled", "completed", "rejected");

    private MediaBuys() {}

    // What is known of them

    static List<Campaign> campaigns(Sale sale, Account account) {
        return sale.book().campaigns().values().stream()
                .filter(c -> c.advertiser().equals(account.advertiser().id()))
                .sorted(Comparator.comparing(c -> c.id().value()))
                .toList();
    }

    static Campaign find(Sale sale, Account account, String id) {
        return sought(sale, account, id)
                .orElseThrow(() -> new AdcpError("MEDIA_BUY_NOT_FOUND", "no such media buy", "media_buy_id"));
    }

    static Optional<Campaign> sought(Sale sale, Account account, String id) {
        return Optional.of(named(sale, account, id))
                .filter(i -> SortableId.hasForm(CampaignId.PREFIX, i))
                .map(i -> sale.book().campaigns().get(new CampaignId(i)))
                .filter(c -> c.advertiser().equals(account.advertiser().id()));
    }

    /// A test may have named it itself.
    private static String named(Sale sale, Account account, String id) {
        return sale.document(Kind.BUY, account.id(), id)
                .map(d -> d.path("campaign").asString(id))
                .orElse(id);
    }

    static Optional<ObjectNode> document(Sale sale, Campaign campaign) {
        return Optional.ofNullable(campaign.metadata().get(DOCUMENT))
                .flatMap(id -> sale.document(Kind.BUY, campaign.advertiser().value(), id));
    }

    static void keep(Sale sale, Campaign campaign, ObjectNode document) {
        var id = Optional.ofNullable(campaign.metadata().get(DOCUMENT)).orElseThrow();
        sale.keep(Kind.BUY, campaign.advertiser().value(), id, document);
    }

    private static Campaign fresh(Sale sale, Campaign campaign) {
        return Optional.ofNullable(sale.book().campaigns().get(campaign.id())).orElse(campaign);
    }

    /// In the standard's words. What a test has forced goes before what is so.
    static String status(Sale sale, Campaign campaign) {
        if (campaign.status() == EntityStatus.ARCHIVED) {
            return "canceled";
        }
        var forced = document(sale, campaign).map(d -> d.path("forced_status").asString(""));
        if (forced.isPresent() && !forced.get().isEmpty()) {
            return forced.get();
        }
        if (campaign.flight().ended(sale.now())) {
            return "completed";
        }
        if (campaign.status() == EntityStatus.PAUSED) {
            return "paused";
        }
        var pending = pending(sale, campaign);
        return pending.isPresent() && !wasPaused(sale, campaign) ? pending.get() : "active";
    }

    /// What it waits for.
    private static Optional<String> pending(Sale sale, Campaign campaign) {
        if (Packages.groups(sale, campaign).stream()
                .allMatch(g -> Packages.ads(sale, g).isEmpty())) {
            return Optional.of("pending_creatives");
        }
        return campaign.flight().notStarted(sale.now()) ? Optional.of("pending_start") : Optional.empty();
    }

    /// In the standard's lifecycle nothing but `active` follows `paused`, whatever it waits for.
    private static boolean wasPaused(Sale sale, Campaign campaign) {
        return sale.engine().booking().history(campaign.id().value(), MAX_HISTORY).stream()
                .anyMatch(change ->
                        change.body().path("entity_status").asString("").equals("PAUSED"));
    }

    private static void actions(ObjectNode json, String status) {
        var list = json.putArray("valid_actions");
        if (!ENDED.contains(status)) {
            list.add(status.equals("paused") ? "resume" : "pause").add("cancel");
            List.of("update_budget", "update_dates", "update_packages", "add_packages", "sync_creatives")
                    .forEach(list::add);
        }
    }

    /// Counts on with every change of the campaign or of one of its packages.
    private static long revision(Sale sale, Campaign campaign) {
        var booking = sale.engine().booking();
        var ids = new ArrayList<>(List.of(campaign.id().value()));
        Packages.groups(sale, campaign).forEach(g -> ids.add(g.id().value()));
        return ids.stream()
                .flatMap(id -> booking.history(id, 1).stream())
                .mapToLong(Change::revision)
                .max()
                .orElse(1);
    }

    // Buying

    static ObjectNode create(Sale sale) {
        var account = Accounts.of(sale);
        var asked = sale.asked;
        if (account.advertiser().status() != mizan.core.campaign.AccountStatus.ACTIVE) {
            throw AdcpError.of("ACCOUNT_SUSPENDED", "the account may not buy now");
        }
        if (asked.has("proposal_id")) {
            throw AdcpError.unsupported("proposal_id", "products are bought as packages");
        }
        var packages = asked.objects("packages");
        if (packages.isEmpty()) {
            throw AdcpError.invalid("packages", "at least one");
        }
        var document = Sale.node().put("confirmed_at", sale.now().toString());
        var list = document.putArray("packages");
        long total = 0;
        for (var one : packages) {
            list.add(Packages.checked(sale, account, one));
            total = Math.addExact(total, Packages.budget(one));
        }
        var flight = flight(sale, asked);
        var forced = Sandbox.nextBuy(sale);
        if (forced.isPresent()) {
            return forced.get();
        }
        var id = sale.engine().ids().next("buy");
        sale.keep(Kind.BUY, account.id(), id, document);
        var fields = Sale.node().put("advertiser", account.id());
        fields.putObject("name").put("en", name(sale, account));
        fields.put("entity_status", mayApprove(sale) ? "ACTIVE" : "PAUSED");
        fields.putObject("budget").put("total_micros", total);
        fields.set("flight", flight);
        pacing(packages).ifPresent(pacing -> fields.put("pacing", pacing));
        Standards.newest(sale, account).ifPresent(terms -> fields.put("suitability_terms", terms));
        fields.putObject("metadata").put(DOCUMENT, id);
        var booked = sale.add(mizan.server.booking.Kind.CAMPAIGN, fields).id();
        var campaign = find(sale, account, booked);
        Packages.book(sale, account, campaign);
        return written(sale, account, campaign, "packages", Packages.groups(sale, campaign));
    }

    private static boolean mayApprove(Sale sale) {
        return sale.caller().may(Scope.APPROVE);
    }

    private static String name(Sale sale, Account account) {
        var brand = account.known()
                .map(k -> k.path("brand").path("domain").asString(""))
                .filter(b -> !b.isEmpty())
                .orElse(account.id());
        return sale.asked.optional("po_number").map(po -> brand + " " + po).orElse(brand);
    }

    private static ObjectNode flight(Sale sale, Asked asked) {
        var start =
                asked.time("start_time", sale.now()).orElseThrow(() -> AdcpError.invalid("start_time", "is required"));
        var end = asked.time("end_time", sale.now()).orElseThrow(() -> AdcpError.invalid("end_time", "is required"));
        if (!end.isAfter(start)) {
            throw AdcpError.invalid("end_time", "after start_time");
        }
        if (start.isBefore(sale.now().minusSeconds(60))) {
            throw AdcpError.invalid("start_time", "not in the past; `asap` starts at once");
        }
        return Sale.node().put("start", start.toString()).put("end", end.toString());
    }

    private static Optional<String> pacing(List<Asked> packages) {
        var wanted = packages.stream()
                .flatMap(p -> p.optional("pacing").stream())
                .distinct()
                .toList();
        if (wanted.size() > 1) {
            throw AdcpError.unsupported("packages", "one pacing for all packages of a media buy");
        }
        return wanted.stream().findFirst().map(p -> p.toUpperCase(Locale.ROOT));
    }

    // Changing

    static ObjectNode update(Sale sale) {
        var account = Accounts.of(sale);
        var asked = sale.asked;
        var campaign = find(sale, account, asked.text("media_buy_id"));
        var status = status(sale, campaign);
        if (ENDED.contains(status)) {
            throw asked.flag("canceled").orElse(false)
                    ? AdcpError.of("NOT_CANCELLABLE", "the media buy is " + status)
                    : AdcpError.of("INVALID_STATE", "the media buy is " + status);
        }
        long revision = revision(sale, campaign);
        if (asked.has("revision") && asked.json().path("revision").asLong(-1) != revision) {
            throw AdcpError.of("CONFLICT", "the media buy has changed: it is at revision " + revision);
        }
        if (asked.flag("canceled").orElse(false)) {
            end(sale, campaign);
            return written(sale, account, fresh(sale, campaign), "affected_packages", List.of());
        }
        var changed = Changes.of(sale, account, campaign);
        try {
            changed.apply();
        } catch (Sale.Waits waits) {
            var json = written(sale, account, fresh(sale, campaign), "affected_packages", List.of());
            json.putNull("implementation_date");
            json.putObject("ext").putObject("mizan").put("approval", waits.approval.id());
            return json;
        }
        var document = document(sale, campaign);
        document.ifPresent(d -> {
            d.remove("forced_status");
            keep(sale, campaign, d);
        });
        Packages.book(sale, account, campaign);
        var groups = changed.groups().stream()
                .map(g -> Packages.find(sale, campaign, g.id().value()))
                .toList();
        return written(sale, account, fresh(sale, campaign), "affected_packages", groups);
    }

    private static void end(Sale sale, Campaign campaign) {
        document(sale, campaign).ifPresent(d -> {
            d.putObject("cancellation")
                    .put("canceled_at", sale.now().toString())
                    .put("canceled_by", "buyer")
                    .put("reason", sale.asked.optional("cancellation_reason").orElse(""));
            keep(sale, campaign, d);
        });
        Packages.status(
                sale, mizan.server.booking.Kind.CAMPAIGN, campaign.id().value(), "archive", EntityStatus.ARCHIVED);
    }

    /// @param list what the packages are called in this answer
    private static ObjectNode written(Sale sale, Account account, Campaign before, String list, List<AdGroup> groups) {
        var campaign = fresh(sale, before);
        var status = status(sale, campaign);
        var json = Sale.node().put("media_buy_id", campaign.id().value()).put("status", status);
        json.put("revision", revision(sale, campaign));
        var document = document(sale, campaign).orElseGet(Sale::node);
        var packages = json.putArray(list);
        groups.forEach(g -> packages.add(Packages.json(sale, account, campaign, g, document)));
        if (list.equals("packages")) {
            json.put("confirmed_at", document.path("confirmed_at").asString(""));
        } else {
            json.put("implementation_date", sale.now().toString());
        }
        actions(json, status);
        json.put("sandbox", sale.sandbox());
        return json;
    }

    // Reading

    static ObjectNode list(Sale sale) {
        var ids = sale.asked.texts("media_buy_ids");
        var wanted = statuses(sale.asked);
        var answer = Sale.node();
        var found = new ArrayList<Map.Entry<Account, Campaign>>();
        for (var account : Accounts.some(sale)) {
            var named = ids.stream().map(id -> named(sale, account, id)).toList();
            campaigns(sale, account).stream()
                    .filter(c -> ids.isEmpty() || named.contains(c.id().value()))
                    .filter(c -> wanted.isEmpty() || wanted.contains(status(sale, c)))
                    .forEach(c -> found.add(Map.entry(account, c)));
        }
        found.sort(Comparator.comparing(e -> e.getValue().id().value()));
        var page = Pages.of(sale.asked, found, e -> e.getValue().id().value());
        var list = answer.putArray("media_buys");
        for (var one : page.items()) {
            describe(sale, list, one.getKey(), one.getValue());
        }
        page.write(answer);
        answer.put("sandbox", sale.sandbox());
        return answer;
    }

    private static List<String> statuses(Asked asked) {
        var one = asked.json().path("status_filter");
        return one.isString() ? List.of(one.stringValue()) : asked.texts("status_filter");
    }

    private static void describe(Sale sale, ArrayNode list, Account account, Campaign booked) {
        Packages.book(sale, account, booked);
        var campaign = fresh(sale, booked);
        var document = document(sale, campaign).orElseGet(Sale::node);
        var status = status(sale, campaign);
        var json = list.addObject().put("media_buy_id", campaign.id().value());
        json.put("status", status).put("currency", account.currency());
        json.put("total_budget", Money.of(campaign.budget().totalMicros().orElse(0)));
        json.put("start_time", campaign.flight().start().toString());
        campaign.flight().end().ifPresent(end -> json.put("end_time", end.toString()));
        json.put("revision", revision(sale, campaign));
        json.put("created_at", campaign.createdAt().toString());
        json.put(
                "updated_at",
                sale.engine().booking().updatedAt(campaign.id().value()).toString());
        if (document.has("cancellation")) {
            json.set("cancellation", document.get("cancellation").deepCopy());
        }
        actions(json, status);
        history(sale, json, campaign);
        var packages = json.putArray("packages");
        for (var group : Packages.groups(sale, campaign)) {
            var one = Packages.json(sale, account, campaign, group, document);
            one.put("currency", account.currency());
            if (sale.asked.flag("include_snapshot").orElse(false)) {
                Delivery.snapshot(sale, one, group);
            }
            packages.add(one);
        }
    }

    private static void history(Sale sale, ObjectNode json, Campaign campaign) {
        int most = sale.asked.count("include_history", 0, MAX_HISTORY).orElse(0);
        if (most > 0) {
            var list = json.putArray("history");
            sale.engine()
                    .booking()
                    .history(campaign.id().value(), most)
                    .forEach(change -> list.addObject()
                            .put("revision", change.revision())
                            .put("timestamp", change.at().toString())
                            .put("actor", change.actor())
                            .put("action", change.verb()));
        }
    }
}
