package mizan.server.repository;

import java.nio.ByteBuffer;
import javax.crypto.spec.SecretKeySpec;
import mizan.core.transparency.Crowd;
import mizan.server.accounting.DerivedKey;

/// What may be told of an ad's audience: where each step of a crowd is taken comes from the server's key, so that it is
/// the same in every answer and copy, after a restart too, and nobody else can know it.
public final class Crowds {
    private final DerivedKey key;

    /// @param secret the server's key
    public Crowds(SecretKeySpec secret) {
        this.key = new DerivedKey(secret, "mizan crowds");
    }

    /// @param of whose number it is, such as an ad and a country
    public Crowd of(String of, long people) {
        return Crowd.of(
                people,
                step -> Long.remainderUnsigned(
                        ByteBuffer.wrap(key.of(step + " " + of)).getLong(), Crowd.LEAST));
    }
}
