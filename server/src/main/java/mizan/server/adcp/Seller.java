package mizan.server.adcp;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import mizan.server.api.GuardedBook;
import mizan.server.app.Engine;
import mizan.server.http.Answer;
import mizan.server.http.ApiKeys;
import mizan.server.http.Call;
import mizan.server.http.Idempotency;
import mizan.server.http.Refused;
import mizan.server.http.Scope;
import mizan.server.http.StrictJson;
import mizan.server.mcp.Tool;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The tools of the protocol, each in one line, and what all of them have in common: the version that is spoken, one
/// effect for each idempotency key, and errors in the standard's form.
public final class Seller {
    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9_.:-]{16,255}");

    private final Function<Call, Engine> engines;
    private final GuardedBook book;
    private final Idempotency idempotency;

    /// @param engines test and live are apart: the key decides
    public Seller(Function<Call, Engine> engines, GuardedBook book, Idempotency idempotency) {
        this.engines = engines;
        this.book = book;
        this.idempotency = idempotency;
    }

    /// What a tool does with a request.
    private interface Work extends Function<Sale, ObjectNode> {}

    public List<Tool> tools() {
        return List.of(
                reads("get_adcp_capabilities", "What this seller can do.", Capabilities::all, "protocols"),
                reads(
                        "get_products",
                        "What can be bought: the placements of the feed.",
                        Products::list,
                        "buying_mode",
                        "brief",
                        "account",
                        "filters"),
                reads(
                        "list_creative_formats",
                        "What ads in the feed are made of.",
                        Formats::list,
                        "format_ids",
                        "pagination"),
                writes(
                        "sync_accounts",
                        "Opens an account for each brand and operator.",
                        Accounts::sync,
                        "accounts",
                        "dry_run"),
                reads("list_accounts", "The accounts of this agent.", Accounts::list, "status", "pagination"),
                reads(
                        "get_account_financials",
                        "What an account spent, and what it has left.",
                        Scope.LEDGER_READ,
                        Accounts::financials,
                        "account",
                        "period"),
                writes(
                        "create_media_buy",
                        "Buys: a campaign with one ad group for each package.",
                        MediaBuys::create,
                        "account",
                        "brand",
                        "packages",
                        "start_time",
                        "end_time",
                        "po_number"),
                writes(
                        "update_media_buy",
                        "Pauses, resumes, ends or changes a media buy.",
                        MediaBuys::update,
                        "account",
                        "media_buy_id",
                        "paused",
                        "canceled",
                        "packages",
                        "new_packages",
                        "start_time",
                        "end_time",
                        "revision"),
                reads(
                        "get_media_buys",
                        "Media buys and how they stand.",
                        MediaBuys::list,
                        "account",
                        "media_buy_ids",
                        "status_filter",
                        "include_snapshot",
                        "include_history",
                        "pagination"),
                reads(
                        "get_media_buy_delivery",
                        "What was shown, clicked and spent.",
                        Delivery::report,
                        "account",
                        "media_buy_ids",
                        "start_date",
                        "end_date",
                        "include_package_daily_breakdown"),
                writes(
                        "sync_creatives",
                        "Sends creatives; a person reviews each before it is shown.",
                        Creatives::sync,
                        "account",
                        "creatives",
                        "dry_run"),
                reads(
                        "list_creatives",
                        "Creatives and their reviews.",
                        Creatives::list,
                        "account",
                        "filters",
                        "pagination"),
                writes(
                        "create_content_standards",
                        "Says what ads may never stand beside.",
                        Standards::create,
                        "account",
                        "scope",
                        "policies"),
                writes(
                        "update_content_standards",
                        "Changes content standards.",
                        Standards::update,
                        "account",
                        "standards_id",
                        "scope",
                        "policies"),
                reads(
                        "list_content_standards",
                        "Content standards of this agent's accounts.",
                        Standards::list,
                        "account",
                        "pagination"),
                reads("get_content_standards", "One of them.", Standards::get, "account", "standards_id"),
                reads(
                        "calibrate_content",
                        "Judges content by content standards, policy by policy.",
                        Standards::calibrate,
                        "account",
                        "standards_id",
                        "artifact"),
                reads(
                        "validate_content_delivery",
                        "Judges what was delivered by content standards.",
                        Standards::validate,
                        "account",
                        "standards_id",
                        "records"),
                reads(
                        "get_media_buy_artifacts",
                        "The posts that stood next to the ads, from the receipts.",
                        Artifacts::list,
                        "account",
                        "media_buy_id",
                        "package_ids",
                        "failures_only",
                        "time_range",
                        "pagination"),
                writes(
                        "provide_performance_feedback",
                        "Tells how a media buy did, for people to read.",
                        Events::feedback,
                        "media_buy_id",
                        "measurement_period",
                        "performance_index"),
                writes(
                        "sync_event_sources",
                        "Says where conversions are told from.",
                        Events::sources,
                        "account",
                        "event_sources"),
                writes(
                        "log_event",
                        "Tells conversions, by the platform's viewer keys alone.",
                        Events::log,
                        "event_source_id",
                        "events"),
                writes(
                        "sync_audiences",
                        "Declines each: readers are not matched with lists.",
                        Declined::audiences,
                        "account",
                        "audiences"),
                writes(
                        "sync_catalogs",
                        "Declines each: ads are reviewed creatives.",
                        Declined::catalogs,
                        "account",
                        "catalogs"),
                new Tool(
                        "comply_test_controller",
                        "Sandbox alone: brings about by command what would take days.",
                        Scope.BOOK_WRITE,
                        List.of("scenario", "params", "account", "context", "ext"),
                        true,
                        (call, asked) -> answered(sale(call, asked), asked, Sandbox::control)));
    }

    private Tool reads(String name, String description, Work work, String... fields) {
        return reads(name, description, Scope.BOOK_READ, work, fields);
    }

    private Tool reads(String name, String description, Scope scope, Work work, String... fields) {
        return new Tool(
                name,
                description,
                scope,
                fields(fields),
                false,
                (call, asked) -> answered(sale(call, asked), asked, work));
    }

    private Tool writes(String name, String description, Work work, String... fields) {
        return new Tool(
                name,
                description,
                Scope.BOOK_WRITE,
                fields(fields),
                true,
                (call, asked) -> once(name, call, asked, work));
    }

    private static List<String> fields(String... own) {
        var all = new java.util.ArrayList<>(List.of(own));
        all.addAll(List.of("adcp_major_version", "idempotency_key", "context", "ext"));
        return all;
    }

    private Sale sale(Call call, ObjectNode asked) {
        return new Sale(call, engines.apply(call), book, Asked.of(asked));
    }

    /// One effect for each key of a caller. A refusal changed nothing, and gives the key free again.
    private Tool.Outcome once(String tool, Call call, ObjectNode asked, Work work) {
        var sale = sale(call, asked);
        var key = asked.path("idempotency_key").asString("");
        if (!KEY.matcher(key).matches()) {
            return failed(AdcpError.invalid("idempotency_key", "16 to 255 of A-Z a-z 0-9 _ . : -"), asked);
        }
        var owner = call.principal().holder() + " adcp";
        return switch (idempotency.claim(owner, key, fingerprint(tool, asked), sale.now())) {
            case Idempotency.Claim.Done(var answer) -> {
                var before = StrictJson.own(new String(answer.body(), StandardCharsets.UTF_8));
                yield done(before.put("replayed", true), asked, Optional.empty());
            }
            case Idempotency.Claim.Mismatch() ->
                failed(AdcpError.of("IDEMPOTENCY_CONFLICT", "the key was used for another request"), asked);
            case Idempotency.Claim.InFlight(), Idempotency.Claim.Unknown() ->
                failed(
                        AdcpError.of(
                                "SERVICE_UNAVAILABLE",
                                "what became of the first request is not known yet: look before asking anew"),
                        asked);
            case Idempotency.Claim.Fresh() -> {
                var outcome =
                        answered(sale, asked, work.andThen(content -> content.put("idempotency_key", key))::apply);
                if (outcome.failed()) {
                    idempotency.forget(owner, key);
                } else {
                    var kept = outcome.content().deepCopy();
                    kept.remove("context");
                    idempotency.keep(owner, key, Answer.json(200, kept));
                }
                yield outcome;
            }
        };
    }

    /// The same request says the same, in whatever order; who asks and what it is traced by is not part of it.
    private static String fingerprint(String tool, ObjectNode asked) {
        var said = asked.deepCopy();
        List.of("idempotency_key", "context", "ext").forEach(said::remove);
        var canonical = tool + "\n" + sorted(said);
        return ApiKeys.hash(HexFormat.of().formatHex(canonical.getBytes(StandardCharsets.UTF_8)));
    }

    private static JsonNode sorted(JsonNode node) {
        if (node instanceof ObjectNode object) {
            var sorted = Sale.node();
            var names = new TreeMap<String, JsonNode>();
            object.properties().forEach(p -> names.put(p.getKey(), p.getValue()));
            names.forEach((name, value) -> sorted.set(name, sorted(value)));
            return sorted;
        }
        if (node.isArray()) {
            var list = Sale.node().putArray("list");
            node.forEach(item -> list.add(sorted(item)));
            return list;
        }
        return node;
    }

    private static Tool.Outcome answered(Sale sale, ObjectNode asked, Work work) {
        try {
            var version = asked.path("adcp_major_version");
            if (!version.isMissingNode() && version.asInt(0) != Capabilities.VERSION) {
                throw AdcpError.of("VERSION_UNSUPPORTED", "this seller speaks AdCP " + Capabilities.VERSION);
            }
            var content = work.apply(sale);
            boolean refused = content.path("success").isBoolean()
                    && !content.path("success").booleanValue();
            return refused ? failed(content, asked) : done(content, asked, sale.trace());
        } catch (Sale.Waits waits) {
            var content = Sale.node().put("status", "submitted").put("task_id", waits.approval.id());
            return done(content.put("message", "a second person decides"), asked, sale.trace());
        } catch (AdcpError error) {
            return failed(error, asked);
        } catch (Refused refused) {
            return failed(AdcpError.of(refused.problem()), asked);
        }
    }

    /// @param trace of what was changed
    private static Tool.Outcome done(ObjectNode content, ObjectNode asked, Optional<mizan.server.http.Trace> trace) {
        if (!content.has("status")) {
            content.put("status", "completed");
        }
        return new Tool.Outcome(echoed(content, asked), false, trace);
    }

    private static Tool.Outcome failed(AdcpError error, ObjectNode asked) {
        var content = Sale.node().put("status", "failed");
        content.set("adcp_error", error.json());
        content.putArray("errors").add(error.json());
        return failed(content, asked);
    }

    private static Tool.Outcome failed(ObjectNode content, ObjectNode asked) {
        return new Tool.Outcome(echoed(content, asked), true, Optional.empty());
    }

    /// What an agent traces its requests by comes back unchanged.
    private static ObjectNode echoed(ObjectNode content, ObjectNode asked) {
        if (asked.path("context").isObject()) {
            content.set("context", asked.get("context").deepCopy());
        }
        return content;
    }
}
