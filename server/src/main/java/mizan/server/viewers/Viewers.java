package mizan.server.viewers;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.spec.SecretKeySpec;
import mizan.log.Sha256;
import mizan.server.accounting.DerivedKey;

/// Under which name a viewer is written down: always the same for a key, until the viewer is erased. Then nothing leads
/// from the key to that name any more, not for whoever has all of the folder; should the viewer come back, it is
/// somebody new.
///
/// No list of viewers is kept. A key has a place in a [PuncturableSecret], and its name follows from the value there;
/// whoever is erased has no place in it any more, and gets one in the next secret. Safe from any thread.
public final class Viewers {
    /// So that nobody takes a name for a key.
    public static final String PREFIX = "vw_";

    private static final int NAME_BYTES = 16;
    /// Some 200 bytes each, never written to a file. When there are more, all are forgotten and computed again.
    private static final int MAX_REMEMBERED = 50_000;

    private final SecretStore store;
    private final DerivedKey places;
    private volatile Known known;

    /// The secrets, and names that followed from just these: whoever is erased is erased from both in one step.
    ///
    /// @param names by key. A reader loads page after page, and each asks for the name
    private record Known(List<PuncturableSecret> secrets, Map<String, String> names) {
        Known(List<PuncturableSecret> secrets) {
            this(List.copyOf(secrets), new ConcurrentHashMap<>());
        }
    }

    /// @param serverKey where a key's place is follows from it, so that the gap an erased viewer leaves tells nobody
    ///     else whose it was
    public Viewers(SecretStore store, SecretKeySpec serverKey) {
        this.store = store;
        this.places = new DerivedKey(serverKey, "mizan viewers");
        this.known = new Known(store.read());
        if (known.secrets().isEmpty()) {
            write(List.of(store.fresh()));
        }
    }

    /// The name of the viewer with this key.
    public String name(String key) {
        var now = known;
        var before = now.names().get(key);
        if (before != null) {
            return before;
        }
        var name = name(now.secrets(), key);
        if (now.names().size() >= MAX_REMEMBERED) {
            now.names().clear();
        }
        now.names().put(key, name);
        return name;
    }

    private String name(List<PuncturableSecret> secrets, String key) {
        long place = place(key);
        var value = secrets.stream()
                .flatMap(secret -> secret.at(place).stream())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the newest secret has no gap"));
        var sha = Sha256.begun();
        sha.update(value);
        var name = Arrays.copyOf(sha.digest(key.getBytes(StandardCharsets.UTF_8)), NAME_BYTES);
        return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(name);
    }

    /// From now on these keys lead to none of the names that they had. Durable when it returns.
    public synchronized void forget(Collection<String> keys) {
        var secrets = known.secrets();
        var left = new ArrayList<List<Long>>();
        secrets.forEach(_ -> left.add(new ArrayList<>()));
        for (var key : keys) {
            long place = place(key);
            left.get(holder(secrets, place)).add(place);
        }
        var after = new ArrayList<PuncturableSecret>();
        for (int i = 0; i < secrets.size(); i++) {
            after.add(left.get(i).isEmpty() ? secrets.get(i) : secrets.get(i).without(left.get(i)));
        }
        if (!left.getLast().isEmpty()) {
            after.add(store.fresh());
        }
        write(after);
    }

    private static int holder(List<PuncturableSecret> secrets, long place) {
        for (int i = 0; i < secrets.size(); i++) {
            if (secrets.get(i).at(place).isPresent()) {
                return i;
            }
        }
        throw new IllegalStateException("the newest secret has no gap");
    }

    private void write(List<PuncturableSecret> after) {
        store.write(after);
        known = new Known(after);
    }

    private long place(String key) {
        return ByteBuffer.wrap(places.of(key)).getLong() >>> (Long.SIZE - PuncturableSecret.PLACE_BITS);
    }
}
