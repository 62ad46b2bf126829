package mizan.core.decision;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import mizan.core.campaign.Ad;
import mizan.core.campaign.AdGroup;
import mizan.core.campaign.AdGroupId;
import mizan.core.campaign.AdId;
import mizan.core.campaign.AdvertiserId;
import mizan.core.campaign.Book;
import mizan.core.campaign.Campaign;
import mizan.core.campaign.CampaignId;
import mizan.core.campaign.Creative;
import mizan.core.campaign.CreativeId;
import mizan.core.campaign.Servability;
import mizan.core.campaign.Touched;
import mizan.core.suitability.Terms;
import mizan.core.suitability.TermsId;

/// Follows the book: makes the snapshot of each revision from the one before, anew only where something
/// changed. Belongs to one thread at a time; its snapshots belong to all.
public final class SnapshotCompiler {
    private final Links<AdvertiserId, CampaignId> campaignsOf = new Links<>();
    private final Links<TermsId, CampaignId> campaignsUnder = new Links<>();
    private final Links<CampaignId, AdGroupId> groupsOf = new Links<>();
    private final Links<AdGroupId, AdId> adsOf = new Links<>();
    private final Links<CreativeId, AdGroupId> groupsShowing = new Links<>();
    private final Map<TermsId, Suitability> suitability = new HashMap<>();
    private final Set<AdGroupId> changedWhileMerging = new HashSet<>();
    private boolean merging;
    private Snapshot current;

    /// An advertiser's terms as every entry under them shares them.
    private record Suitability(Optional<Terms> terms, Optional<Rules> rules) {
        static final Suitability NONE = new Suitability(Optional.empty(), Optional.empty());
    }

    public SnapshotCompiler(Book book) {
        var all = Touched.all(book);
        link(Book.EMPTY, book, all);
        current = Snapshot.of(
                book, book.adGroups().values().stream().map(g -> entry(book, g)).toList());
    }

    public Snapshot current() {
        return current;
    }

    /// Takes the next revision.
    ///
    /// @param touched at least what differs from the revision before
    public Snapshot next(Book book, Touched touched) {
        var before = current.book();
        var groups = dependents(before, touched);
        link(before, book, touched);
        groups.addAll(dependents(book, touched));
        var entries = new ArrayList<Snapshot.Entry>(groups.size());
        for (var id : groups) {
            var group = book.adGroups().get(id);
            if (group != null) {
                entries.add(entry(book, group));
            }
        }
        if (merging) {
            changedWhileMerging.addAll(groups);
        }
        current = current.with(book, entries);
        return current;
    }

    /// Begins to put the parts together. Whoever holds the answer calls [Snapshot#merged] on it, on any
    /// thread, while further revisions are taken, and hands the result to [#finishMerge].
    public Snapshot beginMerge() {
        merging = true;
        changedWhileMerging.clear();
        return current;
    }

    /// Takes what was put together, with what has changed since.
    public Snapshot finishMerge(Snapshot merged) {
        var since = changedWhileMerging.stream()
                .map(current::entry)
                .flatMap(Optional::stream)
                .toList();
        merging = false;
        changedWhileMerging.clear();
        current = merged.with(current.book(), since);
        return current;
    }

    /// The ad groups whose entries read something that was touched.
    private Set<AdGroupId> dependents(Book book, Touched touched) {
        var campaigns = new HashSet<>(touched.campaigns());
        touched.advertisers().forEach(a -> campaigns.addAll(campaignsOf.of(a)));
        touched.terms().forEach(t -> campaigns.addAll(campaignsUnder.of(t)));
        var groups = new LinkedHashSet<>(touched.adGroups());
        campaigns.forEach(c -> groups.addAll(groupsOf.of(c)));
        touched.creatives().forEach(c -> groups.addAll(groupsShowing.of(c)));
        for (var id : touched.ads()) {
            var ad = book.ads().get(id);
            if (ad != null) {
                groups.add(ad.adGroup());
            }
        }
        return groups;
    }

    /// Follows what refers to what from one revision to the next.
    private void link(Book before, Book after, Touched touched) {
        for (var id : touched.terms()) {
            var terms = after.terms().get(id);
            if (terms != null) {
                var whole = terms.whole();
                suitability.put(id, new Suitability(Optional.of(whole), Optional.of(Rules.of(whole))));
            }
        }
        for (var id : touched.campaigns()) {
            var old = Optional.ofNullable(before.campaigns().get(id));
            var now = Optional.ofNullable(after.campaigns().get(id));
            relink(campaignsOf, old.map(Campaign::advertiser), now.map(Campaign::advertiser), id);
            relink(campaignsUnder, old.flatMap(Campaign::terms), now.flatMap(Campaign::terms), id);
        }
        for (var id : touched.adGroups()) {
            var old = Optional.ofNullable(before.adGroups().get(id));
            var now = Optional.ofNullable(after.adGroups().get(id));
            relink(groupsOf, old.map(AdGroup::campaign), now.map(AdGroup::campaign), id);
        }
        for (var id : touched.ads()) {
            var old = Optional.ofNullable(before.ads().get(id));
            var now = Optional.ofNullable(after.ads().get(id));
            relink(adsOf, old.map(Ad::adGroup), now.map(Ad::adGroup), id);
            old.ifPresent(ad -> groupsShowing.remove(ad.creative(), ad.adGroup()));
            now.ifPresent(ad -> groupsShowing.add(ad.creative(), ad.adGroup()));
        }
    }

    private static <O, T> void relink(Links<O, T> links, Optional<O> old, Optional<O> now, T thing) {
        if (!old.equals(now)) {
            old.ifPresent(owner -> links.remove(owner, thing));
            now.ifPresent(owner -> links.add(owner, thing));
        }
    }

    private Snapshot.Entry entry(Book book, AdGroup group) {
        var campaign = book.campaignOf(group);
        var ads = servableAds(book, group);
        var terms = suitability(campaign);
        return new Snapshot.Entry(
                group,
                campaign,
                book.advertiserOf(campaign),
                terms.terms(),
                ads,
                creatives(book, ads),
                Cap.of(book, group, ads),
                terms.rules(),
                Servability.blocked(book, group),
                Bidder.boundMicros(group.bid()),
                Hash.of(group.id().value()));
    }

    private static List<Creative> creatives(Book book, List<Ad> ads) {
        var creatives = new ArrayList<Creative>(ads.size());
        for (var ad : ads) {
            creatives.add(
                    Optional.ofNullable(book.creatives().get(ad.creative())).orElseThrow());
        }
        return List.copyOf(creatives);
    }

    private Suitability suitability(Campaign campaign) {
        if (campaign.terms().isEmpty()) {
            return Suitability.NONE;
        }
        var found = suitability.get(campaign.terms().get());
        if (found == null) {
            throw new IllegalStateException("the book refers to terms that it does not hold: " + campaign.terms());
        }
        return found;
    }

    private List<Ad> servableAds(Book book, AdGroup group) {
        var ads = new ArrayList<Ad>();
        for (var id : adsOf.of(group.id())) {
            var ad = book.ads().get(id);
            if (ad != null && Servability.reasonsNotServable(book, ad).isEmpty()) {
                ads.add(ad);
            }
        }
        ads.sort(Comparator.comparing(Ad::id));
        return List.copyOf(ads);
    }
}
