package mizan.server.mail;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import mizan.server.console.words.Digits;
import mizan.server.console.words.Lang;
import mizan.server.console.words.Words;
import mizan.server.http.Mode;
import mizan.server.http.Scope;
import mizan.server.people.Approval;
import mizan.server.people.Person;
import mizan.server.people.Workspace;

/// Asks second persons by e-mail: whoever can decide gets one letter for each request, with the link of the page that
/// shows exactly what changes. The link opens nothing by itself: who follows it signs in.
public final class ApprovalLetters implements AutoCloseable {
    private static final Duration BETWEEN = Duration.ofSeconds(5);
    private static final List<Duration> PAUSES =
            List.of(Duration.ofMinutes(1), Duration.ofMinutes(10), Duration.ofHours(1), Duration.ofHours(6));
    private final Workspace workspace;
    private final Post post;
    private final InstantSource time;
    private final AtomicBoolean running = new AtomicBoolean(true);

    /// Letters that nobody took yet. With a restart they are tried at once.
    private final Map<String, Failed> failed = new HashMap<>();

    private record Failed(int tries, Instant nextAt) {}

    public ApprovalLetters(Workspace workspace, Post post, InstantSource time) {
        this.workspace = workspace;
        this.post = post;
        this.time = time;
    }

    /// Sends from now on, on a thread of its own, until it is closed.
    public ApprovalLetters started() {
        Thread.ofVirtual().name("letters").start(() -> {
            while (running.get()) {
                try {
                    step();
                } catch (RuntimeException e) {
                    System.getLogger("mizan").log(System.Logger.Level.ERROR, "letters were not sent", e);
                }
                LockSupport.parkNanos(BETWEEN.toNanos());
            }
        });
        return this;
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
                    taken += sent(approval, person, now) ? 1 : 0;
                }
            }
        }
        return taken;
    }

    private boolean sent(Approval approval, Person person, Instant now) {
        var key = approval.id() + " " + person.id();
        var before = failed.getOrDefault(key, new Failed(0, Instant.EPOCH));
        if (now.isBefore(before.nextAt()) || workspace.store().wasWritten(key)) {
            return false;
        }
        try {
            post.send(letter(approval, person));
            workspace.store().written(key, now);
            failed.remove(key);
            return true;
        } catch (Post.Undelivered undelivered) {
            var pause = PAUSES.get(Math.min(before.tries(), PAUSES.size() - 1));
            failed.put(key, new Failed(before.tries() + 1, now.plus(pause)));
            System.getLogger("mizan").log(System.Logger.Level.WARNING, undelivered.getMessage());
            return false;
        }
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

    /// In both languages: what somebody reads is known only once they have signed in.
    private Letter letter(Approval approval, Person person) {
        var subject = Stream.of(Lang.AR, Lang.EN)
                .map(lang -> words(lang)
                        .text("mail.approval.subject", approval.shown().name()))
                .collect(Collectors.joining(" · "));
        var body = Stream.of(Lang.AR, Lang.EN)
                .map(lang -> body(words(lang), approval, person))
                .collect(Collectors.joining("\n\n----\n\n"));
        return new Letter(person.login(), subject, body);
    }

    private static Words words(Lang lang) {
        return Words.of(lang, Digits.LATIN, ZoneOffset.UTC);
    }

    private String body(Words w, Approval approval, Person person) {
        var lines = new java.util.ArrayList<String>();
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

    @Override
    public void close() {
        running.set(false);
    }
}
