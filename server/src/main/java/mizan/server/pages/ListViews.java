package mizan.server.pages;

import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import mizan.core.campaign.Campaign;
import mizan.core.campaign.EntityStatus;
import mizan.core.campaign.Servability;
import mizan.core.ledger.AccountId;
import mizan.server.accounting.LedgerBatch.Counts;
import mizan.server.app.Engine;
import mizan.server.console.page.AccountState;
import mizan.server.console.page.Lists;
import mizan.server.console.page.Status;
import mizan.server.console.page.Suitability;
import mizan.server.console.words.Lang;
import mizan.server.http.Call;
import mizan.server.reporting.Reports;

/// Reads the lists of advertisers and campaigns.
final class ListViews {
    private static final int PAGE = 50;
    private final Engine engine;
    private final Community community;

    ListViews(Engine engine, Community community) {
        this.engine = engine;
        this.community = community;
    }

    Lists.Advertisers advertisers(Call call, Lang lang) {
        var now = engine.time().instant();
        var search = call.query("q").orElse("").strip();
        var weekly = new Weekly(engine.reports(), now, 9);
        var histories = new Histories(engine);
        var balances = engine.accountant().balances();
        var book = engine.booking().book();
        var campaignsOf = book.campaigns().values().stream().collect(Collectors.groupingBy(Campaign::advertiser));
        var rows = book.advertisers().values().stream()
                .filter(a -> call.principal().sees(a.id().value()))
                .filter(a ->
                        matches(search, a.id().value(), a.name().byLanguage().toString(), a.payer()))
                .map(a -> {
                    var id = a.id().value();
                    var spend = weekly.spend.getOrDefault(id, new long[9]);
                    var campaigns = campaignsOf.getOrDefault(a.id(), List.of());
                    var movement = Weekly.movement(
                            Weekly.sum(spend, 1, 5),
                            Weekly.sum(spend, 5, 9),
                            spend[0] > 0,
                            histories.standing(id, now));
                    return new Lists.Advertiser(
                            id,
                            a.name().in(lang.tag()),
                            community.note(a.industry(), lang),
                            AccountState.valueOf(a.status().name()),
                            movement,
                            (int) campaigns.stream()
                                    .filter(c -> c.status() == EntityStatus.ACTIVE)
                                    .count(),
                            Weekly.sum(spend, 5, 9),
                            balances.getOrDefault(new AccountId(AccountId.Kind.ADVERTISER_FUNDS, id, a.currency()), 0L),
                            campaigns.stream()
                                    .findFirst()
                                    .map(c -> Reading.suitability(book, c))
                                    .orElse(Suitability.NONE));
                })
                .sorted(Comparator.comparingLong(Lists.Advertiser::spentMicros).reversed())
                .toList();
        return new Lists.Advertisers(search, rows.size(), "USD", now, page(rows, call), next(rows, call));
    }

    Lists.Campaigns campaigns(Call call, Lang lang) {
        var now = engine.time().instant();
        var search = call.query("q").orElse("").strip();
        var book = engine.booking().book();
        var totals = totals(engine, Reports.By.CAMPAIGN);
        List<Lists.CampaignRow> rows = book.campaigns().values().stream()
                .filter(c -> call.principal().sees(c.advertiser().value()))
                .filter(c -> call.query("advertiser")
                        .map(a -> a.equals(c.advertiser().value()))
                        .orElse(true))
                .filter(c -> matches(
                        search,
                        c.id().value(),
                        c.name().byLanguage().toString(),
                        book.advertiserOf(c).name().byLanguage().toString()))
                .map(c -> row(c, lang, totals))
                .sorted(Comparator.comparingLong(Lists.CampaignRow::spentMicros).reversed())
                .toList();
        return new Lists.Campaigns(
                search,
                call.query("advertiser").flatMap(_ -> rows.stream().findFirst().map(Lists.CampaignRow::advertiser)),
                Optional.empty(),
                rows.size(),
                now,
                page(rows, call),
                next(rows, call));
    }

    /// The rows are in order of what was spent, which changes while one looks; the cursor is a position.
    private static <T> List<T> page(List<T> rows, Call call) {
        return rows.stream().skip(position(call)).limit(PAGE).toList();
    }

    private static <T> Optional<String> next(List<T> rows, Call call) {
        int next = position(call) + PAGE;
        return next < rows.size() ? Optional.of(String.valueOf(next)) : Optional.empty();
    }

    private static int position(Call call) {
        return call.query("after")
                .filter(a -> a.matches("[0-9]{1,6}"))
                .map(Integer::parseInt)
                .orElse(0);
    }

    private static boolean matches(String search, String... texts) {
        var wanted = search.toLowerCase(Locale.ROOT);
        return List.of(texts).stream().anyMatch(t -> t.toLowerCase(Locale.ROOT).contains(wanted));
    }

    private Lists.CampaignRow row(Campaign campaign, Lang lang, Map<String, Counts> totals) {
        var book = engine.booking().book();
        var reasons =
                Servability.reasonsNotServable(book, campaign, engine.time().instant());
        var counts = totals.getOrDefault(campaign.id().value(), Counts.NONE);
        return new Lists.CampaignRow(
                campaign.id().value(),
                campaign.name().in(lang.tag()),
                book.advertiserOf(campaign).name().in(lang.tag()),
                status(reasons),
                reasons,
                book.advertiserOf(campaign).currency().getCurrencyCode(),
                counts.spendMicros(),
                campaign.budget().totalMicros().orElse(0),
                OptionalDouble.empty(),
                counts.rendered());
    }

    static Status status(List<String> reasons) {
        if (reasons.isEmpty()) {
            return Status.SERVING;
        }
        return switch (reasons.getFirst()) {
            case "not_started" -> Status.NOT_STARTED;
            case "ended" -> Status.ENDED;
            case "draft", "campaign_draft" -> Status.DRAFT;
            case "archived", "campaign_archived" -> Status.ARCHIVED;
            case "ad_in_review", "account_pending_approval" -> Status.IN_REVIEW;
            case "ad_rejected" -> Status.REJECTED;
            case "payment_required" -> Status.NO_FUNDS;
            case "account_suspended", "account_closed", "ad_suspended" -> Status.SUSPENDED;
            default -> Status.PAUSED;
        };
    }

    /// All figures since the beginning, by id.
    static Map<String, Counts> totals(Engine engine, Reports.By by) {
        var totals = new HashMap<String, Counts>();
        engine.reports()
                .daily(by, java.time.Instant.EPOCH, engine.time().instant().plus(Duration.ofDays(1)), Optional.empty())
                .forEach((key, counts) -> totals.merge(key.id(), counts, Counts::plus));
        return totals;
    }
}
