package mizan.server.reconciliation;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import mizan.core.campaign.AdGroup;
import mizan.core.campaign.AdGroupId;
import mizan.core.campaign.Advertiser;
import mizan.core.campaign.Book;
import mizan.core.campaign.Campaign;
import mizan.core.campaign.ChargeBy;
import mizan.core.campaign.Text;
import mizan.core.receipt.AdEvent;
import mizan.core.receipt.Impression;
import mizan.core.reconciliation.Measure;
import mizan.core.reconciliation.Ours;
import mizan.core.reconciliation.Totals;
import mizan.server.accounting.LedgerBatch;
import mizan.server.reporting.Reports;

/// Collects what the platform knows of an advertiser for a comparison.
final class Knowledge implements CountsFile.Items {
    /// What was shown longer than this before a midnight and is billed after it is not looked for.
    private static final Duration LATE_AT_MOST = Duration.ofHours(2);

    private final Book book;
    private final Advertiser advertiser;
    private final Reports reports;

    Knowledge(Book book, Advertiser advertiser, Reports reports) {
        this.book = book;
        this.advertiser = advertiser;
        this.reports = reports;
    }

    private List<Campaign> campaigns() {
        return book.campaigns().values().stream()
                .filter(c -> c.advertiser().equals(advertiser.id()))
                .toList();
    }

    private List<AdGroup> groups() {
        var own = new HashSet<>(campaigns().stream().map(Campaign::id).toList());
        return book.adGroups().values().stream()
                .filter(g -> own.contains(g.campaign()))
                .toList();
    }

    /// Ids, and the names of those that no other has; upper and lower case are the same.
    @Override
    public UnaryOperator<String> at(Level level) {
        var ids = new HashMap<String, String>();
        items(level).forEach(id -> ids.put(id, id));
        var names = new HashMap<String, Set<String>>();
        if (level == Level.CAMPAIGN) {
            campaigns().forEach(c -> name(names, c.name(), c.id().value()));
        } else if (level == Level.AD_GROUP) {
            groups().forEach(g -> name(names, g.name(), g.id().value()));
        }
        names.forEach((name, named) -> {
            if (named.size() == 1) {
                ids.putIfAbsent(name, named.iterator().next());
            }
        });
        return text -> Optional.ofNullable(ids.get(text))
                .or(() -> Optional.ofNullable(ids.get(lower(text))))
                .orElse(text);
    }

    private static void name(Map<String, Set<String>> names, Text name, String id) {
        for (var language : List.of("en", "ar")) {
            names.computeIfAbsent(lower(name.in(language)), _ -> new HashSet<>())
                    .add(id);
        }
    }

    private static String lower(String text) {
        return text.strip().toLowerCase(java.util.Locale.ROOT);
    }

    private Set<String> items(Level level) {
        var found = new HashSet<String>();
        switch (level) {
            case CAMPAIGN -> campaigns().forEach(c -> found.add(c.id().value()));
            case AD_GROUP -> groups().forEach(g -> found.add(g.id().value()));
            case AD -> {
                var own = new HashSet<>(groups().stream().map(AdGroup::id).toList());
                book.ads().values().stream()
                        .filter(a -> own.contains(a.adGroup()))
                        .forEach(a -> found.add(a.id().value()));
            }
        }
        return found;
    }

    /// @param first and `last` day of the file
    Ours of(Level level, LocalDate first, LocalDate last) {
        var zone = advertiser.timeZone();
        // A day more on either side: the advertiser's days may begin earlier or later.
        var from = first.minusDays(1).atStartOfDay(zone).toInstant();
        var to = last.plusDays(2).atStartOfDay(zone).toInstant();
        var hours = reports.hourly(advertiser.id().value(), from, to).stream()
                .map(h -> hour(level, h))
                .toList();
        return new Ours(
                zone, items(level), hours, invalid(from, to), late(level, first, last), credits(level, from, to));
    }

    private Ours.Hour hour(Level level, Reports.Hourly h) {
        var chargeBy = Optional.ofNullable(book.adGroups().get(new AdGroupId(h.adGroup())))
                .map(g -> g.bid().chargeBy())
                .orElse(ChargeBy.IMPRESSION);
        var ad = new Ours.Ad(h.ad(), item(level, h.campaign(), h.adGroup(), h.ad()), h.campaign(), chargeBy);
        return new Ours.Hour(ad, h.hour(), totals(h.counts()));
    }

    private static Totals totals(LedgerBatch.Counts c) {
        return new Totals(c.rendered(), c.viewable(), c.clicks(), c.charged(), c.spendMicros());
    }

    private static String item(Level level, String campaign, String group, String ad) {
        return switch (level) {
            case CAMPAIGN -> campaign;
            case AD_GROUP -> group;
            case AD -> ad;
        };
    }

    private static String item(Level level, Impression i) {
        return item(level, i.campaign().value(), i.adGroup().value(), i.ad().value());
    }

    private List<Ours.Invalid> invalid(Instant from, Instant to) {
        var first = LocalDate.ofInstant(from, ZoneOffset.UTC);
        var last = LocalDate.ofInstant(to, ZoneOffset.UTC);
        var found = new ArrayList<Ours.Invalid>();
        for (var campaign : campaigns()) {
            var id = campaign.id().value();
            first.datesUntil(last.plusDays(1))
                    .forEach(day -> reports.invalid(id, day, day.plusDays(1))
                            .forEach((what, times) -> measure(what.kind())
                                    .ifPresent(m -> found.add(new Ours.Invalid(id, day, m, times)))));
        }
        return found;
    }

    private static Optional<Measure> measure(AdEvent.Kind kind) {
        return switch (kind) {
            case RENDERED -> Optional.of(Measure.IMPRESSIONS);
            case CLICK -> Optional.of(Measure.CLICKS);
            case VIEWABLE, HIDE, HIDE_ADVERTISER, SHOW_AGAIN -> Optional.empty();
        };
    }

    private List<Ours.Late> late(Level level, LocalDate first, LocalDate last) {
        var found = new ArrayList<Ours.Late>();
        for (var day = first.minusDays(1); !day.isAfter(last); day = day.plusDays(1)) {
            var midnight = day.plusDays(1).atStartOfDay(advertiser.timeZone()).toInstant();
            for (var campaign : campaigns()) {
                for (var showing : reports.billedAfter(campaign.id().value(), midnight.minus(LATE_AT_MOST), midnight)) {
                    var i = showing.impression();
                    found.add(new Ours.Late(item(level, i), day, billedBy(i.chargeBy()), i.priceMicros()));
                }
            }
        }
        return found;
    }

    private static Measure billedBy(ChargeBy chargeBy) {
        return switch (chargeBy) {
            case IMPRESSION -> Measure.IMPRESSIONS;
            case VIEWABLE_IMPRESSION -> Measure.COST;
            case CLICK -> Measure.CLICKS;
        };
    }

    private List<Ours.Credit> credits(Level level, Instant from, Instant to) {
        return reports.credited(advertiser.id().value(), from, to).stream()
                .map(c -> new Ours.Credit(
                        item(level, c.showing().impression()),
                        LocalDate.ofInstant(c.showing().impression().servedAt(), advertiser.timeZone()),
                        c.micros()))
                .toList();
    }
}
