package mizan.server.pages;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import mizan.core.campaign.CampaignId;
import mizan.core.campaign.EntityStatus;
import mizan.core.campaign.Servability;
import mizan.core.experiment.Effect;
import mizan.core.feed.FeedPost;
import mizan.core.identity.SortableId;
import mizan.core.receipt.DecisionRecord;
import mizan.server.accounting.Fact;
import mizan.server.accounting.ImpressionState;
import mizan.server.accounting.LedgerBatch.Counts;
import mizan.server.app.Engine;
import mizan.server.booking.Change;
import mizan.server.console.page.Campaign;
import mizan.server.console.page.Field;
import mizan.server.console.page.Outcome;
import mizan.server.console.page.Risk;
import mizan.server.console.page.Status;
import mizan.server.console.page.Text;
import mizan.server.console.words.Lang;
import mizan.server.console.words.Words;
import mizan.server.http.Principal;
import mizan.server.http.Scope;
import mizan.server.lift.Lift;
import mizan.server.lift.LiftStore;
import mizan.server.people.Approval;
import mizan.server.people.Approvals;
import mizan.server.people.Rule;
import mizan.server.people.Workspace;
import mizan.server.reporting.Reports;
import mizan.server.serve.FactCodec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Reads one campaign: its limit, its pace, what limits it, where its ads ran, who changed what.
final class CampaignView {
    private static final int MOST_CHANGES = 40;
    private static final int CHANGES_SHOWN = 12;
    private static final int MOST_DAYS = 400;

    private final Engine engine;
    private final Community community;
    private final Lang lang;
    private final ZoneId zone;

    CampaignView(Engine engine, Community community, Words words, ZoneId zone) {
        this.engine = engine;
        this.community = community;
        this.lang = words.lang();
        this.zone = zone;
    }

    /// @param reader sees only what is theirs, and is offered only what they may do
    Optional<Campaign> read(String id, Principal reader, Workspace workspace) {
        if (!SortableId.hasForm(CampaignId.PREFIX, id)) {
            return Optional.empty();
        }
        return Optional.ofNullable(engine.booking().book().campaigns().get(new CampaignId(id)))
                .filter(c -> reader.sees(c.advertiser().value()))
                .map(c -> view(c, actions(c, reader, workspace.approvals()), workspace));
    }

    /// What the reader may do to it now, and what waits.
    private static Campaign.Actions actions(
            mizan.core.campaign.Campaign campaign, Principal reader, Approvals approvals) {
        var owner = Optional.of(campaign.advertiser().value());
        var waits = approvals.all(reader).stream()
                .filter(a -> a.kind() == Rule.Kind.RAISE
                        && a.shown().subject().equals(campaign.id().value())
                        && a.stateAt(approvals.now()) == Approval.State.PENDING)
                .findFirst();
        boolean books = reader.may(Scope.BOOK_WRITE);
        boolean archived = campaign.status() == EntityStatus.ARCHIVED;
        return new Campaign.Actions(
                books && campaign.status() == EntityStatus.ACTIVE,
                books && campaign.status() == EntityStatus.PAUSED,
                reader.may(Scope.MONEY_WRITE)
                        && !archived
                        && campaign.budget().totalMicros().isPresent(),
                approvals.rule(Rule.Kind.RAISE, owner).aboveMicros(),
                waits.map(a -> a.shown().after().path("budget").path("total_micros"))
                        .filter(JsonNode::isNumber)
                        .map(n -> OptionalLong.of(n.longValue()))
                        .orElse(OptionalLong.empty()),
                waits.map(Approval::id).orElse(""),
                books ? "" : "act.no_right");
    }

    private Campaign view(mizan.core.campaign.Campaign campaign, Campaign.Actions actions, Workspace workspace) {
        var book = engine.booking().book();
        var now = engine.time().instant();
        var today = LocalDate.ofInstant(now, zone);
        var from = LocalDate.ofInstant(campaign.flight().start(), zone);
        var id = campaign.id().value();
        var advertiser = book.advertiserOf(campaign);
        var reasons = Servability.reasonsNotServable(book, campaign, now);
        var totals = ListViews.totals(engine, Reports.By.CAMPAIGN).getOrDefault(id, Counts.NONE);
        var lost = engine.reports().reasons(id, "2000-01-01");
        var history = engine.booking().history(id, MOST_CHANGES);
        var until = campaign.flight().end().map(e -> LocalDate.ofInstant(e, zone));
        var days = days(campaign, history, from, today, until.orElse(today));
        return new Campaign(
                id,
                campaign.name().in(lang.tag()),
                advertiser.id().value(),
                advertiser.name().in(lang.tag()),
                ListViews.status(reasons),
                reasons,
                since(reasons, history, workspace),
                from,
                until,
                Reading.suitability(book, campaign),
                advertiser.currency().getCurrencyCode(),
                now,
                figures(campaign, totals, days, from, until, today),
                days,
                today,
                delivery(lost, totals, invalid(id, totals)),
                placements(id),
                totals.decided(),
                book.termsOf(campaign)
                        .map(t -> new Campaign.Terms(
                                t.version(),
                                t.signedAt(),
                                t.before(),
                                t.after(),
                                t.keywords().size(),
                                t.authors().size())),
                lift(campaign, now),
                groups(campaign),
                history.stream()
                        .limit(CHANGES_SHOWN)
                        .map(c -> change(c, workspace))
                        .toList(),
                actions);
    }

    private Optional<Campaign.Lift> lift(mizan.core.campaign.Campaign campaign, Instant now) {
        return campaign.holdout()
                .flatMap(holdout -> engine.lift()
                        .of(campaign, Lift.USUAL_WINDOW, Optional.empty(), now)
                        .map(figures -> new Campaign.Lift(
                                holdout.percent(),
                                (int) Lift.USUAL_WINDOW.toDays(),
                                tried(figures.exposed()),
                                tried(figures.ghosts()),
                                difference(figures.effect()))));
    }

    private static Campaign.Tried tried(LiftStore.Group group) {
        return new Campaign.Tried(group.viewers(), group.converted(), group.waiting());
    }

    private static Optional<Campaign.Difference> difference(Effect effect) {
        return switch (effect) {
            case Effect.TooEarly() -> Optional.empty();
            case Effect.Known known ->
                Optional.of(new Campaign.Difference(
                        known.difference(), known.low(), known.high(), known.p(), known.differs()));
        };
    }

    /// Who stopped it, and when; empty while it runs or when time itself did.
    private Optional<Campaign.Since> since(List<String> reasons, List<Change> history, Workspace workspace) {
        return history.stream()
                .filter(_ -> reasons.contains("campaign_paused") || reasons.contains("campaign_archived"))
                .filter(c -> c.verb().equals("pause") || c.verb().equals("archive"))
                .findFirst()
                .map(c -> new Campaign.Since(
                        community.note(workspace.names().apply(c.actor()), lang).value(), c.at()));
    }

    private Campaign.KeyFigures figures(
            mizan.core.campaign.Campaign campaign,
            Counts totals,
            List<Campaign.Day> days,
            LocalDate from,
            Optional<LocalDate> until,
            LocalDate today) {
        long committed = engine.accountant().used(campaign.id().value(), "total");
        return new Campaign.KeyFigures(
                totals.spendMicros(),
                Math.max(0, committed - totals.spendMicros()),
                campaign.budget().totalMicros().orElse(0),
                pace(days, today.minusDays(1)),
                today.isBefore(from) || until.filter(today::isAfter).isPresent()
                        ? OptionalInt.empty()
                        : OptionalInt.of((int) ChronoUnit.DAYS.between(from, today) + 1),
                until.isPresent()
                        ? OptionalInt.of((int) ChronoUnit.DAYS.between(from, until.get()) + 1)
                        : OptionalInt.empty(),
                totals.rendered(),
                OptionalLong.empty(),
                totals.clicks(),
                totals.rendered() == 0
                        ? OptionalDouble.empty()
                        : OptionalDouble.of((double) totals.clicks() / totals.rendered()),
                totals.clicks() == 0 ? OptionalLong.empty() : OptionalLong.of(totals.spendMicros() / totals.clicks()),
                engine.brokenTerms());
    }

    /// What was spent by the end of the last whole day, as a share of the plan.
    private static OptionalDouble pace(List<Campaign.Day> days, LocalDate yesterday) {
        return days.stream()
                .filter(day -> day.day().equals(yesterday))
                .filter(day -> day.planMicros().orElse(0) > 0)
                .mapToDouble(day ->
                        (double) day.spentMicros().orElse(0) / day.planMicros().orElse(1))
                .findFirst();
    }

    /// Sums since the start. The plan is the daily budget of each day on which the campaign was running, the
    /// limit is the one that was in force.
    private List<Campaign.Day> days(
            mizan.core.campaign.Campaign campaign,
            List<Change> history,
            LocalDate from,
            LocalDate today,
            LocalDate last) {
        var daily = engine.reports()
                .daily(
                        Reports.By.CAMPAIGN,
                        from.atStartOfDay(ZoneOffset.UTC).toInstant(),
                        last.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant(),
                        Optional.of(campaign.id().value()));
        var days = new ArrayList<Campaign.Day>();
        long spent = 0;
        long planned = 0;
        for (var day = from; !day.isAfter(last) && days.size() < MOST_DAYS; day = day.plusDays(1)) {
            var counts =
                    daily.get(new Reports.Key(day.toEpochDay(), campaign.id().value()));
            spent += counts == null ? 0 : counts.spendMicros();
            var then = bodyAt(history, day.atStartOfDay(zone).plusDays(1).toInstant());
            boolean running = then.path("entity_status").asString("").equals("ACTIVE");
            planned += running ? then.path("budget").path("daily_micros").asLong(0) : 0;
            days.add(new Campaign.Day(
                    day,
                    day.isAfter(today) ? OptionalLong.empty() : OptionalLong.of(spent),
                    campaign.budget().dailyMicros().isPresent() ? OptionalLong.of(planned) : OptionalLong.empty(),
                    then.path("budget").path("total_micros").asLong(0)));
        }
        return days;
    }

    /// The campaign as it was booked at a moment; before the oldest change that is known, as that left it.
    private static ObjectNode bodyAt(List<Change> newestFirst, Instant at) {
        return newestFirst.stream()
                .filter(c -> c.at().isBefore(at))
                .findFirst()
                .orElseGet(newestFirst::getLast)
                .body();
    }

    private Campaign.Invalid invalid(String campaign, Counts totals) {
        var ever = engine.reports().invalid(campaign, LocalDate.EPOCH, LocalDate.of(9999, 12, 31));
        var byReason = new TreeMap<String, Long>();
        ever.forEach((what, times) -> byReason.merge(what.reason().text(), times, Long::sum));
        long invalid = byReason.values().stream().mapToLong(n -> n).sum();
        long all = invalid + totals.events();
        return new Campaign.Invalid(
                all == 0 ? 0 : (double) invalid / all,
                byReason.entrySet().stream()
                        .map(e -> new Campaign.Invalid.Reason(e.getKey(), e.getValue()))
                        .sorted(Comparator.comparingLong(Campaign.Invalid.Reason::events)
                                .reversed())
                        .toList());
    }

    private static Campaign.Delivery delivery(
            java.util.Map<String, Long> lost, Counts totals, Campaign.Invalid invalid) {
        var losses = new ArrayList<Campaign.Lost>();
        long slots = 0;
        for (var outcome : Outcome.values()) {
            long times = lost.getOrDefault(outcome.code(), 0L);
            slots += times;
            if (outcome != Outcome.WON && times > 0) {
                losses.add(new Campaign.Lost(outcome, "", times));
            }
        }
        return new Campaign.Delivery(slots, losses, totals.decided(), totals.charged(), invalid);
    }

    private List<Campaign.Placement> placements(String campaign) {
        var placements = new ArrayList<Campaign.Placement>();
        for (var state : engine.reports().impressions(campaign, 6)) {
            record(state).ifPresent(r -> placements.add(placement(state, r)));
        }
        return placements;
    }

    private Optional<DecisionRecord> record(ImpressionState state) {
        return engine.journal()
                .at(state.decidedAt())
                .flatMap(FactCodec::decision)
                .map(Fact.Decided::record);
    }

    private Campaign.Placement placement(ImpressionState state, DecisionRecord record) {
        var impression = state.impression();
        var creative = Optional.ofNullable(engine.booking().book().creatives().get(impression.creative()))
                .orElseThrow();
        int below = impression.afterPost();
        return new Campaign.Placement(
                impression.id().value(),
                impression.servedAt(),
                Optional.of(neighbour(record.posts().get(below - 1))),
                Reading.text(creative.headline(), lang),
                below < record.posts().size()
                        ? Optional.of(neighbour(record.posts().get(below)))
                        : Optional.empty(),
                state.decidedAt(),
                FeedView.places(record).indexOf(impression.afterPost()) + 1,
                impression.decision().value(),
                sealedAs(impression.id().value()));
    }

    /// Its entry in the public log, once a checkpoint covers it; only what was charged has one.
    private OptionalLong sealedAs(String impression) {
        if (engine.sealing().isEmpty()) {
            return OptionalLong.empty();
        }
        var sealing = engine.sealing().get();
        long size = sealing.newest().map(newest -> newest.size()).orElse(0L);
        var entry = sealing.store().index("receipt", impression);
        return entry.isPresent() && entry.getAsLong() < size ? entry : OptionalLong.empty();
    }

    private Campaign.Neighbour neighbour(FeedPost post) {
        return new Campaign.Neighbour(
                post.authors().isEmpty() ? "" : post.authors().getFirst(),
                engine.posts()
                        .find(post.id())
                        .map(p -> new Text(p.text(), p.language().orElse(""))),
                post.verdict().map(v -> Risk.valueOf(v.tier().name())).orElse(Risk.UNRATED),
                post.verdict().map(v -> v.rater() + " " + v.raterVersion()).orElse(""),
                post.commitment());
    }

    private List<Campaign.AdGroup> groups(mizan.core.campaign.Campaign campaign) {
        var book = engine.booking().book();
        var totals = ListViews.totals(engine, Reports.By.AD_GROUP);
        return book.adGroups().values().stream()
                .filter(g -> g.campaign().equals(campaign.id()))
                .map(g -> {
                    var reasons = Servability.reasonsNotServable(
                            book, g, engine.time().instant());
                    var counts = totals.getOrDefault(g.id().value(), Counts.NONE);
                    return new Campaign.AdGroup(
                            g.id().value(),
                            g.name().in(lang.tag()),
                            ListViews.status(reasons),
                            reasons,
                            Reading.bid(g.bid()),
                            counts.spendMicros(),
                            counts.rendered(),
                            counts.rendered() == 0
                                    ? OptionalDouble.empty()
                                    : OptionalDouble.of((double) counts.clicks() / counts.rendered()),
                            OptionalDouble.empty());
                })
                .toList();
    }

    private Campaign.Change change(Change change, Workspace workspace) {
        var field = switch (change.verb().toLowerCase(Locale.ROOT)) {
            case "create" -> Field.CREATED;
            case "pause", "resume", "archive" -> Field.STATUS;
            case "increase_budget", "decrease_budget" -> Field.DAILY_BUDGET;
            default -> Field.OTHER;
        };
        Campaign.Value to = switch (field) {
            case STATUS ->
                new Campaign.Value.State(
                        status(change.body().path("entity_status").asString("")));
            case DAILY_BUDGET ->
                new Campaign.Value.Amount(
                        change.body().path("budget").path("daily_micros").asLong(0));
            case CREATED, BUDGET, BID, DATES, TERMS, TARGETING, CREATIVE, NAME, OTHER -> new Campaign.Value.None();
        };
        return new Campaign.Change(
                change.at(),
                community.note(workspace.names().apply(change.actor()), lang).value(),
                field,
                "",
                new Campaign.Value.None(),
                to,
                community.note(change.why(), lang));
    }

    private static Status status(String booked) {
        return switch (booked) {
            case "ACTIVE" -> Status.SERVING;
            case "PAUSED" -> Status.PAUSED;
            case "ARCHIVED" -> Status.ARCHIVED;
            default -> Status.DRAFT;
        };
    }
}
