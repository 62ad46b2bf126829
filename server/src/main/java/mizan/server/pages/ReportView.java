package mizan.server.pages;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import mizan.core.campaign.AdvertiserId;
import mizan.core.campaign.CampaignId;
import mizan.core.identity.SortableId;
import mizan.server.accounting.LedgerBatch.Counts;
import mizan.server.app.Engine;
import mizan.server.booking.Kind;
import mizan.server.console.page.Report;
import mizan.server.console.page.Report.By;
import mizan.server.console.page.Report.Column;
import mizan.server.http.Call;
import mizan.server.reporting.Reports;

/// Reads a report: what its address asks for, of those advertisers that the caller may see.
final class ReportView {
    static final int MOST_ROWS = 1_000;
    private static final int DAYS = 28;
    private static final int MOST_DAYS = 800;
    private static final List<Column> ALWAYS = List.of(
            Column.IMPRESSIONS,
            Column.VIEWABLE,
            Column.VIEWABLE_RATE,
            Column.CLICKS,
            Column.CLICK_RATE,
            Column.SPEND,
            Column.CPM,
            Column.CPC);
    private static final List<Column> COMPARED =
            List.of(Column.IMPRESSIONS_BEFORE, Column.SPEND_BEFORE, Column.SPEND_CHANGE);
    private final Engine engine;
    private final String lang;
    private final ZoneId zone;

    /// Whose each thing of the report is.
    private final Map<String, String> owners = new HashMap<>();

    ReportView(Engine engine, String lang, ZoneId zone) {
        this.engine = engine;
        this.lang = lang;
        this.zone = zone;
    }

    /// What somebody asks for.
    ///
    /// @param advertiser whose figures; empty for all
    /// @param campaign its figures alone; empty for all
    record Question(
            By by, LocalDate from, LocalDate to, Compare compare, String advertiser, String campaign, Column sort) {
        Optional<String> only() {
            return !campaign.isEmpty()
                    ? Optional.of(campaign)
                    : Optional.of(advertiser).filter(a -> !a.isEmpty());
        }

        Optional<Report.Span> compared() {
            long days = ChronoUnit.DAYS.between(from, to) + 1;
            return switch (compare) {
                case NONE -> Optional.empty();
                case BEFORE -> Optional.of(new Report.Span(from.minusDays(days), to.minusDays(days)));
                // 52 weeks: the same days of the week.
                case YEAR -> Optional.of(new Report.Span(from.minusWeeks(52), to.minusWeeks(52)));
            };
        }
    }

    /// What a span is compared with.
    enum Compare {
        NONE,
        BEFORE,
        YEAR;

        String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// Whatever cannot be read is as if it had not been asked for.
    Question question(Call call) {
        var today = LocalDate.ofInstant(engine.time().instant(), zone);
        var to = day(call, "to").filter(d -> !d.isAfter(today)).orElse(today);
        var from = day(call, "from")
                .filter(d -> !d.isAfter(to) && d.isAfter(to.minusDays(MOST_DAYS)))
                .orElse(to.minusDays(DAYS - 1L));
        var bound = call.principal().advertiser();
        var advertiser = bound.or(() -> call.query("advertiser")
                        .filter(a -> SortableId.hasForm(AdvertiserId.PREFIX, a)
                                && engine.booking().body(Kind.ADVERTISER, a).isPresent()))
                .orElse("");
        var campaign = call.query("campaign")
                .flatMap(id -> engine.booking().body(Kind.CAMPAIGN, id).map(body -> Map.entry(id, body)))
                .filter(c ->
                        call.principal().sees(c.getValue().path("advertiser").asString("")))
                .filter(c -> advertiser.isEmpty()
                        || c.getValue().path("advertiser").asString("").equals(advertiser))
                .map(Map.Entry::getKey)
                .orElse("");
        var by = call.query("by")
                .flatMap(By::of)
                .filter(b -> bound.isEmpty() || b != By.ADVERTISER)
                .orElse(By.CAMPAIGN);
        var compare = call.query("compare").orElse("");
        return new Question(
                by,
                from,
                to,
                compare.equals("before") ? Compare.BEFORE : compare.equals("year") ? Compare.YEAR : Compare.NONE,
                advertiser,
                campaign,
                ALWAYS.stream()
                        .filter(c -> c.code().equals(call.query("sort").orElse("")))
                        .findFirst()
                        .orElse(Column.SPEND));
    }

    private static Optional<LocalDate> day(Call call, String name) {
        try {
            return call.query(name).filter(d -> d.length() == 10).map(LocalDate::parse);
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }

    Report read(Question question) {
        var currency = currency(question);
        var now = counts(question, new Report.Span(question.from(), question.to()), currency);
        var compared = question.compared();
        var before = compared.map(span -> aligned(question, span, counts(question, span, currency)))
                .orElse(Map.of());
        var columns = new ArrayList<>(ALWAYS);
        if (compared.isPresent()) {
            columns.addAll(COMPARED);
        }
        var ids = new ArrayList<>(now.keySet());
        before.keySet().stream().filter(id -> !now.containsKey(id)).forEach(ids::add);
        var rows = ids.stream()
                .map(id -> row(
                        id,
                        name(question, id),
                        columns,
                        now.getOrDefault(id, Counts.NONE),
                        before.getOrDefault(id, Counts.NONE)))
                .sorted(order(question))
                .toList();
        return new Report(
                question.by(),
                question.from(),
                question.to(),
                compared,
                zone.getId(),
                currency,
                engine.time().instant(),
                columns,
                rows.stream().limit(MOST_ROWS).toList(),
                row("", "", columns, sum(now), sum(before)),
                rows.size());
    }

    /// Figures of different currencies are never added up: those of the advertiser, or of most advertisers.
    private String currency(Question question) {
        if (!question.campaign().isEmpty()) {
            var campaigns = engine.booking().book().campaigns();
            return currency(Optional.ofNullable(campaigns.get(new CampaignId(question.campaign())))
                    .map(c -> c.advertiser().value())
                    .orElse(""));
        }
        var byCurrency = new HashMap<String, Integer>();
        engine.booking().book().advertisers().values().stream()
                .filter(a -> question.advertiser().isEmpty() || a.id().value().equals(question.advertiser()))
                .forEach(a -> byCurrency.merge(a.currency().getCurrencyCode(), 1, Integer::sum));
        return byCurrency.entrySet().stream()
                .max(Map.Entry.<String, Integer>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                .map(Map.Entry::getKey)
                .orElse("USD");
    }

    private Map<String, Counts> counts(Question question, Report.Span span, String currency) {
        var from = span.from().atStartOfDay(zone).toInstant();
        var to = span.to().plusDays(1).atStartOfDay(zone).toInstant();
        var found = new HashMap<String, Counts>();
        if (question.by().isTime()) {
            var hours = question.only()
                    .map(id -> engine.reports().hours(from, to, id))
                    .orElseGet(() -> engine.reports().hours(from, to, Currency.getInstance(currency)));
            hours.forEach((hour, counts) -> found.merge(time(question.by(), hour), counts, Counts::plus));
        } else {
            var by = Reports.By.valueOf(question.by().name());
            engine.reports().parts(by, from, to, question.only()).forEach((part, counts) -> {
                if (currency.equals(currency(part.advertiser()))) {
                    owners.put(part.id(), part.advertiser());
                    found.merge(part.id(), counts, Counts::plus);
                }
            });
        }
        return found;
    }

    private String currency(String advertiser) {
        var found = SortableId.hasForm(AdvertiserId.PREFIX, advertiser)
                ? engine.booking().book().advertisers().get(new AdvertiserId(advertiser))
                : null;
        return found == null ? "" : found.currency().getCurrencyCode();
    }

    private String time(By by, long hour) {
        var at = ZonedDateTime.ofInstant(Instant.ofEpochSecond(hour * 3_600), zone);
        return switch (by) {
            case DAY -> at.toLocalDate().toString();
            case WEEKDAY -> Integer.toString(at.getDayOfWeek().getValue());
            case HOUR -> Integer.toString(at.getHour());
            case ADVERTISER, CAMPAIGN, AD_GROUP, AD, PLACEMENT -> throw new IllegalArgumentException(by.name());
        };
    }

    /// Days of the span before stand beside those that they are compared with.
    private static Map<String, Counts> aligned(Question question, Report.Span span, Map<String, Counts> counts) {
        if (question.by() != By.DAY) {
            return counts;
        }
        long shift = ChronoUnit.DAYS.between(span.from(), question.from());
        var moved = new HashMap<String, Counts>();
        counts.forEach(
                (day, c) -> moved.put(LocalDate.parse(day).plusDays(shift).toString(), c));
        return moved;
    }

    private static Counts sum(Map<String, Counts> counts) {
        return counts.values().stream().reduce(Counts.NONE, Counts::plus);
    }

    private static Comparator<Report.Row> order(Question question) {
        if (question.by().isTime()) {
            return Comparator.comparingInt((Report.Row row) -> row.id().length() < 3 ? Integer.parseInt(row.id()) : 0)
                    .thenComparing(Report.Row::id);
        }
        int at = ALWAYS.indexOf(question.sort());
        return Comparator.comparingDouble((Report.Row row) ->
                        row.figures().get(at).map(Number::doubleValue).orElse(-1.0))
                .reversed()
                .thenComparing(Report.Row::id);
    }

    private static Report.Row row(String id, String name, List<Column> columns, Counts now, Counts before) {
        return new Report.Row(
                id, name, columns.stream().map(c -> figure(c, now, before)).toList());
    }

    /// Prices are rounded to the nearest micro: they are shown, never charged.
    private static Optional<Number> figure(Column column, Counts now, Counts before) {
        return switch (column) {
            case IMPRESSIONS -> Optional.of(now.rendered());
            case VIEWABLE -> Optional.of(now.viewable());
            case VIEWABLE_RATE -> share(now.viewable(), now.rendered());
            case CLICKS -> Optional.of(now.clicks());
            case CLICK_RATE -> share(now.clicks(), now.rendered());
            case SPEND -> Optional.of(now.spendMicros());
            case CPM -> price(now.spendMicros() * 1_000.0, now.rendered());
            case CPC -> price((double) now.spendMicros(), now.clicks());
            case IMPRESSIONS_BEFORE -> Optional.of(before.rendered());
            case SPEND_BEFORE -> Optional.of(before.spendMicros());
            case SPEND_CHANGE -> share(now.spendMicros() - before.spendMicros(), before.spendMicros());
        };
    }

    private static Optional<Number> share(long part, long whole) {
        return whole == 0 ? Optional.empty() : Optional.of((double) part / whole);
    }

    private static Optional<Number> price(double micros, long units) {
        return units == 0 ? Optional.empty() : Optional.of(Math.round(micros / units));
    }

    /// Where all advertisers are shown, things of the same name are told apart by whose they are.
    private String name(Question question, String id) {
        var name = name(question.by(), id);
        boolean several = question.only().isEmpty()
                && (question.by() == By.CAMPAIGN || question.by() == By.AD_GROUP || question.by() == By.AD);
        return several ? name + " · " + name(By.ADVERTISER, owners.getOrDefault(id, "")) : name;
    }

    private String name(By by, String id) {
        return switch (by) {
            case ADVERTISER -> name(Kind.ADVERTISER, id, "name");
            case CAMPAIGN -> name(Kind.CAMPAIGN, id, "name");
            case AD_GROUP -> name(Kind.AD_GROUP, id, "name");
            case PLACEMENT -> name(Kind.PLACEMENT, id, "name");
            case AD ->
                engine.booking()
                        .body(Kind.AD, id)
                        .map(ad -> name(Kind.CREATIVE, ad.path("creative").asString(""), "headline"))
                        .orElse("");
            case DAY, WEEKDAY, HOUR -> "";
        };
    }

    private String name(Kind kind, String id, String field) {
        return engine.booking()
                .body(kind, id)
                .map(body -> mizan.server.editing.Edits.name(body.path(field), lang))
                .orElse("");
    }
}
