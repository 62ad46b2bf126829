package mizan.server.serve;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import mizan.core.campaign.Ad;
import mizan.core.campaign.AdGroupId;
import mizan.core.campaign.AdId;
import mizan.core.campaign.ChargeBy;
import mizan.core.campaign.Placement;
import mizan.core.decision.Decider;
import mizan.core.decision.Decision;
import mizan.core.decision.Outcome;
import mizan.core.decision.Snapshot;
import mizan.core.feed.FeedPost;
import mizan.core.feed.FeedRequest;
import mizan.core.feed.Session;
import mizan.core.feed.Viewer;
import mizan.core.frequency.FrequencyCounts;
import mizan.core.receipt.DecisionId;
import mizan.core.receipt.DecisionRecord;
import mizan.core.receipt.EmptySlot;
import mizan.core.receipt.Impression;
import mizan.core.receipt.ImpressionId;
import mizan.core.suitability.TermsId;
import mizan.server.accounting.Accountant;
import mizan.server.accounting.LeaseRequest;
import mizan.server.accounting.Leases;
import mizan.server.accounting.Tokens;
import mizan.server.http.Ids;

/// Serves one feed: decide, hold the money, write it down, answer.
public final class ServeAds {
    /// How long a refused budget is left alone.
    private static final java.time.Duration ASK_AGAIN = java.time.Duration.ofSeconds(5);

    /// Leases asked for in one decision, those of the highest bids first; the others wait for the next.
    private static final int MAX_REQUESTS = 64;

    private final Snapshots snapshots;
    private final LiveState live;
    private final Leases leases;
    private final Accountant accountant;
    private final FrequencyCounts counts;
    private final FactLog log;
    private final Tokens tokens;
    private final Cursors cursors;
    private final LeaseRules rules;
    private final InstantSource time;
    private final RandomGenerator random;
    private final Ids ids;

    public ServeAds(
            Snapshots snapshots,
            LiveState live,
            Accountant accountant,
            FactLog log,
            Tokens.KeyRing keys,
            LeaseRules rules,
            InstantSource time,
            RandomGenerator random,
            Ids ids) {
        this.snapshots = snapshots;
        this.live = live;
        this.leases = live.leases();
        this.counts = live.counts();
        this.accountant = accountant;
        this.log = log;
        this.tokens = new Tokens(keys);
        this.cursors = new Cursors(keys);
        this.rules = rules;
        this.time = time;
        this.random = random;
        this.ids = ids;
    }

    /// The session that a cursor of this engine speaks of; empty when it is forged, expired or of another
    /// placement.
    public Optional<Session> session(Placement placement, String cursor) {
        return cursors.read(placement.id(), cursor, time.instant());
    }

    /// The first page of a session.
    public Answered serve(Placement placement, Viewer viewer, List<FeedPost> posts) {
        return serve(new FeedRequest(placement, viewer, posts));
    }

    public Answered serve(FeedRequest request) {
        // As precise as the record keeps it, so that deciding again from the record meets the same instant.
        var now = time.instant().truncatedTo(ChronoUnit.MICROS);
        var snapshot = snapshots.current().snapshot();
        long seed;
        synchronized (random) {
            seed = random.nextLong();
        }
        var facts = live.at(snapshot, now, seed);
        var decision = Decider.decide(request, snapshot, facts, now, seed);
        if (topUp(decision, snapshot, now)) {
            decision = Decider.decide(request, snapshot, facts, now, seed);
        }
        var record = funded(request, snapshot, decision, now, seed);
        long position = log.append(record);
        var shown = new ArrayList<Answered.Shown>(record.impressions().size());
        for (var impression : record.impressions()) {
            shown.add(new Answered.Shown(impression, tokens.sign(token(impression, position))));
        }
        var cursor = cursors.sign(request.placement().id(), next(request, snapshot, record.impressions()), now);
        return new Answered(record, snapshot, position, shown, record.empty(), cursor);
    }

    private static Session next(FeedRequest request, Snapshot snapshot, List<Impression> impressions) {
        if (impressions.isEmpty()) {
            return request.afterNoAd();
        }
        var last = impressions.getLast();
        var industry = snapshot.entry(last.adGroup()).orElseThrow().advertiser().industry();
        return request.after(
                impressions.size(), last.afterPost(), last.advertiser().value(), industry);
    }

    /// Asks the ledger for the groups that matched and have run low. Answers whether one of them was out of
    /// money, so that deciding again may give another answer.
    private boolean topUp(Decision decision, Snapshot snapshot, Instant now) {
        var requests = new ArrayList<LeaseRequest>();
        boolean wasOut = false;
        for (var examined : decision.examined()) {
            boolean out = examined.outcome() instanceof Outcome.BudgetSpent;
            if (requests.size() == MAX_REQUESTS || (!out && !(examined.outcome() instanceof Outcome.Won))) {
                continue;
            }
            var group = examined.facts().adGroup();
            var entry = snapshot.entry(group).orElseThrow();
            var standing = leases.standing(group, LeaseRules.needed(entry), now);
            if (standing.askForMore()) {
                requests.add(rules.request(entry, standing.lease().map(l -> l.id()), now));
                wasOut |= out;
            }
        }
        leases.ensure(requests, accountant::grant, now.plus(ASK_AGAIN));
        return wasOut;
    }

    /// Reserves each winner's showing and holds its money. One whose money or last allowed showing went to another
    /// page in the meantime leaves its slot empty; nothing moves.
    private DecisionRecord funded(FeedRequest request, Snapshot snapshot, Decision decision, Instant now, long seed) {
        var id = new DecisionId(ids.next(DecisionId.PREFIX));
        var until = now.plus(rules.tokenLife());
        var impressions = new ArrayList<Impression>();
        var empty = new ArrayList<>(decision.empty());
        var unfunded = new ArrayList<String>();
        for (var winner : decision.winners()) {
            var impression = new ImpressionId(ids.next(ImpressionId.PREFIX));
            if (!reserve(request.viewer(), winner, impression, snapshot, now)) {
                unfunded.add(winner.adGroup().value());
                empty.add(new EmptySlot(winner.afterPost(), EmptySlot.Reason.FREQUENCY));
                continue;
            }
            var hold = hold(winner, request.placement(), now, until);
            if (hold.isEmpty()) {
                request.viewer().key().ifPresent(key -> counts.release(key, impression.value()));
                unfunded.add(winner.adGroup().value());
                empty.add(new EmptySlot(winner.afterPost(), EmptySlot.Reason.BUDGET));
            } else {
                impressions.add(impression(id, impression, winner, hold.get(), request.placement(), now, until));
            }
        }
        return new DecisionRecord(
                id,
                now,
                seed,
                snapshot.book().revision(),
                live.learned().get(),
                request.placement().id(),
                request.viewer(),
                request.session(),
                posts(request, snapshot, decision),
                decision.facts(),
                decision.stopped(),
                impressions,
                empty,
                unfunded,
                decision.ghosts(),
                request.offer());
    }

    /// The posts with what the decision asked of them: a word that stands on everybody's list would otherwise be
    /// written down once for each advertiser, in every decision.
    private static List<FeedPost> posts(FeedRequest request, Snapshot snapshot, Decision decision) {
        var judged = new HashSet<TermsId>();
        for (var examined : decision.examined()) {
            snapshot.entry(examined.facts().adGroup())
                    .flatMap(Snapshot.Entry::terms)
                    .ifPresent(terms -> judged.add(terms.id()));
        }
        var posts = new ArrayList<FeedPost>(request.posts().size());
        for (var post : request.posts()) {
            posts.add(post.withHitsOf(judged));
        }
        return posts;
    }

    /// Checked and counted in one step: another page of this viewer may have been decided since the judge looked.
    private boolean reserve(
            Viewer viewer, Decision.Winner winner, ImpressionId impression, Snapshot snapshot, Instant now) {
        if (viewer.key().isEmpty()) {
            return true; // The judge lets only ads without caps through.
        }
        var limits = limits(snapshot, winner.adGroup(), winner.ad());
        return counts.reserve(viewer.key().get(), limits, impression.value(), now)
                .isEmpty();
    }

    private Optional<Leases.Hold> hold(Decision.Winner winner, Placement placement, Instant now, Instant until) {
        return winner.chargeBy() == ChargeBy.CLICK
                ? leases.holdForClick(
                        winner.adGroup(),
                        winner.heldMicros(),
                        winner.priceMicros(),
                        live.delays().mean(placement.id()),
                        now,
                        until)
                : leases.hold(winner.adGroup(), winner.heldMicros(), now, until);
    }

    private static Impression impression(
            DecisionId decision,
            ImpressionId id,
            Decision.Winner winner,
            Leases.Hold hold,
            Placement placement,
            Instant now,
            Instant until) {
        return new Impression(
                id,
                decision,
                winner.afterPost(),
                winner.advertiser(),
                winner.campaign(),
                winner.adGroup(),
                winner.ad(),
                winner.creative(),
                winner.terms(),
                hold.lease(),
                hold.sequence(),
                winner.chargeBy(),
                winner.priceMicros(),
                winner.heldMicros(),
                winner.boundMicros(),
                placement.currency(),
                now,
                until);
    }

    private static Tokens.Token token(Impression i, long position) {
        return new Tokens.Token(
                i.id(), position, i.ad(), i.lease(), i.sequence(), i.priceMicros(), i.chargeBy(), i.expiresAt());
    }

    /// What is counted for this ad: only what has a cap, so that nothing is kept about a viewer without need.
    static List<FrequencyCounts.Limit> limits(Snapshot snapshot, AdGroupId group, AdId id) {
        var entry = snapshot.entry(group);
        if (entry.isEmpty() || entry.get().caps().isEmpty()) {
            return List.of();
        }
        var ad = ad(snapshot, entry.get(), id);
        var limits = new ArrayList<FrequencyCounts.Limit>();
        for (var cap : entry.get().caps()) {
            if (ad.isPresent() && cap.binds(ad.get())) {
                limits.add(new FrequencyCounts.Limit(
                        cap.scope(), cap.limit().max(), cap.limit().window()));
            }
        }
        return limits;
    }

    /// Of those that its group shows now; one that it showed before is looked for in all of the book.
    private static Optional<Ad> ad(Snapshot snapshot, Snapshot.Entry entry, AdId id) {
        for (var ad : entry.ads()) {
            if (ad.id().equals(id)) {
                return Optional.of(ad);
            }
        }
        return Optional.ofNullable(snapshot.book().ads().get(id));
    }
}
