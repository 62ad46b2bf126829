package mizan.server.api;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import mizan.core.campaign.AdGroupId;
import mizan.core.campaign.AdId;
import mizan.core.campaign.Book;
import mizan.core.campaign.CampaignId;
import mizan.core.identity.SortableId;
import mizan.server.app.Engine;
import mizan.server.booking.Booking;
import mizan.server.booking.Change;
import mizan.server.booking.Kind;
import mizan.server.http.Answer;
import mizan.server.http.Call;
import mizan.server.http.Fields;
import mizan.server.http.Problem;
import mizan.server.http.ProblemCode;
import mizan.server.http.Route;
import mizan.server.http.Scope;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Booking over HTTP: the same five operations for each kind, and the verbs that change what runs.
public final class BookRoutes {
    /// Versions of one thing that its change log looks back on.
    private static final int MAX_HISTORY = 10_000;

    private final Function<Call, Engine> engines;
    private final GuardedBook book;

    public BookRoutes(Function<Call, Engine> engines, GuardedBook book) {
        this.engines = engines;
        this.book = book;
    }

    public List<Route> routes() {
        var routes = new ArrayList<Route>();
        for (var kind : Kind.values()) {
            var base = "/v1/" + kind.path();
            var schema = schema(kind);
            routes.add(Route.get(base, "list" + schema + "s", call -> list(call, kind))
                    .needs(Scope.BOOK_READ)
                    .answers(200, schema + "List")
                    .query("limit", "after", "advertiser", "campaign", "status", "updated_since"));
            routes.add(Route.post(base, "create" + schema, call -> create(call, kind))
                    .needs(Scope.BOOK_WRITE)
                    .takes(schema)
                    .answers(201, schema));
            routes.add(Route.get(base + "/{id}", "get" + schema, call -> get(call, kind))
                    .needs(Scope.BOOK_READ)
                    .answers(200, schema));
            routes.add(Route.patch(base + "/{id}", "change" + schema, call -> change(call, kind))
                    .needs(Scope.BOOK_WRITE)
                    .takes(schema)
                    .answers(200, schema));
            routes.add(Route.get(base + "/{id}/changes", "list" + schema + "Changes", call -> changes(call, kind))
                    .needs(Scope.BOOK_READ)
                    .answers(200, "ChangeList")
                    .query("limit", "after"));
        }
        for (var kind : List.of(Kind.CAMPAIGN, Kind.AD_GROUP, Kind.AD)) {
            verb(routes, kind, "pause", "PAUSED");
            verb(routes, kind, "resume", "ACTIVE");
            verb(routes, kind, "archive", "ARCHIVED");
        }
        routes.add(Route.post("/v1/campaigns/{id}/raise", "raiseCampaign", this::raise)
                .needs(Scope.MONEY_WRITE)
                .takes("Raise")
                .answers(200, "Campaign")
                .withMoney()
                .summary("Raise a campaign's budget"));
        routes.add(Route.post("/v1/creatives/{id}/review", "reviewCreative", this::review)
                .needs(Scope.REVIEW)
                .takes("Review")
                .answers(200, "Creative")
                .summary("Approve, reject or suspend a creative"));
        return routes;
    }

    /// The name of a kind's schema, such as `AdGroup`.
    static String schema(Kind kind) {
        var name = new StringBuilder();
        for (var word : kind.name().split("_")) {
            name.append(word.charAt(0)).append(word.substring(1).toLowerCase(java.util.Locale.ROOT));
        }
        return name.toString();
    }

    private void verb(List<Route> routes, Kind kind, String verb, String status) {
        routes.add(Route.post("/v1/" + kind.path() + "/{id}/" + verb, verb + schema(kind), call -> {
                    var fields = call.fields();
                    var why = fields.optionalText("why", 500);
                    fields.done();
                    var json = JsonNodeFactory.instance.objectNode().put("entity_status", status);
                    return booked(call, 200, wish(kind, Optional.of(call.param("id")), verb, json), why.orElse(""));
                })
                .needs(Scope.BOOK_WRITE)
                .takes("Reason")
                .answers(200, schema(kind)));
    }

    private Answer create(Call call, Kind kind) {
        var json = call.json();
        refuseForeign(call, kind, json);
        if (kind == Kind.CREATIVE) {
            refuse(json, "review_status", "review_reason");
        }
        return booked(call, 201, wish(kind, Optional.empty(), "create", json), why(call));
    }

    private Answer change(Call call, Kind kind) {
        var sent = call.json();
        var id = call.param("id");
        var before = visible(call, kind, id);
        var match = call.header("if-match");
        if (sent.has("budget") && match.isEmpty()) {
            throw Problem.of(ProblemCode.PRECONDITION_REQUIRED, "If-Match").refused();
        }
        refuse(sent, "currency", "advertiser", "campaign", "ad_group");
        refuseForOthers(call, kind, sent);
        if (kind == Kind.CREATIVE) {
            refuse(sent, "review_status", "review_reason");
            if (differs(before, sent)) {
                sent.put("review_status", "PENDING_REVIEW");
            }
        }
        if (kind == Kind.TERMS && differs(before, sent)) {
            anotherSignature(sent);
        }
        var wish = wish(kind, Optional.of(id), ChangeVerb.of(before, sent), sent);
        return booked(
                call,
                200,
                wish,
                why(call),
                now -> match.ifPresent(tag -> {
                    if (!tag.equals(etag(now))) {
                        throw Problem.of(ProblemCode.PRECONDITION_FAILED).refused();
                    }
                }));
    }

    private static boolean differs(ObjectNode before, ObjectNode sent) {
        return sent.properties().stream().anyMatch(field -> !field.getValue().equals(before.get(field.getKey())));
    }

    /// Who signed a version has not signed the next.
    private static void anotherSignature(ObjectNode sent) {
        for (var name : List.of("signed_by", "signed_at")) {
            if (!sent.has(name)) {
                sent.putNull(name);
            }
        }
    }

    /// Who books for one advertiser has no say over placements, and nobody over the standing of an account
    /// but the platform.
    private static void refuseForOthers(Call call, Kind kind, ObjectNode sent) {
        boolean bound = call.principal().advertiser().isPresent();
        if (bound && kind == Kind.PLACEMENT) {
            throw Problem.of(ProblemCode.FORBIDDEN, Scope.ADMIN.text()).refused();
        }
        if (kind == Kind.ADVERTISER
                && sent.has("account_status")
                && (bound || !call.principal().may(Scope.ADMIN))) {
            throw Problem.of(ProblemCode.FORBIDDEN, Scope.ADMIN.text())
                    .at("/account_status")
                    .refused();
        }
    }

    private Answer raise(Call call) {
        var fields = call.fields();
        var total = fields.optionalNumber("total_micros", 1, 1_000_000_000_000_000L);
        var daily = fields.optionalNumber("daily_micros", 1, 1_000_000_000_000_000L);
        var why = fields.optionalText("why", 500).orElse("");
        if (total.isEmpty() && daily.isEmpty()) {
            fields.error("total_micros", ProblemCode.REQUIRED);
        }
        fields.done();
        var json = JsonNodeFactory.instance.objectNode();
        var budget = json.putObject("budget");
        total.ifPresent(t -> budget.put("total_micros", t));
        daily.ifPresent(d -> budget.put("daily_micros", d));
        var wish = wish(Kind.CAMPAIGN, Optional.of(call.param("id")), "increase_budget", json);
        return booked(call, 200, wish, why, now -> {
            var old = now.path("budget");
            total.ifPresent(t ->
                    higher(fields, "total_micros", t, old.path("total_micros").asLong(Long.MAX_VALUE)));
            daily.ifPresent(d ->
                    higher(fields, "daily_micros", d, old.path("daily_micros").asLong(Long.MAX_VALUE)));
            fields.done();
        });
    }

    private static void higher(Fields fields, String name, long wanted, long before) {
        if (wanted <= before) {
            fields.error(name, ProblemCode.OUT_OF_RANGE, "more than the budget now");
        }
    }

    private Answer review(Call call) {
        var fields = call.fields();
        var decision = fields.required("decision", fields.choice("decision", Verdict.class));
        var reason = fields.optionalText("reason_code", 60);
        fields.done();
        var json = JsonNodeFactory.instance.objectNode();
        json.put("review_status", decision.orElseThrow().name());
        reason.ifPresentOrElse(r -> json.put("review_reason", r), () -> json.putNull("review_reason"));
        return booked(call, 200, wish(Kind.CREATIVE, Optional.of(call.param("id")), "review", json), reason.orElse(""));
    }

    private enum Verdict {
        APPROVED,
        REJECTED,
        SUSPENDED
    }

    private Answer get(Call call, Kind kind) {
        var engine = engines.apply(call);
        var body = visible(call, kind, call.param("id"));
        return Answer.json(200, whole(call, engine, kind, call.param("id"), body))
                .with("etag", etag(body));
    }

    /// In the order of ids, which is the order of booking.
    private Answer list(Call call, Kind kind) {
        var engine = engines.apply(call);
        var page = Page.of(call);
        var filter = Filter.of(call, engine.booking());
        var ids = ids(engine.booking().book(), kind).stream()
                .filter(id -> page.after().map(a -> id.compareTo(a) > 0).orElse(true))
                .sorted(Comparator.naturalOrder())
                .iterator();
        var data = JsonNodeFactory.instance.arrayNode();
        var last = "";
        while (ids.hasNext()) {
            var id = ids.next();
            var body = engine.booking().body(kind, id).orElseThrow();
            if (!sees(call, engine, kind, id, body) || !filter.fits(kind, id, body)) {
                continue;
            }
            if (data.size() == page.limit()) {
                return Answer.json(200, Page.json(data, Optional.of(last)));
            }
            data.add(whole(call, engine, kind, id, body));
            last = id;
        }
        return Answer.json(200, Page.json(data, Optional.empty()));
    }

    private static List<String> ids(Book book, Kind kind) {
        return switch (kind) {
            case ADVERTISER ->
                book.advertisers().keySet().stream().map(Object::toString).toList();
            case CAMPAIGN ->
                book.campaigns().keySet().stream().map(Object::toString).toList();
            case AD_GROUP ->
                book.adGroups().keySet().stream().map(Object::toString).toList();
            case AD -> book.ads().keySet().stream().map(Object::toString).toList();
            case CREATIVE ->
                book.creatives().keySet().stream().map(Object::toString).toList();
            case PLACEMENT ->
                book.placements().keySet().stream().map(Object::toString).toList();
            case TERMS -> book.terms().keySet().stream().map(Object::toString).toList();
        };
    }

    private Answer changes(Call call, Kind kind) {
        visible(call, kind, call.param("id"));
        var page = Page.of(call);
        long below = page.after().map(BookRoutes::revision).orElse(Long.MAX_VALUE);
        var history = engines.apply(call).booking().history(call.param("id"), MAX_HISTORY).stream()
                .filter(change -> change.revision() < below)
                .limit(page.limit() + 1L)
                .toList();
        var data = JsonNodeFactory.instance.arrayNode();
        for (int i = 0; i < Math.min(history.size(), page.limit()); i++) {
            var change = history.get(i);
            var before = i + 1 < history.size() ? Optional.of(history.get(i + 1)) : Optional.<Change>empty();
            var one = data.addObject();
            one.put("revision", change.revision());
            one.put("at", change.at().toString());
            one.put("actor", change.actor());
            one.put("verb", change.verb());
            one.put("why", change.why());
            differences(one, change, before);
        }
        boolean more = history.size() > page.limit();
        var next =
                more ? Optional.of(Long.toString(history.get(page.limit() - 1).revision())) : Optional.<String>empty();
        return Answer.json(200, Page.json(data, next));
    }

    private static long revision(String place) {
        try {
            return Long.parseLong(place);
        } catch (NumberFormatException _) {
            throw Page.badCursor();
        }
    }

    private static void differences(ObjectNode one, Change change, Optional<Change> before) {
        var list = one.putArray("fields");
        before.ifPresent(old -> {
            var names = new TreeSet<>(change.body().propertyNames());
            names.addAll(old.body().propertyNames());
            for (var name : names) {
                if (!change.body().path(name).equals(old.body().path(name))) {
                    var field = list.addObject().put("field", name);
                    field.set("from", orNull(old.body(), name));
                    field.set("to", orNull(change.body(), name));
                }
            }
        });
    }

    private static JsonNode orNull(ObjectNode body, String name) {
        var value = body.get(name);
        return value == null ? JsonNodeFactory.instance.nullNode() : value;
    }

    private Answer booked(Call call, int status, Booking.Wish wish, String why) {
        return booked(call, status, wish, why, _ -> {});
    }

    /// @param look refuses what does not fit the fields as they are now
    private Answer booked(Call call, int status, Booking.Wish wish, String why, Consumer<ObjectNode> look) {
        wish.id().ifPresent(id -> visible(call, wish.kind(), id));
        var engine = engines.apply(call);
        return switch (book.change(call.principal(), engine, wish, why, look)) {
            case GuardedBook.Outcome.Waits(var approval) -> ApprovalRoutes.waiting(approval, call);
            case GuardedBook.Outcome.Done(var done, var trace) -> {
                var json = whole(call, engine, done.kind(), done.id(), done.body());
                var changed = json.putArray("changed");
                done.changed().forEach(changed::add);
                if (wish.kind() == Kind.TERMS) {
                    json.put("effective_at", engine.time().instant().toString());
                }
                yield Answer.json(status, json).with("etag", etag(done.body())).tracing(trace);
            }
        };
    }

    private static Booking.Wish wish(Kind kind, Optional<String> id, String verb, ObjectNode fields) {
        return new Booking.Wish(kind, id, verb, fields);
    }

    private static String why(Call call) {
        return call.header("mizan-reason").filter(r -> r.length() <= 500).orElse("");
    }

    private static void refuse(ObjectNode sent, String... names) {
        for (var name : names) {
            if (sent.has(name)) {
                throw Problem.of(ProblemCode.READ_ONLY_FIELD).at("/" + name).refused();
            }
        }
    }

    /// The stored fields, if they exist as far as the caller can tell: what belongs to others is not found.
    private ObjectNode visible(Call call, Kind kind, String id) {
        var engine = engines.apply(call);
        return engine.booking()
                .body(kind, id)
                .filter(body -> sees(call, engine, kind, id, body))
                .orElseThrow(() -> Problem.of(ProblemCode.NOT_FOUND).refused());
    }

    private static boolean sees(Call call, Engine engine, Kind kind, String id, ObjectNode body) {
        var bound = call.principal().advertiser();
        if (bound.isEmpty()) {
            return true;
        }
        return kind == Kind.PLACEMENT
                || owner(engine.booking().book(), kind, id, body).equals(bound.get());
    }

    /// The advertiser that a thing belongs to; empty for placements, which belong to the platform.
    static String owner(Book book, Kind kind, String id, ObjectNode body) {
        return switch (kind) {
            case ADVERTISER -> id;
            case CAMPAIGN, CREATIVE, TERMS -> reference(body, "advertiser");
            case AD_GROUP -> ownerOfCampaign(book, reference(body, "campaign"));
            case AD -> ownerOfCampaign(book, campaign(book, kind, id, body));
            case PLACEMENT -> "";
        };
    }

    /// The campaign that a thing belongs to; empty when it belongs to none.
    static String campaign(Book book, Kind kind, String id, ObjectNode body) {
        return switch (kind) {
            case CAMPAIGN -> id;
            case AD_GROUP -> reference(body, "campaign");
            case AD ->
                Optional.of(reference(body, "ad_group"))
                        .filter(group -> SortableId.hasForm(AdGroupId.PREFIX, group))
                        .map(group -> book.adGroups().get(new AdGroupId(group)))
                        .map(g -> g.campaign().value())
                        .orElse("");
            case ADVERTISER, CREATIVE, TERMS, PLACEMENT -> "";
        };
    }

    /// As the book reads it: spaces around it mean nothing.
    private static String reference(ObjectNode body, String name) {
        return body.path(name).asString("").strip();
    }

    private static String ownerOfCampaign(Book book, String campaign) {
        if (!SortableId.hasForm(CampaignId.PREFIX, campaign)) {
            return "";
        }
        return Optional.ofNullable(book.campaigns().get(new CampaignId(campaign)))
                .map(c -> c.advertiser().value())
                .orElse("");
    }

    private void refuseForeign(Call call, Kind kind, ObjectNode json) {
        var bound = call.principal().advertiser();
        if (bound.isPresent() && (kind == Kind.ADVERTISER || kind == Kind.PLACEMENT || !owns(call, kind, json))) {
            throw Problem.of(ProblemCode.FORBIDDEN, "another advertiser").refused();
        }
    }

    private boolean owns(Call call, Kind kind, ObjectNode json) {
        try {
            return sees(call, engines.apply(call), kind, "", json);
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    static String etag(ObjectNode body) {
        return '"' + Booking.version(body) + '"';
    }

    /// The stored fields and what follows from them: whether it can be served, and if not, why.
    private static ObjectNode whole(Call call, Engine engine, Kind kind, String id, ObjectNode body) {
        var json = JsonNodeFactory.instance.objectNode().put("id", id);
        json.setAll(body);
        json.put("updated_at", engine.booking().updatedAt(id).toString());
        var book = engine.booking().book();
        var now = engine.time().instant();
        switch (kind) {
            case CAMPAIGN -> {
                var campaign = Optional.ofNullable(book.campaigns().get(new CampaignId(id)))
                        .orElseThrow();
                status(call, engine, json, StatusReasons.of(book, campaign, now));
                spend(json, engine, id, now);
            }
            case AD_GROUP -> {
                var group = Optional.ofNullable(book.adGroups().get(new AdGroupId(id)))
                        .orElseThrow();
                status(call, engine, json, StatusReasons.of(book, group, now));
                spend(json, engine, id, now);
            }
            case AD -> {
                var ad = Optional.ofNullable(book.ads().get(new AdId(id))).orElseThrow();
                status(call, engine, json, StatusReasons.of(book, ad, now));
            }
            case TERMS ->
                Optional.ofNullable(book.terms().get(new mizan.core.suitability.TermsId(id)))
                        .ifPresent(t -> json.put("version", t.version()));
            case ADVERTISER, CREATIVE, PLACEMENT -> {}
        }
        return json;
    }

    private static void status(Call call, Engine engine, ObjectNode json, List<StatusReasons.Reason> reasons) {
        json.put(
                "effective_status",
                effective(reasons.stream().map(r -> r.code()).toList()));
        json.put("servable", reasons.isEmpty());
        StatusReasons.write(json.putArray("reasons_not_servable"), reasons, engine.booking(), call.language());
    }

    static String effective(List<String> reasons) {
        if (reasons.isEmpty()) {
            return "SERVING";
        }
        return switch (reasons.getFirst()) {
            case "not_started" -> "NOT_STARTED";
            case "ended" -> "ENDED";
            case "draft", "campaign_draft" -> "DRAFT";
            case "archived", "campaign_archived" -> "ARCHIVED";
            case "ad_in_review", "account_pending_approval" -> "IN_REVIEW";
            case "ad_rejected" -> "REJECTED";
            case "payment_required" -> "NO_FUNDS";
            case "account_suspended", "account_closed", "ad_suspended" -> "SUSPENDED";
            default -> "PAUSED";
        };
    }

    private static void spend(ObjectNode json, Engine engine, String id, Instant now) {
        json.putObject("committed")
                .put("total_micros", engine.accountant().used(id, "total"))
                .put("as_of", now.toString());
    }
}
