package mizan.bench;

import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mizan.core.campaign.ChargeBy;
import mizan.core.campaign.DemandTier;
import mizan.core.decision.Live;
import mizan.core.decision.Snapshot;
import mizan.core.feed.FeedPost;
import mizan.core.feed.FeedRequest;
import mizan.core.suitability.Terms;
import mizan.core.suitability.TermsId;
import mizan.core.suitability.Tier;
import mizan.core.targeting.Audience;

/// The limit that decisions are measured beside: judge every ad group in turn, sort those left by value, and
/// fill slot after slot with the best that may stand there. The same rules without index, bounds or auction.
final class PlainScan {
    private final FeedRequest request;
    private final Live live;
    private final Instant now;
    private final Map<TermsId, BitSet> byTerms = new HashMap<>();
    private final BitSet open;

    private record Offer(Snapshot.Entry entry, DemandTier tier, double value) {}

    PlainScan(FeedRequest request, Live live, Instant now) {
        this.request = request;
        this.live = live;
        this.now = now;
        this.open = slots(Optional.empty());
    }

    /// How many ads it places.
    int decide(Snapshot snapshot) {
        var audience = Audience.of(request, now);
        var offers = new ArrayList<Offer>();
        for (var entry : snapshot.entries()) {
            if (eligible(entry, audience)) {
                double value = value(entry);
                if (value >= request.placement().floorCpmMicros()) {
                    offers.add(new Offer(entry, entry.campaign().tier(), value));
                }
            }
        }
        offers.sort(Comparator.comparing(Offer::tier)
                .thenComparing(Comparator.comparingDouble(Offer::value).reversed()));
        return place(offers);
    }

    private boolean eligible(Snapshot.Entry entry, Audience audience) {
        return entry.blocked().isEmpty()
                && audience.misses(entry.group().targeting(), entry.advertiser().timeZone())
                        .isEmpty()
                && entry.campaign().flight().contains(now)
                && !entry.ads().isEmpty()
                && !request.viewer()
                        .hiddenAdvertisers()
                        .contains(entry.advertiser().id().value())
                && !allowed(entry).isEmpty()
                && withinCaps(entry)
                && live.available(entry.group().id()).micros()
                        >= entry.group().bid().amountMicros() / 1_000;
    }

    private boolean withinCaps(Snapshot.Entry entry) {
        for (var cap : entry.caps()) {
            var key = request.viewer().key();
            if (key.isEmpty()
                    || live.shown(key.get(), cap.scope(), cap.limit().window(), now)
                            >= cap.limit().max()) {
                return false;
            }
        }
        return true;
    }

    private double value(Snapshot.Entry entry) {
        var bid = entry.group().bid();
        double paced = bid.amountMicros() * live.multiplier(entry.group());
        return bid.chargeBy() == ChargeBy.CLICK
                ? paced
                        * 1_000
                        * live.clickEstimate(entry.ads().getFirst(), request.placement())
                                .mean()
                : paced;
    }

    private int place(List<Offer> offers) {
        var industries = new HashSet<String>();
        int placed = 0;
        int slot = request.placement().firstSlot();
        while (slot < request.posts().size() && placed < request.placement().maxAds()) {
            boolean taken = false;
            for (var offer : offers) {
                if (allowed(offer.entry()).get(slot)
                        && industries.add(offer.entry().advertiser().industry())) {
                    taken = true;
                    break;
                }
            }
            placed += taken ? 1 : 0;
            slot += taken ? request.placement().minGap() : 1;
        }
        return placed;
    }

    private BitSet allowed(Snapshot.Entry entry) {
        return entry.terms().isEmpty()
                ? open
                : byTerms.computeIfAbsent(entry.terms().get().id(), _ -> slots(entry.terms()));
    }

    private BitSet slots(Optional<Terms> terms) {
        int before = terms.map(Terms::before).orElse(1);
        int after = terms.map(Terms::after).orElse(1);
        var slots = new BitSet();
        int posts = request.posts().size();
        slots.set(request.placement().firstSlot(), posts - after + 1);
        for (int i = 0; i < posts; i++) {
            if (!tolerates(request.posts().get(i), terms)) {
                slots.clear(Math.max(0, i - after + 1), i + before + 1);
            }
        }
        return slots;
    }

    private static boolean tolerates(FeedPost post, Optional<Terms> terms) {
        if (post.verdict().isEmpty() || post.verdict().get().tier() == Tier.FLOOR) {
            return false;
        }
        if (terms.isEmpty()) {
            return true;
        }
        var t = terms.get();
        var verdict = post.verdict().get();
        boolean general =
                verdict.topics().isEmpty() || !t.maxTierByTopic().keySet().containsAll(verdict.topics());
        return (!general || verdict.tier().compareTo(t.maxTier()) <= 0)
                && verdict.topics().stream()
                        .allMatch(topic ->
                                verdict.tier().compareTo(t.maxTierByTopic().getOrDefault(topic, Tier.HIGH)) <= 0)
                && post.authors().stream().noneMatch(t.authors()::contains)
                && !post.keywordHits().containsKey(t.id());
    }
}
