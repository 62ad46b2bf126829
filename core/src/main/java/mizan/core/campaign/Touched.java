package mizan.core.campaign;

import java.util.HashSet;
import java.util.Set;
import mizan.core.suitability.TermsId;

/// Which things differ between two revisions of the book: what was booked or changed on the way from one to
/// the other.
public record Touched(
        Set<AdvertiserId> advertisers,
        Set<CampaignId> campaigns,
        Set<AdGroupId> adGroups,
        Set<AdId> ads,
        Set<CreativeId> creatives,
        Set<PlacementId> placements,
        Set<TermsId> terms) {
    public static final Touched NOTHING =
            new Touched(Set.of(), Set.of(), Set.of(), Set.of(), Set.of(), Set.of(), Set.of());

    public Touched {
        advertisers = Set.copyOf(advertisers);
        campaigns = Set.copyOf(campaigns);
        adGroups = Set.copyOf(adGroups);
        ads = Set.copyOf(ads);
        creatives = Set.copyOf(creatives);
        placements = Set.copyOf(placements);
        terms = Set.copyOf(terms);
    }

    /// Everything that a book holds: what differs from the empty one.
    public static Touched all(Book book) {
        return new Touched(
                book.advertisers().keySet(),
                book.campaigns().keySet(),
                book.adGroups().keySet(),
                book.ads().keySet(),
                book.creatives().keySet(),
                book.placements().keySet(),
                book.terms().keySet());
    }

    /// This step and the next one together.
    public Touched and(Touched next) {
        return new Touched(
                both(advertisers, next.advertisers),
                both(campaigns, next.campaigns),
                both(adGroups, next.adGroups),
                both(ads, next.ads),
                both(creatives, next.creatives),
                both(placements, next.placements),
                both(terms, next.terms));
    }

    private static <T> Set<T> both(Set<T> first, Set<T> second) {
        var all = new HashSet<>(first);
        all.addAll(second);
        return all;
    }
}
