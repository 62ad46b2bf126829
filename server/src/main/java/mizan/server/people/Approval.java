package mizan.server.people;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import mizan.server.http.Mode;
import tools.jackson.databind.node.ObjectNode;

/// A change that waits for a second person, or what became of it.
///
/// @param id such as `apr_...`
/// @param mode whose data it changes
/// @param advertiser whose it is; empty when it is the platform's
/// @param asker who asked: the id of a person or key, who stands behind it, and its name
/// @param deed what will be done: enough to do it later, and nothing that the asker can change afterwards
/// @param shown what a person decides on
/// @param condition fingerprint of what is there now: when that has changed, the request is void; empty for new things
/// @param until afterwards it can only be asked again
/// @param decision who decided, and when; empty while it waits
public record Approval(
        String id,
        Mode mode,
        Rule.Kind kind,
        Optional<String> advertiser,
        Asker asker,
        String why,
        ObjectNode deed,
        Shown shown,
        String condition,
        Instant askedAt,
        Instant until,
        State state,
        Optional<Decision> decision) {
    /// The prefix of their ids.
    public static final String PREFIX = "apr";

    /// A request that nobody decides on is void after so long.
    public static final Duration LIFE = Duration.ofDays(7);

    /// Who asked.
    public record Asker(String id, String behind, String name) {}

    /// What exactly changes, and what it costs.
    ///
    /// @param subject the id of what changes; empty for a new thing
    /// @param name what it is called
    /// @param before the fields that will differ, as they are
    /// @param after the same fields, as they will be
    /// @param micros what more may be spent; 0 where no money moves, [Long#MAX_VALUE] without any limit
    /// @param currency of the amount; empty without
    public record Shown(
            String subject, String name, ObjectNode before, ObjectNode after, long micros, String currency) {}

    /// What became of it.
    ///
    /// @param note what the second person said, or why it could not be carried out
    public record Decision(String by, String name, Instant at, String note) {}

    /// The same when this person is erased: their id alone says who asked or decided.
    Approval unnamed(String person) {
        return new Approval(
                id,
                mode,
                kind,
                advertiser,
                asker.id().equals(person) ? new Asker(person, asker.behind(), person) : asker,
                why,
                deed,
                shown,
                condition,
                askedAt,
                until,
                state,
                decision.map(d -> d.by().equals(person) ? new Decision(person, person, d.at(), d.note()) : d));
    }

    /// Where a request stands.
    public enum State {
        PENDING,
        APPLIED,
        DECLINED,
        /// Nobody decided in time.
        EXPIRED,
        /// It was approved, and what it was about had changed meanwhile.
        VOID
    }

    /// Where it stands at a moment: time alone ends a request.
    public State stateAt(Instant now) {
        return state == State.PENDING && !now.isBefore(until) ? State.EXPIRED : state;
    }

    Approval decided(State becomes, Decision by) {
        return new Approval(
                id,
                mode,
                kind,
                advertiser,
                asker,
                why,
                deed,
                shown,
                condition,
                askedAt,
                until,
                becomes,
                Optional.of(by));
    }
}
