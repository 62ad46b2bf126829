package mizan.server.serve;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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

    /// The same object as before when no keyword came or went.
    static TargetedKeywords of(Book book, Optional<TargetedKeywords> before) {
        var keywords = new HashSet<String>();
        for (var group : book.adGroups().values()) {
            keywords.addAll(group.targeting().wants(Criterion.KEYWORD));
            keywords.addAll(group.targeting().excludes(Criterion.KEYWORD));
        }
        return before.filter(b -> b.keywords.equals(keywords)).orElseGet(() -> new TargetedKeywords(keywords));
    }

    /// Those that the text holds.
    Set<String> in(FoldedText text) {
        return keywords.isEmpty()
                ? Set.of()
                : Set.copyOf(automaton.match(text).byList().keySet());
    }
}
