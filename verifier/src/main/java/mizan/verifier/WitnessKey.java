package mizan.verifier;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;

/// A witness's key: Ed25519, for cosignatures of C2SP tlog-cosignature (type 0x04).
///
/// @param name such as `witness.example/w1`, without spaces and plus signs
@SuppressWarnings("ArrayRecordComponent") // Nobody compares keys.
public record WitnessKey(String name, PrivateKey secret, byte[] open) {
    private static final byte TYPE = 4;

    public WitnessKey {
        if (name.isEmpty() || name.contains("+") || name.chars().anyMatch(c -> c <= ' ' || Character.isSpaceChar(c))) {
            throw new IllegalArgumentException("a witness's name has no spaces and no plus signs");
        }
    }

    public static WitnessKey create(String name) {
        try {
            var pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            var encoded = pair.getPublic().getEncoded();
            return new WitnessKey(
                    name, pair.getPrivate(), Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Ed25519 is part of every Java", e);
        }
    }

    /// Reads the key of a file that only its owner can read, or makes one.
    public static WitnessKey open(Path file, String name) throws IOException {
        var base64 = Base64.getEncoder();
        if (!Files.exists(file)) {
            var made = create(name);
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(
                    file,
                    name + " " + base64.encodeToString(made.secret.getEncoded()) + " "
                            + base64.encodeToString(made.open) + "\n");
        }
        var words = Files.readString(file).strip().split(" ");
        try {
            var secret = KeyFactory.getInstance("Ed25519")
                    .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(words[1])));
            return new WitnessKey(words[0], secret, Base64.getDecoder().decode(words[2]));
        } catch (GeneralSecurityException | IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
            throw new IOException("the witness's key file " + file + " is damaged", e);
        }
    }

    public String verifierKey() {
        var typed = ByteBuffer.allocate(1 + open.length).put(TYPE).put(open).array();
        return name + "+" + String.format("%08x", id()) + "+"
                + Base64.getEncoder().encodeToString(typed);
    }

    private int id() {
        var named = (name + "\n").getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.wrap(Hashes.sha256(named, new byte[] {TYPE}, open)).getInt();
    }

    /// A signature line, with its newline.
    String cosign(Checkpoint checkpoint, long epochSeconds) {
        try {
            var signer = Signature.getInstance("Ed25519");
            signer.initSign(secret);
            signer.update(VerifierKey.cosigned(checkpoint, epochSeconds));
            var signature = signer.sign();
            var bytes = ByteBuffer.allocate(12 + signature.length)
                    .putInt(id())
                    .putLong(epochSeconds)
                    .put(signature)
                    .array();
            return "— " + name + " " + Base64.getEncoder().encodeToString(bytes) + "\n";
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the witness's key does not sign", e);
        }
    }
}
