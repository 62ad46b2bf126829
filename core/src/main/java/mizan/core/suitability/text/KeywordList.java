package mizan.core.suitability.text;

import java.util.List;

/// The keywords and phrases that one advertiser (or one lexicon category) excludes, as typed.
///
/// @param id names the list in the answer
/// @param keywords at most [#MAX_KEYWORDS]; repetition does no harm
public record KeywordList<L>(L id, List<String> keywords) {
    /// Most keywords a list may hold.
    public static final int MAX_KEYWORDS = 10_000;

    /// Longest keyword or phrase, in chars.
    public static final int MAX_KEYWORD_CHARS = 100;

    public KeywordList {
        keywords = List.copyOf(keywords);
        if (keywords.size() > MAX_KEYWORDS) {
            throw new IllegalArgumentException(
                    "a list holds at most " + MAX_KEYWORDS + " keywords, not " + keywords.size());
        }
    }

    /// Whether a keyword can match anything: it has a letter, digit or emoji and keeps the length limit. Ask
    /// when a list is booked, so that nobody believes "!!!" is excluded.
    public static boolean isUsable(String keyword) {
        return keyword.length() <= MAX_KEYWORD_CHARS
                && !Folding.keyword(keyword).isEmpty();
    }
}
