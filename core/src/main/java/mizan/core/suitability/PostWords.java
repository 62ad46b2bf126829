package mizan.core.suitability;

import java.util.Optional;
import mizan.core.suitability.text.FoldedText;
import mizan.core.suitability.text.Folding;
import mizan.core.suitability.text.LanguageGuess;
import mizan.core.suitability.text.Span;
import mizan.core.suitability.text.Unfolding;

/// A post made ready for raters: its words are folded and its language is guessed once for all of them.
///
/// @param raw the author's warning, when there is one, and below it the post's own words
/// @param warningChars how many chars of `raw` come before the post's own words
/// @param text `raw`, folded
/// @param language of the post's own words, by [LanguageGuess]; empty in every doubt
public record PostWords(PostContent content, String raw, int warningChars, FoldedText text, Optional<String> language) {

    public static PostWords of(PostContent content) {
        var words = content.text().orElse("");
        var warning = content.warning().map(w -> w + "\n").orElse("");
        var raw = warning + words;
        return new PostWords(content, raw, warning.length(), Folding.fold(raw), LanguageGuess.of(words));
    }

    /// Whether its words are there, all of them, in a language that the built-in raters can read.
    public boolean isReadable() {
        return language.isPresent() && !text.truncated();
    }

    /// Where chars `[start, end)` of the folded text stand in the post's own words; empty when they stand in
    /// the warning.
    public Optional<Span> span(int start, int end) {
        return Unfolding.span(raw, text, start, end)
                .filter(span -> span.start() >= warningChars)
                .map(span -> new Span(span.start() - warningChars, span.end() - warningChars));
    }
}
