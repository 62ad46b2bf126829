package mizan.server.api;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import mizan.core.campaign.AdvertiserId;
import mizan.core.ledger.AccountId;
import mizan.core.ledger.Transfer;
import mizan.server.app.Engine;
import mizan.server.http.Answer;
import mizan.server.http.ApiKeys;
import mizan.server.http.Call;
import mizan.server.http.Problem;
import mizan.server.http.ProblemCode;
import mizan.server.http.Route;
import mizan.server.http.Scope;
import mizan.server.http.Trace;
import mizan.server.reporting.Reports;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Money in, and the ledger as anybody with the right may read it.
public final class LedgerRoutes {
    private final Function<Call, Engine> engines;

    public LedgerRoutes(Function<Call, Engine> engines) {
        this.engines = engines;
    }

    public List<Route> routes() {
        return List.of(
                Route.post("/v1/advertisers/{id}/funding", "fundAdvertiser", this::fund)
                        .needs(Scope.FUNDS_WRITE)
                        .takes("Funding")
                        .answers(201, "Funded")
                        .withMoney()
                        .summary("Book a payment that was received from an advertiser"),
                Route.get("/v1/ledger/accounts", "listAccounts", this::accounts)
                        .needs(Scope.LEDGER_READ)
                        .answers(200, "AccountList")
                        .summary("Every account with its balance"),
                Route.get("/v1/ledger/entries", "listEntries", this::entries)
                        .needs(Scope.LEDGER_READ)
                        .answers(200, "EntryList")
                        .query("limit", "after", "advertiser")
                        .summary("Every movement of money, oldest first"),
                Route.get("/v1/ledger/invariants", "checkLedger", this::invariants)
                        .needs(Scope.PLATFORM_READ)
                        .answers(200, "Invariants")
                        .summary("Checks, now: entries add up to zero, no budget was ever passed"));
    }

    private Answer fund(Call call) {
        var engine = engines.apply(call);
        var id = call.param("id");
        if (!mizan.core.identity.SortableId.hasForm(AdvertiserId.PREFIX, id)) {
            throw Problem.of(ProblemCode.NOT_FOUND).refused();
        }
        var advertiser = Optional.ofNullable(
                        engine.booking().book().advertisers().get(new AdvertiserId(id)))
                .filter(a -> call.principal().sees(id))
                .orElseThrow(() -> Problem.of(ProblemCode.NOT_FOUND).refused());
        var fields = call.fields();
        long micros = fields.number("micros", 1, 1_000_000_000_000_000L);
        var currency = fields.text("currency", 3);
        var reference = fields.text("reference", 200);
        if (fields.sound() && !currency.equals(advertiser.currency().getCurrencyCode())) {
            fields.error(
                    "currency",
                    ProblemCode.CURRENCY_MISMATCH,
                    advertiser.currency().getCurrencyCode());
        }
        fields.done();
        var transfer = new Transfer.Direct(
                transferId(call),
                new AccountId(AccountId.Kind.EXTERNAL_PAYMENTS, "", advertiser.currency()),
                new AccountId(AccountId.Kind.ADVERTISER_FUNDS, id, advertiser.currency()),
                micros,
                engine.time().instant(),
                reference);
        engine.accountant().transfer(transfer);
        var json = JsonNodeFactory.instance.objectNode();
        json.put("id", transfer.id());
        json.put("advertiser", id);
        json.putObject("amount").put("currency", currency).put("micros", micros);
        json.putObject("funds")
                .put("currency", currency)
                .put("micros", engine.accountant().balances().getOrDefault(transfer.credit(), 0L));
        return Answer.json(201, json)
                .tracing(new Trace(id, Optional.of(id), Optional.empty(), Optional.of(json.deepCopy())));
    }

    /// Derived from the caller and its key, so that a payment sent again is known by the ledger itself,
    /// after a restart too.
    private static String transferId(Call call) {
        var sender =
                call.principal().keyId() + " " + call.header("idempotency-key").orElseThrow();
        return "fund/" + ApiKeys.hash(sender).substring(0, 32);
    }

    private Answer accounts(Call call) {
        var json = JsonNodeFactory.instance.objectNode();
        var data = json.putArray("data");
        engines.apply(call).accountant().balances().entrySet().stream()
                .filter(e -> call.principal()
                        .advertiser()
                        .map(a -> a.equals(e.getKey().owner()))
                        .orElse(true))
                .sorted(java.util.Comparator.comparing(e -> name(e.getKey())))
                .forEach(e -> data.addObject()
                        .put("account", name(e.getKey()))
                        .put("currency", e.getKey().currency().getCurrencyCode())
                        .put("micros", e.getValue()));
        json.put("has_more", false);
        return Answer.json(200, json);
    }

    static String name(AccountId account) {
        var kind = account.kind().name().toLowerCase(java.util.Locale.ROOT);
        return account.owner().isEmpty() ? kind : kind + ":" + account.owner();
    }

    private Answer entries(Call call) {
        var page = Page.of(call);
        var owner = call.principal().advertiser().or(() -> call.query("advertiser"));
        var rows = engines.apply(call)
                .reports()
                .entries(page.after().map(LedgerRoutes::sequence).orElse(0L), page.limit() + 1, owner);
        var data = JsonNodeFactory.instance.arrayNode();
        rows.stream().limit(page.limit()).map(LedgerRoutes::json).forEach(data::add);
        boolean more = rows.size() > page.limit();
        var next = more ? Optional.of(Long.toString(rows.get(page.limit() - 1).sequence())) : Optional.<String>empty();
        return Answer.json(200, Page.json(data, next));
    }

    static ObjectNode json(Reports.Entry row) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("sequence", row.sequence())
                .put("id", row.id())
                .put("kind", row.kind())
                .put("debit", row.debit())
                .put("credit", row.credit())
                .put("currency", row.currency())
                .put("micros", row.micros())
                .put("at", row.at().toString())
                .put("reference", row.reference());
    }

    private static long sequence(String place) {
        try {
            return Long.parseLong(place);
        } catch (NumberFormatException _) {
            throw Page.badCursor();
        }
    }

    private Answer invariants(Call call) {
        var found = engines.apply(call).invariants();
        var json = JsonNodeFactory.instance.objectNode();
        json.put("holds", found.holds());
        json.put("ledger_sum_micros", found.ledgerSum());
        json.put("largest_overspend_micros", found.largestOverspend());
        json.put("entries", found.entries());
        var list = json.putArray("violations");
        found.violations().forEach(list::add);
        return Answer.json(200, json);
    }
}
