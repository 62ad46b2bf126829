package mizan.core.suitability.linear;

import java.time.Instant;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import mizan.core.suitability.PostVerdict;
import mizan.core.suitability.PostWords;
import mizan.core.suitability.Rater;
import mizan.core.suitability.Ratings;
import mizan.core.suitability.Tier;
import mizan.core.suitability.Topic;

/// Rates by one [LinearModel] a language: clean, in doubt, or bad.
///
/// The models were fitted on texts that people called offensive, and cannot tell insults from vulgar words:
/// a bad text is HIGH in both topics. A text in doubt is LOW in both, so that terms which accept nothing but
/// SAFE, in general or in one of these topics, keep away from it as from an unrated one, and others need not.
public final class LinearRater implements Rater {
    /// The rater's name in verdicts.
    public static final String NAME = Ratings.LINEAR;

    /// A text of which the model has met a smaller share of words, as of a dialect it never saw, is in doubt
    /// whatever its score.
    public static final double LEAST_KNOWN = 0.5;

    private static final Pattern LIKELY = Pattern.compile("offensive ([01]\\.[0-9]{2}), known words ([01]\\.[0-9]{2})");

    private static final Set<Topic> TOPICS = EnumSet.of(Topic.HATE, Topic.OBSCENITY);

    private final Map<String, LinearModel> models;
    private final String version;

    /// @param models by language
    public LinearRater(Map<String, LinearModel> models) {
        this.models = Map.copyOf(models);
        version = new TreeMap<>(models)
                .values().stream().map(LinearModel::version).collect(Collectors.joining(" "));
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String version() {
        return version;
    }

    /// Empty when the post cannot be read, or no model knows its language.
    @Override
    public Optional<PostVerdict> rate(PostWords post, Instant now) {
        return post.language().filter(_ -> post.isReadable()).map(models::get).map(model -> judge(model, post, now));
    }

    private static PostVerdict judge(LinearModel model, PostWords post, Instant now) {
        var reading = model.read(post.text());
        if (reading.probability() >= model.bad()) {
            var word = model.heaviest(post.text());
            return new PostVerdict(
                    Tier.HIGH,
                    TOPICS,
                    NAME,
                    model.version(),
                    now,
                    Optional.of(likely(reading)),
                    word.flatMap(w -> post.span(w.start(), w.end())));
        }
        boolean clean = reading.probability() < model.clean() && reading.known() >= LEAST_KNOWN;
        return clean
                ? new PostVerdict(Tier.SAFE, Set.of(), NAME, model.version(), now, Optional.empty())
                : new PostVerdict(
                        Tier.LOW, TOPICS, NAME, model.version(), now, Optional.of("in doubt: " + likely(reading)));
    }

    /// The reading that a verdict of this rater rests on, to two digits; empty for a clean one.
    public static Optional<LinearModel.Reading> reading(PostVerdict verdict) {
        return verdict.evidence()
                .filter(_ -> verdict.rater().equals(NAME))
                .map(LIKELY::matcher)
                .filter(Matcher::find)
                .map(m -> new LinearModel.Reading(Double.parseDouble(m.group(1)), Double.parseDouble(m.group(2))));
    }

    private static String likely(LinearModel.Reading reading) {
        return String.format(Locale.ROOT, "offensive %.2f, known words %.2f", reading.probability(), reading.known());
    }
}
