package mizan.server.pages;

import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import mizan.core.campaign.Ad;
import mizan.core.campaign.AdId;
import mizan.core.campaign.Servability;
import mizan.core.targeting.Criterion;
import mizan.core.targeting.Targeting;
import mizan.server.app.Engine;
import mizan.server.console.Assets;
import mizan.server.console.page.AdState;
import mizan.server.console.page.Repository;
import mizan.server.console.page.WhyKind;
import mizan.server.console.words.Lang;
import mizan.server.http.Call;
import mizan.server.reporting.Reports;

/// Every ad that was ever shown, on whose behalf and who paid: DSA art. 39(2), for anybody.
final class RepositoryView {
    private static final int PAGE = 20;
    private final Engine engine;
    private final Assets assets;
    private final ZoneId zone;

    RepositoryView(Engine engine, Assets assets, ZoneId zone) {
        this.engine = engine;
        this.assets = assets;
        this.zone = zone;
    }

    Repository read(Call call, Lang lang) {
        var filter = filter(call);
        var shown = engine.reports().shown();
        var all = new ArrayList<Repository.Ad>();
        var aimedAt = new TreeSet<String>();
        for (var ad : engine.booking().book().ads().values()) {
            var times = shown.get(ad.id().value());
            if (times != null) {
                all.add(record(ad, times, lang));
                aimedAt.addAll(targeting(ad).wants(Criterion.COUNTRY));
            }
        }
        all.sort(Comparator.comparing(Repository.Ad::id).reversed());
        var counts = new EnumMap<AdState, Long>(AdState.class);
        all.forEach(a -> counts.merge(a.state(), 1L, Long::sum));
        var found = all.stream().filter(a -> matches(a, filter)).toList();
        var rest = found.stream()
                .filter(a ->
                        call.query("after").map(id -> a.id().compareTo(id) < 0).orElse(true))
                .toList();
        var page = rest.stream().limit(PAGE).toList();
        return new Repository(
                all.size(),
                shown.values().stream()
                        .map(Reports.Shown::first)
                        .min(Comparator.naturalOrder())
                        .map(i -> LocalDate.ofInstant(i, zone)),
                filter,
                aimedAt.stream()
                        .map(code -> new Repository.Country(code, Reading.country(code, lang)))
                        .toList(),
                counts,
                found.size(),
                page,
                rest.size() > PAGE ? Optional.of(page.getLast().id()) : Optional.empty());
    }

    private static Repository.Filter filter(Call call) {
        return new Repository.Filter(
                call.query("q").orElse("").strip(),
                call.query("advertiser").orElse(""),
                call.query("country").orElse(""),
                call.query("from").flatMap(RepositoryView::day),
                call.query("to").flatMap(RepositoryView::day),
                Stream.of(AdState.values())
                        .filter(state -> call.query(state.code()).isPresent())
                        .toList());
    }

    private static Optional<LocalDate> day(String text) {
        try {
            return Optional.of(LocalDate.parse(text));
        } catch (DateTimeParseException _) {
            // The field was left empty, or holds no date: every day then.
            return Optional.empty();
        }
    }

    /// An ad that is aimed at no country was shown in all of them.
    private boolean matches(Repository.Ad ad, Repository.Filter filter) {
        var countries = targeting(
                        Optional.ofNullable(engine.booking().book().ads().get(new AdId(ad.id())))
                                .orElseThrow())
                .wants(Criterion.COUNTRY);
        return haystack(ad).contains(filter.words().toLowerCase(Locale.ROOT))
                && (filter.advertiser().isEmpty() || filter.advertiser().equals(ad.advertiserId()))
                && (filter.country().isEmpty() || countries.isEmpty() || countries.contains(filter.country()))
                && (filter.states().isEmpty() || filter.states().contains(ad.state()))
                && filter.from()
                        .map(from ->
                                ad.shownUntil().map(end -> !end.isBefore(from)).orElse(true))
                        .orElse(true)
                && filter.until()
                        .map(until -> ad.shownFrom()
                                .map(first -> !first.isAfter(until))
                                .orElse(true))
                        .orElse(true);
    }

    private Targeting targeting(Ad ad) {
        return Optional.ofNullable(engine.booking().book().adGroups().get(ad.adGroup()))
                .orElseThrow()
                .targeting();
    }

    private static String haystack(Repository.Ad ad) {
        return String.join(" ", ad.id(), ad.headline().value(), ad.body().value(), ad.onBehalfOf(), ad.payer())
                .toLowerCase(Locale.ROOT);
    }

    Optional<Repository.Single> single(String id, Lang lang) {
        if (!mizan.core.identity.SortableId.hasForm(AdId.PREFIX, id)) {
            return Optional.empty();
        }
        Map<String, Reports.Shown> shown = engine.reports().shown();
        return Optional.ofNullable(engine.booking().book().ads().get(new AdId(id)))
                .flatMap(ad -> Optional.ofNullable(shown.get(id)).map(times -> record(ad, times, lang)))
                .map(record -> new Repository.Single(record, "", Optional.empty(), OptionalLong.empty()));
    }

    private Repository.Ad record(Ad ad, Reports.Shown times, Lang lang) {
        var book = engine.booking().book();
        var group = Optional.ofNullable(book.adGroups().get(ad.adGroup())).orElseThrow();
        var campaign = book.campaignOf(group);
        var advertiser = book.advertiserOf(campaign);
        var creative = Optional.ofNullable(book.creatives().get(ad.creative())).orElseThrow();
        boolean running =
                Servability.reasonsNotServable(book, group, engine.time().instant())
                                .isEmpty()
                        && Servability.reasonsNotServable(book, ad).isEmpty();
        return new Repository.Ad(
                ad.id().value(),
                advertiser.id().value(),
                running ? AdState.RUNNING : AdState.ENDED,
                Reading.text(creative.headline(), lang),
                Reading.text(creative.body(), lang),
                Reading.picture(creative, assets, lang),
                advertiser.name().in(lang.tag()),
                advertiser.payer(),
                Optional.of(LocalDate.ofInstant(times.first(), zone)),
                running ? Optional.empty() : Optional.of(LocalDate.ofInstant(times.last(), zone)),
                times.rendered(),
                OptionalLong.empty(),
                List.of(),
                aims(group.targeting(), lang),
                List.of(),
                Optional.empty());
    }

    private static List<Repository.Aim> aims(Targeting targeting, Lang lang) {
        var aims = new ArrayList<Repository.Aim>();
        aim(aims, WhyKind.COUNTRY, names(targeting.wants(Criterion.COUNTRY), c -> Reading.country(c, lang)));
        aim(aims, WhyKind.REGION, targeting.wants(Criterion.REGION));
        aim(aims, WhyKind.LANGUAGE, names(targeting.wants(Criterion.LANGUAGE), l -> Reading.language(l, lang)));
        aim(aims, WhyKind.DEVICE, targeting.wants(Criterion.DEVICE));
        aim(aims, WhyKind.PLACEMENT, targeting.wants(Criterion.PLACEMENT));
        aim(aims, WhyKind.TOPIC, targeting.wants(Criterion.TOPIC));
        aim(aims, WhyKind.COMMUNITY, targeting.wants(Criterion.COMMUNITY));
        aim(aims, WhyKind.KEYWORD, targeting.wants(Criterion.KEYWORD));
        aim(aims, WhyKind.AUTHOR, targeting.wants(Criterion.AUTHOR));
        aim(aims, WhyKind.INTEREST, targeting.wants(Criterion.INTEREST));
        aim(aims, WhyKind.SEGMENT, targeting.wants(Criterion.SEGMENT));
        aim(aims, WhyKind.AGE, targeting.wants(Criterion.AGE));
        return aims;
    }

    private static Set<String> names(Set<String> codes, UnaryOperator<String> name) {
        return codes.stream().map(name).collect(Collectors.toSet());
    }

    private static void aim(List<Repository.Aim> aims, WhyKind kind, Set<String> values) {
        if (!values.isEmpty()) {
            aims.add(new Repository.Aim(kind, values.stream().sorted().toList()));
        }
    }
}
