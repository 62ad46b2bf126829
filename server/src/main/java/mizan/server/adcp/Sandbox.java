package mizan.server.adcp;

import java.util.List;
import java.util.Map;
import java.util.Set;
import mizan.core.campaign.AccountStatus;
import mizan.server.adcp.Documents.Kind;
import tools.jackson.databind.node.ObjectNode;

/// The standard's test controller, `comply_test_controller`: only where everything is a test. It brings about by
/// command
/// what would take days: reviews, suspensions, the end of a flight, figures.
final class Sandbox {
    /// What it can force and simulate.
    static final List<String> FORCED = List.of(
            "force_creative_status",
            "force_account_status",
            "force_media_buy_status",
            "simulate_delivery",
            "simulate_budget_spend");

    private static final List<String> MORE = List.of(
            "force_create_media_buy_arm",
            "seed_product",
            "seed_pricing_option",
            "seed_creative",
            "seed_creative_format",
            "seed_media_buy");
    private static final Set<String> ENDED = Set.of("completed", "canceled", "rejected");
    private static final Set<String> MEDIA_BUY_STATES =
            Set.of("pending_creatives", "pending_start", "active", "paused", "completed", "rejected", "canceled");

    private static final String NEXT_BUY = "create_media_buy";

    private final Sale sale;

    private Sandbox(Sale sale) {
        this.sale = sale;
    }

    /// A refusal in the controller's own codes.
    private static final class Refusal extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final String code;
        private final String detail;

        Refusal(String code, String detail) {
            super(detail, null, false, false);
            this.code = code;
            this.detail = detail;
        }
    }

    static ObjectNode control(Sale sale) {
        try {
            if (!sale.sandbox()) {
                throw new Refusal("FORBIDDEN", "only test keys");
            }
            return new Sandbox(sale).run().put("success", true);
        } catch (Refusal refusal) {
            return Sale.node().put("success", false).put("error", refusal.code).put("error_detail", refusal.detail);
        }
    }

    private ObjectNode run() {
        var params = sale.asked.object("params").orElseGet(() -> Asked.of(Sale.node()));
        var scenario = sale.asked.optional("scenario").orElse("");
        return switch (scenario) {
            case "list_scenarios" -> scenarios();
            case "force_creative_status" -> creative(params);
            case "force_account_status" -> account(params);
            case "force_media_buy_status" -> mediaBuy(params);
            case "force_create_media_buy_arm" -> arm(params);
            case "simulate_delivery" -> delivery(params);
            case "simulate_budget_spend" -> spend(params);
            case "seed_product" -> seedProduct(params);
            case "seed_pricing_option" -> seedPrice(params);
            case "seed_creative" -> seedCreative(params);
            case "seed_creative_format" -> seedFormat(params);
            case "seed_media_buy" -> seedMediaBuy(params);
            default -> throw new Refusal("UNKNOWN_SCENARIO", scenario);
        };
    }

    private static ObjectNode scenarios() {
        var json = Sale.node();
        var list = json.putArray("scenarios");
        FORCED.forEach(list::add);
        MORE.forEach(list::add);
        return json;
    }

    private static String required(Asked params, String name) {
        return params.optional(name).orElseThrow(() -> new Refusal("INVALID_PARAMS", name + " is required"));
    }

    private static ObjectNode fixture(Asked params) {
        return params.object("fixture").map(f -> f.json().deepCopy()).orElseGet(Sale::node);
    }

    private static ObjectNode moved(String before, String after) {
        return Sale.node().put("previous_state", before).put("current_state", after);
    }

    /// The account that a call names, or any of the agent's that has what the call is about.
    private List<Accounts.Account> accounts() {
        return Accounts.all(sale);
    }

    // States

    private ObjectNode creative(Asked params) {
        var id = required(params, "creative_id");
        var to = required(params, "status");
        var known = accounts().stream()
                .flatMap(a -> Creatives.find(sale, a, id).stream())
                .findFirst()
                .orElseThrow(() -> new Refusal("NOT_FOUND", id));
        var allowed = Map.of(
                "archived", Set.of("approved", "archived"),
                "rejected", Set.of("pending_review", "rejected", "archived"));
        var from = known.status();
        if (!allowed.getOrDefault(from, Set.of("approved", "rejected", "archived", "pending_review"))
                .contains(to)) {
            throw new Refusal("INVALID_TRANSITION", from + " to " + to);
        }
        var fields = Sale.node().put("review_status", to.toUpperCase(java.util.Locale.ROOT));
        sale.change(mizan.server.booking.Kind.CREATIVE, known.creative().id().value(), "review", fields);
        return moved(from, to);
    }

    private ObjectNode account(Asked params) {
        var id = required(params, "account_id");
        var to = required(params, "status").toUpperCase(java.util.Locale.ROOT);
        var known = accounts().stream()
                .filter(a -> a.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new Refusal("NOT_FOUND", id));
        if (java.util.Arrays.stream(AccountStatus.values())
                .noneMatch(s -> s.name().equals(to))) {
            throw new Refusal("INVALID_PARAMS", "status");
        }
        var from = known.advertiser().status().name().toLowerCase(java.util.Locale.ROOT);
        sale.change(
                mizan.server.booking.Kind.ADVERTISER, id, "update", Sale.node().put("account_status", to));
        return moved(from, to.toLowerCase(java.util.Locale.ROOT));
    }

    private record Bought(mizan.core.campaign.Campaign campaign, ObjectNode document) {}

    private Bought bought(Asked params) {
        var id = required(params, "media_buy_id");
        for (var account : accounts()) {
            var campaign = MediaBuys.sought(sale, account, id);
            var document = campaign.flatMap(c -> MediaBuys.document(sale, c));
            if (document.isPresent()) {
                return new Bought(campaign.get(), document.get());
            }
        }
        throw new Refusal("NOT_FOUND", id);
    }

    private ObjectNode mediaBuy(Asked params) {
        var bought = bought(params);
        var to = required(params, "status");
        var from = MediaBuys.status(sale, bought.campaign());
        if (!MEDIA_BUY_STATES.contains(to)) {
            throw new Refusal("INVALID_PARAMS", "status");
        }
        if (ENDED.contains(from)) {
            throw new Refusal("INVALID_TRANSITION", from + " to " + to);
        }
        bought.document().put("forced_status", to);
        MediaBuys.keep(sale, bought.campaign(), bought.document());
        return moved(from, to);
    }

    /// The next media buy of this agent waits for a person, as it would above a limit.
    private ObjectNode arm(Asked params) {
        if (!required(params, "arm").equals("submitted")) {
            throw new Refusal("INVALID_PARAMS", "a media buy is booked or submitted, it asks nothing back");
        }
        var forced = Sale.node().put("arm", "submitted").put("task_id", required(params, "task_id"));
        params.optional("message").ifPresent(m -> forced.put("message", m));
        sale.keep(Kind.FORCED, sale.agent(), NEXT_BUY, forced);
        var answer = Sale.node();
        answer.set("forced", forced.deepCopy());
        return answer;
    }

    /// What a test wants the next `create_media_buy` to answer; once.
    static java.util.Optional<ObjectNode> nextBuy(Sale sale) {
        if (!sale.sandbox()) {
            return java.util.Optional.empty();
        }
        var forced = sale.document(Kind.FORCED, sale.agent(), NEXT_BUY).filter(f -> f.has("task_id"));
        forced.ifPresent(_ -> sale.keep(Kind.FORCED, sale.agent(), NEXT_BUY, Sale.node()));
        return forced.map(f -> {
            f.remove("arm");
            return f.put("status", "submitted");
        });
    }

    // Figures

    private ObjectNode delivery(Asked params) {
        var bought = bought(params);
        long impressions = params.count("impressions", 0, Integer.MAX_VALUE).orElse(0);
        long clicks = params.count("clicks", 0, Integer.MAX_VALUE).orElse(0);
        long spend =
                params.object("reported_spend").flatMap(s -> s.money("amount")).orElse(0L);
        return simulated(bought, impressions, clicks, spend);
    }

    private ObjectNode simulated(Bought bought, long impressions, long clicks, long spend) {
        Delivery.Simulated.add(bought.document(), impressions, clicks, spend);
        MediaBuys.keep(sale, bought.campaign(), bought.document());
        var all = Delivery.Simulated.of(bought.document());
        var answer = Sale.node();
        answer.putObject("simulated")
                .put("impressions", impressions)
                .put("clicks", clicks)
                .put("spend", Money.of(spend));
        answer.putObject("cumulative")
                .put("impressions", all.rendered())
                .put("clicks", all.clicks())
                .put("spend", Money.of(all.spendMicros()));
        return answer;
    }

    private ObjectNode spend(Asked params) {
        var share = params.json().path("spend_percentage");
        if (!share.isNumber() || share.doubleValue() < 0 || share.doubleValue() > 100) {
            throw new Refusal("INVALID_PARAMS", "spend_percentage is 0 to 100");
        }
        var bought = bought(params);
        long budget = bought.campaign().budget().totalMicros().orElse(0);
        long wanted = Math.round(budget * share.doubleValue() / 100);
        long more =
                Math.max(0, wanted - Delivery.Simulated.of(bought.document()).spendMicros());
        return simulated(bought, 0, 0, more);
    }

    // Seeds

    private ObjectNode seedProduct(Asked params) {
        var id = required(params, "product_id");
        var before = sale.document(Kind.PRODUCT, sale.agent(), id).orElseGet(Sale::node);
        var product = before.setAll(fixture(params));
        sale.keep(Kind.PRODUCT, sale.agent(), id, product);
        return Sale.node();
    }

    private ObjectNode seedPrice(Asked params) {
        var id = required(params, "product_id");
        var option = required(params, "pricing_option_id");
        var product = sale.document(Kind.PRODUCT, sale.agent(), id).orElseGet(Sale::node);
        var options =
                product.path("pricing_options") instanceof ObjectNode o ? o : product.putObject("pricing_options");
        options.set(option, fixture(params));
        sale.keep(Kind.PRODUCT, sale.agent(), id, product);
        return Sale.node();
    }

    private ObjectNode seedFormat(Asked params) {
        sale.keep(Kind.FORMAT, sale.agent(), required(params, "format_id"), fixture(params));
        return Sale.node();
    }

    private ObjectNode seedCreative(Asked params) {
        var id = required(params, "creative_id");
        var fixture = fixture(params);
        var account = Accounts.of(sale);
        var fields = Sale.node().put("advertiser", account.id()).put("kind", "NATIVE_CARD");
        for (var words : List.of("headline", "body", "call_to_action")) {
            fields.putObject(words).put("en", "Test");
        }
        fields.put("landing_page", "https://sandbox.example/");
        fields.put(
                "review_status",
                fixture.path("status").asString("approved").equals("approved") ? "APPROVED" : "PENDING_REVIEW");
        var document = Sale.node().put("name", fixture.path("name").asString(id));
        document.put(
                "creative", sale.add(mizan.server.booking.Kind.CREATIVE, fields).id());
        document.putObject("format_id")
                .put("agent_url", sale.agentUrl())
                .put("id", fixture.path("format_id").path("id").asString("native_card"));
        document.put("created_date", sale.now().toString())
                .put("updated_date", sale.now().toString());
        sale.keep(Kind.CREATIVE, account.id(), id, document);
        return Sale.node();
    }

    private ObjectNode seedMediaBuy(Asked params) {
        var id = required(params, "media_buy_id");
        var fixture = fixture(params);
        var account = Accounts.of(sale);
        var document = Sale.node().put("confirmed_at", sale.now().toString());
        document.put("forced_status", fixture.path("status").asString("active")).putArray("packages");
        var fields = Sale.node().put("advertiser", account.id()).put("entity_status", "PAUSED");
        fields.putObject("name").put("en", id);
        fields.putObject("budget").put("total_micros", 1_000_000);
        fields.putObject("flight").put("start", sale.now().toString());
        fields.putObject("metadata").put("adcp_buy", id);
        document.put(
                "campaign", sale.add(mizan.server.booking.Kind.CAMPAIGN, fields).id());
        sale.keep(Kind.BUY, account.id(), id, document);
        return Sale.node();
    }
}
