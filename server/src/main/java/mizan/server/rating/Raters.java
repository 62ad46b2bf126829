package mizan.server.rating;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
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
    private final List<Later> later;
    private final String fingerprint;

    /// A rater that answers later.
    ///
    /// @param languages that it reads; none: all. It is awaited for a post whose language nobody can tell too,
    ///     for that might be one of them.
    public record Later(String name, Set<String> languages) {
        public Later {
            languages = Set.copyOf(languages);
        }

        boolean reads(Optional<String> language) {
            return languages.isEmpty() || language.isEmpty() || languages.contains(language.get());
        }
    }

    /// @param atOnce in order of authority
    /// @param later names of outside raters that read every language
    public Raters(List<Rater> atOnce, Set<String> later) {
        this(atOnce, later.stream().map(name -> new Later(name, Set.of())).toList());
    }

    /// @param atOnce in order of authority
    /// @param later outside raters; a post is unrated until each that reads its language has answered
    public Raters(List<Rater> atOnce, List<Later> later) {
        this.atOnce = List.copyOf(atOnce);
        this.later = List.copyOf(later);
        var names = new ArrayList<String>();
        atOnce.forEach(rater -> names.add(rater.name() + ' ' + rater.version()));
        later.stream().map(Raters::said).sorted().forEach(names::add);
        fingerprint = Fingerprint.of(names);
    }

    private static String said(Later rater) {
        return rater.name()
                + rater.languages().stream().sorted().map(l -> ' ' + l).collect(Collectors.joining());
    }

    /// Publisher labels, the lexicon and the linear model.
    public static Raters builtIn() {
        return with(List.of());
    }

    /// The built-in ones, and outside raters.
    public static Raters with(List<Later> outside) {
        return new Raters(
                List.of(new PublisherRater(), LexiconRater.builtIn(), new LinearRater(LinearModels.builtIn())),
                outside);
    }

    /// Those that answer at once, in order of authority.
    List<Rater> atOnce() {
        return atOnce;
    }

    /// @param language as it was found in the words
    Ratings rate(PostContent content, Optional<String> language, Instant now) {
        var post = PostWords.of(content);
        var verdicts = new ArrayList<PostVerdict>();
        atOnce.forEach(rater -> rater.rate(post, now).ifPresent(verdicts::add));
        var awaited = later.stream()
                .filter(rater -> !post.raw().isBlank() && rater.reads(language))
                .map(Later::name)
                .collect(Collectors.toUnmodifiableSet());
        return new Ratings(verdicts, awaited);
    }

    /// Whether a verdict was given after a post came in, by a person or by an outside rater that is still
    /// trusted.
    boolean saysLater(PostVerdict verdict) {
        return verdict.rater().equals(Ratings.REVIEW)
                || later.stream().anyMatch(l -> l.name().equals(verdict.rater()));
    }

    /// Changes when one of them may judge differently.
    String fingerprint() {
        return fingerprint;
    }
}
