package mizan.server.pages;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import mizan.core.campaign.CampaignId;
import mizan.core.campaign.Servability;
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
import mizan.server.console.page.Text;
import mizan.server.console.words.Lang;
import mizan.server.reporting.Reports;
import mizan.server.serve.FactCodec;

/// Reads one campaign: its limit, its pace, what limits it, where its ads ran, who changed what.
final class CampaignView {
    private final Engine engine;
    private final ZoneId zone;

    CampaignView(Engine engine, ZoneId zone) {
        this.engine = engine;
        this.zone = zone;
    }

    Optional<Campaign> read(String id, Lang lang) {
        if (!SortableId.hasForm(CampaignId.PREFIX, id)) {
            return Optional.empty();
        }
        return Optional.ofNullable(engine.booking().book().campaigns().get(new CampaignId(id)))
                .map(c -> view(c, lang));
    }

    private Campaign view(mizan.core.campaign.Campaign campaign, Lang lang) {
        var book = engine.booking().book();
        var now = engine.time().instant();
        var today = LocalDate.ofInstant(now, zone);
        var from = LocalDate.ofInstant(campaign.flight().start(), zone);
        var id = campaign.id().value();
        var advertiser = book.advertiserOf(campaign);
        var reasons = Servability.reasonsNotServable(book, campaign, now);
        var totals = ListViews.totals(engine, Reports.By.CAMPAIGN).getOrDefault(id, Counts.NONE);
        var lost = engine.reports().reasons(id, "2000-01-01");
        return new Campaign(
                id,
                campaign.name().in(lang.tag()),
                advertiser.id().value(),
                advertiser.name().in(lang.tag()),
                ListViews.status(reasons),
                reasons,
                Optional.empty(),
                from,
                campaign.flight().end().map(e -> LocalDate.ofInstant(e, zone)),
                Reading.suitability(book, campaign),
                advertiser.currency().getCurrencyCode(),
                now,
                figures(campaign, totals, from, today),
                days(campaign, from, today),
                today,
                delivery(lost, totals),
                placements(id, lang),
                totals.decided(),
                book.termsOf(campaign)
                        .map(t -> new Campaign.Terms(
                                t.version(),
                                t.signedAt(),
                                t.before(),
                                t.after(),
                                t.keywords().size(),
                                t.authors().size())),
                groups(campaign, lang),
                changes(id),
                new Campaign.Actions(
                        false,
                        false,
                        false,
                        OptionalLong.empty(),
                        OptionalLong.empty(),
                        new Text(
                                lang == Lang.AR
                                        ? "التغييرات عبر الواجهة البرمجية حتى يتوفر تسجيل الدخول."
                                        : "Changes go through the API until sign-in is there.",
                                lang.tag())));
    }

    private Campaign.KeyFigures figures(
            mizan.core.campaign.Campaign campaign, Counts totals, LocalDate from, LocalDate today) {
        long committed = engine.accountant().used(campaign.id().value(), "total");
        return new Campaign.KeyFigures(
                totals.spendMicros(),
                Math.max(0, committed - totals.spendMicros()),
                campaign.budget().totalMicros().orElse(0),
                OptionalDouble.empty(),
                today.isBefore(from)
                        ? OptionalInt.empty()
                        : OptionalInt.of((int) ChronoUnit.DAYS.between(from, today) + 1),
                OptionalInt.empty(),
                totals.rendered(),
                OptionalLong.empty(),
                totals.clicks(),
                totals.rendered() == 0
                        ? OptionalDouble.empty()
                        : OptionalDouble.of((double) totals.clicks() / totals.rendered()),
                totals.clicks() == 0 ? OptionalLong.empty() : OptionalLong.of(totals.spendMicros() / totals.clicks()),
                engine.brokenTerms());
    }

    private List<Campaign.Day> days(mizan.core.campaign.Campaign campaign, LocalDate from, LocalDate today) {
        var daily = engine.reports()
                .daily(
                        Reports.By.CAMPAIGN,
                        from.atStartOfDay(ZoneOffset.UTC).toInstant(),
                        today.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant(),
                        Optional.of(campaign.id().value()));
        var days = new ArrayList<Campaign.Day>();
        long spent = 0;
        long planned = 0;
        var limit = campaign.budget().totalMicros().orElse(0);
        for (var day = from; !day.isAfter(today) && days.size() < 400; day = day.plusDays(1)) {
            var counts =
                    daily.get(new Reports.Key(day.toEpochDay(), campaign.id().value()));
            spent += counts == null ? 0 : counts.spendMicros();
            planned += campaign.budget().dailyMicros().orElse(0);
            days.add(new Campaign.Day(
                    day,
                    OptionalLong.of(spent),
                    campaign.budget().dailyMicros().isPresent() ? OptionalLong.of(planned) : OptionalLong.empty(),
                    limit));
        }
        return days;
    }

    private static Campaign.Delivery delivery(java.util.Map<String, Long> lost, Counts totals) {
        var losses = new ArrayList<Campaign.Lost>();
        long slots = 0;
        for (var outcome : Outcome.values()) {
            long times = lost.getOrDefault(outcome.code(), 0L);
            slots += times;
            if (outcome != Outcome.WON && times > 0) {
                losses.add(new Campaign.Lost(outcome, "", times));
            }
        }
        return new Campaign.Delivery(slots, losses, totals.decided(), totals.charged());
    }

    private List<Campaign.Placement> placements(String campaign, Lang lang) {
        var placements = new ArrayList<Campaign.Placement>();
        for (var state : engine.reports().impressions(campaign, 6)) {
            record(state).ifPresent(r -> placements.add(placement(state, r, lang)));
        }
        return placements;
    }

    private Optional<DecisionRecord> record(ImpressionState state) {
        return engine.journal()
                .at(state.decidedAt())
                .flatMap(FactCodec::read)
                .flatMap(f -> f instanceof Fact.Decided decided ? Optional.of(decided.record()) : Optional.empty());
    }

    private Campaign.Placement placement(ImpressionState state, DecisionRecord record, Lang lang) {
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
                impression.decision().value(),
                OptionalLong.empty());
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

    private List<Campaign.AdGroup> groups(mizan.core.campaign.Campaign campaign, Lang lang) {
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

    private List<Campaign.Change> changes(String id) {
        return engine.booking().history(id, 12).stream()
                .map(CampaignView::change)
                .toList();
    }

    private static Campaign.Change change(Change change) {
        var field = switch (change.verb().toLowerCase(Locale.ROOT)) {
            case "create" -> Field.CREATED;
            case "pause", "resume", "archive" -> Field.STATUS;
            case "increase_budget", "decrease_budget" -> Field.BUDGET;
            default -> Field.OTHER;
        };
        Instant at = change.at();
        Campaign.Value to = switch (field) {
            case STATUS ->
                new Campaign.Value.Plain(change.body().path("entity_status").asString(""));
            case BUDGET ->
                new Campaign.Value.Amount(
                        change.body().path("budget").path("daily_micros").asLong(0));
            case CREATED, DAILY_BUDGET, BID, DATES, TERMS, TARGETING, CREATIVE, NAME, OTHER ->
                new Campaign.Value.None();
        };
        return new Campaign.Change(
                at, change.actor(), field, "", new Campaign.Value.None(), to, new Text(change.why(), "en"));
    }
}
