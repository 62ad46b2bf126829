package mizan.log;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;

/// A witness's key, so that a log publishes only cosignatures that others will accept: Ed25519, type 0x04 of C2SP
/// tlog-cosignature.
///
/// @param text as signed-note writes it: `name+id+base64`
@SuppressWarnings("ArrayRecordComponent") // Two keys with one text are one key.
public record CosignerKey(String name, int id, byte[] key, String text) {
    private static final int TYPE = 4;
    private static final byte[] X509 = {0x30, 0x2a, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 3, 0x21, 0};

    public static CosignerKey read(String text) {
        var parts = text.split("\\+", 3);
        if (parts.length != 3) {
            throw new IllegalArgumentException("not a verifier key: " + text);
        }
        var typed = Base64.getDecoder().decode(parts[2]);
        if (typed.length != 33 || typed[0] != TYPE) {
            throw new IllegalArgumentException("a witness's key is of type 4: " + text);
        }
        var key = Arrays.copyOfRange(typed, 1, typed.length);
        return new CosignerKey(parts[0], Integer.parseUnsignedInt(parts[1], 16), key, text);
    }

    /// Whether a signature line carries this key's name.
    public boolean isName(String line) {
        return line.startsWith("— " + name + " ");
    }

    /// Whether a line, without its newline, is this key's cosignature of a checkpoint.
    public boolean cosigned(Checkpoint checkpoint, String line) {
        if (!isName(line)) {
            return false;
        }
        try {
            var bytes = ByteBuffer.wrap(Base64.getDecoder().decode(line.substring(line.lastIndexOf(' ') + 1)));
            if (bytes.remaining() != 4 + 8 + 64 || bytes.getInt() != id) {
                return false;
            }
            long time = bytes.getLong();
            var signature = new byte[64];
            bytes.get(signature);
            var encoded = Arrays.copyOf(X509, X509.length + key.length);
            System.arraycopy(key, 0, encoded, X509.length, key.length);
            var verifier = Signature.getInstance("Ed25519");
            verifier.initVerify(KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded)));
            verifier.update(
                    ("cosignature/v1\ntime " + time + "\n" + checkpoint.text()).getBytes(StandardCharsets.UTF_8));
            return verifier.verify(signature);
        } catch (GeneralSecurityException | IllegalArgumentException _) {
            return false;
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CosignerKey key && key.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }
}
