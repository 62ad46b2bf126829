package mizan.core.suitability.text;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// What all lists found in one post.
///
/// @param byList the first match of each list that matched
/// @param complete whether the whole post was read; false for truncated posts and when matching hit its work
///     limit
public record KeywordMatches<L>(Map<L, KeywordMatch> byList, boolean complete) {
    public KeywordMatches {
        byList = Collections.unmodifiableMap(new LinkedHashMap<>(byList));
    }

    /// Whether this list keeps its ads away from the post. A post that was not read whole is kept away from:
    /// fail closed.
    public boolean excludes(L list) {
        return !complete || byList.containsKey(list);
    }
}
