package mizan.core.suitability.text;

/// Where a keyword was found.
///
/// @param keyword the keyword as the list spells it
/// @param start where the match begins in [FoldedText#text()], in chars
/// @param end where it ends, exclusive; a phrase's span includes what stands between its words
public record KeywordMatch(String keyword, int start, int end) {
    /// The matched text, folded, for people who ask why.
    public String evidence(FoldedText post) {
        return post.text().substring(start, end);
    }
}
