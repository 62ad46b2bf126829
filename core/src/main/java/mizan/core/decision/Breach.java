package mizan.core.decision;

import java.util.Locale;

/// Why one ad may not stand in one slot: the neighbour and the rule of the terms that it breaks.
///
/// @param afterPost the slot
/// @param postId the neighbour; empty when it is on another page, where nobody can judge it
/// @param detail the matched keyword, author, topic, tier or language, or the community
public record Breach(int afterPost, String postId, Rule rule, String detail) {
    /// The rules of terms, cheapest first; the order is the order in which they are tried.
    public enum Rule {
        UNRATED_NEIGHBOUR,
        EXCLUDED_TIER,
        EXCLUDED_TOPIC,
        EXCLUDED_AUTHOR,
        EXCLUDED_COMMUNITY,
        EXCLUDED_LANGUAGE,
        EXCLUDED_KEYWORD,
        /// Not of the advertiser's terms, but of the moderators whose community the neighbour is in.
        COMMUNITY_VETO;

        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
