package mizan.server.rating;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import mizan.core.suitability.LexiconRater;
import mizan.core.suitability.PostContent;
import mizan.core.suitability.PostVerdict;
import mizan.core.suitability.PostWords;
import mizan.core.suitability.PublisherRater;
import mizan.core.suitability.Rater;
import mizan.core.suitability.Ratings;
import mizan.core.suitability.linear.LinearRater;

/// Who rates the posts of one server: those that answer at once, and the names of those that answer later.
public final class Raters {
    private final List<Rater> atOnce;
    private final Set<String> later;
    private final String fingerprint;

    /// @param atOnce in order of authority
    /// @param later outside raters; a post is unrated until each of them has answered
    public Raters(List<Rater> atOnce, Set<String> later) {
        this.atOnce = List.copyOf(atOnce);
        this.later = Set.copyOf(later);
        var names = new ArrayList<String>();
        atOnce.forEach(rater -> names.add(rater.name() + ' ' + rater.version()));
        later.stream().sorted().forEach(names::add);
        fingerprint = Fingerprint.of(names);
    }

    /// Publisher labels, the lexicon and the linear model.
    public static Raters builtIn() {
        return with(Set.of());
    }

    /// The built-in ones, and outside raters with these names.
    public static Raters with(Set<String> outside) {
        return new Raters(
                List.of(new PublisherRater(), LexiconRater.builtIn(), new LinearRater(LinearModels.builtIn())),
                outside);
    }

    Ratings rate(PostContent content, Instant now) {
        var post = PostWords.of(content);
        var verdicts = new ArrayList<PostVerdict>();
        atOnce.forEach(rater -> rater.rate(post, now).ifPresent(verdicts::add));
        return new Ratings(verdicts, post.raw().isBlank() ? Set.of() : later);
    }

    /// Whether a verdict was given after a post came in, by a person or by an outside rater that is still
    /// trusted.
    boolean saysLater(PostVerdict verdict) {
        return verdict.rater().equals(Ratings.REVIEW) || later.contains(verdict.rater());
    }

    /// Changes when one of them may judge differently.
    String fingerprint() {
        return fingerprint;
    }
}
