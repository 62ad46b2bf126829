package mizan.bench;

import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import mizan.core.targeting.BlockIndex;
import mizan.core.targeting.TargetingIndex;

/// MTW-1 in the index that Mizan serves from: the numbers go in as they are, where a book's words become
/// numbers first.
final class MtwIndex {
    private final int[] ids;
    private final BlockIndex index;

    MtwIndex(List<Mtw.Campaign> campaigns) {
        ids = campaigns.stream().mapToInt(Mtw.Campaign::id).toArray();
        index = new BlockIndex(
                ids.length,
                List.of(
                        wanted(campaigns, Mtw.Campaign::country),
                        wanted(campaigns, Mtw.Campaign::language),
                        wanted(campaigns, Mtw.Campaign::device),
                        wanted(campaigns, c -> ages(c.age())),
                        wanted(campaigns, Mtw.Campaign::placement),
                        wanted(campaigns, c -> hours(c.hours())),
                        wanted(campaigns, Mtw.Campaign::segment),
                        wanted(campaigns, Mtw.Campaign::keyword),
                        wanted(campaigns, Mtw.Campaign::interest),
                        refused(campaigns, Mtw.Campaign::noSegment),
                        refused(campaigns, Mtw.Campaign::exCat),
                        refused(campaigns, Mtw.Campaign::exKeyword),
                        refused(campaigns, Mtw.Campaign::exAuthor)));
    }

    private static BlockIndex.Criterion wanted(List<Mtw.Campaign> campaigns, Function<Mtw.Campaign, int[]> values) {
        return new BlockIndex.Criterion(false, ordinal -> values.apply(campaigns.get(ordinal)));
    }

    private static BlockIndex.Criterion refused(List<Mtw.Campaign> campaigns, Function<Mtw.Campaign, int[]> values) {
        return new BlockIndex.Criterion(true, ordinal -> values.apply(campaigns.get(ordinal)));
    }

    private static int[] ages(int[] range) {
        return range.length == 0
                ? range
                : IntStream.rangeClosed(range[0], range[1]).toArray();
    }

    private static int[] hours(boolean[] hours) {
        return IntStream.range(0, hours.length).filter(h -> hours[h]).toArray();
    }

    /// One search. Reads matches in the order of ordinals.
    final class Matches {
        private long fingerprint;
        private int count;

        private Matches() {}

        private void read(long[] words, int length, int firstOrdinal) {
            for (int w = 0; w < length; w++) {
                int first = firstOrdinal + w * Long.SIZE;
                for (long left = words[w]; left != 0; left &= left - 1) {
                    fingerprint += Mtw.mix(ids[first + Long.numberOfTrailingZeros(left)]);
                    count++;
                }
            }
        }

        int count() {
            return count;
        }

        /// The sum of [Mtw#mix] of the ids.
        long fingerprint() {
            return fingerprint;
        }
    }

    /// All matches.
    Matches all(Mtw.Event event) {
        var matches = new Matches();
        var matching = matching(event);
        var words = new long[TargetingIndex.RUN_WORDS];
        int runs = Math.ceilDiv(ids.length, TargetingIndex.RUN_WORDS * Long.SIZE);
        for (int run = 0; run < runs; run++) {
            matches.read(words, matching.run(run, words), run * TargetingIndex.RUN_WORDS * Long.SIZE);
        }
        return matches;
    }

    /// Those up to the end of the block in which so many are found.
    Matches first(Mtw.Event event, int enough) {
        var matches = new Matches();
        var matching = matching(event);
        var words = new long[TargetingIndex.WORDS];
        int blocks = Math.ceilDiv(ids.length, TargetingIndex.BLOCK);
        for (int block = 0; block < blocks && matches.count < enough; block++) {
            if (matching.block(block, words)) {
                matches.read(words, words.length, block * TargetingIndex.BLOCK);
            }
        }
        return matches;
    }

    private TargetingIndex.Runs matching(Mtw.Event e) {
        return index.matching(new int[][] {
            {e.country()},
            {e.language()},
            {e.device()},
            {e.age()},
            {e.placement()},
            {e.hour()},
            e.segment(),
            e.keyword(),
            e.interest(),
            e.segment(),
            e.cat(),
            e.keyword(),
            e.author()
        });
    }
}
