package mizan.server.raters;

import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import mizan.core.suitability.PublisherRater;
import mizan.core.suitability.Ratings;
import mizan.server.rating.Raters;
import mizan.server.reading.pull.Outbound;
import mizan.server.webhooks.WebhookSecret;

/// One rater elsewhere, as the operator set it up.
///
/// @param name in verdicts: 1 to 32 of a-z, 0-9 and `-`, beginning with a letter; never one of Mizan's own
/// @param url where it is asked, `http` or `https`
/// @param deadline for one answer, 100 ms to 30 s
/// @param languages that it reads, ISO 639 codes; none: all
/// @param ownNetwork whether it may have a private address
public record OutsideRater(
        String name, URI url, WebhookSecret secret, Duration deadline, Set<String> languages, boolean ownNetwork) {
    public static final Duration SHORTEST_DEADLINE = Duration.ofMillis(100);
    public static final Duration LONGEST_DEADLINE = Duration.ofSeconds(30);

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,31}");
    private static final Set<String> OWN = Set.of(PublisherRater.NAME, "lexicon", Ratings.LINEAR, Ratings.REVIEW);

    public OutsideRater {
        languages = Set.copyOf(languages);
        if (!NAME.matcher(name).matches() || OWN.contains(name)) {
            throw new IllegalArgumentException("\"" + name + "\" cannot be the name of an outside rater");
        }
        var scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
        if (!Outbound.isCallable(url) || !scheme.startsWith("http")) {
            throw new IllegalArgumentException(name + ": the url is none of http or https without a password");
        }
        if (deadline.compareTo(SHORTEST_DEADLINE) < 0 || deadline.compareTo(LONGEST_DEADLINE) > 0) {
            throw new IllegalArgumentException(name + ": the deadline is 100 to 30000 ms");
        }
    }

    Raters.Later later() {
        return new Raters.Later(name, languages);
    }
}
