package mizan.core.decision;

import java.util.AbstractCollection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import mizan.core.campaign.Ad;
import mizan.core.campaign.AdGroup;
import mizan.core.campaign.AdGroupId;
import mizan.core.campaign.AdId;
import mizan.core.campaign.Advertiser;
import mizan.core.campaign.Book;
import mizan.core.campaign.Campaign;
import mizan.core.campaign.ChargeBy;
import mizan.core.campaign.Creative;
import mizan.core.campaign.DemandTier;
import mizan.core.suitability.Terms;
import mizan.core.targeting.Audience;
import mizan.core.targeting.TargetingIndex;

/// The book at one revision, compiled for deciding. Immutable, shared by all threads.
///
/// An ad group has an ordinal, its place in a [Block] of [TargetingIndex#BLOCK]. A change makes a new
/// snapshot that shares nearly everything with the one before: an entry is replaced where it stands, or, when
/// its targeting or its bid changed, moves to a small [Segment] at the end and leaves a gap. So ordinals say
/// nothing beyond this snapshot, and no decision depends on them. The parts are put together again by
/// [#merged].
public final class Snapshot {
    /// The segments at the end that a change indexes again hold at most this many times what it moves, so
    /// that indexing costs each moved entry the same however many have moved before.
    private static final int FAN = 8;

    /// A larger segment waits for [#merged], which nobody waits for.
    private static final int LARGE = 8 * TargetingIndex.BLOCK;

    /// The order of those whose worth is not known yet. Those that are looked at together stand together: a
    /// block holds one tier and one way of charging, and bids much alike. Decisions are right in any order, and
    /// quick in this one; quicker in that of [#merged].
    private static final Comparator<Entry> LIKE_BESIDE_LIKE = Comparator.comparingInt(Entry::tierRank)
            .thenComparing(e -> e.group().bid().chargeBy() == ChargeBy.CLICK)
            .thenComparing(Comparator.comparingLong((Entry e) -> e.group().bid().amountMicros())
                    .reversed())
            .thenComparing(e -> e.group().id());

    private final Book book;
    private final List<Segment> segments;
    private final Block[] blocks;
    private final int size;

    private Snapshot(Book book, List<Segment> segments, Block[] blocks, int size) {
        this.book = book;
        this.segments = segments;
        this.blocks = blocks;
        this.size = size;
    }

    /// One ad group with everything that a decision asks about it.
    ///
    /// @param ads its servable ads in order of id; those in review, paused or rejected are left out
    /// @param creatives those of its ads, in their order
    /// @param caps see [Cap#of]
    /// @param rules the terms made ready for judging neighbours
    /// @param blocked why it cannot serve whatever the time, a code of [Servability]; most often empty
    /// @param boundMicros the most that 1,000 of its renders can be worth at any pace and click rate
    /// @param tieHash a hash of its id alone, which with a decision's seed says whose turn it is among equals
    public record Entry(
            AdGroup group,
            Campaign campaign,
            Advertiser advertiser,
            Optional<Terms> terms,
            List<Ad> ads,
            List<Creative> creatives,
            List<Cap> caps,
            Optional<Rules> rules,
            Optional<String> blocked,
            long boundMicros,
            long tieHash) {
        /// What one of its ads shows.
        public Creative creative(AdId ad) {
            for (int i = 0; i < ads.size(); i++) {
                if (ads.get(i).id().equals(ad)) {
                    return creatives.get(i);
                }
            }
            throw new IllegalArgumentException(group.id() + " shows no " + ad);
        }

        /// 0 for the tier that goes first.
        int tierRank() {
            return campaign.tier().compareTo(DemandTier.SPONSORSHIP);
        }

        /// Its turn among those worth the same; the lowest goes first. Another seed gives another order.
        ///
        /// @return of [Bounds#TURN_BITS] bits
        int turn(long seed) {
            return turn(tieHash, seed);
        }

        static int turn(long tieHash, long seed) {
            return (int) Hash.mix(tieHash ^ seed) & ((1 << Bounds.TURN_BITS) - 1);
        }

        /// Whether the other can stand in its place: the index stays right, and the order good.
        private boolean standsLike(Entry other) {
            return tierRank() == other.tierRank()
                    && group.bid().equals(other.group.bid())
                    && group.targeting().equals(other.group.targeting())
                    && advertiser.timeZone().equals(other.advertiser.timeZone());
        }
    }

    /// All of a book at once.
    public static Snapshot compile(Book book) {
        return new SnapshotCompiler(book).current();
    }

    static Snapshot of(Book book, Collection<Entry> entries) {
        return appended(book, List.of(), new Block[0], likeBesideLike(entries));
    }

    private static List<Entry> likeBesideLike(Collection<Entry> entries) {
        var ordered = new ArrayList<>(entries);
        ordered.sort(LIKE_BESIDE_LIKE);
        return ordered;
    }

    /// The next snapshot: the same but for these entries, which are new or in place of those of the same ad
    /// groups.
    Snapshot with(Book next, Collection<Entry> changed) {
        var after = blocks.clone();
        var moving = new ArrayList<Entry>();
        for (var entry : changed) {
            int ordinal = ordinal(entry.group().id());
            if (ordinal >= 0 && entry(ordinal).standsLike(entry)) {
                after[ordinal / TargetingIndex.BLOCK] = block(after, ordinal).with(place(ordinal), entry);
                continue;
            }
            if (ordinal >= 0) {
                after[ordinal / TargetingIndex.BLOCK] = block(after, ordinal).without(place(ordinal));
            }
            moving.add(entry);
        }
        return moving.isEmpty() ? new Snapshot(next, segments, after, size) : joined(next, segments, after, moving);
    }

    /// Adds these at the end, together with the small segments that stand there.
    private static Snapshot joined(Book book, List<Segment> segments, Block[] blocks, List<Entry> moving) {
        int kept = segments.size();
        int end = blocks.length;
        while (kept > 0 && segments.get(kept - 1).size() <= Math.min(FAN * moving.size(), LARGE)) {
            kept--;
            int start = segments.get(kept).firstBlock();
            for (int b = start; b < end; b++) {
                blocks[b].forEach(moving::add);
            }
            end = start;
        }
        return appended(book, segments.subList(0, kept), Arrays.copyOf(blocks, end), likeBesideLike(moving));
    }

    /// Adds these at the end in the order in which they are.
    private static Snapshot appended(Book book, List<Segment> segments, Block[] blocks, List<Entry> moving) {
        int end = blocks.length;
        var added = Block.of(moving);
        var all = Arrays.copyOf(blocks, end + added.size());
        for (int i = 0; i < added.size(); i++) {
            all[end + i] = added.get(i);
        }
        var parts = new ArrayList<>(segments);
        parts.add(Segment.of(end, moving));
        int size = Arrays.stream(all).mapToInt(Block::size).sum();
        return new Snapshot(book, List.copyOf(parts), all, size);
    }

    /// The same in one segment, without gaps, in the order of what each can be worth now: so a decision finds
    /// the best of everybody in few blocks, until pace and rates have moved far. Takes time in proportion to
    /// the whole.
    ///
    /// @param bounds of this very snapshot
    public Snapshot merged(Bounds bounds) {
        if (!bounds.isOf(this)) {
            throw new IllegalArgumentException("the bounds are those of another snapshot");
        }
        var ordered = ordinals()
                .boxed()
                .sorted(Comparator.comparingLong(bounds::key))
                .map(this::entry)
                .toList();
        return appended(book, List.of(), new Block[0], ordered);
    }

    /// How many places [#merged] would put right: those beyond the largest segment, and the gaps.
    public int scattered() {
        int largest = segments.stream().mapToInt(Segment::size).max().orElse(0);
        int places = segments.stream().mapToInt(Segment::size).sum();
        return places - largest + (places - size);
    }

    public Book book() {
        return book;
    }

    /// How many ad groups there are.
    public int size() {
        return size;
    }

    /// Every ad group, in no particular order.
    public Collection<Entry> entries() {
        return new AbstractCollection<>() {
            @Override
            public Iterator<Entry> iterator() {
                return ordinals().mapToObj(Snapshot.this::entry).iterator();
            }

            @Override
            public int size() {
                return size;
            }
        };
    }

    /// The ordinals that an ad group stands at, ascending. Without gaps from 0 in a snapshot that was
    /// compiled at once.
    public IntStream ordinals() {
        return IntStream.range(0, blocks.length)
                .flatMap(b -> blocks[b].live().map(place -> b * TargetingIndex.BLOCK + place));
    }

    /// @param ordinal one of [#ordinals]
    public Entry entry(int ordinal) {
        return block(blocks, ordinal).entry(place(ordinal));
    }

    public Optional<Entry> entry(AdGroupId group) {
        int ordinal = ordinal(group);
        return ordinal < 0 ? Optional.empty() : Optional.of(entry(ordinal));
    }

    /// Its ordinal, or -1.
    private int ordinal(AdGroupId group) {
        for (int s = segments.size() - 1; s >= 0; s--) {
            int ordinal = segments.get(s).ordinal(group, o -> entry(o).group().id());
            if (ordinal >= 0 && block(blocks, ordinal).isLive(place(ordinal))) {
                return ordinal;
            }
        }
        return -1;
    }

    /// Blocks of ordinals, see [TargetingIndex].
    public int blocks() {
        return blocks.length;
    }

    /// What stands in a block, gaps included. As long as nothing in the block changes, the next snapshots
    /// answer the same list, so what was worked out for it can be kept.
    public List<Entry> block(int block) {
        return blocks[block].entries();
    }

    /// The ad groups that match and that no status forbids to serve, block by block. Belongs to one thread.
    TargetingIndex.Matching candidates(Audience audience) {
        var matching = matching(audience);
        return (block, words) -> matching.block(block, words) && blocks[block].keepOpen(words);
    }

    /// The ordinals of all whose targeting fits, whether they may serve or not.
    BitSet matched(Audience audience) {
        var matching = matching(audience);
        var found = new long[blocks.length * TargetingIndex.WORDS];
        var words = new long[TargetingIndex.WORDS];
        for (int b = 0; b < blocks.length; b++) {
            if (matching.block(b, words) && blocks[b].keepLive(words)) {
                System.arraycopy(words, 0, found, b * TargetingIndex.WORDS, TargetingIndex.WORDS);
            }
        }
        return BitSet.valueOf(found);
    }

    private TargetingIndex.Matching matching(Audience audience) {
        if (segments.size() == 1) {
            return segments.getFirst().index().matching(audience);
        }
        var parts = segments.stream().map(s -> s.index().matching(audience)).toList();
        return (block, words) -> {
            int s = segments.size() - 1;
            while (segments.get(s).firstBlock() > block) {
                s--;
            }
            return parts.get(s).block(block - segments.get(s).firstBlock(), words);
        };
    }

    private static Block block(Block[] blocks, int ordinal) {
        return blocks[ordinal / TargetingIndex.BLOCK];
    }

    private static int place(int ordinal) {
        return ordinal % TargetingIndex.BLOCK;
    }
}
