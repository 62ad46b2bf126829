package mizan.server.pages;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import mizan.core.campaign.Ad;
import mizan.core.campaign.AdId;
import mizan.core.campaign.Servability;
import mizan.core.targeting.Targeting;
import mizan.server.app.Engine;
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
    private final ZoneId zone;

    RepositoryView(Engine engine, ZoneId zone) {
        this.engine = engine;
        this.zone = zone;
    }

    Repository read(Call call, Lang lang) {
        var words = call.query("q").orElse("").strip().toLowerCase(Locale.ROOT);
        var shown = engine.reports().shown();
        var all = new ArrayList<Repository.Ad>();
        for (var ad : engine.booking().book().ads().values()) {
            var times = shown.get(ad.id().value());
            if (times != null) {
                all.add(record(ad, times, lang));
            }
        }
        all.sort(Comparator.comparing(Repository.Ad::id).reversed());
        var counts = new EnumMap<AdState, Long>(AdState.class);
        all.forEach(a -> counts.merge(a.state(), 1L, Long::sum));
        var found = all.stream()
                .filter(a -> words.isEmpty() || haystack(a).contains(words))
                .filter(a ->
                        call.query("after").map(id -> a.id().compareTo(id) < 0).orElse(true))
                .toList();
        var page = found.stream().limit(PAGE).toList();
        return new Repository(
                all.size(),
                shown.values().stream()
                        .map(Reports.Shown::first)
                        .min(Comparator.naturalOrder())
                        .map(i -> LocalDate.ofInstant(i, zone)),
                new Repository.Filter(
                        call.query("q").orElse(""), "", "", Optional.empty(), Optional.empty(), List.of()),
                List.of(),
                counts,
                found.size(),
                page,
                found.size() > PAGE ? Optional.of(page.getLast().id()) : Optional.empty());
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
                Optional.empty(),
                advertiser.name().in(lang.tag()),
                advertiser.payer(),
                Optional.of(LocalDate.ofInstant(times.first(), zone)),
                running ? Optional.empty() : Optional.of(LocalDate.ofInstant(times.last(), zone)),
                OptionalLong.empty(),
                List.of(),
                aims(group.targeting()),
                List.of(),
                Optional.empty());
    }

    private static List<Repository.Aim> aims(Targeting targeting) {
        var aims = new ArrayList<Repository.Aim>();
        aim(aims, WhyKind.COUNTRY, targeting.countries());
        aim(aims, WhyKind.LANGUAGE, targeting.languages());
        aim(aims, WhyKind.DEVICE, targeting.devices());
        aim(aims, WhyKind.INTEREST, targeting.interests());
        aim(aims, WhyKind.TOPIC, targeting.topics());
        aim(aims, WhyKind.COMMUNITY, targeting.communities());
        return aims;
    }

    private static void aim(List<Repository.Aim> aims, WhyKind kind, java.util.Set<String> values) {
        if (!values.isEmpty()) {
            aims.add(new Repository.Aim(kind, values.stream().sorted().toList()));
        }
    }
}
