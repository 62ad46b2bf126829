package mizan.server.people;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Who people are to providers of sign-ins.
public final class Identities {
    private final PeopleStore store;
    private final InstantSource time;
    private final Map<Key, Identity> identities = new ConcurrentHashMap<>();

    private record Key(String issuer, String subject) {}

    Identities(PeopleStore store, InstantSource time) {
        this.store = store;
        this.time = time;
        store.identities().forEach(i -> identities.put(key(i), i));
    }

    private static Key key(Identity identity) {
        return new Key(identity.issuer(), identity.subject());
    }

    /// The id of the person whom this provider calls so.
    public Optional<String> person(String issuer, String subject) {
        return Optional.ofNullable(identities.get(new Key(issuer, subject))).map(Identity::person);
    }

    public List<Identity> of(String person) {
        return identities.values().stream()
                .filter(i -> i.person().equals(person))
                .toList();
    }

    /// From now on the provider lets this person in.
    ///
    /// @return false when it lets in somebody else by this subject
    public boolean link(Person person, String issuer, String subject) {
        var identity = new Identity(issuer, subject, person.id(), time.instant());
        var before = identities.putIfAbsent(key(identity), identity);
        if (before != null) {
            return before.person().equals(person.id());
        }
        store.put(identity);
        return true;
    }

    /// The provider lets this person in no more.
    public void unlink(Person person, String issuer) {
        of(person.id()).stream().filter(i -> i.issuer().equals(issuer)).forEach(i -> {
            store.drop(i);
            identities.remove(key(i));
        });
    }

    /// Knows a person's identities no more; the store has forgotten them already.
    void forget(String person) {
        identities.values().removeIf(i -> i.person().equals(person));
    }
}
