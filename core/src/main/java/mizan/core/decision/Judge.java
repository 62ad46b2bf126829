package mizan.core.decision;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import mizan.core.campaign.Ad;
import mizan.core.campaign.ChargeBy;
import mizan.core.campaign.Placement;
import mizan.core.feed.Viewer;
import mizan.core.receipt.CandidateFacts;

/// Whether one matched ad group may compete, and with what. Flat guards, cheapest first; the first that
/// fails is the reason.
final class Judge {
    private final Placement placement;
    private final Viewer viewer;
    private final Live live;
    private final Instant now;
    private final long seed;

    Judge(Placement placement, Viewer viewer, Live live, Instant now, long seed) {
        this.placement = placement;
        this.viewer = viewer;
        this.live = live;
        this.now = now;
        this.seed = seed;
    }

    long seed() {
        return seed;
    }

    /// Either a bidder or the reason why not, and the facts that were read to find out.
    record Judged(Optional<Bidder> bidder, Optional<Outcome> refused, CandidateFacts facts) {}

    /// @param entry one that stands, see [#standing]
    Judged judge(int ordinal, Snapshot.Entry entry) {
        var available = live.available(entry.group().id());
        double multiplier = live.multiplier(entry.group());
        var shown = shown(entry.caps());
        var ad = firstAd(entry, shown);
        double clickRate = ad.map(a -> live.clickRate(a, placement)).orElse(0.0);
        var facts = new CandidateFacts(
                entry.group().id(), available.micros(), available.limit(), multiplier, clickRate, shown);
        var refused = refusal(entry, facts, ad);
        if (refused.isPresent()) {
            return new Judged(Optional.empty(), refused, facts);
        }
        var bidder = bidder(ordinal, entry, ad.orElseThrow(), facts);
        long needed = needed(bidder);
        if (available.micros() < needed) {
            var spent = new Outcome.BudgetSpent(available.limit(), available.micros(), needed);
            return new Judged(Optional.empty(), Optional.of(spent), facts);
        }
        if (bidder.valueMicros() < placement.floorCpmMicros()) {
            var below = new Outcome.BelowFloor(bidder.valueMicros(), placement.floorCpmMicros());
            return new Judged(Optional.empty(), Optional.of(below), facts);
        }
        return new Judged(Optional.of(bidder), Optional.empty(), facts);
    }

    /// Why this group cannot compete, as far as the book, the viewer and the clock know; nothing live is
    /// read.
    static Optional<Outcome> standing(Snapshot.Entry entry, Placement placement, Viewer viewer, Instant now) {
        var campaign = entry.campaign().flight();
        if (!campaign.contains(now)) {
            return Optional.of(new Outcome.OutsideFlight(campaign.start(), campaign.end()));
        }
        var own = entry.group().flight();
        if (own.isPresent() && !own.get().contains(now)) {
            return Optional.of(
                    new Outcome.OutsideFlight(own.get().start(), own.get().end()));
        }
        if (entry.blocked().isPresent()) {
            return Optional.of(new Outcome.NotServable(entry.blocked().get()));
        }
        if (!entry.advertiser().currency().equals(placement.currency())) {
            return Optional.of(new Outcome.NotServable("other_currency"));
        }
        if (entry.ads().isEmpty()) {
            return Optional.of(new Outcome.NotServable("no_approved_ad"));
        }
        if (viewer.hiddenAdvertisers().contains(entry.advertiser().id().value())) {
            return Optional.of(new Outcome.HiddenByViewer("advertiser"));
        }
        return entry.boundMicros() < placement.floorCpmMicros()
                ? Optional.of(new Outcome.BelowFloor(entry.boundMicros(), placement.floorCpmMicros()))
                : Optional.empty();
    }

    Optional<Outcome> standing(Snapshot.Entry entry) {
        return standing(entry, placement, viewer, now);
    }

    private Optional<Outcome> refusal(Snapshot.Entry entry, CandidateFacts facts, Optional<Ad> ad) {
        if (ad.isEmpty()) {
            return Optional.of(allHidden(entry) ? new Outcome.HiddenByViewer("ad") : capped(entry, facts.shown()));
        }
        return facts.multiplier() > 0 ? Optional.empty() : Optional.of(new Outcome.PacedOut(facts.multiplier()));
    }

    private boolean allHidden(Snapshot.Entry entry) {
        return entry.ads().stream().allMatch(a -> viewer.hiddenAds().contains(a.id().value()));
    }

    private Outcome capped(Snapshot.Entry entry, List<Integer> shown) {
        for (int i = 0; i < entry.caps().size(); i++) {
            var cap = entry.caps().get(i);
            if (shown.get(i) >= cap.limit().max()) {
                return new Outcome.FrequencyCapped(
                        cap.level(),
                        shown.get(i),
                        cap.limit().max(),
                        cap.limit().window());
            }
        }
        throw new IllegalStateException("no ad of " + entry.group().id() + " is left, yet none is capped or hidden");
    }

    /// Renders counted for each cap. A viewer without a key cannot be counted, so a capped ad is not shown
    /// to them.
    private List<Integer> shown(List<Cap> caps) {
        var counts = new ArrayList<Integer>(caps.size());
        for (var cap : caps) {
            counts.add(viewer.key()
                    .map(key -> live.shown(key, cap.scope(), cap.limit().window(), now))
                    .orElse(cap.limit().max()));
        }
        return counts;
    }

    /// The group's ads take turns by a seeded hash; the first that this viewer may still see is taken.
    private Optional<Ad> firstAd(Snapshot.Entry entry, List<Integer> shown) {
        var ads = entry.ads();
        int start = ads.isEmpty() ? 0 : (int) Long.remainderUnsigned(Hash.mix(seed ^ 0x9E3779B97F4A7C15L), ads.size());
        for (int i = 0; i < ads.size(); i++) {
            var ad = ads.get((start + i) % ads.size());
            if (!viewer.hiddenAds().contains(ad.id().value()) && withinCaps(entry.caps(), shown, ad)) {
                return Optional.of(ad);
            }
        }
        return Optional.empty();
    }

    private static boolean withinCaps(List<Cap> caps, List<Integer> shown, Ad ad) {
        for (int i = 0; i < caps.size(); i++) {
            if (caps.get(i).binds(ad) && shown.get(i) >= caps.get(i).limit().max()) {
                return false;
            }
        }
        return true;
    }

    private Bidder bidder(int ordinal, Snapshot.Entry entry, Ad ad, CandidateFacts facts) {
        var bid = entry.group().bid();
        long clickRatePpm = Bidder.clickRatePpm(facts.clickRate());
        long value = Bidder.worth(bid.chargeBy(), Bidder.paced(bid, facts.multiplier()), clickRatePpm);
        return new Bidder(ordinal, entry, ad, value, clickRatePpm, facts.multiplier(), Shortlist.turn(seed, ordinal));
    }

    /// The most that winning could hold. An ad that is paid by the click is shown only while half of one could
    /// be paid: below that more clicks would be free than money be left over.
    static long needed(Bidder bidder) {
        long highest = bidder.chargeBy() == ChargeBy.CLICK ? bidder.bidMicros() : bidder.valueMicros() / 1_000;
        long held = Prices.held(bidder.chargeBy(), highest, bidder.clickRatePpm());
        return Math.max(1, bidder.chargeBy() == ChargeBy.CLICK ? Math.max(held, highest / 2) : held);
    }
}
