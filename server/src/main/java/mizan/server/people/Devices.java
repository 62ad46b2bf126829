package mizan.server.people;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.random.RandomGenerator;
import mizan.server.http.ApiKeys;

/// The browsers that people sign in with, so that they are told of one that is new. They are known by a cookie of
/// their own, which opens nothing.
public final class Devices {
    /// Browsers keep no cookie for longer.
    public static final Duration KEPT = Duration.ofDays(400);

    private static final int MAX_OF_ONE = 20;
    private static final String ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
    private final PeopleStore store;
    private final InstantSource time;
    private final RandomGenerator random;
    private final List<Device> devices = new CopyOnWriteArrayList<>();

    /// @param random cryptographically strong outside of tests
    public Devices(PeopleStore store, InstantSource time, RandomGenerator random) {
        this.store = store;
        this.time = time;
        this.random = random;
        devices.addAll(store.devices());
    }

    /// A sign-in, as the browser's cookie shows it.
    ///
    /// @param cookie what the browser keeps from now on
    /// @param isNew whether this person has others and never used this one
    public record Greeting(String cookie, boolean isNew) {}

    /// Somebody has signed in with a browser.
    ///
    /// @param cookie what it brought
    public synchronized Greeting greet(Person person, Optional<String> cookie) {
        var now = time.instant();
        devices.stream()
                .filter(d -> !now.isBefore(d.seenAt().plus(KEPT)))
                .toList()
                .forEach(this::drop);
        var others =
                devices.stream().filter(d -> d.person().equals(person.id())).toList();
        var known = cookie.filter(c -> others.stream().anyMatch(d -> d.hash().equals(ApiKeys.hash(c))));
        // A cookie that was planted is worth nothing: only one that we gave goes on.
        var mine = known.orElseGet(this::digits);
        keep(new Device(ApiKeys.hash(mine), person.id(), now));
        return new Greeting(mine, known.isEmpty() && !others.isEmpty());
    }

    private void keep(Device device) {
        devices.removeIf(d -> d.hash().equals(device.hash()) && d.person().equals(device.person()));
        store.put(device);
        devices.add(device);
        devices.stream()
                .filter(d -> d.person().equals(device.person()))
                .sorted(Comparator.comparing(Device::seenAt).reversed())
                .skip(MAX_OF_ONE)
                .toList()
                .forEach(this::drop);
    }

    private void drop(Device device) {
        store.drop(device);
        devices.remove(device);
    }

    /// Knows a person's browsers no more; the store has forgotten them already.
    void forget(String person) {
        devices.removeIf(d -> d.person().equals(person));
    }

    private String digits() {
        var text = new StringBuilder();
        for (int i = 0; i < 52; i++) {
            text.append(ALPHABET.charAt(random.nextInt(32)));
        }
        return text.toString();
    }
}
