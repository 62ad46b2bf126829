package mizan.core.suitability;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What a publisher's or moderator's label says about risk: the first authority, for a person looked.
///
/// Spellings are those of ATProto's global labels (`porn`, `sexual`, `nudity`, `graphic-media`, `!hide`,
/// `!warn`), of ActivityStreams (`sensitive`) and of forums (`nsfw`, `mature`); what moderators did is a
/// label as well (`removed`, `hidden`, `under-review`). An unknown label says nothing.
final class PublisherLabels {
    static final String VERSION = "2";

    private static final String SENSITIVE = "sensitive";
    private static final String WARNING = "content-warning";

    private static final Map<String, Tier> TIERS = Map.ofEntries(
            Map.entry("porn", Tier.FLOOR),
            Map.entry("sexual", Tier.HIGH),
            Map.entry("nudity", Tier.HIGH),
            Map.entry("nsfw", Tier.HIGH),
            Map.entry("adult", Tier.HIGH),
            Map.entry("graphic-media", Tier.HIGH),
            Map.entry("gore", Tier.FLOOR),
            Map.entry("violence", Tier.HIGH),
            Map.entry("hate", Tier.FLOOR),
            Map.entry("spam", Tier.HIGH),
            Map.entry("scam", Tier.FLOOR),
            Map.entry("!hide", Tier.FLOOR),
            Map.entry("!takedown", Tier.FLOOR),
            Map.entry("!warn", Tier.HIGH),
            Map.entry("removed", Tier.FLOOR),
            Map.entry("hidden", Tier.FLOOR),
            Map.entry("under-review", Tier.FLOOR),
            Map.entry("mature", Tier.MEDIUM),
            Map.entry("spoiler", Tier.SAFE),
            Map.entry("news", Tier.LOW),
            Map.entry(SENSITIVE, Tier.HIGH),
            Map.entry(WARNING, Tier.MEDIUM));

    private static final Map<String, Topic> TOPICS = Map.ofEntries(
            Map.entry("porn", Topic.ADULT),
            Map.entry("sexual", Topic.ADULT),
            Map.entry("nudity", Topic.ADULT),
            Map.entry("nsfw", Topic.ADULT),
            Map.entry("adult", Topic.ADULT),
            Map.entry("graphic-media", Topic.DEATH_INJURY_MILITARY),
            Map.entry("gore", Topic.DEATH_INJURY_MILITARY),
            Map.entry("violence", Topic.CRIME),
            Map.entry("hate", Topic.HATE),
            Map.entry("spam", Topic.SPAM_HARMFUL),
            Map.entry("scam", Topic.SPAM_HARMFUL));

    private PublisherLabels() {}

    /// The known labels of a post with their tiers, in alphabetical order so that a verdict is the same
    /// every time.
    static Map<String, Tier> ratings(PostContent post) {
        var said = new TreeMap<String, Tier>();
        for (var label : post.labels()) {
            Optional.ofNullable(TIERS.get(label)).ifPresent(tier -> said.put(label, tier));
        }
        if (post.markedSensitive()) {
            said.put(SENSITIVE, Tier.HIGH);
        }
        if (post.warning().filter(warning -> !warning.isBlank()).isPresent()) {
            said.put(WARNING, Tier.MEDIUM);
        }
        return said;
    }

    static Optional<Topic> topic(String label) {
        return Optional.ofNullable(TOPICS.get(label));
    }
}
