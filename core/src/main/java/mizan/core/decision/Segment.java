package mizan.core.decision;

import java.util.List;
import java.util.function.IntFunction;
import mizan.core.campaign.AdGroupId;
import mizan.core.targeting.CompiledTargeting;
import mizan.core.targeting.TargetingIndex;

/// Ad groups that were indexed together and stand at consecutive ordinals.
///
/// @param firstBlock the block of a snapshot that it begins with
/// @param size places, gaps included
/// @param table where each id stands: an open hash table of 1 + place, 0 where it is empty
@SuppressWarnings("ArrayRecordComponent") // Never compared, and never written after it is made.
record Segment(int firstBlock, int size, TargetingIndex index, int[] table) {
    /// @param entries in the order of their ordinals
    static Segment of(int firstBlock, List<Snapshot.Entry> entries) {
        var index = new CompiledTargeting(
                entries.size(),
                place -> entries.get(place).group().targeting(),
                place -> entries.get(place).advertiser().timeZone());
        var table = new int[Integer.highestOneBit(Math.max(1, entries.size())) * 4];
        for (int place = 0; place < entries.size(); place++) {
            int slot = slot(entries.get(place).group().id(), table);
            while (table[slot] != 0) {
                slot = (slot + 1) & (table.length - 1);
            }
            table[slot] = place + 1;
        }
        return new Segment(firstBlock, entries.size(), index, table);
    }

    /// Where this ad group stands or stood, or -1.
    ///
    /// @param ids the ad group at an ordinal
    int ordinal(AdGroupId group, IntFunction<AdGroupId> ids) {
        for (int slot = slot(group, table); table[slot] != 0; slot = (slot + 1) & (table.length - 1)) {
            int ordinal = firstBlock * TargetingIndex.BLOCK + table[slot] - 1;
            if (ids.apply(ordinal).equals(group)) {
                return ordinal;
            }
        }
        return -1;
    }

    private static int slot(AdGroupId group, int[] table) {
        return (int) Hash.mix(group.hashCode()) & (table.length - 1);
    }
}
