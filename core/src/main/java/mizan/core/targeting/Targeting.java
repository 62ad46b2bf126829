package mizan.core.targeting;

import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What a request must look like for an ad group to compete. Each criterion asks for any of its values; what
/// is not mentioned asks for nothing.
///
/// A request that lacks a value never meets a criterion that asks for it, and never trips one that excludes
/// it.
///
/// @param wanted any of these, for every criterion here
/// @param excluded none of these
/// @param hours when it may compete, on the advertiser's clock; absent means always
public record Targeting(
        Map<Criterion, Set<String>> wanted, Map<Criterion, Set<String>> excluded, Optional<WeekHours> hours) {
    public static final Targeting ANYONE = new Targeting(Map.of(), Map.of(), Optional.empty());

    public Targeting {
        wanted = withoutEmpty(wanted);
        excluded = withoutEmpty(excluded);
    }

    /// The values asked for; empty when it asks for none.
    public Set<String> wants(Criterion criterion) {
        return wanted.getOrDefault(criterion, Set.of());
    }

    /// The values refused.
    public Set<String> excludes(Criterion criterion) {
        return excluded.getOrDefault(criterion, Set.of());
    }

    private static Map<Criterion, Set<String>> withoutEmpty(Map<Criterion, ? extends Collection<String>> values) {
        var kept = new EnumMap<Criterion, Set<String>>(Criterion.class);
        values.forEach((criterion, some) -> {
            if (!some.isEmpty()) {
                kept.put(criterion, Set.copyOf(some));
            }
        });
        return Map.copyOf(kept);
    }
}
