package mizan.server.console;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.util.HashMap;
import java.util.Map;
import mizan.server.console.page.Access;
import mizan.server.console.page.Campaign;
import mizan.server.console.page.Confirmation;
import mizan.server.console.page.CreativeQueue;
import mizan.server.console.page.DisputeList;
import mizan.server.console.page.Edit;
import mizan.server.console.page.Entrance;
import mizan.server.console.page.EvidenceForm;
import mizan.server.console.page.Feed;
import mizan.server.console.page.Frame;
import mizan.server.console.page.Guide;
import mizan.server.console.page.Invoices;
import mizan.server.console.page.Ledger;
import mizan.server.console.page.Lists;
import mizan.server.console.page.Notice;
import mizan.server.console.page.Notices;
import mizan.server.console.page.Notifications;
import mizan.server.console.page.RaterList;
import mizan.server.console.page.Reconciliation;
import mizan.server.console.page.Report;
import mizan.server.console.page.Repository;
import mizan.server.console.page.RevenueDesk;
import mizan.server.console.page.Reviews;
import mizan.server.console.page.SignalDesk;
import mizan.server.console.page.TermsEdit;
import mizan.server.console.page.TermsPage;
import mizan.server.console.page.TrustPage;
import mizan.server.console.page.Webhooks;
import mizan.server.console.page.Why;
import mizan.server.console.words.Words;

/// Renders the pages. Each method is a pure function of what it is given: same records, same HTML.
///
/// Everything in the records is escaped for the place where it lands; no record can carry markup.
public final class Console {
    /// The policy that every page is sent with. Scripts and styles come from this server only; the one
    /// exception is `style` attributes, which place the words of charts (decision 021).
    public static final String CONTENT_SECURITY_POLICY = "default-src 'none'; script-src 'self'; style-src 'self';"
            + " style-src-attr 'unsafe-inline'; img-src 'self' data:; font-src 'self'; connect-src 'self';"
            + " form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script';"
            + " trusted-types 'none'";

    private final TemplateEngine templates;
    private final Assets assets;

    /// The console over these static files, with templates compiled at build time.
    public Console(Assets assets) {
        this.templates = TemplateEngine.createPrecompiled(ContentType.Html);
        this.assets = assets;
    }

    /// The revenue desk.
    public String revenueDesk(Frame frame, Words words, RevenueDesk desk) {
        return render("page/desk.jte", frame, words, Map.of("desk", desk));
    }

    /// The signal desk.
    public String signals(Frame frame, Words words, SignalDesk desk) {
        return render("page/signals.jte", frame, words, Map.of("desk", desk));
    }

    /// The demo feed with the decision inspector.
    public String feed(Frame frame, Words words, Feed feed) {
        return render("page/feed.jte", frame, words, Map.of("feed", feed));
    }

    /// A campaign.
    public String campaign(Frame frame, Words words, Campaign campaign) {
        return render("page/campaign.jte", frame, words, Map.of("campaign", campaign));
    }

    /// The list of advertisers.
    public String advertisers(Frame frame, Words words, Lists.Advertisers list) {
        return render("page/advertisers.jte", frame, words, Map.of("list", list));
    }

    /// The list of campaigns.
    public String campaigns(Frame frame, Words words, Lists.Campaigns list) {
        return render("page/campaigns.jte", frame, words, Map.of("list", list));
    }

    /// The ledger.
    public String ledger(Frame frame, Words words, Ledger ledger) {
        return render("page/ledger.jte", frame, words, Map.of("ledger", ledger));
    }

    /// Invoices and credit notes.
    public String invoices(Frame frame, Words words, Invoices list) {
        return render("page/invoices.jte", frame, words, Map.of("list", list));
    }

    /// One invoice or credit note.
    public String invoice(Frame frame, Words words, Invoices.Single single) {
        return render("page/invoice.jte", frame, words, Map.of("single", single));
    }

    /// The billing data of the operator or of an advertiser.
    public String party(Frame frame, Words words, Invoices.Form form) {
        return render("page/party.jte", frame, words, Map.of("form", form));
    }

    /// The terms of all advertisers.
    public String termsList(Frame frame, Words words, TermsPage.All list) {
        return render("page/terms-list.jte", frame, words, Map.of("list", list));
    }

    /// One advertiser's terms, and others tried on what was recorded.
    public String terms(Frame frame, Words words, TermsPage terms) {
        return render("page/terms.jte", frame, words, Map.of("terms", terms));
    }

    /// The form of terms.
    public String termsEdit(Frame frame, Words words, TermsEdit edit) {
        return render("page/terms-edit.jte", frame, words, Map.of("edit", edit));
    }

    /// Figures by one thing over a span of days.
    public String report(Frame frame, Words words, Report.Page view) {
        return render("page/report.jte", frame, words, Map.of("view", view));
    }

    /// The form of a campaign, an ad group or an ad.
    public String edit(Frame frame, Words words, Edit edit) {
        return render("page/edit.jte", frame, words, Map.of("edit", edit));
    }

    /// Many campaigns and ad groups from a file.
    public String bulk(Frame frame, Words words, Edit.Bulk bulk) {
        return render("page/bulk.jte", frame, words, Map.of("bulk", bulk));
    }

    /// Whose first campaign the guide is for.
    public String guideChoice(Frame frame, Words words, Guide.Choice choice) {
        return render("page/guide-choice.jte", frame, words, Map.of("choice", choice));
    }

    /// The way to a first campaign, and the form of one step.
    public String guide(Frame frame, Words words, Guide guide) {
        return render("page/guide.jte", frame, words, Map.of("guide", guide));
    }

    /// What a person should know of what is theirs.
    public String notifications(Frame frame, Words words, Notifications list) {
        return render("page/notifications.jte", frame, words, Map.of("list", list));
    }

    /// What turned bad after ads were shown.
    public String notices(Frame frame, Words words, Notices notices) {
        return render("page/notices.jte", frame, words, Map.of("notices", notices));
    }

    /// Disputes, and the form that opens one.
    public String disputes(Frame frame, Words words, DisputeList list) {
        return render("page/disputes.jte", frame, words, Map.of("list", list));
    }

    /// One dispute: both sides' numbers, what was said, and what may be done.
    public String dispute(Frame frame, Words words, DisputeList.Single dispute) {
        return render("page/dispute.jte", frame, words, Map.of("dispute", dispute));
    }

    /// The form that asks for an evidence pack.
    public String evidence(Frame frame, Words words, EvidenceForm form) {
        return render("page/evidence.jte", frame, words, Map.of("form", form));
    }

    /// Comparisons of counts, and the form that sends a file.
    public String reconciliations(Frame frame, Words words, Reconciliation list) {
        return render("page/reconciliations.jte", frame, words, Map.of("list", list));
    }

    /// One comparison with its lines.
    public String reconciliation(Frame frame, Words words, Reconciliation.Single single) {
        return render("page/reconciliation.jte", frame, words, Map.of("single", single));
    }

    /// The posts that wait for a person.
    public String reviews(Frame frame, Words words, Reviews reviews) {
        return render("page/reviews.jte", frame, words, Map.of("reviews", reviews));
    }

    /// Who judges posts.
    public String raters(Frame frame, Words words, RaterList raters) {
        return render("page/raters.jte", frame, words, Map.of("raters", raters));
    }

    /// The creatives that wait for a person.
    public String creatives(Frame frame, Words words, CreativeQueue queue) {
        return render("page/creatives.jte", frame, words, Map.of("queue", queue));
    }

    /// The public ad repository.
    public String repository(Frame frame, Words words, Repository repository) {
        return render("page/repository.jte", frame, words, Map.of("repository", repository));
    }

    /// What the platform tells everybody of itself.
    public String trust(Frame frame, Words words, TrustPage trust) {
        return render("page/trust.jte", frame, words, Map.of("trust", trust));
    }

    /// One ad of the public repository.
    public String ad(Frame frame, Words words, Repository.Single single) {
        return render("page/ad.jte", frame, words, Map.of("single", single));
    }

    /// Why a reader saw an ad.
    public String why(Frame frame, Words words, Why why) {
        return render("page/why.jte", frame, words, Map.of("why", why));
    }

    /// Sign in, or make an account.
    public String entrance(Frame frame, Words words, Entrance entrance) {
        return render("page/entrance.jte", frame, words, Map.of("entrance", entrance));
    }

    /// The page that asks again who sits at a browser.
    public String confirmation(Frame frame, Words words, Confirmation confirmation) {
        return render("page/confirmation.jte", frame, words, Map.of("confirmation", confirmation));
    }

    /// The page that leads to a provider of sign-ins.
    public String leaving(Frame frame, Words words, String provider, String to) {
        return render("page/leaving.jte", frame, words, Map.of("provider", provider, "to", to));
    }

    /// Everybody who may use the console.
    public String people(Frame frame, Words words, Access.People people) {
        return render("page/people.jte", frame, words, Map.of("people", people));
    }

    /// API keys.
    public String keys(Frame frame, Words words, Access.Keys keys) {
        return render("page/keys.jte", frame, words, Map.of("keys", keys));
    }

    /// Who is told of events.
    public String webhooks(Frame frame, Words words, Webhooks list) {
        return render("page/webhooks.jte", frame, words, Map.of("list", list));
    }

    /// One webhook, and what was sent to it.
    public String webhook(Frame frame, Words words, Webhooks.Single single) {
        return render("page/webhook.jte", frame, words, Map.of("single", single));
    }

    /// What waits for a second person.
    public String approvals(Frame frame, Words words, Access.Approvals approvals) {
        return render("page/approvals.jte", frame, words, Map.of("approvals", approvals));
    }

    /// One change that waits: what changes, what it costs, yes or no.
    public String approval(Frame frame, Words words, Access.Request request) {
        return render("page/approval.jte", frame, words, Map.of("request", request));
    }

    /// Who did what.
    public String audit(Frame frame, Words words, Access.Audit audit) {
        return render("page/audit.jte", frame, words, Map.of("audit", audit));
    }

    /// One's own account.
    public String account(Frame frame, Words words, Access.Own own) {
        return render("page/account.jte", frame, words, Map.of("own", own));
    }

    /// The page that checks a proof pack in the reader's own browser.
    public String verify(Frame frame, Words words) {
        return render("page/verify.jte", frame, words, Map.of());
    }

    /// A page that says only one thing: a sign-in link that did not work, an error.
    public String notice(Frame frame, Words words, Notice notice) {
        return render("page/notice.jte", frame, words, Map.of("notice", notice));
    }

    private String render(String template, Frame frame, Words words, Map<String, Object> view) {
        var parameters = new HashMap<String, Object>(view);
        parameters.put("page", new Page(frame, words, assets));
        var html = new StringOutput(32_768);
        templates.render(template, parameters, html);
        return html.toString();
    }
}
