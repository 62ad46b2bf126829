package mizan.core.targeting;

import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// One bitmap for each value of each criterion, and one for the ad groups that do not ask: a match is a few
/// ANDs.
///
/// Immutable once built. Reference: Whang et al., "Indexing Boolean Expressions", VLDB 2009, with bitmaps
/// for posting lists.
public final class BitmapIndex implements TargetingIndex {
    private final int size;
    private final Criterion countries;
    private final Criterion languages;
    private final Criterion devices;
    private final Criterion topics;
    private final Criterion communities;
    private final Criterion placements;
    private final Criterion interests;
    private final Map<String, BitSet> excludedCountries = new HashMap<>();

    public BitmapIndex(List<Targeting> groups) {
        size = groups.size();
        countries = new Criterion(groups, Targeting::countries);
        languages = new Criterion(groups, Targeting::languages);
        devices = new Criterion(groups, Targeting::devices);
        topics = new Criterion(groups, Targeting::topics);
        communities = new Criterion(groups, Targeting::communities);
        placements = new Criterion(groups, Targeting::placements);
        interests = new Criterion(groups, Targeting::interests);
        for (int i = 0; i < size; i++) {
            for (var country : groups.get(i).excludedCountries()) {
                excludedCountries.computeIfAbsent(country, _ -> new BitSet()).set(i);
            }
        }
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public Matching matching(Audience audience) {
        var found = found(audience).toLongArray();
        return (block, words) -> {
            boolean any = false;
            for (int w = 0; w < WORDS; w++) {
                int at = block * WORDS + w;
                words[w] = at < found.length ? found[at] : 0;
                any |= words[w] != 0;
            }
            return any;
        };
    }

    private BitSet found(Audience audience) {
        var found = new BitSet(size);
        found.set(0, size);
        countries.keep(found, audience.country());
        languages.keep(found, audience.language());
        devices.keep(found, audience.device());
        placements.keep(found, audience.placements());
        interests.keep(found, audience.interests());
        topics.keep(found, audience.topics());
        communities.keep(found, audience.communities());
        audience.country().map(excludedCountries::get).ifPresent(found::andNot);
        return found;
    }

    private static final class Criterion {
        private final BitSet indifferent = new BitSet();
        private final Map<String, BitSet> wanting = new HashMap<>();

        Criterion(List<Targeting> groups, Function<Targeting, Set<String>> wanted) {
            for (int i = 0; i < groups.size(); i++) {
                var values = wanted.apply(groups.get(i));
                if (values.isEmpty()) {
                    indifferent.set(i);
                }
                for (var value : values) {
                    wanting.computeIfAbsent(value, _ -> new BitSet()).set(i);
                }
            }
        }

        void keep(BitSet found, Optional<String> value) {
            keep(found, value.stream().toList());
        }

        void keep(BitSet found, Collection<String> values) {
            if (wanting.isEmpty()) {
                return;
            }
            var allowed = (BitSet) indifferent.clone();
            for (var value : values) {
                var groups = wanting.get(value);
                if (groups != null) {
                    allowed.or(groups);
                }
            }
            found.and(allowed);
        }
    }
}
