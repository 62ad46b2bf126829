package mizan.server.mail;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import mizan.server.console.words.Words;
import mizan.server.http.Mode;
import mizan.server.http.Scope;
import mizan.server.people.Approval;
import mizan.server.people.Person;
import mizan.server.people.Workspace;

/// Asks second persons by e-mail: whoever can decide gets one letter for each request, with the link of the page that
/// shows exactly what changes. The link opens nothing by itself: who follows it signs in.
public final class ApprovalLetters {
    private final Workspace workspace;
    private final InstantSource time;
    private final Outgoing outgoing;

    public ApprovalLetters(Workspace workspace, Post post, InstantSource time) {
        this.workspace = workspace;
        this.time = time;
        this.outgoing = new Outgoing(post, workspace.store(), time);
    }

    /// Sends what has not been sent.
    ///
    /// @return how many letters were taken
    public synchronized int step() {
        int taken = 0;
        var now = time.instant();
        for (var approval : workspace.approvals().all(Mode.LIVE)) {
            if (approval.stateAt(now) == Approval.State.PENDING) {
                for (var person : deciders(approval)) {
                    taken += sent(approval, person) ? 1 : 0;
                }
            }
        }
        return taken;
    }

    private boolean sent(Approval approval, Person person) {
        return outgoing.send(approval.id() + " " + person.id(), () -> letter(approval, person));
    }

    /// Who can say yes: the advertiser's own people or, where it has nobody, the platform's. Never who asked.
    private List<Person> deciders(Approval approval) {
        var able = workspace.store().people().stream()
                .filter(Person::isIn)
                .filter(p ->
                        p.role().scopes().contains(Scope.APPROVE) && p.login().contains("@"))
                .filter(p -> !p.id().equals(approval.asker().behind()))
                .toList();
        var own = able.stream()
                .filter(p -> p.advertiser().isPresent() && p.advertiser().equals(approval.advertiser()))
                .toList();
        return own.isEmpty()
                ? able.stream().filter(p -> p.advertiser().isEmpty()).toList()
                : own;
    }

    private Letter letter(Approval approval, Person person) {
        return Bilingual.letter(
                person.login(),
                w -> w.text("mail.approval.subject", approval.shown().name()),
                w -> body(w, approval, person));
    }

    private String body(Words w, Approval approval, Person person) {
        var lines = new ArrayList<String>();
        lines.add(w.text("mail.approval.hello", person.name()));
        lines.add("");
        lines.add(w.text(
                "mail.approval.asks",
                approval.asker().name(),
                w.t("approval.kind." + approval.kind().text())));
        lines.add(w.text("mail.approval.what", approval.shown().name()));
        if (approval.shown().micros() == Long.MAX_VALUE) {
            lines.add(w.text("approval.costs.unlimited"));
        } else if (approval.shown().micros() > 0) {
            var more = w.figures()
                    .exactMoney(approval.shown().micros(), approval.shown().currency());
            lines.add(w.text("approval.costs", more));
        }
        if (!approval.why().isEmpty()) {
            lines.add(w.text("mail.approval.why", approval.why()));
        }
        lines.add("");
        lines.add(w.text("mail.approval.until", w.dates().date(approval.until())));
        lines.add(workspace.origin() + "/approvals/" + approval.id());
        lines.add("");
        lines.add(w.text("mail.approval.note"));
        return String.join("\n", lines);
    }
}
