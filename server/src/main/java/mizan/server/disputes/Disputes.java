package mizan.server.disputes;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import mizan.core.campaign.AdvertiserId;
import mizan.core.receipt.ImpressionId;
import mizan.server.accounting.Accountant;
import mizan.server.accounting.Credits;
import mizan.server.accounting.ImpressionState;
import mizan.server.accounting.LedgerBatch;
import mizan.server.http.Ids;
import mizan.server.http.Problem;
import mizan.server.http.ProblemCode;
import mizan.server.reporting.Reports;

/// Disputes from their opening to their outcome.
///
/// What is accepted is credited by the showing, the whole price of each, by the transfer that late findings use: the
/// ledger takes one credit a showing, so no order of disputes and findings can give more back than was billed.
/// The decision is written first and then carried out; a crash in between carries it out at the next start.
public final class Disputes {
    /// Billed showings that one dispute can be about.
    public static final int MAX_SHOWINGS = 50_000;
    /// Undecided ones of one advertiser.
    public static final int MAX_OPEN = 100;

    private static final int SLICE = 1_000;

    private final DisputeStore store;
    private final Accountant accountant;
    private final Reports reports;
    private final InstantSource time;
    private final Ids ids;
    private boolean unsettled = true;

    public Disputes(DisputeStore store, Accountant accountant, Reports reports, InstantSource time, Ids ids) {
        this.store = store;
        this.accountant = accountant;
        this.reports = reports;
        this.time = time;
        this.ids = ids;
    }

    /// Who says something.
    ///
    /// @param id of a person or key
    public record Speaker(String id, Dispute.Side side) {}

    /// What somebody wants to object to; the campaign and the showings named are known to be the advertiser's.
    public record Opening(
            mizan.core.campaign.Campaign campaign,
            Dispute.Reason reason,
            Dispute.Subject subject,
            Dispute.Claimed claimed,
            java.util.Currency currency,
            String text) {}

    /// @throws mizan.server.http.Refused when it is about too much, or too many are open
    public synchronized Dispute open(Opening opening, Speaker by) {
        var advertiser = opening.campaign().advertiser();
        if (openOnes(advertiser) >= MAX_OPEN) {
            throw Problem.of(ProblemCode.LIMIT_EXCEEDED, MAX_OPEN + " open disputes")
                    .refused();
        }
        var now = now();
        var dispute = new Dispute(
                ids.next(Dispute.PREFIX),
                advertiser,
                opening.campaign().id(),
                opening.reason(),
                opening.subject(),
                opening.claimed(),
                numbers(opening),
                opening.currency(),
                now,
                now.plus(Dispute.TIME_TO_ANSWER),
                Dispute.State.OPENED,
                List.of(new Dispute.Entry(now, by.id(), by.side(), Optional.of(Dispute.State.OPENED), opening.text())));
        if (billed(dispute).size() > MAX_SHOWINGS) {
            throw Problem.of(ProblemCode.OUT_OF_RANGE, "days with at most " + MAX_SHOWINGS + " billed showings")
                    .at("from")
                    .refused();
        }
        store.put(dispute, List.of());
        return dispute;
    }

    private int openOnes(AdvertiserId advertiser) {
        return store.newest(
                                Optional.of(advertiser.value()),
                                Optional.of(Dispute.State.OPENED),
                                Long.MAX_VALUE,
                                MAX_OPEN)
                        .size()
                + store.newest(
                                Optional.of(advertiser.value()),
                                Optional.of(Dispute.State.ANSWERED),
                                Long.MAX_VALUE,
                                MAX_OPEN)
                        .size();
    }

    private Dispute.Numbers numbers(Opening opening) {
        return switch (opening.subject()) {
            case Dispute.Subject.Showings(var impressions) ->
                numbers(impressions.stream()
                        .flatMap(i -> accountant.impression(i).stream())
                        .toList());
            case Dispute.Subject.Days days -> {
                var campaign = opening.campaign().id().value();
                var counts =
                        reports
                                .daily(Reports.By.CAMPAIGN, days.start(), days.end(), Optional.of(campaign))
                                .values()
                                .stream()
                                .reduce(LedgerBatch.Counts.NONE, LedgerBatch.Counts::plus);
                long invalid = reports.invalid(campaign, days.from(), days.to()).values().stream()
                        .mapToLong(Long::longValue)
                        .sum();
                yield new Dispute.Numbers(
                        counts.rendered(),
                        counts.viewable(),
                        counts.clicks(),
                        counts.charged(),
                        counts.spendMicros(),
                        invalid);
            }
        };
    }

    private static Dispute.Numbers numbers(List<ImpressionState> showings) {
        return new Dispute.Numbers(
                seen(showings, mizan.core.receipt.AdEvent.Kind.RENDERED),
                seen(showings, mizan.core.receipt.AdEvent.Kind.VIEWABLE),
                seen(showings, mizan.core.receipt.AdEvent.Kind.CLICK),
                showings.stream().filter(ImpressionState::charged).count(),
                showings.stream()
                        .filter(ImpressionState::charged)
                        .mapToLong(s -> s.impression().priceMicros())
                        .sum(),
                0);
    }

    private static long seen(List<ImpressionState> showings, mizan.core.receipt.AdEvent.Kind kind) {
        return showings.stream().filter(s -> s.seen().contains(kind)).count();
    }

    /// What was billed of what the dispute is about, oldest first; one more than [#MAX_SHOWINGS] when it is more.
    public List<ImpressionState> billed(Dispute dispute) {
        return switch (dispute.subject()) {
            case Dispute.Subject.Showings(var impressions) ->
                impressions.stream()
                        .sorted()
                        .flatMap(i -> accountant.impression(i).stream())
                        .filter(ImpressionState::charged)
                        .toList();
            case Dispute.Subject.Days days ->
                reports.charged(dispute.campaign().value(), days.start(), days.end(), MAX_SHOWINGS + 1);
        };
    }

    /// Adds a word of either side while nothing is decided.
    public synchronized Dispute note(Dispute seen, String text, Speaker by) {
        return say(seen, text, by, Optional.empty(), List.of());
    }

    public synchronized Dispute withdraw(Dispute seen, String text, Speaker by) {
        return say(seen, text, by, Optional.of(Dispute.State.WITHDRAWN), List.of());
    }

    /// What this verdict would give back now: showings that were billed and have not been credited by anybody.
    public synchronized List<DisputeStore.Credit> credits(Dispute dispute, Verdict verdict) {
        if (!verdict.credits()) {
            return List.of();
        }
        var part = verdict.becomes() == Dispute.State.ACCEPTED ? Verdict.Part.WHOLE : verdict.part();
        var chosen = new ArrayList<DisputeStore.Credit>();
        long left = part.atMostMicros().orElse(Long.MAX_VALUE);
        for (var showing : billed(dispute)) {
            long price = showing.impression().priceMicros();
            if (price > 0
                    && price <= left
                    && isIn(part, showing)
                    && !isCredited(showing.impression().id())) {
                chosen.add(new DisputeStore.Credit(showing.impression().id(), price, OptionalLong.empty()));
                left -= price;
            }
        }
        return chosen;
    }

    private static boolean isIn(Verdict.Part part, ImpressionState showing) {
        var at = showing.impression().servedAt();
        return (part.impressions().isEmpty()
                        || part.impressions().contains(showing.impression().id()))
                && part.days()
                        .map(d -> !at.isBefore(d.start()) && at.isBefore(d.end()))
                        .orElse(true);
    }

    private boolean isCredited(ImpressionId impression) {
        return reports.entry(Credits.id(impression)).isPresent();
    }

    /// Writes the platform's answer down and gives back what it accepts.
    public synchronized Dispute answer(Dispute seen, Verdict verdict, Speaker by) {
        var answered = say(seen, verdict.text(), by, Optional.of(verdict.becomes()), credits(seen, verdict));
        settle(answered);
        return answered;
    }

    /// @param seen the dispute as the speaker knows it: whoever was slower has to look again
    private Dispute say(
            Dispute seen, String text, Speaker by, Optional<Dispute.State> becomes, List<DisputeStore.Credit> credits) {
        var now = store.find(seen.id()).orElseThrow();
        if (!now.state().isOpen() || now.entries().size() != seen.entries().size()) {
            throw Problem.of(ProblemCode.STATE_CONFLICT, now.state().name()).refused();
        }
        // The last places are for whoever ends it.
        boolean ends = becomes.filter(s -> !s.isOpen()).isPresent();
        if (!ends && now.entries().size() >= Dispute.MAX_ENTRIES) {
            throw Problem.of(ProblemCode.LIMIT_EXCEEDED, Dispute.MAX_ENTRIES + " entries")
                    .refused();
        }
        var said = now.with(new Dispute.Entry(now(), by.id(), by.side(), becomes, text));
        unsettled |= !credits.isEmpty();
        store.put(said, credits);
        return said;
    }

    private void settle(Dispute dispute) {
        var at = dispute.entries().getLast().at();
        for (var slice = store.pending(dispute.id(), SLICE);
                !slice.isEmpty();
                slice = store.pending(dispute.id(), SLICE)) {
            accountant.transferAll(slice.stream()
                    .map(c -> Credits.of(c.impression(), dispute.advertiser(), dispute.currency(), c.micros(), at))
                    .toList());
            store.settled(dispute.id(), slice.stream().map(c -> taken(c, at)).toList());
        }
    }

    /// A finding may have been quicker; then the ledger's one credit of this showing is not the dispute's.
    private DisputeStore.Credit taken(DisputeStore.Credit credit, Instant at) {
        long micros = reports.entry(Credits.id(credit.impression()))
                .filter(entry -> entry.at().equals(at))
                .map(Reports.Entry::micros)
                .orElse(0L);
        return new DisputeStore.Credit(credit.impression(), credit.micros(), OptionalLong.of(micros));
    }

    /// Carries out what a crash or a failed write kept from being carried out.
    public synchronized void tick() {
        if (unsettled) {
            store.unsettled().forEach(this::settle);
            unsettled = false;
        }
    }

    /// What disputes gave back to an advertiser within the time before now.
    public synchronized long creditedWithin(AdvertiserId advertiser, Duration before) {
        var since = time.instant().minus(before);
        long micros = 0;
        for (var state : List.of(Dispute.State.ACCEPTED, Dispute.State.ACCEPTED_IN_PART)) {
            micros += answeredSince(advertiser, state, since);
        }
        return micros;
    }

    /// All of them are looked through: one that was opened long ago may have been answered just now.
    private long answeredSince(AdvertiserId advertiser, Dispute.State state, Instant since) {
        long micros = 0;
        long below = Long.MAX_VALUE;
        while (true) {
            var page = store.newest(Optional.of(advertiser.value()), Optional.of(state), below, SLICE);
            if (page.isEmpty()) {
                return micros;
            }
            below = page.getLast().number();
            for (var one : page) {
                boolean recent = one.dispute().entries().getLast().at().isAfter(since);
                micros += recent ? store.credited(one.dispute().id()).micros() : 0;
            }
        }
    }

    public Optional<Dispute> find(String id) {
        return store.find(id);
    }

    public DisputeStore store() {
        return store;
    }

    /// As the ledger keeps moments, so that its entries can be told by theirs.
    private Instant now() {
        return time.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    public synchronized void close() {
        store.close();
    }
}
