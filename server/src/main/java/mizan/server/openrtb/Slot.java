package mizan.server.openrtb;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import mizan.core.campaign.Bid;
import mizan.core.feed.Offer;

/// The seller's side of one impression.
///
/// @param at where in its surroundings it stands
record Slot(BidRequest request, BidRequest.Imp imp, int at) {
    /// Native where it is asked for: the seller draws it as its own posts.
    boolean drawnBySeller() {
        return imp.card().filter(NativeRequest::answerable).isPresent();
    }

    /// Why no ad of ours can stand there.
    Optional<NoBid> unfit(String currency, String base) {
        // Type 2 is markup, which is all that a banner of ours is made of.
        boolean banner = imp.banner().filter(b -> !b.blockedTypes().contains(2)).isPresent();
        if (imp.whole() || !(drawnBySeller() || banner) || (imp.secure() && !isSecure(base))) {
            return Optional.of(NoBid.FORMAT);
        }
        if (imp.dealsOnly()) {
            return Optional.of(NoBid.SEAT);
        }
        boolean otherFloor = imp.floor().signum() > 0 && !imp.floorCurrency().equals(currency);
        if (otherFloor
                || !(request.currencies().isEmpty() || request.currencies().contains(currency))) {
            return Optional.of(NoBid.CURRENCY);
        }
        if (products(request.refusedCategories()).isEmpty()
                || products(request.acceptedCategories()).isEmpty()) {
            return Optional.of(NoBid.TAXONOMY);
        }
        boolean nothingAccepted = !request.acceptedCategories().isEmpty()
                && products(request.acceptedCategories()).get().isEmpty();
        return nothingAccepted || imp.floor().compareTo(BigDecimal.valueOf(Bid.MAX_MICROS, 6)) > 0
                ? Optional.of(NoBid.NO_CAMPAIGN)
                : Optional.empty();
    }

    /// Browsers load from their own machine even into secure pages (Secure Contexts, section 3.1).
    private static boolean isSecure(String base) {
        return base.startsWith("https://") || base.matches("http://(localhost|127\\.0\\.0\\.1)(:[0-9]+)?");
    }

    private Optional<Set<String>> products(List<String> codes) {
        return Categories.builtIn().products(request.taxonomy(), codes);
    }

    /// The floor is rounded up to a whole micro an impression: the seller never gets less than it asked for, and
    /// the advertiser pays the difference, at most a thousandth of a currency unit for 1,000 impressions.
    Offer offer() {
        long floor = imp.floor()
                        .scaleByPowerOfTen(3)
                        .setScale(0, RoundingMode.CEILING)
                        .longValueExact()
                * 1_000;
        var card = imp.card().filter(_ -> drawnBySeller());
        return new Offer(
                at,
                floor,
                products(request.refusedCategories()).orElseThrow(),
                products(request.acceptedCategories()).orElseThrow(),
                domains(request.refusedDomains()),
                card.flatMap(NativeRequest::picture),
                card.map(NativeRequest::maxTitle).orElse(0),
                card.map(NativeRequest::maxBody).orElse(0),
                card.filter(NativeRequest::viewable).isPresent());
    }

    private static Set<String> domains(List<String> refused) {
        return refused.stream()
                .map(d -> d.toLowerCase(Locale.ROOT).replaceFirst("^(https?://)?(www\\.)?", ""))
                .map(d -> d.replaceFirst("/.*$", ""))
                .filter(d -> !d.isEmpty())
                .collect(Collectors.toSet());
    }
}
