package mizan.core.suitability;

import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;

/// What publisher and moderators say of a post with their labels, marks and warnings.
///
/// A label can make a verdict worse, never better: who earns by the ad does not decide alone that a post is
/// harmless.
public final class PublisherRater implements Rater {
    /// The rater's name in verdicts.
    public static final String NAME = "publisher";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String version() {
        return PublisherLabels.VERSION;
    }

    /// Empty when no label says anything of risk.
    @Override
    public Optional<PostVerdict> rate(PostWords post, Instant now) {
        var said = PublisherLabels.ratings(post.content());
        if (said.isEmpty()) {
            return Optional.empty();
        }
        var tier = Tier.SAFE;
        var topics = EnumSet.noneOf(Topic.class);
        Optional<String> evidence = Optional.empty();
        for (var label : said.entrySet()) {
            PublisherLabels.topic(label.getKey()).ifPresent(topics::add);
            if (evidence.isEmpty() || label.getValue().compareTo(tier) > 0) {
                tier = label.getValue();
                evidence = Optional.of("label: " + label.getKey());
            }
        }
        return Optional.of(new PostVerdict(tier, topics, NAME, version(), now, evidence));
    }
}
