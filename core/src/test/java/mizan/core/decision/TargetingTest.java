package mizan.core.decision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import mizan.core.campaign.Books;
import mizan.core.feed.Feeds;
import mizan.core.feed.Viewer;
import mizan.core.targeting.Audience;
import mizan.core.targeting.CompiledTargeting;
import mizan.core.targeting.Criterion;
import mizan.core.targeting.Targeting;
import mizan.core.targeting.TargetingIndex;
import mizan.core.targeting.WeekHours;
import org.junit.jupiter.api.Test;

/// The index against [PlainTargeting], which reads one ad group after the other.
class TargetingTest {
    private static final int BOOKS = 2_500;

    @Test
    void givenTargetingsAndRequests_whenMatchedByIndexAndByScan_thenTheyAgreeAndNameTheSameMiss() {
        var missed = new HashSet<String>();
        for (long seed = 0; seed < BOOKS; seed++) {
            var book = Books.random(seed, 40);
            var snapshot = Snapshot.compile(book);
            var request = Feeds.random(seed, book);
            var now = Books.NOW.plusSeconds(1_800 * seed);
            var audience = Audience.of(request, now);
            var found = snapshot.matched(audience);
            for (int i = 0; i < snapshot.entries().size(); i++) {
                var entry = snapshot.entry(i);
                var zone = entry.advertiser().timeZone();
                var miss = PlainTargeting.miss(entry.group().targeting(), zone, request, now);
                assertEquals(miss.isEmpty(), found.get(i), "seed " + seed + ", " + miss);
                assertEquals(miss, audience.misses(entry.group().targeting(), zone), "seed " + seed);
                miss.ifPresent(missed::add);
            }
        }
        var all = new HashSet<>(List.of("hours"));
        EnumSet.allOf(Criterion.class).forEach(criterion -> all.add(criterion.code()));
        assertEquals(all, missed, "every criterion must have been what an ad group missed");
    }

    @Test
    void givenABigBook_whenBlocksAreReadInAnyOrder_thenTheyAreWhatIsFoundAllAtOnce() {
        for (long seed = 0; seed < 4; seed++) {
            var book = Books.random(seed, 1_600);
            var entries = List.copyOf(Snapshot.compile(book).entries());
            var index = index(
                    entries.stream().map(e -> e.group().targeting()).toList(),
                    entries.stream().map(e -> e.advertiser().timeZone()).toList());
            var random = new SplittableRandom(seed);
            for (int n = 0; n < 8; n++) {
                var request = Feeds.random(seed * 100 + n, book);
                var audience = Audience.of(request, Books.NOW);
                var all = index.all(audience);
                for (int i = 0; i < entries.size(); i++) {
                    var group = entries.get(i).group();
                    var zone = entries.get(i).advertiser().timeZone();
                    boolean fits = PlainTargeting.miss(group.targeting(), zone, request, Books.NOW)
                            .isEmpty();
                    assertEquals(fits, all.get(i), "seed " + seed + ", request " + n + ", ordinal " + i);
                }
                var matching = index.matching(audience);
                for (int read = 0; read < 3 * index.blocks(); read++) {
                    int block = random.nextInt(index.blocks());
                    assertEquals(part(all, block), part(matching, block), "seed " + seed + ", block " + block);
                }
            }
        }
    }

    @Test
    void givenNoAdGroups_whenMatched_thenThereIsNoBlock() {
        var index = index(List.of(), List.of());
        assertEquals(0, index.blocks());
        assertTrue(index.all(anyone()).isEmpty());
    }

    @Test
    void givenAListOfTenThousandKeywords_whenAPostHoldsTheLastOne_thenItMatches() {
        var keywords = IntStream.range(0, 10_000).mapToObj(i -> "كلمة " + i).collect(Collectors.toSet());
        var wanting = new Targeting(Map.of(Criterion.KEYWORD, keywords), Map.of(), Optional.empty());
        var refusing = new Targeting(Map.of(), Map.of(Criterion.KEYWORD, keywords), Optional.empty());
        var groups = new ArrayList<Targeting>();
        for (int i = 0; i < 600; i++) {
            groups.add(i % 2 == 0 ? wanting : refusing);
        }
        var index = index(groups, utc(groups.size()));
        for (var keyword : keywords) {
            var found = index.all(audience(Map.of(Criterion.KEYWORD, Set.of("other", keyword))));
            assertTrue(found.get(598) && !found.get(599) && found.cardinality() == 300, keyword);
        }
        var without = index.all(anyone());
        assertTrue(without.get(599) && !without.get(598) && without.cardinality() == 300);
    }

    @Test
    void givenValuesOfAnyUnicode_whenMatched_thenOnlyTheSameValueFits() {
        var values = List.of("", "\0", "a", "A", "é", "e\u0301", "ا", "آ", "\uD83D\uDE00", "\uD83D", "\u200F", "a ");
        var groups = values.stream()
                .map(v -> new Targeting(Map.of(Criterion.TOPIC, Set.of(v)), Map.of(), Optional.empty()))
                .toList();
        var index = index(groups, utc(groups.size()));
        for (int i = 0; i < values.size(); i++) {
            var found = index.all(audience(Map.of(Criterion.TOPIC, Set.of(values.get(i)))));
            assertEquals(BitSet.valueOf(new long[] {1L << i}), found, "value " + i);
        }
    }

    @Test
    void givenARequestOfManyValues_whenMatched_thenNoneIsLost() {
        var groups = IntStream.range(0, 2_000)
                .mapToObj(i -> new Targeting(Map.of(Criterion.AUTHOR, Set.of("a" + i)), Map.of(), Optional.empty()))
                .toList();
        var index = index(groups, utc(groups.size()));
        var offered = IntStream.range(0, 2_000)
                .filter(i -> i % 3 == 0)
                .mapToObj(i -> "a" + i)
                .collect(Collectors.toSet());
        var found = index.all(audience(Map.of(Criterion.AUTHOR, offered)));
        for (int i = 0; i < 2_000; i++) {
            assertEquals(i % 3 == 0, found.get(i), "author " + i);
        }
    }

    @Test
    void givenHoursOfTheAdvertisersClock_whenItStrikes_thenTheyBeginAndEnd() {
        var mondayMorning = new Targeting(Map.of(), Map.of(), Optional.of(WeekHours.of(IntStream.range(9, 12))));
        var zones = List.of(ZoneId.of("Asia/Riyadh"), ZoneId.of("Europe/Berlin"), ZoneId.of("Pacific/Kiritimati"));
        var index = index(List.of(mondayMorning, mondayMorning, mondayMorning), zones);
        assertEquals(Set.of(), matchedAt(index, "2026-11-22T18:59:59Z"));
        assertEquals(Set.of(2), matchedAt(index, "2026-11-22T19:00:00Z"), "Monday 09:00 in Kiritimati");
        assertEquals(Set.of(0), matchedAt(index, "2026-11-23T06:00:00Z"), "Monday 09:00 in Riyadh");
        assertEquals(Set.of(0, 1), matchedAt(index, "2026-11-23T08:59:59Z"), "11:59 in Riyadh, 09:59 in Berlin");
        assertEquals(Set.of(1), matchedAt(index, "2026-11-23T09:00:00Z"), "it strikes 12 in Riyadh");
        assertEquals(Set.of(1), matchedAt(index, "2026-07-20T09:30:00Z"), "11:30 in Berlin's summer");
        assertEquals(Set.of(), matchedAt(index, "2026-07-20T10:30:00Z"));
    }

    @Test
    void givenAMinorOrNoConsent_whenAProfileIsSentAllTheSame_thenNothingOfItIsKept() {
        var interests = Set.of("sport");
        var adult = Optional.of("25-34");
        assertTrue(Viewer.Profile.of(true, false, adult, interests, interests).isPresent());
        assertFalse(Viewer.Profile.of(false, false, adult, interests, interests).isPresent());
        assertFalse(Viewer.Profile.of(true, true, adult, interests, interests).isPresent());
        assertFalse(Viewer.Profile.of(true, false, Optional.of(Viewer.Profile.UNDER_18), interests, interests)
                .isPresent());
    }

    private static Set<Integer> matchedAt(TargetingIndex index, String moment) {
        return index.all(new Audience(Map.of(), Instant.parse(moment), false)).stream()
                .boxed()
                .collect(Collectors.toSet());
    }

    private static CompiledTargeting index(List<Targeting> groups, List<ZoneId> zones) {
        return new CompiledTargeting(groups.size(), groups::get, zones::get);
    }

    private static List<ZoneId> utc(int size) {
        return java.util.Collections.nCopies(size, ZoneOffset.UTC);
    }

    private static Audience anyone() {
        return audience(Map.of());
    }

    private static Audience audience(Map<Criterion, Set<String>> offered) {
        return new Audience(offered, Books.NOW, false);
    }

    private static List<Long> part(BitSet all, int block) {
        var words = new ArrayList<Long>();
        for (int w = 0; w < TargetingIndex.WORDS; w++) {
            int first = block * TargetingIndex.BLOCK + w * Long.SIZE;
            var bits = all.get(first, first + Long.SIZE).toLongArray();
            words.add(bits.length == 0 ? 0L : bits[0]);
        }
        return words;
    }

    private static List<Long> part(TargetingIndex.Matching matching, int block) {
        var words = new long[TargetingIndex.WORDS];
        java.util.Arrays.fill(words, -1);
        boolean any = matching.block(block, words);
        assertEquals(any, java.util.Arrays.stream(words).anyMatch(w -> w != 0), "block " + block);
        return java.util.Arrays.stream(words).boxed().toList();
    }
}
