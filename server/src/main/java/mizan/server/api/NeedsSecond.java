package mizan.server.api;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import mizan.core.suitability.Tier;
import mizan.server.booking.Booking;
import mizan.server.booking.Change;
import mizan.server.people.Rule;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What a change of the book is, to the rules of four eyes.
final class NeedsSecond {
    /// Raises within so long count together, so that a large one cannot be made of small ones.
    static final Duration TOGETHER = Duration.ofDays(1);

    /// From the safest on.
    private static final List<Tier> TIERS = List.of(Tier.values());

    private static final ObjectNode NOTHING = JsonNodeFactory.instance.objectNode();

    private NeedsSecond() {}

    /// A change that a rule may cover.
    ///
    /// @param micros what more may be spent; 0 where no money moves, [Long#MAX_VALUE] without any limit
    record Matter(Rule.Kind kind, long micros) {}

    /// @param before the fields as they are; empty for a new thing
    /// @param baseline the fields that raises are counted from
    static List<Matter> matters(Booking.Wish wish, Optional<ObjectNode> before, ObjectNode baseline, ObjectNode after) {
        return switch (wish.kind()) {
            case CAMPAIGN -> {
                var raised = raised(before.isEmpty() ? NOTHING : baseline, after);
                var terms = before.filter(b -> b.has("suitability_terms")
                        && !b.path("suitability_terms").equals(after.path("suitability_terms")));
                var budgetChanged =
                        before.isEmpty() || !before.get().path("budget").equals(after.path("budget"));
                yield java.util.stream.Stream.concat(
                                terms.map(_ -> new Matter(Rule.Kind.TERMS_LOOSENED, 0)).stream(),
                                raised > 0 && budgetChanged && raised(before.orElse(NOTHING), after) > 0
                                        ? java.util.stream.Stream.of(new Matter(Rule.Kind.RAISE, raised))
                                        : java.util.stream.Stream.<Matter>empty())
                        .toList();
            }
            case TERMS ->
                before.isPresent() && isLooser(before.get(), after)
                        ? List.of(new Matter(Rule.Kind.TERMS_LOOSENED, 0))
                        : List.of();
            // An ad group spends within its campaign.
            case ADVERTISER, AD_GROUP, AD, CREATIVE, PLACEMENT -> List.of();
        };
    }

    /// The fields a day ago, or after the last raise that was approved since: nothing before counts.
    static ObjectNode baseline(List<Change> newestFirst, Instant now, Optional<Instant> lastApproved) {
        var from = now.minus(TOGETHER);
        var since = lastApproved.filter(from::isBefore).orElse(from);
        return newestFirst.stream()
                .filter(c -> !c.at().isAfter(since))
                .findFirst()
                .or(() -> newestFirst.isEmpty() ? Optional.empty() : Optional.of(newestFirst.getLast()))
                .map(Change::body)
                .orElse(NOTHING);
    }

    /// What more may be spent: in all, or where the total stays as it is, each day.
    private static long raised(ObjectNode before, ObjectNode after) {
        long total = more(before, after, "total_micros");
        long daily = more(before, after, "daily_micros");
        // A new campaign has no budget before; a total bounds what its days can add up to.
        return before.isEmpty() && total < Long.MAX_VALUE ? total : Math.max(total, daily);
    }

    private static long more(ObjectNode before, ObjectNode after, String part) {
        var to = after.path("budget").path(part);
        var from = before.path("budget").path(part);
        if (!to.isNumber()) {
            return from.isNumber() || before.isEmpty() ? Long.MAX_VALUE : 0;
        }
        if (before.isEmpty()) {
            return to.longValue();
        }
        return from.isNumber() ? Math.max(0, to.longValue() - from.longValue()) : 0;
    }

    /// Whether anything may pass that did not pass before. In doubt, yes.
    private static boolean isLooser(ObjectNode before, ObjectNode after) {
        return !before.path("preset").equals(after.path("preset"))
                || tier(after.path("max_tier")) > tier(before.path("max_tier"))
                || !before.path("languages").equals(after.path("languages"))
                || lessOf(before, after, "before")
                || lessOf(before, after, "after")
                || List.of("keywords", "authors", "communities").stream().anyMatch(list -> misses(before, after, list))
                || topicsLooser(before.path("max_tier_by_topic"), after.path("max_tier_by_topic"));
    }

    private static int tier(JsonNode node) {
        try {
            return TIERS.indexOf(Tier.valueOf(node.asString("")));
        } catch (IllegalArgumentException _) {
            // Not named: as its preset says, which has not changed.
            return -1;
        }
    }

    private static boolean lessOf(ObjectNode before, ObjectNode after, String name) {
        return after.path(name).asLong(0) < before.path(name).asLong(0);
    }

    private static boolean misses(ObjectNode before, ObjectNode after, String list) {
        var left = new HashSet<JsonNode>();
        before.path(list).forEach(left::add);
        after.path(list).forEach(left::remove);
        return !left.isEmpty();
    }

    private static boolean topicsLooser(JsonNode before, JsonNode after) {
        return before.properties().stream()
                .anyMatch(topic ->
                        !after.has(topic.getKey()) || tier(after.path(topic.getKey())) > tier(topic.getValue()));
    }
}
