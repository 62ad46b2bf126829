package mizan.server.console.page;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// An advertiser's terms, and what they would have done had they been others.
///
/// @param effectiveAt since when decisions go by this version
/// @param lists shared lists that they take, each pinned to a version
/// @param took from sending the form to the first decision that could go by it; empty where nobody measured
/// @param rules what the terms do
/// @param history its versions, newest first
/// @param trial absent while nothing was asked
public record TermsPage(
        Row terms,
        List<Taken> lists,
        Instant effectiveAt,
        Optional<Duration> took,
        Rules rules,
        List<Version> history,
        Asked asked,
        Optional<Trial> trial) {
    public TermsPage {
        lists = List.copyOf(lists);
        history = List.copyOf(history);
    }

    /// @param maxTier the riskiest tier that a neighbour may have
    /// @param topics those with a limit of their own, by the key of their words
    /// @param languages their names; empty for any
    public record Rules(Risk maxTier, Map<String, Risk> topics, List<String> languages) {
        public Rules {
            languages = List.copyOf(languages);
        }
    }

    /// @param by who changed it; `why` as given, or empty
    public record Version(int number, Instant at, String by, String why) {}

    /// The terms of all advertisers.
    public record All(List<Row> rows, Optional<String> next) {
        public All {
            rows = List.copyOf(rows);
        }
    }

    /// @param signedBy empty when nobody has signed this version
    public record Row(
            String id,
            String name,
            String advertiser,
            Suitability preset,
            int version,
            Optional<String> signedBy,
            Instant signedAt,
            int before,
            int after,
            int words,
            int authors,
            int communities) {}

    public record Taken(String name, String version, String sha256, int entries) {}

    /// What is tried: words to block beside those blocked now, and the rest in place of what it is.
    public record Asked(String words, Suitability preset, int before, int after) {}

    /// Shares are of the ads shown.
    ///
    /// @param oneIn how many decisions each one looked at stands for
    /// @param low and `high` what the sample leaves open, 95 %
    public record Trial(
            long shown,
            long moved,
            long lost,
            double lostShare,
            double low,
            double high,
            int oneIn,
            long opened,
            long posts,
            long blocked,
            long safe,
            int withoutWords,
            List<Share> languages,
            List<Share> topics,
            List<Blocked> blockedPosts) {
        public Trial {
            languages = List.copyOf(languages);
            topics = List.copyOf(topics);
            blockedPosts = List.copyOf(blockedPosts);
        }
    }

    public record Share(String name, long posts, long blockedNow, long blocked, long safe) {}

    /// @param text its beginning, while it is kept
    public record Blocked(String post, Outcome rule, String detail, Optional<String> text, long ads) {}
}
