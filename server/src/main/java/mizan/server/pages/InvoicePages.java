package mizan.server.pages;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import mizan.core.billing.TaxRate;
import mizan.core.campaign.AdvertiserId;
import mizan.core.identity.SortableId;
import mizan.server.api.InvoiceRoutes;
import mizan.server.app.Engine;
import mizan.server.billing.Document;
import mizan.server.billing.Invoices.Outcome;
import mizan.server.billing.Invoices.Why;
import mizan.server.billing.Party;
import mizan.server.console.page.Invoices;
import mizan.server.console.words.Lang;
import mizan.server.http.Answer;
import mizan.server.http.Call;
import mizan.server.http.Problem;
import mizan.server.http.ProblemCode;
import mizan.server.http.Route;
import mizan.server.http.Scope;

/// Invoices for people: the list, one document, who is billed, and the buttons that issue.
final class InvoicePages {
    private static final Pattern PERCENT = Pattern.compile("[0-9]{1,3}(?:[.][0-9]{1,2})?");
    private static final int MOST_TEXT = 1_000;

    private final Engine engine;
    private final PageShell shell;

    InvoicePages(Engine engine, PageShell shell) {
        this.engine = engine;
        this.shell = shell;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/invoices", "invoicesPage", this::list).needs(Scope.LEDGER_READ),
                Route.form("/invoices", "issueInvoicesForm", this::issue).needs(Scope.FUNDS_WRITE),
                Route.get("/invoices/{id}", "invoicePage", this::one).needs(Scope.LEDGER_READ),
                Route.form("/invoices/{id}/credit-note", "issueCreditNoteForm", this::credit)
                        .needs(Scope.FUNDS_WRITE),
                Route.get("/billing/{id}", "billingPage", this::party).needs(Scope.FUNDS_WRITE),
                Route.form("/billing/{id}", "setBillingForm", this::keep).needs(Scope.FUNDS_WRITE));
    }

    private mizan.server.billing.Invoices invoices() {
        return engine.invoices().orElseThrow(InvoicePages::missing);
    }

    private static mizan.server.http.Refused missing() {
        return Problem.of(ProblemCode.NOT_FOUND).refused();
    }

    private Answer list(Call call) {
        var lang = PageShell.lang(call);
        var rows = invoices().all(call.principal().advertiser()).reversed().stream()
                .map(d -> new Invoices.Row(d, name(d.advertiser(), lang)))
                .toList();
        boolean may = call.principal().may(Scope.FUNDS_WRITE);
        var page =
                new Invoices(rows, may ? parties(lang) : List.of(), invoices().lastMonth(), may);
        return shell.html(call, 200, shell.console().invoices(shell.frame(call), shell.words(call), page));
    }

    private List<Invoices.Side> parties(Lang lang) {
        var parties = new ArrayList<Invoices.Side>();
        parties.add(side(Party.OPERATOR, lang));
        engine.booking().book().advertisers().keySet().stream()
                .map(id -> side(id.value(), lang))
                .sorted(Comparator.comparing(Invoices.Side::known).thenComparing(Invoices.Side::name))
                .forEach(parties::add);
        return parties;
    }

    private Invoices.Side side(String id, Lang lang) {
        var name = id.equals(Party.OPERATOR) ? "" : name(id, lang);
        return new Invoices.Side(id, name, invoices().party(id).isPresent());
    }

    private String name(String advertiser, Lang lang) {
        return Optional.ofNullable(engine.booking().book().advertisers().get(new AdvertiserId(advertiser)))
                .map(a -> a.name().in(lang.tag()))
                .orElse(advertiser);
    }

    private Document document(Call call) {
        return invoices()
                .find(call.param("id"))
                .filter(d -> call.principal().sees(d.advertiser()))
                .orElseThrow(InvoicePages::missing);
    }

    private Answer one(Call call) {
        var document = document(call);
        var notes = invoices().all(Optional.of(document.advertiser())).stream()
                .filter(d -> d.corrects().equals(Optional.of(document.name())))
                .toList();
        boolean may = call.principal().may(Scope.FUNDS_WRITE) && document.kind() == Document.Kind.INVOICE;
        var single = new Invoices.Single(document, notes, may);
        return shell.html(call, 200, shell.console().invoice(shell.frame(call), shell.words(call), single));
    }

    /// The invoices of a month for all advertisers, and credit notes to whatever was issued before.
    private Answer issue(Call call) {
        var month = month(call.form().getOrDefault("month", ""));
        if (month.isEmpty()) {
            return PageShell.done("/invoices", "documents_month");
        }
        var refused = EnumSet.noneOf(Why.class);
        var before =
                invoices().all(Optional.empty()).stream().map(Document::name).collect(Collectors.toSet());
        for (var advertiser :
                engine.booking().book().advertisers().keySet().stream().sorted().toList()) {
            if (invoices().issue(advertiser, month.get()) instanceof Outcome.Refused(Why why)) {
                refused.add(why);
            }
        }
        for (var document : invoices().all(Optional.empty())) {
            if (document.kind() == Document.Kind.INVOICE) {
                invoices().creditNote(document);
            }
        }
        var issued = invoices().all(Optional.empty()).stream()
                .filter(d -> !before.contains(d.name()))
                .map(InvoiceRoutes::trace)
                .toList();
        return PageShell.done("/invoices", said(!issued.isEmpty(), refused)).tracing(issued);
    }

    private static String said(boolean some, EnumSet<Why> refused) {
        if (refused.contains(Why.NO_OPERATOR) || refused.contains(Why.NO_BUYER)) {
            return "documents_parties";
        }
        if (some) {
            return "documents_issued";
        }
        return refused.contains(Why.MONTH_IS_OPEN) ? "documents_month" : "documents_none";
    }

    private static Optional<YearMonth> month(String text) {
        try {
            return Optional.of(text).filter(t -> t.length() == 7).map(YearMonth::parse);
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }

    private Answer credit(Call call) {
        return switch (invoices().creditNote(document(call))) {
            case Outcome.Issued(Document note) ->
                PageShell.done("/invoices/" + note.name(), "documents_issued").tracing(InvoiceRoutes.trace(note));
            case Outcome.Refused _ -> PageShell.done("/invoices/" + call.param("id"), "documents_none");
        };
    }

    private String known(Call call) {
        return Optional.of(call.param("id"))
                .filter(id -> id.equals(Party.OPERATOR)
                        || (SortableId.hasForm(AdvertiserId.PREFIX, id)
                                && engine.booking().book().advertisers().containsKey(new AdvertiserId(id))))
                .orElseThrow(InvoicePages::missing);
    }

    private Answer party(Call call) {
        var id = known(call);
        var form = new Invoices.Form(side(id, PageShell.lang(call)), invoices().party(id));
        return shell.html(call, 200, shell.console().party(shell.frame(call), shell.words(call), form));
    }

    private Answer keep(Call call) {
        var id = known(call);
        var form = call.form();
        var name = typed(form.getOrDefault("name", ""));
        var address = typed(form.getOrDefault("address", ""));
        var rate = typed(form.getOrDefault("rate", ""));
        var basisPoints = basisPoints(rate);
        boolean rated = basisPoints.isPresent() || (rate.isEmpty() && !id.equals(Party.OPERATOR));
        if (name.isEmpty() || address.isEmpty() || !rated) {
            return PageShell.done("/billing/" + id, "party_wrong");
        }
        var party = new Party(
                name,
                address,
                typed(form.getOrDefault("tax_id", "")),
                basisPoints,
                typed(form.getOrDefault("tax_note", "")));
        return PageShell.done("/invoices", "party_kept").tracing(InvoiceRoutes.keep(invoices(), id, party, call));
    }

    private static String typed(String text) {
        var stripped = text.replace("\r", "").strip();
        return stripped.substring(0, Math.min(MOST_TEXT, stripped.length()));
    }

    private static Optional<TaxRate> basisPoints(String percent) {
        return Optional.of(percent)
                .filter(p -> PERCENT.matcher(p).matches())
                .map(p -> new BigDecimal(p).movePointRight(2).intValueExact())
                .filter(points -> points <= TaxRate.MOST)
                .map(TaxRate::new);
    }
}
