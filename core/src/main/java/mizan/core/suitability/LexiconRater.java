package mizan.core.suitability;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import mizan.core.suitability.text.FoldedText;
import mizan.core.suitability.text.Folding;
import mizan.core.suitability.text.KeywordAutomaton;
import mizan.core.suitability.text.KeywordList;
import mizan.core.suitability.text.LanguageGuess;

/// The first rater: publisher labels, then a lexicon; the worse of the two.
///
/// It knows words, not meaning. Known misses: slander without listed words, irony, quotation and denial ("no
/// violence here" is rated as violence), dialect spellings, pictures, and every language but Arabic and
/// English. It is there so that a fresh installation rates at all, in the open, with evidence; a trained
/// rater should follow it, and the worse verdict count.
public final class LexiconRater {
    /// The rater's name in verdicts.
    public static final String NAME = "lexicon";

    private record Rating(Topic topic, Tier tier) {}

    private record Finding(Rating rating, int start, int end) {
        boolean liesWithin(Finding longer) {
            return longer.start <= start && end <= longer.end && longer.end - longer.start > end - start;
        }
    }

    private record Judgement(Tier tier, EnumSet<Topic> topics, Optional<String> evidence) {}

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

    /// Which lexicon it rates by; part of each verdict.
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

    /// Rates a post; empty when it cannot be read: no words, too many, or in a language that is not Arabic
    /// or English. An unrated post counts as the worst, so no label turns "unreadable" into a better
    /// verdict.
    public Optional<PostVerdict> rate(PostContent post, Instant now) {
        var words = post.text().filter(text -> !text.isBlank());
        if (words.isEmpty() || LanguageGuess.of(words.get()).isEmpty()) {
            return Optional.empty();
        }
        var text = Folding.fold(post.warning().map(warning -> warning + "\n").orElse("") + words.get());
        var findings = new ArrayList<Finding>();
        boolean all =
                terms.matchAll(text, (rating, match) -> findings.add(new Finding(rating, match.start(), match.end())));
        if (text.truncated() || !all) {
            return Optional.empty();
        }
        var judged = judge(post, text, findings);
        return Optional.of(new PostVerdict(judged.tier(), judged.topics(), NAME, version, now, judged.evidence()));
    }

    private static Judgement judge(PostContent post, FoldedText text, List<Finding> findings) {
        var tier = Tier.SAFE;
        var topics = EnumSet.noneOf(Topic.class);
        Optional<String> evidence = Optional.empty();
        for (var finding : outermost(findings)) {
            var rating = finding.rating();
            if (rating.tier() != Tier.SAFE) {
                topics.add(rating.topic());
            }
            if (rating.tier().compareTo(tier) > 0) {
                tier = rating.tier();
                evidence = Optional.of(cut(text.text().substring(finding.start(), finding.end())));
            }
        }
        for (var said : PublisherLabels.ratings(post).entrySet()) {
            PublisherLabels.topic(said.getKey()).ifPresent(topics::add);
            if (said.getValue().compareTo(tier) > 0) {
                tier = said.getValue();
                evidence = Optional.of(cut("label: " + said.getKey()));
            }
        }
        return new Judgement(tier, topics, evidence);
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

    private static String cut(String evidence) {
        if (evidence.length() <= PostVerdict.MAX_EVIDENCE) {
            return evidence;
        }
        int end = PostVerdict.MAX_EVIDENCE;
        return evidence.substring(0, Character.isHighSurrogate(evidence.charAt(end - 1)) ? end - 1 : end);
    }
}
