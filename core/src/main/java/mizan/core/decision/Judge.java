package mizan.core.decision;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import mizan.core.campaign.Ad;
import mizan.core.campaign.ChargeBy;
import mizan.core.campaign.Placement;
import mizan.core.feed.FeedRequest;
import mizan.core.feed.Offer;
import mizan.core.feed.Session;
import mizan.core.feed.Viewer;
import mizan.core.receipt.CandidateFacts;

/// Whether one matched ad group may compete, and with what. Flat guards, cheapest first; the first that
/// fails is the reason. What is live is read last, and only as far as it is needed.
final class Judge {
    private final Placement placement;
    private final Viewer viewer;
    private final Optional<Offer> offer;
    private final Optional<Session.LastAd> before;
    private final Adjacency adjacency;
    private final int firstSlot;
    private final Instant now;
    private final long seed;

    Judge(FeedRequest request, Room room, Adjacency adjacency, Instant now, long seed) {
        this.placement = request.placement();
        this.viewer = request.viewer();
        this.offer = request.offer();
        this.before = request.session().last();
        this.adjacency = adjacency;
        this.firstSlot = room.firstSlot();
        this.now = now;
        this.seed = seed;
    }

    /// Either a bidder or the reason why not, and the facts that were read to find out.
    record Judged(CandidateFacts facts, Optional<Outcome> refused, Optional<Bidder> bidder) {}

    /// Why this group cannot compete, as far as the book, the viewer and the clock know; nothing live is
    /// read.
    Optional<Outcome> standing(Snapshot.Entry entry) {
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
        if (!viewer.hiddenAdvertisers().isEmpty()
                && viewer.hiddenAdvertisers().contains(entry.advertiser().id().value())) {
            return Optional.of(new Outcome.HiddenByViewer("advertiser"));
        }
        return entry.boundMicros() < placement.floorCpmMicros()
                ? Optional.of(new Outcome.BelowFloor(entry.boundMicros(), placement.floorCpmMicros()))
                : Optional.empty();
    }

    /// Why this group cannot stand on this page, by the page alone.
    Optional<Outcome> barred(Snapshot.Entry entry) {
        if (before.isPresent()) {
            if (before.get().advertiser().equals(entry.advertiser().id().value())) {
                return Optional.of(new Outcome.Separated(Optional.empty(), "advertiser"));
            }
            if (before.get().industry().equals(entry.advertiser().industry())) {
                return Optional.of(new Outcome.Separated(Optional.empty(), "industry"));
            }
        }
        if (offer.isPresent()
                && !offer.get().views()
                && entry.group().bid().chargeBy() == ChargeBy.VIEWABLE_IMPRESSION) {
            return Optional.of(new Outcome.RefusedBySeller("viewability"));
        }
        return adjacency.allowed(entry.rules(), entry.advertiser()).isEmpty()
                ? adjacency
                        .breach(entry.terms(), firstSlot)
                        .or(() -> adjacency.veto(entry.advertiser(), firstSlot))
                        .map(Outcome.Excluded::new)
                : Optional.empty();
    }

    /// @param entry one that stands, see [#standing]
    Judged judge(Snapshot.Entry entry, Reading reading) {
        var facts = new Facts(entry);
        var barred = barred(entry);
        if (barred.isPresent()) {
            return facts.refused(barred.get());
        }
        facts.multiplierPpm = reading.multiplierPpm();
        if (facts.multiplierPpm == 0) {
            return facts.refused(new Outcome.PacedOut(0));
        }
        for (int i = 0; i < entry.caps().size(); i++) {
            facts.shown.add(reading.shown(i));
        }
        var ad = firstAd(entry, facts.shown);
        if (ad.isEmpty()) {
            return facts.refused(noAd(entry, facts.shown));
        }
        facts.available = reading.available();
        facts.rates = entry.group().bid().chargeBy() == ChargeBy.CLICK ? reading.rates(ad.get()) : Reading.Rates.NONE;
        facts.costMicros = reading.costMicros(ad.get());
        var bidder = bidder(entry, ad.get(), facts);
        long needed = needed(bidder);
        if (facts.available.micros() < needed) {
            return facts.refused(new Outcome.BudgetSpent(facts.available.limit(), facts.available.micros(), needed));
        }
        long floor = placement.floorCpmMicros();
        long value = Math.min(bidder.valueMicros(), expected(bidder)) - bidder.costMicros();
        if (value < floor) {
            return facts.refused(new Outcome.BelowFloor(value, floor));
        }
        return new Judged(facts.read(""), Optional.empty(), Optional.of(bidder));
    }

    /// The facts as far as they have been read.
    private static final class Facts {
        private static final Live.Available UNREAD = new Live.Available(0, "");
        private final Snapshot.Entry entry;
        private Live.Available available = UNREAD;
        private int multiplierPpm;
        private Reading.Rates rates = Reading.Rates.NONE;
        private long costMicros;
        private final List<Integer> shown;

        Facts(Snapshot.Entry entry) {
            this.entry = entry;
            this.shown = entry.caps().isEmpty()
                    ? List.of()
                    : new ArrayList<>(entry.caps().size());
        }

        CandidateFacts read(String outcome) {
            return new CandidateFacts(
                    entry.group().id(),
                    available.micros(),
                    available.limit(),
                    multiplierPpm,
                    rates.meanPpm(),
                    rates.samplePpm(),
                    rates.draw(),
                    costMicros,
                    shown,
                    outcome);
        }

        Judged refused(Outcome outcome) {
            return new Judged(read(outcome.code()), Optional.of(outcome), Optional.empty());
        }
    }

    /// Why none of its ads may be shown: the seller's word before the reader's, and both before the caps.
    private Outcome noAd(Snapshot.Entry entry, List<Integer> shown) {
        var refused = refused(entry, entry.ads().getFirst());
        if (refused.isPresent()
                && entry.ads().stream().allMatch(a -> refused(entry, a).isPresent())) {
            return new Outcome.RefusedBySeller(refused.get());
        }
        return entry.ads().stream()
                        .allMatch(a -> isHidden(a) || refused(entry, a).isPresent())
                ? new Outcome.HiddenByViewer("ad")
                : capped(entry, shown);
    }

    private boolean isHidden(Ad ad) {
        return !viewer.hiddenAds().isEmpty()
                && viewer.hiddenAds().contains(ad.id().value());
    }

    private Optional<String> refused(Snapshot.Entry entry, Ad ad) {
        return offer.flatMap(o -> o.refuses(entry.creative(ad.id())));
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

    /// The group's ads take turns by a seeded hash; the first that this viewer may still see is taken.
    private Optional<Ad> firstAd(Snapshot.Entry entry, List<Integer> shown) {
        var ads = entry.ads();
        int start = (int) Long.remainderUnsigned(Hash.mix(seed ^ 0x9E3779B97F4A7C15L), ads.size());
        for (int i = 0; i < ads.size(); i++) {
            var ad = ads.get((start + i) % ads.size());
            if (!isHidden(ad) && refused(entry, ad).isEmpty() && withinCaps(entry.caps(), shown, ad)) {
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

    private Bidder bidder(Snapshot.Entry entry, Ad ad, Facts facts) {
        var bid = entry.group().bid();
        long offer = Bidder.paced(bid, facts.multiplierPpm);
        return new Bidder(
                entry,
                ad,
                adjacency.allowed(entry.rules(), entry.advertiser()),
                offer,
                Bidder.worth(bid.chargeBy(), offer, facts.rates.samplePpm()),
                facts.costMicros,
                Math.max(1, facts.rates.meanPpm()),
                entry.turn(seed));
    }

    /// What 1,000 renders bring on average when the offer is paid: the floor is kept by this too, not only by
    /// a lucky sample.
    private static long expected(Bidder bidder) {
        return Bidder.worth(bidder.chargeBy(), bidder.offerMicros(), bidder.clickRatePpm());
    }

    /// The most that winning could hold. An ad that is paid by the click is shown only while half of one could
    /// be paid: below that more clicks would be free than money be left over.
    static long needed(Bidder bidder) {
        long highest = bidder.chargeBy() == ChargeBy.CLICK ? bidder.offerMicros() : bidder.offerMicros() / 1_000;
        long held = Prices.held(bidder.chargeBy(), highest, bidder.clickRatePpm());
        return Math.max(1, bidder.chargeBy() == ChargeBy.CLICK ? Math.max(held, highest / 2) : held);
    }
}
