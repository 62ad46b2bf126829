package mizan.server.viewers;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
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
    private final SecretStore store;
    private final DerivedKey places;
    private volatile List<PuncturableSecret> secrets;

    /// @param serverKey where a key's place is follows from it, so that the gap an erased viewer leaves tells nobody
    ///     else whose it was
    public Viewers(SecretStore store, SecretKeySpec serverKey) {
        this.store = store;
        this.places = new DerivedKey(serverKey, "mizan viewers");
        this.secrets = store.read();
        if (secrets.isEmpty()) {
            write(List.of(store.fresh()));
        }
    }

    /// The name of the viewer with this key.
    public String name(String key) {
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
        var left = new ArrayList<List<Long>>();
        secrets.forEach(_ -> left.add(new ArrayList<>()));
        for (var key : keys) {
            long place = place(key);
            left.get(holder(place)).add(place);
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

    private int holder(long place) {
        for (int i = 0; i < secrets.size(); i++) {
            if (secrets.get(i).at(place).isPresent()) {
                return i;
            }
        }
        throw new IllegalStateException("the newest secret has no gap");
    }

    private void write(List<PuncturableSecret> after) {
        store.write(after);
        secrets = List.copyOf(after);
    }

    private long place(String key) {
        return ByteBuffer.wrap(places.of(key)).getLong() >>> (Long.SIZE - PuncturableSecret.PLACE_BITS);
    }
}
