package mizan.verifier;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;

/// A key that signs or cosigns checkpoints, as signed-note writes it: `name+id+base64`.
///
/// @param id the first four bytes of a hash over name, type and key
/// @param type 1 Ed25519, 4 an Ed25519 cosignature, 6 an ML-DSA-44 cosignature
/// @param text as it was written
@SuppressWarnings("ArrayRecordComponent") // Compared by its text.
record VerifierKey(String name, int id, int type, byte[] key, String text) {
    private static final int ED25519 = 1;
    private static final int ED25519_COSIGNATURE = 4;
    private static final int ML_DSA_44 = 6;
    private static final byte[] ED25519_FORM = {0x30, 0x2a, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 3, 0x21, 0};
    private static final byte[] ML_DSA_44_FORM = {
        0x30,
        (byte) 0x82,
        5,
        0x32,
        0x30,
        0x0b,
        6,
        9,
        0x60,
        (byte) 0x86,
        0x48,
        1,
        0x65,
        3,
        4,
        3,
        0x11,
        3,
        (byte) 0x82,
        5,
        0x21,
        0
    };

    static VerifierKey read(String text) throws Unreadable {
        int plus = text.indexOf('+');
        int second = text.indexOf('+', plus + 1);
        if (plus < 1 || second < 0) {
            throw new Unreadable("not a verifier key: " + Hashes.shortened(text));
        }
        var name = text.substring(0, plus);
        var typed = Hashes.base64(text.substring(second + 1));
        int id = ByteBuffer.wrap(Hashes.unhex(text.substring(plus + 1, second), 4))
                .getInt();
        if (typed.length < 2 || id != id(name, typed)) {
            throw new Unreadable("the id of the key of " + name + " is not that of its bytes");
        }
        int type = typed[0];
        var key = Arrays.copyOfRange(typed, 1, typed.length);
        int expected = switch (type) {
            case ED25519, ED25519_COSIGNATURE -> 32;
            case ML_DSA_44 -> 1_312;
            default -> throw new Unreadable("the key of " + name + " is of an unknown type, " + type);
        };
        if (key.length != expected) {
            throw new Unreadable("the key of " + name + " has " + key.length + " bytes");
        }
        return new VerifierKey(name, id, type, key, text);
    }

    private static int id(String name, byte[] typed) {
        return ByteBuffer.wrap(Hashes.sha256((name + "\n").getBytes(StandardCharsets.UTF_8), typed))
                .getInt();
    }

    String algorithm() {
        return switch (type) {
            case ED25519 -> "Ed25519";
            case ED25519_COSIGNATURE -> "Ed25519 cosignature";
            default -> "ML-DSA-44";
        };
    }

    /// Whether these bytes, which follow the key's id in a signature line, sign this checkpoint.
    boolean signed(Checkpoint checkpoint, byte[] signature) {
        try {
            if (type == ED25519) {
                return verifies("Ed25519", ED25519_FORM, checkpoint.text().getBytes(StandardCharsets.UTF_8), signature);
            }
            if (signature.length < 8) {
                return false;
            }
            long time = ByteBuffer.wrap(signature).getLong();
            var rest = Arrays.copyOfRange(signature, 8, signature.length);
            return time >= 0
                    && (type == ED25519_COSIGNATURE
                            ? verifies("Ed25519", ED25519_FORM, cosigned(checkpoint, time), rest)
                            : verifies("ML-DSA-44", ML_DSA_44_FORM, subtree(checkpoint, time), rest));
        } catch (GeneralSecurityException _) {
            return false;
        }
    }

    /// Whether these bytes sign a note that is no checkpoint.
    boolean signed(String text, byte[] signature) {
        try {
            return type == ED25519
                    && verifies("Ed25519", ED25519_FORM, text.getBytes(StandardCharsets.UTF_8), signature);
        } catch (GeneralSecurityException _) {
            return false;
        }
    }

    /// tlog-cosignature, "Ed25519 signed message".
    static byte[] cosigned(Checkpoint checkpoint, long epochSeconds) {
        return ("cosignature/v1\ntime " + epochSeconds + "\n" + checkpoint.text()).getBytes(StandardCharsets.UTF_8);
    }

    /// tlog-cosignature, "ML-DSA-44 signed message".
    private byte[] subtree(Checkpoint checkpoint, long epochSeconds) {
        var cosigner = name.getBytes(StandardCharsets.UTF_8);
        var origin = checkpoint.origin().getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(12 + 1 + cosigner.length + 8 + 1 + origin.length + 16 + Hashes.BYTES)
                .put("subtree/v1\n\0".getBytes(StandardCharsets.US_ASCII))
                .put((byte) cosigner.length)
                .put(cosigner)
                .putLong(epochSeconds)
                .put((byte) origin.length)
                .put(origin)
                .putLong(0)
                .putLong(checkpoint.size())
                .put(checkpoint.root())
                .array();
    }

    private boolean verifies(String algorithm, byte[] form, byte[] message, byte[] signature)
            throws GeneralSecurityException {
        var encoded = Arrays.copyOf(form, form.length + key.length);
        System.arraycopy(key, 0, encoded, form.length, key.length);
        var verifier = Signature.getInstance(algorithm);
        verifier.initVerify(KeyFactory.getInstance(algorithm).generatePublic(new X509EncodedKeySpec(encoded)));
        verifier.update(message);
        return verifier.verify(signature);
    }
}
