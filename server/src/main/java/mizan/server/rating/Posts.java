package mizan.server.rating;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import mizan.core.feed.FeedPost;
import mizan.core.suitability.LexiconRater;
import mizan.core.suitability.text.LanguageGuess;

/// The posts that ads may stand beside: read once, rated once, looked up by id at every decision.
public final class Posts {
    /// Posts kept in memory; the oldest go first, and are then unknown: unrated, which counts as the worst.
    private static final int MAX = 100_000;

    private final LexiconRater rater;
    private final InstantSource time;
    private final RandomGenerator random;
    private final Map<String, KnownPost> known = new LinkedHashMap<>();

    public Posts(LexiconRater rater, InstantSource time, RandomGenerator random) {
        this.rater = rater;
        this.time = time;
        this.random = random;
    }

    /// Reads and rates a post, and remembers it in place of an earlier version. A post that is not public is
    /// remembered without its words and without a verdict.
    public KnownPost take(IncomingPost incoming) {
        var text = incoming.publicPost() ? incoming.content().text().orElse("") : "";
        var verdict = incoming.publicPost()
                ? rater.rate(incoming.content(), time.instant())
                : Optional.<mizan.core.suitability.PostVerdict>empty();
        synchronized (known) {
            var salt = HexFormat.of().toHexDigits(random.nextLong())
                    + HexFormat.of().toHexDigits(random.nextLong());
            var post = new KnownPost(
                    incoming.id(),
                    incoming.authors(),
                    LanguageGuess.of(text).or(incoming::language),
                    incoming.community(),
                    incoming.topics(),
                    verdict,
                    text,
                    salt,
                    commitment(salt, text));
            known.remove(post.id());
            known.put(post.id(), post);
            if (known.size() > MAX) {
                var oldest = known.keySet().iterator();
                oldest.next();
                oldest.remove();
            }
            return post;
        }
    }

    public Optional<KnownPost> find(String id) {
        synchronized (known) {
            return Optional.ofNullable(known.get(id));
        }
    }

    /// Forgets the words of a post, as its author may ask. Records keep the commitment, which says nothing
    /// without the salt.
    public boolean forget(String id) {
        synchronized (known) {
            return known.remove(id) != null;
        }
    }

    public int size() {
        synchronized (known) {
            return known.size();
        }
    }

    /// A post that nobody sent: without a verdict, so no ad stands beside it.
    public static FeedPost unknown(String id) {
        return new FeedPost(
                id,
                java.util.List.of(),
                Optional.empty(),
                Optional.empty(),
                java.util.Set.of(),
                Optional.empty(),
                Map.of(),
                "");
    }

    static String commitment(String salt, String text) {
        try {
            var sha = MessageDigest.getInstance("SHA-256");
            sha.update(salt.getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(sha.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of every Java", e);
        }
    }
}
