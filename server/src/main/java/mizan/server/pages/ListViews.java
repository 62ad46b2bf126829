package mizan.server.pages;

import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
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
import mizan.server.console.page.Text;
import mizan.server.console.words.Lang;
import mizan.server.http.Call;
import mizan.server.reporting.Reports;

/// Reads the lists of advertisers and campaigns.
final class ListViews {
    private static final int PAGE = 50;
    private final Engine engine;

    ListViews(Engine engine) {
        this.engine = engine;
    }

    Lists.Advertisers advertisers(Call call, Lang lang) {
        var now = engine.time().instant();
        var search = call.query("q").orElse("").strip();
        var weekly = new Weekly(engine.reports(), now, 9);
        var balances = engine.accountant().balances();
        var book = engine.booking().book();
        var rows = book.advertisers().values().stream()
                .filter(a -> search.isEmpty()
                        || a.name()
                                .byLanguage()
                                .toString()
                                .toLowerCase(Locale.ROOT)
                                .contains(search.toLowerCase(Locale.ROOT)))
                .map(a -> {
                    var id = a.id().value();
                    var spend = weekly.spend.getOrDefault(id, new long[9]);
                    var campaigns = book.campaigns().values().stream()
                            .filter(c -> c.advertiser().equals(a.id()))
                            .toList();
                    var movement = Weekly.movement(
                            Weekly.sum(spend, 1, 5),
                            Weekly.sum(spend, 5, 9),
                            spend[0] > 0,
                            campaigns.stream().anyMatch(c -> c.status() == EntityStatus.PAUSED));
                    return new Lists.Advertiser(
                            id,
                            a.name().in(lang.tag()),
                            new Text(a.industry(), "en"),
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
        return new Lists.Advertisers(
                search, rows.size(), "USD", now, rows.stream().limit(PAGE).toList(), Optional.empty());
    }

    Lists.Campaigns campaigns(Call call, Lang lang) {
        var now = engine.time().instant();
        var search = call.query("q").orElse("").strip();
        var book = engine.booking().book();
        var totals = totals(engine, Reports.By.CAMPAIGN);
        List<Lists.CampaignRow> rows = book.campaigns().values().stream()
                .filter(c -> call.query("advertiser")
                        .map(a -> a.equals(c.advertiser().value()))
                        .orElse(true))
                .filter(c -> search.isEmpty()
                        || row(c, lang, totals)
                                .advertiser()
                                .toLowerCase(Locale.ROOT)
                                .contains(search.toLowerCase(Locale.ROOT)))
                .map(c -> row(c, lang, totals))
                .sorted(Comparator.comparingLong(Lists.CampaignRow::spentMicros).reversed())
                .toList();
        return new Lists.Campaigns(
                search,
                call.query("advertiser").flatMap(a -> rows.stream().findFirst().map(Lists.CampaignRow::advertiser)),
                Optional.empty(),
                rows.size(),
                now,
                rows.stream().limit(PAGE).toList(),
                Optional.empty());
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
