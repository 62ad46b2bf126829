package mizan.server.mail;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.BiFunction;
import java.util.function.Function;
import mizan.server.console.words.Words;
import mizan.server.people.Act;
import mizan.server.people.Person;
import mizan.server.people.WaysIn;
import mizan.server.people.Workspace;

/// Tells people what happened to their accounts, so that a change that was not theirs does not stay unseen, and sends
/// who forgot a password the link for a new one.
///
/// What happened is read in the audit log, so no change can be made that no letter follows.
public final class AccountLetters {
    /// What people are told of, by the operation of the audit log.
    private static final Map<String, String> TOLD = Map.ofEntries(
            Map.entry("changePassword", "mail.account.password"),
            Map.entry("comeBack", "mail.account.came_back"),
            Map.entry("addPasskey", "mail.account.passkey_added"),
            Map.entry("removePasskey", "mail.account.passkey_removed"),
            Map.entry("setSecondFactor", "mail.account.second_factor_on"),
            Map.entry("removeSecondFactor", "mail.account.second_factor_off"),
            Map.entry("makeRecoveryCodes", "mail.account.recovery_codes"),
            Map.entry("providerLinked", "mail.account.provider_linked"),
            Map.entry("providerUnlinked", "mail.account.provider_unlinked"),
            Map.entry("helpPerson", "mail.account.helped"),
            Map.entry("signInOnNewDevice", "mail.account.new_device"));

    /// After a day it is no news.
    private static final Duration NEWS = Duration.ofDays(1);

    private static final Duration BETWEEN_LINKS = Duration.ofMinutes(5);
    private static final int MOST_WANTED = 1_000;
    private static final int PAGE = 200;

    private final Workspace workspace;
    private final InstantSource time;
    private final Outgoing outgoing;
    private final BlockingQueue<String> wanted = new ArrayBlockingQueue<>(MOST_WANTED);
    private final List<Link> links = new ArrayList<>();
    private final Map<String, Instant> linkedAt = new HashMap<>();
    private final Map<Long, Act> untold = new TreeMap<>();
    private long seen;

    /// Somebody who waits for a link.
    private record Link(String key, String login, Instant until) {}

    public AccountLetters(Workspace workspace, Post post, InstantSource time) {
        this.workspace = workspace;
        this.time = time;
        this.outgoing = new Outgoing(post, workspace.store(), time);
    }

    /// Somebody forgot the password of this login. It is looked up later and elsewhere, so neither the answer nor its
    /// time tells whether there is such a person.
    public void wantBack(String login) {
        // One more than anybody could read: it is asked for again.
        var _ = wanted.offer(login);
    }

    /// Sends what has not been sent.
    ///
    /// @return how many letters were taken
    public synchronized int step() {
        var now = time.instant();
        read(now);
        int taken = 0;
        for (var act : List.copyOf(untold.values())) {
            taken += tell(act, now) ? 1 : 0;
        }
        takeWanted(now);
        for (var link : List.copyOf(links)) {
            taken += send(link, now) ? 1 : 0;
        }
        return taken;
    }

    /// The audit log since the last look; at the start, the last day of it.
    private void read(Instant now) {
        var newest = seen;
        var before = Long.MAX_VALUE;
        while (true) {
            var acts = workspace.store().acts(before, PAGE, Optional.empty());
            for (var act : acts) {
                if (act.sequence() <= seen || act.at().isBefore(now.minus(NEWS))) {
                    seen = newest;
                    return;
                }
                newest = Math.max(newest, act.sequence());
                before = act.sequence();
                if (TOLD.containsKey(act.operation())) {
                    untold.put(act.sequence(), act);
                }
            }
            if (acts.size() < PAGE) {
                seen = newest;
                return;
            }
        }
    }

    private boolean tell(Act act, Instant now) {
        var key = "act " + act.sequence();
        var person = workspace.people().find(act.subject()).filter(Person::isIn);
        if (person.isEmpty() || act.at().isBefore(now.minus(NEWS)) || outgoing.wasSent(key)) {
            outgoing.giveUp(key);
            untold.remove(act.sequence());
            return false;
        }
        boolean taken = outgoing.send(key, () -> letter(act, person.get()));
        if (taken) {
            untold.remove(act.sequence());
        }
        return taken;
    }

    private Letter letter(Act act, Person person) {
        var what = TOLD.getOrDefault(act.operation(), "");
        return bilingual(person, w -> w.text(what), (w, lines) -> {
            lines.add(w.text(what));
            lines.add(w.text("mail.account.when", w.dates().moment(act.at()), act.name(), act.from()));
            lines.add("");
            lines.add(w.text("mail.account.not_you"));
            lines.add(workspace.origin() + "/account");
            return lines;
        });
    }

    private void takeWanted(Instant now) {
        linkedAt.values().removeIf(at -> !now.isBefore(at.plus(BETWEEN_LINKS)));
        for (var login = wanted.poll(); login != null; login = wanted.poll()) {
            var person = workspace.waysIn().forgotten(login).filter(p -> !linkedAt.containsKey(p.id()));
            if (person.isPresent()) {
                linkedAt.put(person.get().id(), now);
                links.add(new Link(
                        "back " + person.get().id() + " " + now.toEpochMilli(),
                        person.get().login(),
                        now.plus(WaysIn.LETTER_LIFE)));
            }
        }
    }

    private boolean send(Link link, Instant now) {
        var person = workspace.waysIn().forgotten(link.login());
        boolean waits = person.isPresent() && now.isBefore(link.until());
        boolean taken = waits && outgoing.send(link.key(), () -> letter(person.get()));
        if (taken || !waits) {
            outgoing.giveUp(link.key());
            links.remove(link);
        }
        return taken;
    }

    /// Its link is made as it is written: what nobody takes leaves none behind that anybody has read.
    private Letter letter(Person person) {
        var code = person.password().map(_ -> workspace.waysIn().letterCode(person));
        return bilingual(person, w -> w.text("mail.account.back.subject"), (w, lines) -> {
            if (code.isPresent()) {
                lines.add(w.text("mail.account.back", WaysIn.LETTER_LIFE.toMinutes()));
                lines.add(workspace.origin() + "/back/" + code.get());
            } else {
                lines.add(w.text("mail.account.back.no_password"));
            }
            lines.add("");
            lines.add(w.text("mail.account.back.not_you"));
            return lines;
        });
    }

    private static Letter bilingual(
            Person person, Function<Words, String> subject, BiFunction<Words, List<String>, List<String>> body) {
        return Bilingual.letter(person.login(), subject, w -> {
            var lines = new ArrayList<String>();
            lines.add(w.text("mail.approval.hello", person.name()));
            lines.add("");
            return String.join("\n", body.apply(w, lines));
        });
    }
}
