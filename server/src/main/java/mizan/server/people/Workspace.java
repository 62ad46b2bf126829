package mizan.server.people;

import java.time.InstantSource;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import mizan.server.http.ApiKeys;
import mizan.server.http.Ids;
import mizan.server.http.Principal;

/// Everything about people, made in order.
///
/// @param names what somebody is called, by the id of a person or key
/// @param origin of the console's pages, such as `https://ads.example`
public record Workspace(
        String origin,
        People people,
        WaysIn waysIn,
        Sessions sessions,
        Devices devices,
        Passkeys passkeys,
        Identities identities,
        Approvals approvals,
        AuditLog audit,
        PeopleStore store,
        Function<String, String> names)
        implements AutoCloseable {

    /// @param keys name the keys in logs
    /// @param random cryptographically strong outside of tests
    public static Workspace of(
            PeopleStore store, String origin, ApiKeys keys, InstantSource time, RandomGenerator random) {
        var ids = new Ids(time, random);
        var people = new People(store, time, random, ids);
        Function<String, String> names =
                id -> people.find(id).map(Person::name).or(() -> keys.name(id)).orElse(id);
        return new Workspace(
                origin,
                people,
                new WaysIn(store, time, random, people),
                new Sessions(store, time, random),
                new Devices(store, time, random),
                new Passkeys(store, origin, time, random),
                new Identities(store, time),
                new Approvals(store, time, ids, names),
                new AuditLog(store, time, names),
                store,
                names);
    }

    /// A workspace without people, for a server that only programs call.
    public static Workspace empty(ApiKeys keys, InstantSource time, RandomGenerator random) {
        return of(new RememberedPeople(), "http://localhost", keys, time, random);
    }

    /// Forgets who somebody was who has left; see [People#erase].
    public Person erase(String person, Principal by) {
        var nobody = people.erase(person, by);
        passkeys.forget(person);
        identities.forget(person);
        devices.forget(person);
        waysIn.forget(person);
        approvals.unname(person);
        return nobody;
    }

    @Override
    public void close() {
        store.close();
    }
}
