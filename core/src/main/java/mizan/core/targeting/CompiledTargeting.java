package mizan.core.targeting;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;

/// The targeting of a book's ad groups, compiled: every word becomes a number once, and a request looks its
/// words up once.
public final class CompiledTargeting implements TargetingIndex {
    private static final Criterion[] CRITERIA = Criterion.values();
    private static final int[] NONE = {};

    /// By criterion.
    private final Words[] words = new Words[CRITERIA.length];
    private final Words zones = new Words();
    private final List<ZoneId> zoneIds = new ArrayList<>();
    private final BlockIndex index;

    /// @param targeting by ordinal
    /// @param zone by ordinal, the advertiser's
    public CompiledTargeting(int size, IntFunction<Targeting> targeting, IntFunction<ZoneId> zone) {
        var criteria = new ArrayList<BlockIndex.Criterion>();
        criteria.add(new BlockIndex.Criterion(
                false, ordinal -> hours(targeting.apply(ordinal).hours(), zone.apply(ordinal))));
        Arrays.setAll(words, _ -> new Words());
        for (boolean excludes : new boolean[] {false, true}) {
            for (int c = 0; c < CRITERIA.length; c++) {
                var criterion = CRITERIA[c];
                var known = words[c];
                criteria.add(new BlockIndex.Criterion(
                        excludes,
                        excludes
                                ? ordinal ->
                                        known.number(targeting.apply(ordinal).excludes(criterion))
                                : ordinal ->
                                        known.number(targeting.apply(ordinal).wants(criterion))));
            }
        }
        index = new BlockIndex(size, criteria);
    }

    /// The hours of each zone are values of their own.
    private int[] hours(Optional<WeekHours> hours, ZoneId zone) {
        if (hours.isEmpty()) {
            return NONE;
        }
        int first = zones.number(zone.getId()) * WeekHours.HOURS;
        if (first == zoneIds.size() * WeekHours.HOURS) {
            zoneIds.add(zone);
        }
        return hours.get().hours().map(hour -> first + hour).toArray();
    }

    @Override
    public int size() {
        return index.size();
    }

    @Override
    public Runs matching(Audience audience) {
        var offered = new int[1 + 2 * CRITERIA.length][];
        offered[0] = new int[zoneIds.size()];
        for (int z = 0; z < zoneIds.size(); z++) {
            offered[0][z] = z * WeekHours.HOURS + WeekHours.at(audience.at(), zoneIds.get(z));
        }
        for (int c = 0; c < CRITERIA.length; c++) {
            offered[1 + c] = words[c].find(audience.offers(CRITERIA[c]));
            offered[1 + c + CRITERIA.length] = offered[1 + c];
        }
        return index.matching(offered);
    }

    /// The numbers of one criterion's words, in the order in which they were first met.
    private static final class Words {
        private final Map<String, Integer> numbers = new HashMap<>();

        int number(String word) {
            return numbers.computeIfAbsent(word, _ -> numbers.size());
        }

        int[] number(Set<String> words) {
            return words.isEmpty()
                    ? NONE
                    : words.stream().mapToInt(this::number).toArray();
        }

        /// The numbers of those that are known.
        int[] find(Set<String> words) {
            if (numbers.isEmpty() || words.isEmpty()) {
                return NONE;
            }
            var found = new int[words.size()];
            int count = 0;
            for (var word : words) {
                var number = numbers.get(word);
                if (number != null) {
                    found[count++] = number;
                }
            }
            return Arrays.copyOf(found, count);
        }
    }
}
