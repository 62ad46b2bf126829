package mizan.core.decision;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import mizan.core.campaign.AccountStatus;
import mizan.core.campaign.Ad;
import mizan.core.campaign.AdGroup;
import mizan.core.campaign.Book;
import mizan.core.campaign.Books;
import mizan.core.campaign.EntityStatus;
import mizan.core.campaign.Flight;
import mizan.core.campaign.FrequencyCap;
import mizan.core.campaign.ReviewStatus;
import mizan.core.feed.FeedPost;
import mizan.core.feed.FeedRequest;
import mizan.core.suitability.Terms;
import mizan.core.suitability.Tier;

/// Every rule that a finished decision must keep, written down a second time without looking at the engine:
/// one winner at a time, one rule after the other, in plain loops. Shares no code with
/// `mizan.core.decision`.
final class HouseRules {
    private final FeedRequest request;
    private final Book book;
    private final Live live;

    HouseRules(FeedRequest request, Book book, Live live) {
        this.request = request;
        this.book = book;
        this.live = live;
    }

    /// What is wrong with these winners, in words; empty when nothing is.
    List<String> violations(List<Decision.Winner> winners) {
        var found = new ArrayList<String>();
        layout(winners, found);
        for (var winner : winners) {
            var group = book.adGroups().get(winner.adGroup());
            var ad = book.ads().get(winner.ad());
            if (group == null || ad == null || !ad.adGroup().equals(group.id())) {
                found.add("unknown ad " + winner.ad());
                continue;
            }
            booked(group, ad, found);
            wanted(group, found);
            viewer(group, ad, found);
            money(winner, group, ad, found);
            neighbours(winner.afterPost(), group, found);
        }
        return found;
    }

    private void layout(List<Decision.Winner> winners, List<String> found) {
        var placement = request.placement();
        if (winners.size() > placement.maxAds()) {
            found.add("more ads than the placement allows");
        }
        var session = request.session();
        int all = session.posts() + request.posts().size();
        if (!winners.isEmpty() && session.ads() + winners.size() > placement.adLoad() * all + 1e-6) {
            found.add("more ads than the session may show");
        }
        var advertisers = new HashSet<Object>();
        var industries = new HashSet<Object>();
        session.last().ifPresent(l -> {
            advertisers.add(new mizan.core.campaign.AdvertiserId(l.advertiser()));
            industries.add(l.industry());
        });
        int last = session.last().map(l -> -l.postsSince()).orElse(-1_000);
        double lastSeconds = session.last().map(l -> (double) l.secondsSince()).orElse(1e9);
        for (var winner : winners) {
            if (winner.afterPost() < 1
                    || winner.afterPost() + session.posts() < placement.firstSlot()
                    || winner.afterPost() >= request.posts().size()) {
                found.add("slot " + winner.afterPost() + " does not exist");
            }
            if (winner.afterPost() - last < placement.minGap()) {
                found.add("slots " + last + " and " + winner.afterPost() + " are too near");
            }
            // A post that does not say how long it is read counts its share of the gap.
            double seconds = lastSeconds;
            for (int post = Math.max(0, last); post < winner.afterPost(); post++) {
                int said = request.posts().get(post).seconds();
                seconds += said > 0 ? said : (double) placement.minGapSeconds() / placement.minGap();
            }
            if (seconds < placement.minGapSeconds() - 1e-6) {
                found.add("slots " + last + " and " + winner.afterPost() + " are " + seconds + " seconds apart");
            }
            lastSeconds = 0;
            last = winner.afterPost();
            var advertiser = book.advertisers().get(winner.advertiser());
            if (advertiser == null || !advertisers.add(advertiser.id()) || !industries.add(advertiser.industry())) {
                found.add("two ads of one advertiser or industry");
            }
        }
    }

    private void booked(AdGroup group, Ad ad, List<String> found) {
        var campaign = book.campaignOf(group);
        var advertiser = book.advertiserOf(campaign);
        var creative = book.creatives().get(ad.creative());
        boolean active = advertiser.status() == AccountStatus.ACTIVE
                && campaign.status() == EntityStatus.ACTIVE
                && group.status() == EntityStatus.ACTIVE
                && ad.status() == EntityStatus.ACTIVE
                && creative != null
                && creative.review() == ReviewStatus.APPROVED;
        if (!active) {
            found.add("something of " + ad.id() + " is not active or not approved");
        }
        if (!running(campaign.flight())
                || !group.flight().map(HouseRules::running).orElse(true)) {
            found.add("outside its flight");
        }
        if (!advertiser.currency().equals(request.placement().currency())) {
            found.add("another currency");
        }
    }

    private static boolean running(Flight flight) {
        boolean started = flight.start().compareTo(Books.NOW) <= 0;
        return started && (flight.end().isEmpty() || flight.end().get().compareTo(Books.NOW) > 0);
    }

    private void wanted(AdGroup group, List<String> found) {
        var zone = book.advertiserOf(book.campaignOf(group)).timeZone();
        PlainTargeting.miss(group.targeting(), zone, request, Books.NOW)
                .ifPresent(criterion -> found.add("not targeted: " + criterion));
    }

    private void viewer(AdGroup group, Ad ad, List<String> found) {
        var viewer = request.viewer();
        var campaign = book.campaignOf(group);
        if (viewer.hiddenAds().contains(ad.id().value())
                || viewer.hiddenAdvertisers().contains(campaign.advertiser().value())) {
            found.add("hidden by the viewer");
        }
        var advertiser = book.advertiserOf(campaign);
        capped("advertiser", advertiser.id().value(), advertiser.caps(), found);
        var creative = Objects.requireNonNull(book.creatives().get(ad.creative()));
        capped("creative", creative.id().value(), creative.caps(), found);
        capped("campaign", campaign.id().value(), campaign.caps(), found);
        capped("ad group", group.id().value(), group.caps(), found);
        capped("ad", ad.id().value(), ad.caps(), found);
    }

    private void capped(String level, String scope, List<FrequencyCap> caps, List<String> found) {
        for (var cap : caps) {
            var key = request.viewer().key();
            if (key.isEmpty()
                    || live.shown(key.get(), scope, cap.window(), Books.NOW) >= cap.max()
                    || (!cap.coolDown().isZero() && live.shown(key.get(), scope, cap.coolDown(), Books.NOW) > 0)) {
                found.add("over a cap of its " + level);
            }
        }
    }

    private void money(Decision.Winner winner, AdGroup group, Ad ad, List<String> found) {
        double multiplier = live.multiplier(group);
        double clickRate = Math.min(live.clickEstimate(ad, request.placement()).mean(), live.maxClickRate(group));
        double floor = request.placement().floorCpmMicros() / 1_000.0;
        double bid = group.bid().amountMicros() * Math.min(1, multiplier);
        if (multiplier <= 0) {
            found.add("paced out, yet shown");
        }
        boolean click = winner.chargeBy().equals(mizan.core.campaign.ChargeBy.CLICK);
        double highest = click ? Math.max(1, bid) : bid / 1_000;
        if (winner.priceMicros() < 0 || winner.priceMicros() > highest) {
            found.add("price " + winner.priceMicros() + " above the bid of " + highest);
        }
        // A price is a whole number of micros, so it may be less than one micro short of the floor.
        double expected = click ? (winner.priceMicros() + 1) * Math.max(clickRate, 1e-6) : winner.priceMicros() + 1;
        if (expected < floor * (1 - 1e-9) - (click ? 1e-6 * (winner.priceMicros() + 1) : 0)) {
            found.add("price " + winner.priceMicros() + " below the floor of " + floor);
        }
        double cost = click ? winner.priceMicros() * clickRate : winner.priceMicros();
        if (winner.heldMicros() < cost * (1 - 1e-9) - (click ? 1e-6 * winner.priceMicros() : 0)) {
            found.add("held " + winner.heldMicros() + " for a cost of " + cost);
        }
        if (winner.heldMicros() > live.available(group.id()).micros()) {
            found.add("held more than available");
        }
    }

    private void neighbours(int afterPost, AdGroup group, List<String> found) {
        var terms = book.termsOf(book.campaignOf(group));
        int before = terms.map(Terms::before).orElse(1);
        int after = terms.map(Terms::after).orElse(1);
        for (int position = afterPost - before + 1; position <= afterPost + after; position++) {
            boolean above = position < 1 && request.session().posts() > 0;
            if (above || position > request.posts().size()) {
                found.add("slot " + afterPost + " is beside a post of another page");
            }
            if (position >= 1 && position <= request.posts().size()) {
                var post = request.posts().get(position - 1);
                if (!tolerates(terms, post)) {
                    found.add("slot " + afterPost + " is beside " + post.id() + ", which " + terms + " excludes");
                }
            }
        }
    }

    static boolean tolerates(Optional<Terms> terms, FeedPost post) {
        if (post.verdict().isEmpty() || post.verdict().get().tier() == Tier.FLOOR) {
            return false;
        }
        if (terms.isEmpty()) {
            return true;
        }
        var asked = terms.get();
        for (var topic : post.verdict().get().topics()) {
            var limit = asked.maxTierByTopic().getOrDefault(topic, asked.maxTier());
            if (riskierThan(limit, post)) {
                return false;
            }
        }
        if (post.verdict().get().topics().isEmpty() && riskierThan(asked.maxTier(), post)) {
            return false;
        }
        boolean excludedAuthor = post.authors().stream().anyMatch(asked.authors()::contains);
        boolean excludedCommunity =
                post.community().map(asked.communities()::contains).orElse(false);
        boolean excludedLanguage = !asked.languages().isEmpty()
                && !asked.languages().contains(post.language().orElse("?"));
        return !excludedAuthor
                && !excludedCommunity
                && !excludedLanguage
                && !post.keywordHits().containsKey(asked.id());
    }

    private static final List<Tier> FROM_BEST = List.of(Tier.SAFE, Tier.LOW, Tier.MEDIUM, Tier.HIGH, Tier.FLOOR);

    private static boolean riskierThan(Tier limit, FeedPost post) {
        var tier = post.verdict().orElseThrow().tier();
        return FROM_BEST.indexOf(tier) > FROM_BEST.indexOf(limit);
    }
}
