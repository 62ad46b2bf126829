package mizan.server.repository;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.OptionalLong;
import mizan.core.transparency.Crowd;
import tools.jackson.databind.node.ObjectNode;

/// One ad on record.
///
/// @param number in the order of first showings
/// @param facts what of it changes only with the book, as it is sealed: see [AdFacts]
/// @param first when it was first shown, and `last` when last; the public is told the days
/// @param times how often, as a crowd: who knows when all others looked would see one more
/// @param people how many different people saw it
/// @param countries the same by the reader's country, most first; none of which there are few
/// @param sealed where its facts stand in the public log; empty until they are sealed
public record AdRecord(
        long number,
        String id,
        State state,
        ObjectNode facts,
        Instant first,
        Instant last,
        Crowd times,
        Crowd people,
        List<Country> countries,
        OptionalLong sealed) {
    public AdRecord {
        countries = List.copyOf(countries);
    }

    /// People of one country who saw it.
    ///
    /// @param code ISO 3166-1 alpha-2
    public record Country(String code, Crowd people) {}

    /// The same with those who saw it.
    public AdRecord seenBy(Crowd people, List<Country> byCountry) {
        return new AdRecord(number, id, state, facts, first, last, times, people, byCountry, sealed);
    }

    /// As programs read it: in the API and in the nightly dump. What is withheld is null.
    public ObjectNode json() {
        var json = facts.deepCopy();
        json.remove(List.of("v", "kind"));
        json.put("state", state.code());
        json.putObject("shown").put("first", day(first)).put("last", day(last));
        crowd(json.putObject("times_shown"), times);
        var reached = json.putObject("recipients");
        crowd(reached, people);
        var byCountry = reached.putArray("by_country");
        countries.forEach(c -> crowd(byCountry.addObject().put("country", c.code()), c.people()));
        sealed.ifPresentOrElse(index -> json.put("log_entry", index), () -> json.putNull("log_entry"));
        return json;
    }

    private static String day(Instant at) {
        return at.atOffset(ZoneOffset.UTC).toLocalDate().toString();
    }

    private static void crowd(ObjectNode json, Crowd people) {
        if (people.few()) {
            json.put("fewer_than", Crowd.FEW_BELOW);
        } else {
            json.put("at_least", people.atLeast());
        }
    }
}
