package mizan.server.serve;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import mizan.core.campaign.AdGroup;
import mizan.core.campaign.AdGroupId;
import mizan.core.campaign.Book;
import mizan.core.suitability.text.FoldedText;
import mizan.core.suitability.text.KeywordAutomaton;
import mizan.core.suitability.text.KeywordList;
import mizan.core.targeting.Criterion;

/// The keywords that ad groups ask for or refuse, each found in a post by the rules of suitability keywords:
/// whole words with their inflections.
///
/// A decision keeps only the keywords it needs, those that somebody booked, and never the words of a post.
public final class TargetedKeywords {
    private final Set<String> keywords;
    private final KeywordAutomaton<String> automaton;

    private TargetedKeywords(Set<String> keywords) {
        this.keywords = keywords;
        this.automaton = KeywordAutomaton.compile(keywords.stream()
                .sorted()
                .map(keyword -> new KeywordList<>(keyword, List.of(keyword)))
                .toList());
    }

    static TargetedKeywords none() {
        return new TargetedKeywords(Set.of());
    }

    /// Those of the next book. The same object when no keyword came: one that went does no harm until then.
    TargetedKeywords next(Book book, Set<AdGroupId> touched) {
        boolean known = touched.stream()
                .flatMap(id -> Optional.ofNullable(book.adGroups().get(id)).stream())
                .flatMap(TargetedKeywords::keywords)
                .allMatch(keywords::contains);
        return known
                ? this
                : new TargetedKeywords(book.adGroups().values().stream()
                        .flatMap(TargetedKeywords::keywords)
                        .collect(Collectors.toSet()));
    }

    private static Stream<String> keywords(AdGroup group) {
        return Stream.concat(
                group.targeting().wants(Criterion.KEYWORD).stream(),
                group.targeting().excludes(Criterion.KEYWORD).stream());
    }

    /// Those that the text holds.
    Set<String> in(FoldedText text) {
        return keywords.isEmpty()
                ? Set.of()
                : Set.copyOf(automaton.match(text).byList().keySet());
    }
}
