package mizan.log;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;

/// A key that a log signs checkpoints with.
///
/// @param name the log's origin
/// @param publicBytes as the specification of its kind has it: 32 for Ed25519, 1,312 for ML-DSA-44
@SuppressWarnings("ArrayRecordComponent") // Nobody compares keys.
public record LogKey(String name, Kind kind, PrivateKey secret, byte[] publicBytes, byte[] encodedPublic) {
    /// The kinds of signature that the specifications give a log.
    public enum Kind {
        /// signed-note, type 0x01: what every reader of checkpoints knows.
        ED25519("Ed25519", 1, 32),
        /// tlog-cosignature, type 0x06: safe from quantum computers, and the one that tlog-checkpoint recommends.
        ML_DSA_44("ML-DSA-44", 6, 1_312);

        private final String algorithm;
        private final int type;
        private final int publicLength;

        Kind(String algorithm, int type, int publicLength) {
            this.algorithm = algorithm;
            this.type = type;
            this.publicLength = publicLength;
        }
    }

    public static LogKey create(String name, Kind kind) {
        try {
            return of(name, kind, KeyPairGenerator.getInstance(kind.algorithm).generateKeyPair());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java lacks " + kind.algorithm, e);
        }
    }

    private static LogKey of(String name, Kind kind, KeyPair pair) {
        var encoded = pair.getPublic().getEncoded();
        // The key itself is the end of its X.509 form.
        return new LogKey(
                name,
                kind,
                pair.getPrivate(),
                Arrays.copyOfRange(encoded, encoded.length - kind.publicLength, encoded.length),
                encoded);
    }

    /// One line of a key file, from which [#read] makes the key again.
    public String line() {
        var base64 = Base64.getEncoder();
        return kind.name() + " " + base64.encodeToString(secret.getEncoded()) + " "
                + base64.encodeToString(encodedPublic);
    }

    public static LogKey read(String name, String line) {
        var parts = line.strip().split(" ");
        try {
            var kind = Kind.valueOf(parts[0]);
            var factory = KeyFactory.getInstance(kind.algorithm);
            var secret = factory.generatePrivate(
                    new PKCS8EncodedKeySpec(Base64.getDecoder().decode(parts[1])));
            var open = factory.generatePublic(
                    new X509EncodedKeySpec(Base64.getDecoder().decode(parts[2])));
            return of(name, kind, new KeyPair(open, secret));
        } catch (GeneralSecurityException | IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
            throw new IllegalArgumentException("the log's key file is damaged", e);
        }
    }

    /// How others name this key (signed-note, "Verifier keys"): name, id, and the key with its type.
    public String verifierKey() {
        var typed = ByteBuffer.allocate(1 + publicBytes.length)
                .put((byte) kind.type)
                .put(publicBytes)
                .array();
        return name + "+" + String.format("%08x", id()) + "+"
                + Base64.getEncoder().encodeToString(typed);
    }

    private int id() {
        var sha = Sha256.begun();
        sha.update((name + "\n").getBytes(StandardCharsets.UTF_8));
        sha.update((byte) kind.type);
        return ByteBuffer.wrap(sha.digest(publicBytes)).getInt();
    }

    /// The signature line of a checkpoint, with its newline.
    ///
    /// @param epochSeconds when it is signed
    String sign(Checkpoint checkpoint, long epochSeconds) {
        var signature = switch (kind) {
            case ED25519 -> signature(checkpoint.text().getBytes(StandardCharsets.UTF_8));
            case ML_DSA_44 -> {
                var signed = signature(subtreeMessage(checkpoint, epochSeconds));
                yield ByteBuffer.allocate(8 + signed.length)
                        .putLong(epochSeconds)
                        .put(signed)
                        .array();
            }
        };
        return signed(signature);
    }

    private String signed(byte[] signature) {
        var named = ByteBuffer.allocate(4 + signature.length)
                .putInt(id())
                .put(signature)
                .array();
        return "— " + name + " " + Base64.getEncoder().encodeToString(named) + "\n";
    }

    /// A signed note (C2SP signed-note) of a text that is no checkpoint: its first line has a space, and no log's name
    /// has one.
    ///
    /// @throws IllegalArgumentException for a text that could be one, and for a key that signs checkpoints alone
    public String note(String text) {
        if (kind != Kind.ED25519 || !text.matches("(?s)[^\n ]+ [^\n]*\n.*\n")) {
            throw new IllegalArgumentException("this is not signed as a note");
        }
        return text + "\n" + signed(signature(text.getBytes(StandardCharsets.UTF_8)));
    }

    /// tlog-cosignature, "ML-DSA-44 signed message", for the whole tree.
    private byte[] subtreeMessage(Checkpoint checkpoint, long epochSeconds) {
        var cosigner = name.getBytes(StandardCharsets.UTF_8);
        var origin = checkpoint.origin().getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(12 + 1 + cosigner.length + 8 + 1 + origin.length + 8 + 8 + Merkle.HASH_BYTES)
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

    private byte[] signature(byte[] message) {
        try {
            var signer = Signature.getInstance(kind.algorithm);
            signer.initSign(secret);
            signer.update(message);
            return signer.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the log's key does not sign", e);
        }
    }
}
