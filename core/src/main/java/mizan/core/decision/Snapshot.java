package mizan.core.decision;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mizan.core.campaign.Ad;
import mizan.core.campaign.AdGroup;
import mizan.core.campaign.AdGroupId;
import mizan.core.campaign.Advertiser;
import mizan.core.campaign.Book;
import mizan.core.campaign.Campaign;
import mizan.core.campaign.DemandTier;
import mizan.core.campaign.Servability;
import mizan.core.suitability.Terms;
import mizan.core.suitability.TermsId;
import mizan.core.targeting.Audience;
import mizan.core.targeting.BitmapIndex;
import mizan.core.targeting.TargetingIndex;

/// The book at one revision, compiled for deciding. Immutable, shared by all threads; a change of the book
/// makes a new one.
public final class Snapshot {
    private final Book book;
    private final List<Entry> entries;
    private final TargetingIndex index;
    private final Map<AdGroupId, Integer> ordinals = new HashMap<>();
    private final long[] open;

    private Snapshot(Book book, List<Entry> entries) {
        this.book = book;
        this.entries = List.copyOf(entries);
        this.index =
                new BitmapIndex(entries.stream().map(e -> e.group().targeting()).toList());
        var unblocked = new BitSet();
        for (int i = 0; i < entries.size(); i++) {
            ordinals.put(entries.get(i).group().id(), i);
            if (entries.get(i).blocked().isEmpty()) {
                unblocked.set(i);
            }
        }
        this.open = unblocked.toLongArray();
    }

    /// One ad group with everything that a decision asks about it.
    ///
    /// @param ads its servable ads in order of id; those in review, paused or rejected are left out
    /// @param caps see [Cap#of]
    /// @param rules the terms made ready for judging neighbours
    /// @param blocked why it cannot serve whatever the time, a code of [Servability]; most often empty
    /// @param boundMicros the most that 1,000 of its renders can be worth, see [Bidder#boundMicros]
    public record Entry(
            AdGroup group,
            Campaign campaign,
            Advertiser advertiser,
            Optional<Terms> terms,
            List<Ad> ads,
            List<Cap> caps,
            Optional<Rules> rules,
            Optional<String> blocked,
            long boundMicros) {
        /// 0 for the tier that goes first.
        int tierRank() {
            return campaign.tier().compareTo(DemandTier.SPONSORSHIP);
        }

        /// The most that 1,000 of its renders can be worth at this pace.
        ///
        /// @param multiplier of its campaign, (0, 1]
        public long boundMicros(double multiplier) {
            return Bidder.boundMicros(group.bid(), multiplier);
        }
    }

    public static Snapshot compile(Book book) {
        var adsByGroup = new HashMap<AdGroupId, List<Ad>>();
        for (var ad : book.ads().values()) {
            if (Servability.reasonsNotServable(book, ad).isEmpty()) {
                adsByGroup.computeIfAbsent(ad.adGroup(), _ -> new ArrayList<>()).add(ad);
            }
        }
        var rules = new HashMap<TermsId, Rules>();
        book.terms().forEach((id, terms) -> rules.put(id, Rules.of(terms)));
        var entries = new ArrayList<Entry>();
        for (var group : book.adGroups().values()) {
            var campaign = book.campaignOf(group);
            var ads = adsByGroup.getOrDefault(group.id(), List.of()).stream()
                    .sorted(Comparator.comparing(Ad::id))
                    .toList();
            var terms = book.termsOf(campaign);
            entries.add(new Entry(
                    group,
                    campaign,
                    book.advertiserOf(campaign),
                    terms,
                    ads,
                    Cap.of(book, group, ads),
                    terms.map(t -> rules.get(t.id())),
                    Servability.blocked(book, group),
                    Bidder.boundMicros(group.bid(), 1)));
        }
        entries.sort(Comparator.comparing(e -> e.group().id()));
        return new Snapshot(book, entries);
    }

    public Book book() {
        return book;
    }

    /// Every ad group in the order of ids; its place is its ordinal.
    public List<Entry> entries() {
        return entries;
    }

    public Entry entry(int ordinal) {
        return entries.get(ordinal);
    }

    public Optional<Entry> entry(AdGroupId group) {
        return Optional.ofNullable(ordinals.get(group)).map(entries::get);
    }

    /// Blocks of ordinals, see [TargetingIndex].
    public int blocks() {
        return index.blocks();
    }

    /// The ad groups that match and that no status forbids to serve, block by block. Belongs to one thread.
    TargetingIndex.Matching candidates(Audience audience) {
        var matching = index.matching(audience);
        return (block, words) -> {
            if (!matching.block(block, words)) {
                return false;
            }
            long any = 0;
            for (int w = 0; w < words.length; w++) {
                words[w] &= openWord(block * TargetingIndex.WORDS + w);
                any |= words[w];
            }
            return any != 0;
        };
    }

    private long openWord(int word) {
        return word < open.length ? open[word] : 0;
    }

    /// The ordinals of all whose targeting fits, whether they may serve or not.
    BitSet matched(Audience audience) {
        return index.all(audience);
    }
}
