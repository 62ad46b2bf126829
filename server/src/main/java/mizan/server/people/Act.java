package mizan.server.people;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import mizan.server.http.StrictJson;

/// One line of the audit log.
///
/// @param sequence counts from 1
/// @param actor the id of a person or key; `nobody` before a sign-in
/// @param name what the actor is called
/// @param operation what was done, such as `raiseCampaign`
/// @param subject what it was done to; empty without
/// @param advertiser whose it is; empty when it is the platform's
/// @param before the fields that differ, as JSON; empty for a new thing
/// @param after the same fields, afterwards
/// @param from the network address
public record Act(
        long sequence,
        Instant at,
        String actor,
        String name,
        String operation,
        String subject,
        Optional<String> advertiser,
        String before,
        String after,
        String from,
        String requestId) {
    /// The same when this person is erased: what they did stays, under their id.
    ///
    /// @param names what they were called, by themselves and by who invited them
    Act unnamed(Person person, Set<String> names) {
        boolean theirs = actor.equals(person.id());
        return new Act(
                sequence,
                at,
                actor,
                theirs ? person.id() : name,
                operation,
                subject,
                advertiser,
                before,
                tellsJoiningOf(person, names) ? "" : after,
                theirs ? "" : from,
                requestId);
    }

    private boolean tellsJoiningOf(Person person, Set<String> names) {
        return (operation.equals("join") && subject.equals(person.id()))
                || (operation.equals("invite")
                        && names.contains(StrictJson.own(after).path("name").asString("")));
    }
}
