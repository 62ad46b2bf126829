package mizan.core.decision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import mizan.core.campaign.AdGroup;
import mizan.core.campaign.AdGroupId;
import mizan.core.campaign.Book;
import mizan.core.campaign.Books;
import mizan.core.campaign.EntityStatus;
import mizan.core.campaign.Touched;
import mizan.core.feed.FeedRequest;
import mizan.core.feed.Feeds;
import mizan.core.targeting.Audience;
import mizan.core.targeting.TargetingIndex;
import org.junit.jupiter.api.Test;

class SnapshotCompilerTest {
    @Test
    void givenAnySequenceOfChanges_whenFollowed_thenTheSnapshotIsThatOfTheWholeBook() {
        int gaps = 0;
        for (long seed = 0; seed < 120; seed++) {
            var random = new SplittableRandom(seed);
            var book = Books.random(seed);
            var compiler = new SnapshotCompiler(book);
            for (int change = 0; change < 40; change++) {
                var step = Books.change(book, random.nextLong());
                book = step.book();
                var snapshot = compiler.next(book, step.touched());
                gaps += snapshot.ordinals().max().orElse(0) >= snapshot.size() ? 1 : 0;
                if (change % 10 == 9) {
                    assertEqual(book, snapshot, seed);
                }
            }
        }
        // Or nothing ever moved, and nothing was tested.
        assertTrue(gaps > 500, gaps + " snapshots with gaps");
    }

    @Test
    void givenChangesWhileItIsMerged_whenTheMergeEnds_thenNoChangeIsLost() {
        for (long seed = 0; seed < 100; seed++) {
            var random = new SplittableRandom(seed);
            var book = Books.random(seed, 60);
            var compiler = new SnapshotCompiler(book);
            for (int round = 0; round < 5; round++) {
                for (int change = 0; change < 10; change++) {
                    var step = Books.change(book, random.nextLong());
                    book = step.book();
                    compiler.next(book, step.touched());
                }
                var parts = compiler.beginMerge();
                var merged = parts.merged(new RandomLive(seed).bounds(parts));
                assertEquals(0, merged.scattered(), "seed " + seed);
                assertEquals(0, new RandomLive(seed).bounds(merged).disordered(), "seed " + seed);
                for (int change = 0; change < 5; change++) {
                    var step = Books.change(book, random.nextLong());
                    book = step.book();
                    compiler.next(book, step.touched());
                }
                assertEqual(book, compiler.finishMerge(merged), seed);
            }
        }
    }

    @Test
    void givenManyMovedGroups_whenFollowed_thenThereAreFewSegmentsAndEveryBoundHolds() {
        long seed = 11;
        var random = new SplittableRandom(seed);
        var book = Books.random(seed, 3_000);
        var compiler = new SnapshotCompiler(book);
        for (int change = 0; change < 400; change++) {
            var step = Books.change(book, random.nextLong());
            book = step.book();
            compiler.next(book, step.touched());
        }
        var snapshot = compiler.current();
        assertTrue(snapshot.scattered() > 0);
        // One block for each part of the tail at least, eight times as large each; the rest is the base.
        assertTrue(snapshot.blocks() < 3_000 / TargetingIndex.BLOCK + 8, snapshot.blocks() + " blocks");
        var bounds = new RandomLive(seed).bounds(snapshot);
        long before = Long.MIN_VALUE;
        for (int nth = 0; nth < bounds.blocks(); nth++) {
            int block = bounds.block(nth);
            long best = bounds.blockKey(nth);
            assertTrue(before <= best);
            before = best;
            snapshot.ordinals()
                    .filter(o -> o / TargetingIndex.BLOCK == block)
                    .forEach(o -> assertTrue(bounds.key(o) >= best));
        }
        assertEqual(book, snapshot, seed);
    }

    @Test
    void givenAnySequenceOfChanges_whenBoundsFollow_thenTheyAreThoseMadeAnew() {
        for (long seed = 0; seed < 60; seed++) {
            var random = new SplittableRandom(seed);
            var book = Books.random(seed);
            var compiler = new SnapshotCompiler(book);
            var live = new RandomLive(seed);
            var bounds = Bounds.of(compiler.current(), live);
            for (int change = 0; change < 40; change++) {
                var step = Books.change(book, random.nextLong());
                book = step.book();
                var snapshot = compiler.next(book, step.touched());
                bounds = bounds.following(snapshot, live);
                assertSameBounds(Bounds.of(snapshot, live), bounds, snapshot, seed);
            }
        }
    }

    private static void assertSameBounds(Bounds anew, Bounds followed, Snapshot snapshot, long seed) {
        snapshot.ordinals().forEach(ordinal -> {
            assertEquals(anew.keyInTurn(ordinal, seed), followed.keyInTurn(ordinal, seed), "seed " + seed);
            assertEquals(anew.pacePpm(ordinal), followed.pacePpm(ordinal), "seed " + seed);
            assertEquals(anew.maxRatePpm(ordinal), followed.maxRatePpm(ordinal), "seed " + seed);
        });
        assertEquals(anew.blocks(), followed.blocks(), "seed " + seed);
        for (int nth = 0; nth < anew.blocks(); nth++) {
            assertEquals(anew.blockKey(nth), followed.blockKey(nth), "seed " + seed);
            assertEquals(anew.allBelow(nth, 1_000_000), followed.allBelow(nth, 1_000_000), "seed " + seed);
        }
    }

    @Test
    void givenAChangeThatMovesNothing_whenFollowed_thenOneBlockIsNewAndTheOldSnapshotStays() {
        var book = Books.random(3, 2_000);
        var compiler = new SnapshotCompiler(book);
        var before = compiler.current();
        var group = before.entry(700).group();
        var ids = Set.of(group.id());
        var paused = paused(book, group);
        var after = compiler.next(paused, new Touched(Set.of(), Set.of(), ids, Set.of(), Set.of(), Set.of(), Set.of()));
        for (int b = 0; b < before.blocks(); b++) {
            if (b == 700 / TargetingIndex.BLOCK) {
                assertNotSame(before.block(b), after.block(b));
            } else {
                assertSame(before.block(b), after.block(b));
            }
        }
        assertEquals(group, before.entry(700).group());
        assertEquals(Optional.of("paused_by_advertiser"), after.entry(700).blocked());
    }

    private static Book paused(Book book, AdGroup g) {
        var groups = new TreeMap<>(book.adGroups());
        groups.put(
                g.id(),
                new AdGroup(
                        g.id(),
                        g.campaign(),
                        g.name(),
                        EntityStatus.PAUSED,
                        g.bid(),
                        g.targeting(),
                        g.budget(),
                        g.flight(),
                        g.caps(),
                        g.externalId(),
                        g.createdAt()));
        return new Book(
                book.revision() + 1,
                book.advertisers(),
                book.campaigns(),
                groups,
                book.ads(),
                book.creatives(),
                book.placements(),
                book.terms());
    }

    /// The same entries, the same candidates for random audiences, the same decisions.
    private static void assertEqual(Book book, Snapshot followed, long seed) {
        var whole = Snapshot.compile(book);
        var label = "seed " + seed + ", revision " + book.revision();
        assertEquals(byId(whole), byId(followed), label);
        assertEquals(whole.size(), followed.size(), label);
        assertEquals(book, followed.book(), label);
        for (var id : book.adGroups().keySet()) {
            assertEquals(whole.entry(id).map(Plain::of), followed.entry(id).map(Plain::of), label);
        }
        var live = new RandomLive(seed);
        for (int i = 0; i < 5; i++) {
            FeedRequest request = Feeds.random(seed * 31 + i, book);
            var audience = Audience.of(request, Books.NOW);
            assertEquals(candidates(whole, audience), candidates(followed, audience), label);
            assertEquals(matched(whole, audience), matched(followed, audience), label);
            // Who is examined before the search may stop depends on the blocks; what comes of it does not.
            var one = Decider.decide(request, whole, live, Books.NOW, seed + i);
            var other = Decider.decide(request, followed, live, Books.NOW, seed + i);
            assertEquals(one.winners(), other.winners(), label);
            assertEquals(one.empty(), other.empty(), label);
        }
    }

    /// An entry without what is compiled from its terms, which has no equality.
    private record Plain(Object entry, boolean rules) {
        static Plain of(Snapshot.Entry e) {
            return new Plain(
                    new Snapshot.Entry(
                            e.group(),
                            e.campaign(),
                            e.advertiser(),
                            e.terms(),
                            e.ads(),
                            e.creatives(),
                            e.caps(),
                            Optional.empty(),
                            e.blocked(),
                            e.boundMicros(),
                            e.tieHash()),
                    e.rules().map(Rules::terms).equals(e.terms()));
        }
    }

    private static Map<AdGroupId, Plain> byId(Snapshot snapshot) {
        var found = new TreeMap<AdGroupId, Plain>();
        snapshot.entries().forEach(e -> found.put(e.group().id(), Plain.of(e)));
        assertEquals(snapshot.size(), found.size());
        return found;
    }

    private static Set<AdGroupId> candidates(Snapshot snapshot, Audience audience) {
        var found = new TreeSet<AdGroupId>();
        var matching = snapshot.candidates(audience);
        var words = new long[TargetingIndex.WORDS];
        for (int b = 0; b < snapshot.blocks(); b++) {
            if (matching.block(b, words)) {
                for (int place = 0; place < TargetingIndex.BLOCK; place++) {
                    if ((words[place / 64] & (1L << place)) != 0) {
                        found.add(snapshot.entry(b * TargetingIndex.BLOCK + place)
                                .group()
                                .id());
                    }
                }
            }
        }
        return found;
    }

    private static Set<AdGroupId> matched(Snapshot snapshot, Audience audience) {
        var found = new TreeSet<AdGroupId>();
        snapshot.matched(audience).stream()
                .forEach(o -> found.add(snapshot.entry(o).group().id()));
        return found;
    }
}
