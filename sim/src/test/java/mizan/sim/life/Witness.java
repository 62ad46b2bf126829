package mizan.sim.life;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import mizan.core.campaign.ChargeBy;
import mizan.core.feed.Session;
import mizan.core.feed.Viewer;
import mizan.core.ledger.AccountId;
import mizan.core.ledger.Lease;
import mizan.core.ledger.Transfer;
import mizan.core.receipt.AdEvent;
import mizan.core.receipt.Impression;
import mizan.core.receipt.ImpressionId;
import mizan.core.suitability.Tier;
import mizan.server.serve.Answered;
import mizan.sim.store.MemoryLedgerStore;

/// Sees what the outside sees (answers, acknowledgements, the ledger's rows) and says what cannot be.
final class Witness {
    /// One ad that a reader got.
    ///
    /// @param reader the key of who got it
    /// @param life the life of the process that decided it
    record Seen(Impression impression, String reader, String token, int life) {}

    private final Town town;
    private final MemoryLedgerStore ledger;
    private final Map<ImpressionId, Seen> seen = new HashMap<>();
    private final List<Seen> inOrder = new ArrayList<>();
    private final Set<ImpressionId> reported = new HashSet<>();
    private final Set<ImpressionId> owed = new HashSet<>();
    private final Set<ImpressionId> durable = new HashSet<>();
    /// Whether a reader hid a campaign's ad, by reader and campaign; absent when that is not known for sure.
    private final Map<String, Boolean> hidden = new HashMap<>();
    private final Map<String, Session> sessions = new HashMap<>();
    private Instant latest = Instant.MIN;

    Witness(Town town, MemoryLedgerStore ledger) {
        this.town = town;
        this.ledger = ledger;
    }

    List<Seen> seen() {
        return inOrder;
    }

    void time(Instant now) {
        latest = now.isAfter(latest) ? now : latest;
    }

    /// Promise 2, at the moment of the answer, from the words of the posts and nothing of the matcher's.
    Optional<String> answered(Answered answered, Map<String, String> texts, int life) {
        var reader = answered.record().viewer().key().orElseThrow();
        for (var shown : answered.shown()) {
            var impression = shown.impression();
            var one = new Seen(impression, reader, shown.token(), life);
            seen.put(impression.id(), one);
            inOrder.add(one);
            var house = town.ofCampaign(impression.campaign().value()).orElseThrow();
            if (house.paused) {
                return Optional.of(impression.id() + " was served although its campaign is paused");
            }
            if (house.holdout.filter(h -> h.holds(reader)).isPresent()) {
                return Optional.of(impression.id() + " was served to " + reader + ", whom its campaign holds out");
            }
            var posts = answered.record().posts();
            for (int i = impression.afterPost() - 1; i <= impression.afterPost() && i < posts.size(); i++) {
                var post = posts.get(i);
                var text = texts.get(post.id());
                if (text == null || post.verdict().isEmpty()) {
                    return Optional.of(impression.id() + " stands beside " + post.id() + ", which nobody has rated");
                }
                if (post.verdict().get().tier() == Tier.FLOOR) {
                    return Optional.of(impression.id() + " stands beside the floor");
                }
                var words = List.of(text.split("[ .,;]+"));
                if (house.words.stream().anyMatch(words::contains)) {
                    return Optional.of(
                            impression.id() + " stands beside \"" + text + "\", terms exclude " + house.words);
                }
            }
        }
        return Optional.empty();
    }

    /// What the reader asked for, over all pages of a session: no ads, half of what the placement allows, or none
    /// of what it hid.
    ///
    /// @param goesOn from the page before
    Optional<String> wished(Answered answered, Viewer viewer, boolean goesOn) {
        var reader = viewer.key().orElseThrow();
        var before = goesOn ? sessions.getOrDefault(reader, Session.START) : Session.START;
        int ads = before.ads() + answered.shown().size();
        int posts = before.posts() + answered.record().posts().size();
        sessions.put(reader, new Session(posts, ads, Optional.empty()));
        int most = switch (viewer.ads()) {
            case ALL -> posts / Town.MIN_GAP;
            case FEWER -> posts / (2 * Town.MIN_GAP);
            case NONE -> 0;
        };
        if (ads > most) {
            return Optional.of(reader + " got " + ads + " ads in " + posts + " posts, not " + most);
        }
        return inOrder.stream()
                .filter(one -> one.reader().equals(reader))
                .filter(one -> Optional.ofNullable(hidden.get(choice(one)))
                        .filter(is -> is != hides(viewer, one.impression()))
                        .isPresent())
                .findFirst()
                .map(one -> reader + " chose otherwise for " + one.impression().ad())
                .or(() -> answered.shown().stream()
                        .map(Answered.Shown::impression)
                        .filter(i -> hides(viewer, i))
                        .findFirst()
                        .map(i -> reader + " got " + i.id() + ", which it hid"));
    }

    private static boolean hides(Viewer viewer, Impression i) {
        return viewer.hiddenAds().contains(i.ad().value())
                || viewer.hiddenAdvertisers().contains(i.advertiser().value());
    }

    private static String choice(Seen one) {
        return one.reader() + "/" + one.impression().campaign();
    }

    /// A reader is about to hide what it got, or to take that back.
    void choosing(Seen one) {
        hidden.remove(choice(one));
    }

    /// The choice was acknowledged and folded.
    void chosen(Seen one, boolean hides) {
        hidden.put(choice(one), hides);
    }

    /// Somebody sends an event; it may or may not arrive.
    void reported(Seen one) {
        reported.add(one.impression().id());
    }

    /// The event was acknowledged.
    void acknowledged(Seen one, AdEvent.Kind kind, Instant at, int life) {
        var impression = one.impression();
        // A click that no reader can have sent is counted as such, and leaves no trace of its ad.
        if (one.life() == life && kind != AdEvent.Kind.CLICK) {
            durable.add(impression.id());
        }
        boolean charges = switch (impression.chargeBy()) {
            // Clicks here come too soon and too often for a reader: what a click alone would have owed is not.
            case IMPRESSION -> kind == AdEvent.Kind.RENDERED || kind == AdEvent.Kind.VIEWABLE;
            case VIEWABLE_IMPRESSION -> kind == AdEvent.Kind.VIEWABLE;
            // A click holds its expected cost only; one that the budget cannot pay is free.
            case CLICK -> false;
        };
        // After a clock has been later than the expiry, the lease may have been closed in good faith. And when a
        // life begins with an earlier clock than the one before had, tokens that had expired are good again, and
        // one of them may take the money first.
        if (charges && at.isBefore(impression.expiresAt()) && !at.isBefore(latest)) {
            owed.add(impression.id());
        }
    }

    /// Promises 1 and 4 as far as they hold at every moment, from rows alone.
    Optional<String> check(int life) {
        var balances = new HashMap<AccountId, Long>();
        var charged = new HashSet<String>();
        long revenue = 0;
        for (var transfer : ledger.transfers()) {
            balances.merge(transfer.debit(), -transfer.micros(), Math::addExact);
            balances.merge(transfer.credit(), transfer.micros(), Math::addExact);
            if (transfer instanceof Transfer.Posted posted) {
                revenue += posted.micros();
                if (!charged.add(posted.id())) {
                    return Optional.of(posted.id() + " was charged twice");
                }
            }
        }
        for (var balance : balances.entrySet()) {
            if (!balance.getKey().owner().isEmpty() && balance.getValue() < 0) {
                return Optional.of(balance.getKey() + " stands at " + balance.getValue());
            }
        }
        if (ledger.leases().stream().mapToLong(Lease::settledMicros).sum() != revenue) {
            return Optional.of("the leases settled something else than was charged");
        }
        return overspent().or(() -> overheld(life, charged));
    }

    private Optional<String> overspent() {
        for (var house : town.houses) {
            long total = 0;
            var byDay = new HashMap<String, Long>();
            for (var lease : ledger.leases()) {
                if (lease.campaign().value().equals(house.campaign)) {
                    total += lease.usedMicros();
                    byDay.merge(lease.day().toString(), lease.usedMicros(), Math::addExact);
                }
            }
            if (total > house.highestTotal) {
                return Optional.of(house.campaign + " used " + total + " of " + house.highestTotal);
            }
            for (var day : byDay.entrySet()) {
                if (day.getValue() > house.highestDaily.getOrDefault(day.getKey(), 0L)) {
                    return Optional.of(house.campaign + " used " + day.getValue() + " on " + day.getKey() + " of "
                            + house.highestDaily.get(day.getKey()));
                }
            }
        }
        return Optional.empty();
    }

    /// Settled and still payable within a lease never pass its amount. A click ad holds its expected cost
    /// only, so for it the ledger's own refusal is the bound.
    private Optional<String> overheld(int life, Set<String> charged) {
        for (var lease : ledger.leases()) {
            long held = 0;
            for (var one : inOrder) {
                var i = one.impression();
                if (i.lease() == lease.id()
                        && i.chargeBy() != ChargeBy.CLICK
                        && one.life() == life
                        && latest.isBefore(i.expiresAt())
                        && !charged.contains("charge/" + i.id())) {
                    held += i.heldMicros();
                }
            }
            if (!lease.closed() && held + lease.settledMicros() > lease.amountMicros()) {
                return Optional.of("lease " + lease.id() + " of " + lease.amountMicros() + " settled "
                        + lease.settledMicros() + " and holds " + held);
            }
        }
        return Optional.empty();
    }

    private long paid(ImpressionId id) {
        return ledger.transfers().stream()
                .filter(t -> t.id().equals("charge/" + id))
                .mapToLong(Transfer::micros)
                .sum();
    }

    /// Promise 4 once everything durable has been folded. Whether an impression was charged is read from the
    /// money that moved, never from what the product says of itself.
    Optional<String> settled() {
        for (var one : inOrder) {
            var id = one.impression().id();
            var state = ledger.impression(id);
            if (state.isEmpty() && durable.contains(id)) {
                return Optional.of(id + " had an acknowledged event and is gone");
            }
            long paid = paid(id);
            if (paid != 0 && paid != one.impression().priceMicros()) {
                return Optional.of(id + " paid " + paid + ", its price is "
                        + one.impression().priceMicros());
            }
            boolean charged = paid != 0;
            if (charged && !reported.contains(id)) {
                return Optional.of(id + " was charged and nobody reported it");
            }
            if (state.isPresent() && owed.contains(id) && !charged) {
                return Optional.of(id + " was acknowledged in time and is not charged");
            }
            if (one.impression().chargeBy() == ChargeBy.CLICK
                    && charged
                    && !ledger.holds("credit/" + id)
                    && state.filter(s -> s.seen().contains(AdEvent.Kind.CLICK)).isEmpty()) {
                return Optional.of(id + " paid for a click that never came");
            }
        }
        return Optional.empty();
    }
}
