package mizan.core.suitability;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import mizan.core.suitability.text.KeywordAutomaton;
import mizan.core.suitability.text.KeywordList;

/// Rates by words and phrases that tell a topic and how risky it is.
///
/// It knows words, not meaning. Known misses: slander without listed words, irony, quotation and denial ("no
/// violence here" is rated as violence), dialect spellings, pictures, and every language but Arabic and
/// English. It is there so that a fresh installation rates at all, in the open, with evidence.
public final class LexiconRater implements Rater {
    /// The rater's name in verdicts.
    public static final String NAME = "lexicon";

    private record Rating(Topic topic, Tier tier) {}

    private record Finding(Rating rating, int start, int end) {
        boolean liesWithin(Finding longer) {
            return longer.start <= start && end <= longer.end && longer.end - longer.start > end - start;
        }
    }

    private final String version;
    private final KeywordAutomaton<Rating> terms;

    public LexiconRater(Lexicon lexicon) {
        version = lexicon.version();
        var byRating = new LinkedHashMap<Rating, List<String>>();
        for (var term : lexicon.terms()) {
            byRating.computeIfAbsent(new Rating(term.topic(), term.tier()), _ -> new ArrayList<>())
                    .add(term.text());
        }
        terms = KeywordAutomaton.compile(byRating.entrySet().stream()
                .map(entry -> new KeywordList<>(entry.getKey(), entry.getValue()))
                .toList());
    }

    @Override
    public String name() {
        return NAME;
    }

    /// Which lexicon it rates by.
    @Override
    public String version() {
        return version;
    }

    /// The rater with the lexicon that comes with Mizan, compiled once.
    public static LexiconRater builtIn() {
        return BuiltIn.RATER;
    }

    private static final class BuiltIn {
        static final LexiconRater RATER = new LexiconRater(Lexicon.builtIn());
    }

    /// Empty when the post cannot be read: no words, too many, or in a language that is not Arabic or
    /// English.
    @Override
    public Optional<PostVerdict> rate(PostWords post, Instant now) {
        if (!post.isReadable()) {
            return Optional.empty();
        }
        var findings = new ArrayList<Finding>();
        boolean all = terms.matchAll(
                post.text(), (rating, match) -> findings.add(new Finding(rating, match.start(), match.end())));
        return all ? Optional.of(judge(post, findings, now)) : Optional.empty();
    }

    private PostVerdict judge(PostWords post, List<Finding> findings, Instant now) {
        var tier = Tier.SAFE;
        var topics = EnumSet.noneOf(Topic.class);
        Optional<Finding> worst = Optional.empty();
        for (var finding : outermost(findings)) {
            var rating = finding.rating();
            if (rating.tier() != Tier.SAFE) {
                topics.add(rating.topic());
            }
            if (rating.tier().compareTo(tier) > 0) {
                tier = rating.tier();
                worst = Optional.of(finding);
            }
        }
        return new PostVerdict(
                tier,
                topics,
                NAME,
                version,
                now,
                worst.map(w -> post.text().text().substring(w.start(), w.end())),
                worst.flatMap(w -> post.span(w.start(), w.end())));
    }

    /// Findings without those inside a longer one, in text order. One sweep: sorted by start and then
    /// longest first, a finding is inside an earlier one exactly when it ends no later than the furthest end
    /// so far.
    private static List<Finding> outermost(List<Finding> findings) {
        var inOrder = new ArrayList<>(findings);
        inOrder.sort(Comparator.comparingInt(Finding::start)
                .thenComparing(Comparator.comparingInt(Finding::end).reversed()));
        var kept = new ArrayList<Finding>();
        Finding furthest = new Finding(new Rating(Topic.SPAM_HARMFUL, Tier.SAFE), -1, -1);
        for (var finding : inOrder) {
            if (!finding.liesWithin(furthest)) {
                kept.add(finding);
            }
            if (finding.end() > furthest.end()) {
                furthest = finding;
            }
        }
        return kept;
    }
}
