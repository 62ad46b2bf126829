package mizan.core.suitability.text;

import java.util.LinkedHashSet;
import java.util.Set;

/// The words that one written word may be an inflection of, for readers of single words.
///
/// The same closed set of proclitics and suffixes that keywords are matched by, so that `ولأمازون` is found
/// as `أمازون` and `حملاتها` as `حملة`, and nothing else is.
public final class Inflections {
    private Inflections() {}

    /// The folded word itself first, then what it may be an inflection of.
    public static Set<String> of(Token token) {
        var found = new LinkedHashSet<String>();
        found.add(token.word());
        new Affixes((_, _, _) -> true, (word, from, to, _) -> found.add(new String(word, from, to - from)))
                .analyse(token.word(), token.kind(), token.ending(), token.hamza());
        return found;
    }
}
