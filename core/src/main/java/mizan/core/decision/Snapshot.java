package mizan.core.decision;

import java.util.ArrayList;
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
import mizan.core.campaign.Servability;
import mizan.core.suitability.Terms;
import mizan.core.targeting.BitmapIndex;
import mizan.core.targeting.TargetingIndex;

/// The book at one revision, compiled for deciding. Immutable, shared by all threads; a change of the book
/// makes a new
/// one.
public final class Snapshot {
    private final Book book;
    private final List<Entry> entries;
    private final TargetingIndex index;
    private final Map<AdGroupId, Integer> ordinals = new HashMap<>();

    private Snapshot(Book book, List<Entry> entries) {
        this.book = book;
        this.entries = List.copyOf(entries);
        this.index =
                new BitmapIndex(entries.stream().map(e -> e.group().targeting()).toList());
        for (int i = 0; i < entries.size(); i++) {
            ordinals.put(entries.get(i).group().id(), i);
        }
    }

    /// One ad group with everything that a decision asks about it.
    ///
    /// @param ads its servable ads in order of id; those in review, paused or rejected are left out
    /// @param caps see [Cap#of]
    public record Entry(
            AdGroup group,
            Campaign campaign,
            Advertiser advertiser,
            Optional<Terms> terms,
            List<Ad> ads,
            List<Cap> caps) {}

    public static Snapshot compile(Book book) {
        var adsByGroup = new HashMap<AdGroupId, List<Ad>>();
        for (var ad : book.ads().values()) {
            if (Servability.reasonsNotServable(book, ad).isEmpty()) {
                adsByGroup.computeIfAbsent(ad.adGroup(), _ -> new ArrayList<>()).add(ad);
            }
        }
        var entries = new ArrayList<Entry>();
        for (var group : book.adGroups().values()) {
            var campaign = book.campaignOf(group);
            var ads = adsByGroup.getOrDefault(group.id(), List.of()).stream()
                    .sorted(Comparator.comparing(Ad::id))
                    .toList();
            entries.add(new Entry(
                    group,
                    campaign,
                    book.advertiserOf(campaign),
                    book.termsOf(campaign),
                    ads,
                    Cap.of(campaign, group, ads)));
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

    TargetingIndex index() {
        return index;
    }
}
