package mizan.core.suitability.text;

import java.util.List;

/// A text after folding: what matching sees of it.
///
/// @param text the folded letters with their separators; spans point into it
/// @param tokens the tokens in reading order
/// @param otherReadings further token sequences a reader may see: spaced-out letters joined ("w a r"),
///     camel-case hashtags split, overridden text direction undone. Each is matched by itself.
/// @param truncated whether the text was longer than [Folding#MAX_CHARS] and the rest was not read; who
///     excludes anything must then treat the post as excluded
public record FoldedText(String text, List<Token> tokens, List<List<Token>> otherReadings, boolean truncated) {
    public FoldedText {
        tokens = List.copyOf(tokens);
        otherReadings = List.copyOf(otherReadings);
    }

    /// The words alone, for counting.
    public List<String> words() {
        return tokens.stream().map(Token::word).toList();
    }
}
