package mizan.server.openrtb;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import mizan.core.campaign.ChargeBy;
import mizan.core.campaign.Placement;
import mizan.core.decision.Snapshot;
import mizan.core.feed.FeedRequest;
import mizan.core.feed.Session;
import mizan.core.feed.Viewer;
import mizan.core.receipt.DecisionRecord;
import mizan.core.traffic.InvalidTraffic;
import mizan.server.http.Network;
import mizan.server.http.RateLimit;
import mizan.server.rating.Posts;
import mizan.server.serve.Answered;
import mizan.server.serve.ServeAds;
import mizan.server.serve.Snapshots;
import mizan.server.traffic.RequestRules;

/// Mizan's campaigns in a seller's auction. Read this first: who may ask, what the slot is, the one decision, the bid.
///
/// Each impression is decided as a page with one slot: the same money is held, the same terms judged, the same record
/// written. A bid is the price of that decision, and whoever renders the ad is charged just that, once.
public final class Auction {
    /// A decision takes less than a millisecond; the rest is the network's.
    private static final int LEAST_MILLIS = 5;
    /// For all browsers of one network.
    private static final int NETWORK_BURST = 200;

    private static final int NETWORK_PER_SECOND = 50;
    private static final int MAX_NETWORKS = 100_000;

    private final ServeAds serving;
    private final Snapshots snapshots;
    private final Posts posts;
    private final UnaryOperator<Viewer> known;
    private final SupplyFile supply;
    private final RequestRules traffic;
    private final Function<String, Optional<String>> pictures;
    private final InstantSource time;
    private final Map<String, RateLimit> placements = new ConcurrentHashMap<>();
    private final RateLimit networks;

    /// @param known gives a reader the name that it is written down by, with what it hid here
    /// @param traffic tells readers from programs
    /// @param pictures the path of a stored picture, where there is one
    public Auction(
            ServeAds serving,
            Snapshots snapshots,
            Posts posts,
            UnaryOperator<Viewer> known,
            SupplyFile supply,
            RequestRules traffic,
            Function<String, Optional<String>> pictures,
            InstantSource time) {
        this.serving = serving;
        this.snapshots = snapshots;
        this.posts = posts;
        this.known = known;
        this.supply = supply;
        this.traffic = traffic;
        this.pictures = pictures;
        this.time = time;
        this.networks = RateLimit.ofNewest(time, NETWORK_BURST, NETWORK_PER_SECOND, MAX_NETWORKS);
    }

    /// What one impression was answered.
    sealed interface Result {
        String imp();

        /// @param answered the decision with its token
        record Won(String imp, OpenBid bid, Answered answered) implements Result {}

        /// @param answered present when somebody looked for an ad
        record None(String imp, NoBid reason, Optional<Answered> answered) implements Result {}
    }

    List<Result> decide(BidRequest request, Caller caller) {
        var operator = supply.current();
        var refused = refused(request, caller, operator);
        if (refused.isPresent()) {
            return request.imps().stream()
                    .<Result>map(imp -> new Result.None(imp.id(), refused.get(), Optional.empty()))
                    .toList();
        }
        var surroundings = Neighbours.of(request.place(), posts, snapshots::facts);
        var viewer = known.apply(SoldReader.of(request, caller, operator));
        var results = new ArrayList<Result>();
        var session = Session.START;
        for (var imp : request.imps()) {
            var result = decide(request, imp, caller, operator, surroundings, viewer, session);
            results.add(result);
            if (result instanceof Result.Won won) {
                session = after(won);
            }
        }
        return results;
    }

    /// What follows in the same request stands on the same page: not the same advertiser twice in a row.
    private Session after(Result.Won won) {
        var impression = won.answered().record().impressions().getFirst();
        var industry = snapshots
                .current()
                .snapshot()
                .entry(impression.adGroup())
                .orElseThrow()
                .advertiser()
                .industry();
        return new Session(
                0,
                0,
                Optional.of(new Session.LastAd(0, 0, impression.advertiser().value(), industry)));
    }

    /// Why nobody bids for any of it.
    private Optional<NoBid> refused(BidRequest request, Caller caller, Supply operator) {
        var device = request.sent().object("device");
        var told = traffic.told(device.text("ua"), device.text("ip").or(() -> device.text("ipv6")))
                .or(() -> caller.origin().isPresent()
                        ? traffic.told(caller.agent(), Optional.of(caller.address()))
                        : Optional.empty());
        if (told.isPresent()) {
            return Optional.of(told.get() == InvalidTraffic.DATA_CENTRE ? NoBid.DATA_CENTRE : NoBid.KNOWN_CRAWLER);
        }
        if (request.millis().orElse(0) > 0 && request.millis().getAsInt() < LEAST_MILLIS) {
            return Optional.of(NoBid.INSUFFICIENT_TIME);
        }
        if (operator.completeChains()
                && !Chain.of(request.sent().object("source")).complete()) {
            return Optional.of(NoBid.INCOMPLETE_CHAIN);
        }
        boolean seats = (request.onlySeats().isEmpty() || request.onlySeats().contains(operator.seat()))
                && !request.barredSeats().contains(operator.seat());
        if (!seats) {
            return Optional.of(NoBid.SEAT);
        }
        if (caller.origin().isPresent()
                && !caller.trusted()
                && networks.take(Network.of(caller.address())).refused()) {
            return Optional.of(NoBid.TOO_MANY);
        }
        return request.sent().neededObject("dooh").isPresent() ? Optional.of(NoBid.FORMAT) : Optional.empty();
    }

    private Result decide(
            BidRequest request,
            BidRequest.Imp imp,
            Caller caller,
            Supply operator,
            Neighbours surroundings,
            Viewer viewer,
            Session session) {
        var compiled = snapshots.current();
        var offering = offering(request, imp, operator);
        var placement =
                offering.flatMap(o -> Optional.ofNullable(compiled.placements().get(o.placement())));
        if (placement.isEmpty() || !mayAsk(caller, offering.get())) {
            return none(imp, NoBid.BLOCKED_PUBLISHER);
        }
        if (tooMany(offering.get())) {
            return none(imp, NoBid.TOO_MANY);
        }
        var slot = new Slot(request, imp, surroundings.slot());
        var unfit = slot.unfit(placement.get().currency().getCurrencyCode(), caller.base());
        if (unfit.isPresent()) {
            return none(imp, unfit.get());
        }
        var asked = FeedRequest.offered(slot.offer(), placement.get(), viewer, session, surroundings.posts());
        var answered = serving.serve(asked);
        if (answered.shown().isEmpty()) {
            boolean unknown =
                    surroundings.posts().stream().anyMatch(p -> p.verdict().isEmpty());
            return new Result.None(
                    imp.id(), unknown ? NoBid.UNKNOWN_NEIGHBOURS : NoBid.NO_CAMPAIGN, Optional.of(answered));
        }
        return bid(slot, placement.get(), answered, compiled.snapshot(), language(request, viewer), caller, operator)
                .<Result>map(bid -> new Result.Won(imp.id(), bid, answered))
                .orElseGet(() -> new Result.None(imp.id(), NoBid.FORMAT, Optional.of(answered)));
    }

    private static Result none(BidRequest.Imp imp, NoBid reason) {
        return new Result.None(imp.id(), reason, Optional.empty());
    }

    /// The one that the impression names; else the only one that is offered.
    private static Optional<Supply.Offering> offering(BidRequest request, BidRequest.Imp imp, Supply operator) {
        var names = Stream.of(
                        imp.tag(),
                        request.place().text("id"),
                        request.place().object("publisher").text("id"))
                .flatMap(Optional::stream)
                .toList();
        return names.stream()
                .flatMap(name ->
                        operator.offers().stream().filter(o -> o.placement().equals(name)))
                .findFirst()
                .or(() -> imp.tag().isEmpty() && operator.offers().size() == 1
                        ? Optional.of(operator.offers().getFirst())
                        : Optional.empty());
    }

    private static boolean mayAsk(Caller caller, Supply.Offering offering) {
        return caller.trusted() || caller.origin().map(offering::admits).orElse(offering.servers());
    }

    private boolean tooMany(Supply.Offering offering) {
        int most = offering.perSecond();
        return placements
                .computeIfAbsent(offering.placement() + ' ' + most, _ -> new RateLimit(time, 2 * most, most))
                .take("")
                .refused();
    }

    private Optional<OpenBid> bid(
            Slot slot,
            Placement placement,
            Answered answered,
            Snapshot snapshot,
            String language,
            Caller caller,
            Supply operator) {
        var shown = answered.shown().getFirst();
        var impression = shown.impression();
        var entry = snapshot.entry(impression.adGroup()).orElseThrow();
        var creative = Optional.ofNullable(snapshot.book().creatives().get(impression.creative()))
                .orElseThrow();
        var card = new Card(
                creative,
                entry.advertiser(),
                impression,
                creative.headline().languageFor(language),
                creative.picture().flatMap(p -> pictures.apply(p.name())).map(path -> caller.base() + path),
                shown.token(),
                caller.base());
        var drawn = slot.drawnBySeller()
                ? slot.imp().card().flatMap(card::answer).map(Object::toString)
                : Optional.of(card.banner());
        var domain = operator.domain().isEmpty()
                ? caller.base().replaceFirst("^https?://", "").replaceFirst(":[0-9]+$", "")
                : operator.domain();
        return drawn.map(adm -> new OpenBid(
                slot,
                card,
                price(answered.record(), slot.offer().on(placement).floorCpmMicros()),
                adm,
                Duration.between(impression.servedAt(), impression.expiresAt()),
                Dsa.of(slot.request(), entry.advertiser(), language, domain)));
    }

    /// What 1,000 renders bring, in currency units: exactly, for an ad that is paid by the render. For one that is paid
    /// by the click it is what clicks bring on average, rounded down, and the floor where that falls short of it by
    /// rounding: less than 0.0001 of a currency unit.
    static BigDecimal price(DecisionRecord record, long floorMicros) {
        var impression = record.impressions().getFirst();
        long micros = impression.priceMicros() * 1_000;
        if (impression.chargeBy() == ChargeBy.CLICK) {
            long rate = record.facts().stream()
                    .filter(f -> f.adGroup().equals(impression.adGroup()))
                    .findFirst()
                    .orElseThrow()
                    .clickRatePpm();
            micros = Math.max(floorMicros, impression.priceMicros() * rate / 1_000);
        }
        return BigDecimal.valueOf(micros, 6);
    }

    /// The reader's, else the content's.
    private static String language(BidRequest request, Viewer viewer) {
        return viewer.language()
                .or(() -> request.place().object("content").language())
                .orElse("en");
    }
}
