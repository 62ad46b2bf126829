package mizan.server.people;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import mizan.server.http.Answer;
import mizan.server.http.Call;
import mizan.server.http.Principal;
import mizan.server.http.Trace;

/// Who did what, when, from where. Lines are added and never changed: the store has no way to.
///
/// The line follows the change: after a crash between the two, a change of the book is in the book's own history, which
/// is written with it, and not here.
public final class AuditLog {
    /// A value of more characters is cut: whole lists of keywords are in the book's history.
    private static final int MAX_VALUE = 4_000;

    private final PeopleStore store;
    private final InstantSource time;
    private final Function<String, String> names;

    /// @param names what somebody is called, by the id of a person or key
    public AuditLog(PeopleStore store, InstantSource time, Function<String, String> names) {
        this.store = store;
        this.time = time;
        this.names = names;
    }

    /// What a call changed: a line for each thing.
    public void done(Call call, Answer answer) {
        var who = call.caller().map(Principal::keyId);
        var traces = answer.traces();
        if (answer.status() >= 400 || (who.isEmpty() && traces.isEmpty())) {
            return;
        }
        var actor = who.orElse("nobody");
        if (traces.isEmpty()) {
            add(call, actor, call.route().operation(), Optional.empty());
        }
        traces.forEach(trace -> add(call, actor, call.route().operation(), Optional.of(trace)));
    }

    /// Something that no answer tells, such as who came in.
    public void add(Call call, String actor, String operation, Optional<Trace> trace) {
        store.append(new Act(
                0,
                time.instant(),
                actor,
                names.apply(actor),
                operation,
                trace.map(Trace::subject).orElse(call.path().getOrDefault("id", "")),
                trace.flatMap(Trace::advertiser).or(() -> call.caller().flatMap(Principal::advertiser)),
                trace.flatMap(Trace::before)
                        .map(Object::toString)
                        .map(AuditLog::cut)
                        .orElse(""),
                trace.flatMap(Trace::after)
                        .map(Object::toString)
                        .map(AuditLog::cut)
                        .orElse(""),
                call.from(),
                call.requestId()));
    }

    private static String cut(String value) {
        return value.length() <= MAX_VALUE ? value : value.substring(0, MAX_VALUE) + "…";
    }

    /// Newest first, as far as the caller may see.
    public List<Act> read(Principal caller, long before, int limit) {
        return store.acts(before, limit, caller.advertiser());
    }
}
