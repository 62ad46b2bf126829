package mizan.core.feed;

import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import mizan.core.campaign.Creative;
import mizan.core.campaign.Placement;
import mizan.core.campaign.Text;

/// One slot that a seller offers to several buyers at once, with what it asks of the ad. It is judged inside the
/// decision and kept in its record, so that the decision can be repeated and its losers explained.
///
/// @param slot the only slot that counts, named by the post above it, 1 to 100: the other posts are its surroundings
/// @param floorCpmMicros the seller's own floor in the placement's currency; that of the placement holds beside it
/// @param refusedCategories IAB Ad Product Taxonomy 2.0 ids
/// @param acceptedCategories the only ones that are accepted; empty when all are
/// @param refusedDomains of landing pages, lower case; each with all below it
/// @param picture how large the picture must be that the ad needs; empty when it needs none
/// @param maxHeadline characters in the longest of its languages, 0 for any
/// @param maxBody the same of its body
/// @param views whether it can be seen that the ad was viewable; where it cannot, nobody who pays for that competes
public record Offer(
        int slot,
        long floorCpmMicros,
        Set<String> refusedCategories,
        Set<String> acceptedCategories,
        Set<String> refusedDomains,
        Optional<Least> picture,
        int maxHeadline,
        int maxBody,
        boolean views) {
    public Offer {
        if (slot < 1 || slot > 100 || floorCpmMicros < 0 || maxHeadline < 0 || maxBody < 0) {
            throw new IllegalArgumentException("a slot is 1 to 100, floors and lengths are 0 or more");
        }
        refusedCategories = Set.copyOf(refusedCategories);
        acceptedCategories = Set.copyOf(acceptedCategories);
        refusedDomains = Set.copyOf(refusedDomains);
    }

    /// The least size of a picture, in pixels; 0 for any.
    public record Least(int width, int height) {
        public static final Least ANY = new Least(0, 0);

        boolean fits(Creative.Picture picture) {
            return picture.width() >= width && picture.height() >= height;
        }
    }

    /// The placement as this one slot: where it is was chosen by the seller, so its own spacing has no say, and the
    /// higher floor holds.
    public Placement on(Placement placement) {
        return new Placement(
                placement.id(),
                placement.code(),
                placement.name(),
                placement.surface(),
                placement.status(),
                new Placement.Spacing(slot, 1, 0, 1, 1),
                Math.max(floorCpmMicros, placement.floorCpmMicros()),
                placement.currency(),
                List.of(1.0),
                placement.createdAt(),
                placement.vetoes());
    }

    /// What the seller has against a creative: `category`, `domain` or `format`; nothing when it may stand.
    ///
    /// A creative of which nobody said what it advertises is refused where any category is: it may be that one.
    public Optional<String> refuses(Creative creative) {
        var categories = creative.category().map(Set::of).orElse(Set.of());
        boolean unknown = categories.isEmpty() && !(refusedCategories.isEmpty() && acceptedCategories.isEmpty());
        boolean notAccepted = !acceptedCategories.isEmpty() && Collections.disjoint(categories, acceptedCategories);
        if (unknown || notAccepted || !Collections.disjoint(categories, refusedCategories)) {
            return Optional.of("category");
        }
        if (!Collections.disjoint(domains(creative), refusedDomains)) {
            return Optional.of("domain");
        }
        boolean misfits = (picture.isPresent()
                        && creative.picture().filter(picture.get()::fits).isEmpty())
                || isLonger(creative.headline(), maxHeadline)
                || isLonger(creative.body(), maxBody);
        return misfits ? Optional.of("format") : Optional.empty();
    }

    private static boolean isLonger(Text text, int max) {
        return max > 0
                && text.byLanguage().values().stream().anyMatch(words -> words.codePointCount(0, words.length()) > max);
    }

    /// `shop.example.com`, `example.com`, `com`.
    private static Set<String> domains(Creative creative) {
        var domains = new HashSet<String>();
        var host =
                Optional.ofNullable(creative.landingPage().getHost()).orElse("").toLowerCase(Locale.ROOT);
        for (int dot = -1; ; ) {
            domains.add(host.substring(dot + 1));
            dot = host.indexOf('.', dot + 1);
            if (dot < 0) {
                return domains;
            }
        }
    }
}
