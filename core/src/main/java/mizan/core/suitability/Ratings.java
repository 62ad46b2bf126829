package mizan.core.suitability;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/// All that was said of one version of a post, and what counts of it.
///
/// A person's review counts alone, the last one. Without one the post is unrated, which counts as the worst,
/// while a rater is awaited or when nobody could read its words; else the worst tier that any rater gave
/// counts, with the topics of all of them, and the first in order of authority is named for it.
public final class Ratings {
    /// The rater of a person's verdict.
    public static final String REVIEW = "review";
    /// The rater whose LOW is a doubt, and whose SAFE speaks of few topics.
    public static final String LINEAR = "linear";

    public static final Ratings NONE = new Ratings(List.of(), Set.of());

    /// Why a person should look at a post.
    public enum Question {
        /// Somebody who saw it says that it is worse than its verdict.
        REPORTED,
        /// One rater calls it HIGH or worse, and another that judges all topics SAFE.
        DISPUTED,
        /// The linear model is not sure.
        DOUBTED
    }

    private final List<PostVerdict> verdicts;
    private final Set<String> awaited;
    private final List<PostVerdict> standing;
    private final Optional<PostVerdict> counting;

    /// @param verdicts in the order in which they came: publisher, lexicon, linear model, then outside raters
    ///     and reviews; the last of each rater stands
    /// @param awaited outside raters that were asked and whose answer has not come
    public Ratings(List<PostVerdict> verdicts, Set<String> awaited) {
        this.verdicts = List.copyOf(verdicts);
        this.awaited = Set.copyOf(awaited);
        var last = new LinkedHashMap<String, PostVerdict>();
        verdicts.forEach(verdict -> last.put(verdict.rater(), verdict));
        standing = List.copyOf(last.values());
        counting = Optional.ofNullable(last.get(REVIEW)).or(this::byMachines);
    }

    private Optional<PostVerdict> byMachines() {
        // Labels say what a publisher saw, not that somebody read the words.
        boolean read = standing.stream().anyMatch(v -> !v.rater().equals(PublisherRater.NAME));
        return read && awaited.isEmpty() ? Optional.of(worst(standing)) : Optional.empty();
    }

    private static PostVerdict worst(List<PostVerdict> verdicts) {
        var worst = verdicts.getFirst();
        var topics = EnumSet.noneOf(Topic.class);
        for (var verdict : verdicts) {
            topics.addAll(verdict.topics());
            if (verdict.tier().compareTo(worst.tier()) > 0) {
                worst = verdict;
            }
        }
        return worst.withTopics(topics);
    }

    /// With one more verdict; its rater is awaited no longer.
    public Ratings with(PostVerdict verdict) {
        var more = new ArrayList<>(verdicts);
        more.add(verdict);
        var others = new HashSet<>(awaited);
        others.remove(verdict.rater());
        return new Ratings(more, others);
    }

    /// Every verdict, also those that a later one of the same rater replaced.
    public List<PostVerdict> verdicts() {
        return verdicts;
    }

    public Set<String> awaited() {
        return awaited;
    }

    /// The last verdict of each rater.
    public List<PostVerdict> standing() {
        return standing;
    }

    /// What decisions go by; empty for a post that is unrated.
    public Optional<PostVerdict> counting() {
        return counting;
    }

    /// What raters leave open; nothing once a person has answered.
    public Optional<Question> question() {
        if (counting.isEmpty() || counting.get().rater().equals(REVIEW)) {
            return Optional.empty();
        }
        boolean disputed = counting.get().tier().compareTo(Tier.HIGH) >= 0
                && standing.stream().anyMatch(v -> v.tier() == Tier.SAFE && judgesAllTopics(v.rater()));
        if (disputed) {
            return Optional.of(Question.DISPUTED);
        }
        return standing.stream().anyMatch(v -> v.rater().equals(LINEAR) && v.tier() == Tier.LOW)
                ? Optional.of(Question.DOUBTED)
                : Optional.empty();
    }

    private static boolean judgesAllTopics(String rater) {
        return !rater.equals(LINEAR) && !rater.equals(PublisherRater.NAME);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Ratings that && verdicts.equals(that.verdicts) && awaited.equals(that.awaited);
    }

    @Override
    public int hashCode() {
        return Objects.hash(verdicts, awaited);
    }

    @Override
    public String toString() {
        return "Ratings[" + verdicts + ", awaited " + awaited + "]";
    }
}
