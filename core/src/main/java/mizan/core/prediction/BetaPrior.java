package mizan.core.prediction;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/// Click rates from counts alone: an ad leans on its campaign, a campaign on its advertiser, an advertiser on its
/// category in that placement, a category on everything, until each has renders of its own.
///
/// `p = (clicks + M * parent) / (renders + M)`, with one `M` a level, the one under which the counts that were
/// seen are likeliest (empirical Bayes). Old counts fade: half of one is left after [#HALF_LIFE].
public final class BetaPrior {
    public static final Duration HALF_LIFE = Duration.ofDays(14);

    /// One click in a hundred renders, before anything is known.
    private static final double UNKNOWN = 0.01;
    /// Any fixed moment. Counts are kept as of it and grow from there, so that fading costs nothing: in doubles
    /// this holds for 38 years (Cormode et al., "Forward decay", ICDE 2009).
    private static final Instant LANDMARK = Instant.parse("2026-01-01T00:00:00Z");

    /// By level; replaced as a whole, so that readers see one fit or the next.
    private volatile List<Double> strengths = Collections.nCopies(Level.values().length, 500.0);
    /// By level.
    private final List<Map<String, Node>> nodes;
    private final Node everything;

    /// From the widest to the narrowest.
    public enum Level {
        EVERYTHING(0),
        CATEGORY_IN_PLACEMENT(1),
        ADVERTISER(2),
        CAMPAIGN(3),
        AD(4);

        private final int depth;

        Level(int depth) {
            this.depth = depth;
        }
    }

    public BetaPrior() {
        nodes = Stream.of(Level.values())
                .<Map<String, Node>>map(_ -> new ConcurrentHashMap<>())
                .toList();
        everything = node(Level.EVERYTHING, "", "");
    }

    /// Counts as of the landmark, of one scope.
    static final class Node {
        final String parent;
        volatile Counts counts = new Counts(0, 0);

        Node(String parent) {
            this.parent = parent;
        }
    }

    record Counts(double renders, double clicks) {
        double rate(double strength, double parent) {
            return Math.min(1, (clicks + strength * parent) / (renders + strength));
        }
    }

    /// The scopes of one ad in one placement, looked up once.
    public static final class Path {
        private final Node[] nodes;

        private Path(Node... nodes) {
            this.nodes = nodes;
        }
    }

    public Path path(String categoryInPlacement, String advertiser, String campaign, String ad) {
        return new Path(
                everything,
                node(Level.CATEGORY_IN_PLACEMENT, categoryInPlacement, ""),
                node(Level.ADVERTISER, advertiser, categoryInPlacement),
                node(Level.CAMPAIGN, campaign, advertiser),
                node(Level.AD, ad, campaign));
    }

    private Node node(Level level, String key, String parent) {
        return nodes.get(level.depth).computeIfAbsent(key, _ -> new Node(parent));
    }

    /// How much a count of now weighs, as of the landmark. One for all the ads of a request.
    public static double weight(Instant now) {
        double halfLives = (double) Duration.between(LANDMARK, now).toMillis() / HALF_LIFE.toMillis();
        return Math.exp(halfLives * Math.log(2));
    }

    /// Expected clicks per render, (0, 1].
    ///
    /// @param weight of [#weight] now
    public double rate(Path path, double weight) {
        var strength = strengths;
        double rate = UNKNOWN;
        for (int i = 0; i < path.nodes.length; i++) {
            rate = path.nodes[i].counts.rate(strength.get(i) * weight, rate);
        }
        return rate;
    }

    /// The rate that an ad leans to in any placement, (0, 1]. Scopes of which nothing is known are passed over.
    public double rate(String advertiser, String campaign, String ad, double weight) {
        var strength = strengths;
        double rate = everything.counts.rate(strength.get(Level.EVERYTHING.depth) * weight, UNKNOWN);
        rate = leaning(Level.ADVERTISER, advertiser, rate, strength, weight);
        rate = leaning(Level.CAMPAIGN, campaign, rate, strength, weight);
        return leaning(Level.AD, ad, rate, strength, weight);
    }

    private double leaning(Level level, String key, double parent, List<Double> strength, double weight) {
        var node = nodes.get(level.depth).get(key);
        return node == null ? parent : node.counts.rate(strength.get(level.depth) * weight, parent);
    }

    /// Renders of the ad itself that are not forgotten.
    public double renders(Path path, double weight) {
        return path.nodes[Level.AD.depth].counts.renders() / weight;
    }

    /// Renders that the rate of this ad is worth: its own, and what its campaign stands for.
    public double evidence(Path path, double weight) {
        return renders(path, weight) + strength(Level.AD);
    }

    /// Adds what happened to one ad.
    public void seen(Path path, double weight, double renders, double clicks) {
        for (var node : path.nodes) {
            var before = node.counts;
            node.counts = new Counts(before.renders() + renders * weight, before.clicks() + clicks * weight);
        }
    }

    /// Sets each level's `M` to the one that makes its counts likeliest, the widest level first.
    public void fitStrengths(Instant now) {
        double weight = weight(now);
        for (var level : Level.values()) {
            if (level != Level.EVERYTHING) {
                Strength.likeliest(children(level, weight)).ifPresent(m -> restoreStrength(level, m));
            }
        }
    }

    private List<Strength.Child> children(Level level, double weight) {
        // Sorted, so that the same counts give the same strength whatever the map's order.
        return nodes.get(level.depth).entrySet().stream()
                .filter(e -> e.getValue().counts.renders() / weight >= 1)
                .sorted(Map.Entry.comparingByKey())
                .limit(Strength.MAX_CHILDREN)
                .map(e -> new Strength.Child(
                        e.getValue().counts.renders() / weight,
                        e.getValue().counts.clicks() / weight,
                        rateOf(level.depth - 1, e.getValue().parent, weight)))
                .toList();
    }

    private double rateOf(int level, String key, double weight) {
        var node = level == 0 ? everything : nodes.get(level).get(key);
        if (node == null) {
            return UNKNOWN;
        }
        double parent = level == 0 ? UNKNOWN : rateOf(level - 1, node.parent, weight);
        return node.counts.rate(strengths.get(level) * weight, parent);
    }

    public double strength(Level level) {
        return strengths.get(level.depth);
    }

    public void restoreStrength(Level level, double strength) {
        var next = new ArrayList<>(strengths);
        next.set(level.depth, strength);
        strengths = List.copyOf(next);
    }

    /// What is kept of one scope.
    public interface Kept {
        void scope(Level level, String key, String parent, double renders, double clicks);
    }

    public void each(Kept visitor) {
        for (var level : Level.values()) {
            nodes.get(level.depth)
                    .forEach((key, node) ->
                            visitor.scope(level, key, node.parent, node.counts.renders(), node.counts.clicks()));
        }
    }

    /// Puts back what [#each] told.
    public void restore(Level level, String key, String parent, double renders, double clicks) {
        node(level, key, parent).counts = new Counts(renders, clicks);
    }
}
