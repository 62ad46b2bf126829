package mizan.server.rating;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import mizan.log.Sha256;

/// SHA-256 over texts, each with its length before it, so that no two sequences of texts meet.
final class Fingerprint {
    private final MessageDigest sha = Sha256.begun();

    /// Of all that a sender can change about a post.
    static String of(IncomingPost post) {
        var content = post.content();
        return new Fingerprint()
                .text(post.id())
                .texts(post.authors())
                .text(post.language())
                .text(post.community())
                .texts(post.topics().stream().sorted().toList())
                .text(content.text())
                .text(content.warning())
                .text(Boolean.toString(content.markedSensitive()))
                .texts(content.labels().stream().sorted().toList())
                .text(Boolean.toString(post.publicPost()))
                .hex();
    }

    /// Of who rates, in 16 hex digits.
    static String of(List<String> raters) {
        return new Fingerprint().texts(raters).hex().substring(0, 16);
    }

    private Fingerprint text(String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        count(bytes.length);
        sha.update(bytes);
        return this;
    }

    private Fingerprint text(Optional<String> text) {
        count(text.isPresent() ? 1 : 0);
        text.ifPresent(this::text);
        return this;
    }

    private Fingerprint texts(Collection<String> texts) {
        count(texts.size());
        texts.forEach(this::text);
        return this;
    }

    private void count(int n) {
        sha.update(ByteBuffer.allocate(Integer.BYTES).putInt(n).flip());
    }

    private String hex() {
        return HexFormat.of().formatHex(sha.digest());
    }
}
