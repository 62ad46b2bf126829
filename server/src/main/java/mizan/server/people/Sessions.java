package mizan.server.people;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import mizan.server.http.ApiKeys;

/// Browsers that are signed in, kept here and not in their cookies, so that each can be ended.
///
/// Every sign-in makes a new secret, so one that was planted before is worth nothing.
public final class Sessions {
    private static final Duration SEEN_EVERY = Duration.ofMinutes(1);
    private static final String ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
    private final PeopleStore store;
    private final InstantSource time;
    private final RandomGenerator random;
    private final Map<String, Session> sessions = new ConcurrentHashMap<>();

    /// @param random cryptographically strong outside of tests
    public Sessions(PeopleStore store, InstantSource time, RandomGenerator random) {
        this.store = store;
        this.time = time;
        this.random = random;
        var now = time.instant();
        for (var session : store.sessions()) {
            if (session.holds(now)) {
                sessions.put(session.hash(), session);
            } else {
                store.end(session.hash());
            }
        }
    }

    /// A new session's secret, for its cookie.
    public String begin(Person person, String from) {
        var secret = digits();
        var now = time.instant();
        endExpired(now);
        var session = new Session(ApiKeys.hash(secret), person.id(), digits(), now, now, from, now);
        store.put(session);
        sessions.put(session.hash(), session);
        return secret;
    }

    /// A session that nobody asks for again would otherwise keep its address until the next start.
    private void endExpired(Instant now) {
        sessions.values().stream().filter(s -> !s.holds(now)).toList().forEach(s -> end(s.hash()));
    }

    /// The session of a secret, if it still holds; being asked for keeps it from falling asleep.
    public Optional<Session> find(String secret) {
        var now = time.instant();
        var found = Optional.ofNullable(sessions.get(ApiKeys.hash(secret)));
        found.filter(s -> !s.holds(now)).ifPresent(s -> end(s.hash()));
        return found.filter(s -> s.holds(now))
                .map(s -> s.seenAt().plus(SEEN_EVERY).isAfter(now) ? s : keep(s.seen(now)));
    }

    private Session keep(Session session) {
        // Only if it was not ended meanwhile.
        if (sessions.replace(session.hash(), session) != null) {
            store.put(session);
        }
        return session;
    }

    /// Sessions of one person, newest first.
    public List<Session> of(String person) {
        return sessions.values().stream()
                .filter(s -> s.person().equals(person) && s.holds(time.instant()))
                .sorted(Comparator.comparing(Session::createdAt).reversed())
                .toList();
    }

    /// Whoever sits there has shown again that it is they.
    public void confirm(Session session) {
        keep(session.confirmed(time.instant()));
    }

    public void end(String hash) {
        sessions.remove(hash);
        store.end(hash);
    }

    /// Ends every session of a person.
    public void endAll(String person) {
        of(person).forEach(s -> end(s.hash()));
    }

    /// Ends every session of a person but this one.
    public void endOthers(Session one) {
        of(one.person()).stream().filter(s -> !s.hash().equals(one.hash())).forEach(s -> end(s.hash()));
    }

    private String digits() {
        var text = new StringBuilder();
        for (int i = 0; i < 52; i++) {
            text.append(ALPHABET.charAt(random.nextInt(32)));
        }
        return text.toString();
    }
}
