package mizan.server.people;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import mizan.server.http.ApiKeys;

/// Links that let one person in, once and for 15 minutes: how the demo's own person comes in. Only hashes are
/// kept, in memory.
public final class EntryLinks {
    static final Duration LIFE = Duration.ofMinutes(15);
    private static final String ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz";
    private static final int DIGITS = 12;

    private final InstantSource time;
    private final RandomGenerator random;
    private final Map<String, Link> links = new ConcurrentHashMap<>();

    private record Link(String person, Instant until, boolean used) {}

    /// @param random cryptographically strong outside of tests
    public EntryLinks(InstantSource time, RandomGenerator random) {
        this.time = time;
        this.random = random;
    }

    /// A new link's path, such as `/in/7kq2-m9xd-p4wz`. Show it once.
    public String link(String person) {
        forgetOld();
        var code = new StringBuilder();
        for (int i = 0; i < DIGITS; i++) {
            code.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        links.put(ApiKeys.hash(code.toString()), new Link(person, time.instant().plus(LIFE), false));
        return "/in/" + code.insert(8, '-').insert(4, '-');
    }

    /// What a link answers.
    public sealed interface Entry {
        /// @param person who comes in
        record Admitted(String person) implements Entry {}

        record Refused(Why why) implements Entry {}
    }

    /// Why a link lets nobody in.
    public enum Why {
        EXPIRED,
        USED,
        UNKNOWN
    }

    /// Uses a link. Two browsers that open it at once: one is let in.
    public Entry enter(String code) {
        var before = new Link[1];
        links.computeIfPresent(ApiKeys.hash(code.replace("-", "")), (_, link) -> {
            before[0] = link;
            return new Link(link.person(), link.until(), true);
        });
        var link = before[0];
        if (link == null) {
            return new Entry.Refused(Why.UNKNOWN);
        }
        if (link.used()) {
            return new Entry.Refused(Why.USED);
        }
        return time.instant().isBefore(link.until())
                ? new Entry.Admitted(link.person())
                : new Entry.Refused(Why.EXPIRED);
    }

    /// Used and expired links are remembered for a day, so that the page can say which of the two it was.
    private void forgetOld() {
        var now = time.instant();
        links.values().removeIf(link -> link.until().plus(Duration.ofDays(1)).isBefore(now));
    }
}
