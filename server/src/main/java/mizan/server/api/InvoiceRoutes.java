package mizan.server.api;

import java.nio.charset.StandardCharsets;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import mizan.core.billing.TaxRate;
import mizan.core.campaign.AdvertiserId;
import mizan.core.identity.SortableId;
import mizan.server.app.Engine;
import mizan.server.billing.Document;
import mizan.server.billing.DocumentJson;
import mizan.server.billing.Invoices;
import mizan.server.billing.Party;
import mizan.server.billing.print.InvoiceCsv;
import mizan.server.billing.print.InvoicePdf;
import mizan.server.billing.print.InvoiceSheet;
import mizan.server.console.words.Digits;
import mizan.server.console.words.Lang;
import mizan.server.console.words.Words;
import mizan.server.http.Answer;
import mizan.server.http.Call;
import mizan.server.http.Problem;
import mizan.server.http.ProblemCode;
import mizan.server.http.Route;
import mizan.server.http.Scope;
import mizan.server.http.Trace;
import tools.jackson.databind.node.JsonNodeFactory;

/// Invoices, credit notes, and whom they are from and to.
public final class InvoiceRoutes {
    private static final int MOST_ADDRESS = 1_000;
    private static final int MOST_NAME = 200;
    private static final int MOST_NOTE = 300;

    private final Function<Call, Engine> engines;
    private final String origin;

    /// @param origin of the console's pages, where the verify page is
    public InvoiceRoutes(Function<Call, Engine> engines, String origin) {
        this.engines = engines;
        this.origin = origin;
    }

    public List<Route> routes() {
        return List.of(
                Route.get("/v1/billing/operator", "getOperatorBilling", call -> party(call, Party.OPERATOR))
                        .needs(Scope.LEDGER_READ)
                        .answers(200, "BillingParty")
                        .summary("Who bills, and the tax on it"),
                Route.put("/v1/billing/operator", "setOperatorBilling", call -> keep(call, Party.OPERATOR))
                        .needs(Scope.FUNDS_WRITE)
                        .takes("BillingParty")
                        .answers(200, "BillingParty")
                        .summary("Say who bills, and the tax on it; documents keep what they were issued with"),
                Route.get("/v1/advertisers/{id}/billing", "getBilling", call -> party(call, advertiser(call)))
                        .needs(Scope.LEDGER_READ)
                        .answers(200, "BillingParty")
                        .summary("Who is billed for an advertiser"),
                Route.put("/v1/advertisers/{id}/billing", "setBilling", call -> keep(call, advertiser(call)))
                        .needs(Scope.FUNDS_WRITE)
                        .takes("BillingParty")
                        .answers(200, "BillingParty")
                        .summary("Say who is billed for an advertiser, with another tax rate where it has one"),
                Route.post("/v1/invoices", "issueInvoice", this::issue)
                        .needs(Scope.FUNDS_WRITE)
                        .takes("InvoiceWish")
                        .answers(200, "Invoice")
                        .summary("The invoice of an advertiser for a month that has ended, issued once"),
                Route.get("/v1/invoices", "listInvoices", this::list)
                        .needs(Scope.LEDGER_READ)
                        .answers(200, "InvoiceList")
                        .query("limit", "after", "advertiser")
                        .summary("Invoices and credit notes, oldest first"),
                Route.get(
                                "/v1/invoices/{id}",
                                "getInvoice",
                                call -> Answer.json(200, DocumentJson.write(document(call))))
                        .needs(Scope.LEDGER_READ)
                        .answers(200, "Invoice")
                        .summary("One invoice or credit note, each line with the proof pack of its receipts"),
                Route.get("/v1/invoices/{id}/csv", "getInvoiceCsv", this::csv)
                        .needs(Scope.LEDGER_READ)
                        .summary("One invoice or credit note for a spreadsheet"),
                Route.get("/v1/invoices/{id}/xlsx", "getInvoiceSheet", this::sheet)
                        .needs(Scope.LEDGER_READ)
                        .summary("One invoice or credit note as a workbook"),
                Route.get("/v1/invoices/{id}/pdf", "getInvoicePdf", this::pdf)
                        .needs(Scope.LEDGER_READ)
                        .query("lang")
                        .summary("One invoice or credit note as a page to file, in Arabic or English"),
                Route.post("/v1/invoices/{id}/credit-notes", "issueCreditNote", this::credit)
                        .needs(Scope.FUNDS_WRITE)
                        .bodiless()
                        .answers(200, "Invoice")
                        .summary("A credit note for what was credited since the invoice"));
    }

    private Invoices invoices(Call call) {
        return engines.apply(call).invoices().orElseThrow(InvoiceRoutes::missing);
    }

    private static mizan.server.http.Refused missing() {
        return Problem.of(ProblemCode.NOT_FOUND).refused();
    }

    private String advertiser(Call call) {
        return Optional.of(call.param("id"))
                .filter(id -> isBooked(call, id))
                .filter(call.principal()::sees)
                .orElseThrow(InvoiceRoutes::missing);
    }

    private boolean isBooked(Call call, String id) {
        return SortableId.hasForm(AdvertiserId.PREFIX, id)
                && engines.apply(call).booking().book().advertisers().containsKey(new AdvertiserId(id));
    }

    private Answer party(Call call, String id) {
        return Answer.json(200, DocumentJson.write(invoices(call).party(id).orElseThrow(InvoiceRoutes::missing)));
    }

    private Answer keep(Call call, String id) {
        var fields = call.fields();
        var rate = fields.optionalNumber("tax_basis_points", 0, TaxRate.MOST);
        if (id.equals(Party.OPERATOR) && rate.isEmpty() && !fields.has("tax_basis_points")) {
            fields.error("tax_basis_points", ProblemCode.REQUIRED);
        }
        var party = new Party(
                fields.text("name", MOST_NAME),
                fields.text("address", MOST_ADDRESS),
                fields.optionalText("tax_id", MOST_NAME).orElse(""),
                rate.isPresent() ? Optional.of(new TaxRate((int) rate.getAsLong())) : Optional.empty(),
                fields.optionalText("tax_note", MOST_NOTE).orElse(""));
        fields.done();
        return Answer.json(200, DocumentJson.write(party)).tracing(keep(invoices(call), id, party, call));
    }

    /// Keeps what the parties' data is now, and says what was changed.
    public static Trace keep(Invoices invoices, String id, Party party, Call call) {
        var before = invoices.party(id).map(DocumentJson::write);
        invoices.keep(id, party, call.principal().keyId());
        return new Trace(
                id,
                Optional.of(id).filter(i -> !i.equals(Party.OPERATOR)),
                before.map(b -> b),
                Optional.of(DocumentJson.write(party)));
    }

    private Answer issue(Call call) {
        var fields = call.fields();
        var advertiser = fields.text("advertiser", 60);
        var month = fields.required("month", fields.parsed("month", 7, YearMonth::parse));
        if (fields.sound() && !isBooked(call, advertiser)) {
            fields.error("advertiser", ProblemCode.UNKNOWN_REFERENCE, advertiser);
        }
        fields.done();
        return issued(invoices(call).issue(new AdvertiserId(advertiser), month.orElseThrow()));
    }

    private Answer credit(Call call) {
        var invoice = Optional.of(document(call))
                .filter(d -> d.kind() == Document.Kind.INVOICE)
                .orElseThrow(InvoiceRoutes::missing);
        return issued(invoices(call).creditNote(invoice));
    }

    private static Answer issued(Invoices.Outcome outcome) {
        return switch (outcome) {
            case Invoices.Outcome.Issued(Document document) ->
                Answer.json(200, DocumentJson.write(document)).tracing(trace(document));
            case Invoices.Outcome.Refused(Invoices.Why why) ->
                throw Problem.of(ProblemCode.STATE_CONFLICT, said(why)).refused();
        };
    }

    public static Trace trace(Document document) {
        return new Trace(
                document.name(),
                Optional.of(document.advertiser()),
                Optional.empty(),
                Optional.of(DocumentJson.head(document)));
    }

    private static String said(Invoices.Why why) {
        return switch (why) {
            case MONTH_IS_OPEN -> "the month has not ended in the public log";
            case NO_OPERATOR -> "the operator's billing data is missing: PUT /v1/billing/operator";
            case NO_BUYER -> "the advertiser's billing data is missing: PUT /v1/advertisers/{id}/billing";
            case NOTHING -> "there is nothing that no document covers";
        };
    }

    private Answer list(Call call) {
        var page = Page.of(call);
        var owner = call.principal().advertiser().or(() -> call.query("advertiser"));
        long after = page.after().map(InvoiceRoutes::place).orElse(0L);
        var rest = invoices(call).all(owner).stream().skip(after).toList();
        var data = JsonNodeFactory.instance.arrayNode();
        rest.stream().limit(page.limit()).map(DocumentJson::head).forEach(data::add);
        boolean more = rest.size() > page.limit();
        return Answer.json(
                200, Page.json(data, more ? Optional.of(Long.toString(after + page.limit())) : Optional.empty()));
    }

    private static long place(String text) {
        try {
            return Math.max(0, Long.parseLong(text));
        } catch (NumberFormatException _) {
            throw Page.badCursor();
        }
    }

    private Document document(Call call) {
        return invoices(call)
                .find(call.param("id"))
                .filter(d -> call.principal().sees(d.advertiser()))
                .orElseThrow(InvoiceRoutes::missing);
    }

    private Answer csv(Call call) {
        var document = document(call);
        return file(
                "text/csv; charset=utf-8",
                document.name() + ".csv",
                InvoiceCsv.write(document).getBytes(StandardCharsets.UTF_8));
    }

    private Answer sheet(Call call) {
        var document = document(call);
        return file(InvoiceSheet.MEDIA_TYPE, document.name() + ".xlsx", InvoiceSheet.write(document));
    }

    private Answer pdf(Call call) {
        var document = document(call);
        var lang = call.query("lang").flatMap(Lang::of).orElse(call.language().equals("ar") ? Lang.AR : Lang.EN);
        var words = Words.of(lang, Digits.LATIN, ZoneOffset.UTC);
        return file(
                "application/pdf",
                document.name() + "-" + lang.tag() + ".pdf",
                InvoicePdf.write(document, words, origin));
    }

    private static Answer file(String type, String name, byte[] bytes) {
        return Answer.bytes(200, type, bytes).with("content-disposition", "attachment; filename=\"" + name + '"');
    }
}
