package mizan.sim.oracle;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import mizan.core.suitability.PostVerdict;
import mizan.core.suitability.Ratings;
import mizan.core.suitability.Tier;
import mizan.core.suitability.Topic;
import mizan.server.rating.KnownPost;

/// One thing in a feed, as the platform knows it now.
///
/// @param version grows with each edit
/// @param verdict empty for what nobody rated: a post that came too late, or a module of the page (people to
///     follow, a poll, a pinned item), which is not a post at all
record PostOnThePlatform(
        String id,
        int version,
        Wording wording,
        List<String> authors,
        Optional<String> community,
        Optional<String> language,
        Optional<PostVerdict> verdict) {
    static final List<String> AUTHORS = List.of("a0", "a1", "a2", "a3", "a4", "a5", "a6", "a7", "a8", "a9");
    static final List<String> COMMUNITIES = List.of("c0", "c1", "c2");
    static final List<String> LANGUAGES = List.of("ar", "en", "fa");

    /// @param risky how much of the feed is, 0 to 1
    static PostOnThePlatform random(String id, int version, double risky, Instant now, SplittableRandom random) {
        var authors = new ArrayList<String>();
        do {
            authors.add(AUTHORS.get(random.nextInt(AUTHORS.size())));
        } while (random.nextInt(4) == 0);
        return new PostOnThePlatform(
                id,
                version,
                Wording.random(random),
                authors,
                random.nextInt(3) == 0 ? Optional.of(pick(COMMUNITIES, random)) : Optional.empty(),
                random.nextInt(10) > 0 ? Optional.of(pick(LANGUAGES, random)) : Optional.empty(),
                random.nextDouble() < 0.1 * risky ? Optional.empty() : Optional.of(verdict(risky, now, random)));
    }

    private static PostVerdict verdict(double risky, Instant now, SplittableRandom random) {
        var tier = random.nextDouble() < 0.5 * risky ? pick(List.of(Tier.values()), random) : Tier.SAFE;
        var topics = EnumSet.noneOf(Topic.class);
        while (random.nextInt(tier == Tier.SAFE ? 20 : 2) == 0) {
            topics.add(pick(List.of(Topic.values()), random));
        }
        return new PostVerdict(tier, topics, "oracle", "1", now, Optional.empty());
    }

    static <T> T pick(List<T> from, SplittableRandom random) {
        return from.get(random.nextInt(from.size()));
    }

    /// As the server would have read and rated it.
    KnownPost known(Instant now) {
        return new KnownPost(
                id,
                authors,
                language,
                community,
                Set.of(),
                new Ratings(verdict.stream().toList(), Set.of()),
                wording.words(),
                "",
                id + "/" + version,
                id + "/" + version,
                now);
    }
}
