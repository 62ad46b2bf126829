package mizan.server.adcp;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import mizan.core.campaign.AdGroup;
import mizan.core.campaign.Campaign;
import mizan.core.campaign.ChargeBy;
import mizan.core.campaign.EntityStatus;
import mizan.server.accounting.LedgerBatch.Counts;
import mizan.server.reporting.Reports;
import tools.jackson.databind.node.ObjectNode;

/// What was shown and what it cost, by day (UTC), from the same figures as every other report.
final class Delivery {
    private static final Duration LONGEST = Duration.ofDays(366);

    private Delivery() {}

    private record Period(Instant from, Instant to) {
        static Period of(Sale sale) {
            var asked = sale.asked;
            var from = asked.optional("start_date").map(d -> day("start_date", d));
            var to = asked.optional("end_date").map(d -> day("end_date", d));
            var end = to.map(day -> begin(day.plusDays(1))).orElseGet(() -> tomorrow(sale));
            var period = new Period(from.map(Delivery::begin).orElse(end.minus(LONGEST)), end);
            if (!period.to.isAfter(period.from)) {
                throw AdcpError.invalid("end_date", "not before start_date");
            }
            return period;
        }
    }

    /// Figures are kept by the hour: what ends now would leave out the hour that goes on.
    private static Instant tomorrow(Sale sale) {
        return begin(LocalDate.ofInstant(sale.now(), ZoneOffset.UTC).plusDays(1));
    }

    private static LocalDate day(String name, String text) {
        try {
            return LocalDate.parse(text);
        } catch (java.time.format.DateTimeParseException _) {
            throw AdcpError.invalid(name, "a day such as 2026-12-01");
        }
    }

    private static Instant begin(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    static ObjectNode report(Sale sale) {
        var period = Period.of(sale);
        var ids = sale.asked.texts("media_buy_ids");
        var accounts = Accounts.some(sale);
        var answer = Sale.node();
        answer.putObject("reporting_period")
                .put("start", period.from.toString())
                .put("end", period.to.toString());
        answer.put(
                "currency",
                accounts.stream().findFirst().map(Accounts.Account::currency).orElse("USD"));
        var list = answer.putArray("media_buy_deliveries");
        for (var account : accounts) {
            var campaigns = ids.isEmpty()
                    ? MediaBuys.campaigns(sale, account)
                    : ids.stream().map(id -> MediaBuys.find(sale, account, id)).toList();
            campaigns.forEach(c -> list.add(of(sale, period, account.currency(), c)));
        }
        answer.put("sandbox", sale.sandbox());
        return answer;
    }

    private static ObjectNode of(Sale sale, Period period, String currency, Campaign campaign) {
        var json = Sale.node().put("media_buy_id", campaign.id().value());
        json.put("status", MediaBuys.status(sale, campaign));
        var all = daily(sale, period, campaign);
        var document = MediaBuys.document(sale, campaign).orElseGet(Sale::node);
        var counts = sum(all.values().stream().flatMap(m -> m.values().stream()).toList());
        figures(json.putObject("totals"), Simulated.of(document).plus(counts));
        var packages = json.putArray("by_package");
        var groups = Packages.groups(sale, campaign);
        for (int i = 0; i < groups.size(); i++) {
            var group = groups.get(i);
            var days = all.getOrDefault(group.id().value(), Map.of());
            // Nobody says of which package a test's figures are: the first takes them.
            var figures = (i == 0 ? Simulated.of(document) : Counts.NONE).plus(sum(days.values()));
            var one = packages.addObject().put("package_id", group.id().value());
            figures(one, figures);
            one.put("pricing_model", model(group.bid().chargeBy()));
            one.put("rate", Money.of(group.bid().amountMicros())).put("currency", currency);
            one.put("paused", group.status() == EntityStatus.PAUSED);
            if (sale.asked.flag("include_package_daily_breakdown").orElse(false)) {
                daily(one, days);
            }
        }
        return json;
    }

    private static void daily(ObjectNode json, Map<Long, Counts> days) {
        var list = json.putArray("daily_breakdown");
        days.forEach((day, counts) -> list.addObject()
                .put("date", LocalDate.ofEpochDay(day).toString())
                .put("impressions", counts.rendered())
                .put("spend", Money.of(counts.spendMicros())));
    }

    private static Counts sum(java.util.Collection<Counts> counts) {
        return counts.stream().reduce(Counts.NONE, Counts::plus);
    }

    /// Figures of each group by day.
    private static Map<String, Map<Long, Counts>> daily(Sale sale, Period period, Campaign campaign) {
        var groups = new java.util.HashMap<String, Map<Long, Counts>>();
        sale.engine()
                .reports()
                .daily(
                        Reports.By.AD_GROUP,
                        period.from,
                        period.to,
                        Optional.of(campaign.id().value()))
                .forEach((key, counts) ->
                        groups.computeIfAbsent(key.id(), _ -> new TreeMap<>()).merge(key.day(), counts, Counts::plus));
        return groups;
    }

    private static void figures(ObjectNode json, Counts counts) {
        json.put("impressions", counts.rendered()).put("spend", Money.of(counts.spendMicros()));
        json.put("clicks", counts.clicks());
        if (counts.rendered() > 0) {
            json.put("ctr", (double) counts.clicks() / counts.rendered());
            json.putObject("viewability")
                    .put("measurable_impressions", counts.rendered())
                    .put("viewable_impressions", counts.viewable())
                    .put("viewable_rate", (double) counts.viewable() / counts.rendered())
                    .put("standard", "mrc");
        }
    }

    static String model(ChargeBy chargeBy) {
        return switch (chargeBy) {
            case IMPRESSION -> "cpm";
            case VIEWABLE_IMPRESSION -> "vcpm";
            case CLICK -> "cpc";
        };
    }

    /// What a package has had so far, as of now.
    static void snapshot(Sale sale, ObjectNode json, AdGroup group) {
        var campaign = sale.book().campaignOf(group);
        var period = new Period(sale.now().minus(LONGEST), tomorrow(sale));
        var counts = sum(daily(sale, period, campaign)
                .getOrDefault(group.id().value(), Map.of())
                .values());
        json.putObject("snapshot")
                .put("as_of", sale.now().toString())
                .put("staleness_seconds", 1)
                .put("impressions", counts.rendered())
                .put("spend", Money.of(counts.spendMicros()))
                .put("clicks", counts.clicks());
    }

    /// Figures that a test made up.
    static final class Simulated {
        private static final String FIELD = "simulated";

        private Simulated() {}

        static Counts of(ObjectNode buy) {
            var s = buy.path(FIELD);
            long impressions = s.path("impressions").asLong(0);
            return new Counts(
                    impressions,
                    impressions,
                    0,
                    s.path("clicks").asLong(0),
                    0,
                    impressions,
                    s.path("spend_micros").asLong(0));
        }

        static void add(ObjectNode buy, long impressions, long clicks, long spendMicros) {
            var before = of(buy);
            buy.putObject(FIELD)
                    .put("impressions", before.rendered() + impressions)
                    .put("clicks", before.clicks() + clicks)
                    .put("spend_micros", Math.addExact(before.spendMicros(), spendMicros));
        }
    }
}
