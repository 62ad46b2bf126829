package mizan.server.people;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import mizan.server.http.Ids;
import mizan.server.http.Mode;
import mizan.server.http.Principal;
import mizan.server.http.Problem;
import mizan.server.http.ProblemCode;
import mizan.server.http.Refused;

/// Four eyes: what needs a second person, what waits for one, and what they decided.
///
/// A request holds the whole change. Approving is the only thing that carries it out, once, and only if what it
/// was asked about is still as it was.
public final class Approvals {
    private final PeopleStore store;
    private final InstantSource time;
    private final Ids ids;
    private final Function<String, String> names;
    private final Map<String, Approval> approvals = new ConcurrentHashMap<>();
    private final Map<String, Rule> rules = new ConcurrentHashMap<>();
    private final Object deciding = new Object();

    /// Carries out what was approved.
    @FunctionalInterface
    public interface Deeds {
        /// @throws Refused when it cannot be done any more
        void carryOut(Approval approval);
    }

    /// @param names what somebody is called, by the id of a person or key
    public Approvals(PeopleStore store, InstantSource time, Ids ids, Function<String, String> names) {
        this.store = store;
        this.time = time;
        this.ids = ids;
        this.names = names;
        store.approvals().forEach(a -> approvals.put(a.id(), a));
        store.rules().forEach(r -> rules.put(key(r), r));
    }

    /// The rule for one advertiser's changes: its own or the platform's, whichever is stricter.
    public Rule rule(Rule.Kind kind, Optional<String> advertiser) {
        var ours = own(kind, "");
        var theirs = advertiser.map(a -> own(kind, a)).orElse(ours);
        return theirs.isWeakerThan(ours) ? ours : theirs;
    }

    /// The rule as it was set for an advertiser, or for everybody when empty.
    public Rule own(Rule.Kind kind, String advertiser) {
        return rules.getOrDefault(advertiser + " " + kind, new Rule(advertiser, kind, OptionalLong.empty()));
    }

    /// Sets a rule. One that is weaker than before waits for a second person.
    ///
    /// @return the request that waits; empty when the rule is in force
    public Optional<Approval> set(Rule rule, Principal by, Function<Rule, Ask> asking) {
        synchronized (deciding) {
            if (rule.isWeakerThan(own(rule.kind(), rule.advertiser()))) {
                return Optional.of(ask(asking.apply(own(rule.kind(), rule.advertiser())), by));
            }
            enforce(rule);
            return Optional.empty();
        }
    }

    /// Puts a rule in force, whatever it was before.
    public void enforce(Rule rule) {
        store.put(rule);
        rules.put(key(rule), rule);
    }

    /// What somebody asks for.
    public record Ask(
            Rule.Kind kind,
            Optional<String> advertiser,
            String why,
            tools.jackson.databind.node.ObjectNode deed,
            Approval.Shown shown,
            String condition) {}

    /// Writes down a request.
    public Approval ask(Ask ask, Principal by) {
        var now = time.instant();
        var approval = new Approval(
                ids.next(Approval.PREFIX),
                by.mode(),
                ask.kind(),
                ask.advertiser(),
                new Approval.Asker(by.keyId(), by.behind(), names.apply(by.keyId())),
                ask.why(),
                ask.deed(),
                ask.shown(),
                ask.condition(),
                now,
                now.plus(Approval.LIFE),
                Approval.State.PENDING,
                Optional.empty());
        store.put(approval);
        approvals.put(approval.id(), approval);
        return approval;
    }

    /// A request, as far as the caller can tell that it exists.
    public Optional<Approval> find(String id, Principal caller) {
        return Optional.ofNullable(approvals.get(id)).filter(a -> sees(caller, a));
    }

    /// Requests that the caller may see, newest first.
    public List<Approval> all(Principal caller) {
        return approvals.values().stream()
                .filter(a -> sees(caller, a))
                .sorted(Comparator.comparing(Approval::askedAt).reversed().thenComparing(Approval::id))
                .toList();
    }

    /// Every request about the data of a mode.
    public List<Approval> all(Mode mode) {
        return approvals.values().stream().filter(a -> a.mode() == mode).toList();
    }

    private static boolean sees(Principal caller, Approval approval) {
        return caller.mode() == approval.mode()
                && (caller.advertiser().isEmpty() || caller.advertiser().equals(approval.advertiser()));
    }

    /// When the last approved change of this kind was carried out on a thing.
    public Optional<Instant> lastApplied(String subject, Rule.Kind kind) {
        return approvals.values().stream()
                .filter(a -> a.state() == Approval.State.APPLIED
                        && a.kind() == kind
                        && a.shown().subject().equals(subject))
                .flatMap(a -> a.decision().stream())
                .map(Approval.Decision::at)
                .max(Comparator.naturalOrder());
    }

    public Instant now() {
        return time.instant();
    }

    /// Why this caller cannot decide; empty when they can.
    public Optional<ProblemCode> hindrance(Approval approval, Principal caller) {
        if (approval.stateAt(time.instant()) != Approval.State.PENDING) {
            return Optional.of(ProblemCode.STATE_CONFLICT);
        }
        boolean same = approval.asker().behind().equals(caller.behind());
        return same ? Optional.of(ProblemCode.SECOND_PERSON_REQUIRED) : Optional.empty();
    }

    /// Declines a request, or approves it and carries it out.
    ///
    /// @throws Refused when the caller asked for it, or when it waits no more
    public Approval decide(String id, Principal second, boolean approve, String note, Deeds deeds) {
        synchronized (deciding) {
            var approval = find(id, second)
                    .orElseThrow(() -> Problem.of(ProblemCode.NOT_FOUND).refused());
            hindrance(approval, second).ifPresent(code -> {
                throw Problem.of(code, approval.stateAt(time.instant()).name()).refused();
            });
            return keep(
                    approve
                            ? carriedOut(approval, second, note, deeds)
                            : decided(approval, Approval.State.DECLINED, second, note));
        }
    }

    private Approval carriedOut(Approval approval, Principal second, String note, Deeds deeds) {
        try {
            deeds.carryOut(approval);
        } catch (Refused refused) {
            return decided(
                    approval,
                    Approval.State.VOID,
                    second,
                    refused.problem().code().text());
        }
        return decided(approval, Approval.State.APPLIED, second, note);
    }

    private Approval decided(Approval approval, Approval.State state, Principal second, String note) {
        return approval.decided(
                state, new Approval.Decision(second.keyId(), names.apply(second.keyId()), time.instant(), note));
    }

    /// Names this person no more; the store has forgotten them already.
    public void unname(String person) {
        synchronized (deciding) {
            approvals.replaceAll((_, approval) -> approval.unnamed(person));
        }
    }

    private Approval keep(Approval approval) {
        store.put(approval);
        approvals.put(approval.id(), approval);
        return approval;
    }

    private static String key(Rule rule) {
        return rule.advertiser() + " " + rule.kind();
    }
}
