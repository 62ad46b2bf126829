package mizan.server.pages;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import mizan.core.campaign.AdGroupId;
import mizan.core.campaign.CampaignId;
import mizan.core.identity.SortableId;
import mizan.core.reconciliation.Difference;
import mizan.core.reconciliation.Line;
import mizan.core.reconciliation.Measure;
import mizan.server.api.ReconciliationDesk;
import mizan.server.app.Engine;
import mizan.server.console.page.DisputeList;
import mizan.server.console.page.Reconciliation;
import mizan.server.console.page.ReconciliationState;
import mizan.server.console.words.Lang;
import mizan.server.http.Principal;
import mizan.server.http.Scope;
import mizan.server.reconciliation.Kept;

/// Reads comparisons of counts for their pages.
final class ReconciliationView {
    private static final int MOST_LISTED = 50;
    private static final int MOST_LINES = 300;
    private static final int MOST_ADVERTISERS = 500;

    private final Engine engine;
    private final Principal who;
    private final String lang;

    ReconciliationView(Engine engine, Principal who, Lang lang) {
        this.engine = engine;
        this.who = who;
        this.lang = lang.tag();
    }

    Reconciliation list() {
        boolean maySend = who.may(Scope.MONEY_WRITE);
        return new Reconciliation(
                engine.reconciliations().newest(who.advertiser(), MOST_LISTED).stream()
                        .map(this::row)
                        .toList(),
                maySend && who.advertiser().isEmpty() ? advertisers() : List.of(),
                maySend);
    }

    private List<DisputeList.Choice> advertisers() {
        return engine.booking().book().advertisers().values().stream()
                .map(a -> new DisputeList.Choice(a.id().value(), a.name().in(lang)))
                .sorted(Comparator.comparing(DisputeList.Choice::name))
                .limit(MOST_ADVERTISERS)
                .toList();
    }

    private Reconciliation.Row row(Kept kept) {
        Map<ReconciliationState, Long> states =
                kept.lines().stream().collect(Collectors.groupingBy(l -> state(l), Collectors.counting()));
        return new Reconciliation.Row(
                kept.id(),
                Optional.ofNullable(engine.booking().book().advertisers().get(kept.advertiser()))
                        .map(a -> a.name().in(lang))
                        .orElse(kept.advertiser().value()),
                kept.at(),
                lower(kept.level()),
                kept.rows(),
                kept.wrong().size(),
                states);
    }

    private static ReconciliationState state(Line line) {
        return ReconciliationState.valueOf(line.state().name());
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    Reconciliation.Single one(Kept kept, ReconciliationDesk desk) {
        var lines = kept.lines().stream()
                .sorted(Comparator.comparing(Line::state).reversed().thenComparing(Line::day))
                .limit(MOST_LINES)
                .map(this::line)
                .toList();
        var book = engine.booking().book();
        Function<CampaignId, String> name =
                id -> Optional.ofNullable(book.campaigns().get(id))
                        .map(c -> c.name().in(lang))
                        .orElse(id.value());
        return new Reconciliation.Single(
                row(kept),
                kept.zone().getId(),
                kept.currency().getCurrencyCode(),
                kept.tolerancePercent(),
                kept.shiftHours(),
                kept.ignored(),
                kept.wrong().stream()
                        .limit(MOST_LINES)
                        .map(w -> new Reconciliation.Wrong(w.line(), w.why().code(), w.text()))
                        .toList(),
                lines,
                kept.lines().size() - lines.size(),
                who.may(Scope.MONEY_WRITE)
                        ? desk.disputable(kept).stream()
                                .map(id -> new DisputeList.Choice(id.value(), name.apply(id)))
                                .toList()
                        : List.of());
    }

    private Reconciliation.Line line(Line line) {
        return new Reconciliation.Line(
                line.theirs().map(t -> OptionalLong.of(t.line())).orElse(OptionalLong.empty()),
                line.day(),
                called(line.item()),
                state(line),
                line.differences().stream().map(d -> figure(line, d)).toList());
    }

    private String called(String item) {
        var book = engine.booking().book();
        if (SortableId.hasForm(CampaignId.PREFIX, item)) {
            return Optional.ofNullable(book.campaigns().get(new CampaignId(item)))
                    .filter(c -> who.sees(c.advertiser().value()))
                    .map(c -> c.name().in(lang))
                    .orElse(item);
        }
        if (SortableId.hasForm(AdGroupId.PREFIX, item)) {
            return Optional.ofNullable(book.adGroups().get(new AdGroupId(item)))
                    .filter(g -> Optional.ofNullable(book.campaigns().get(g.campaign()))
                            .filter(c -> who.sees(c.advertiser().value()))
                            .isPresent())
                    .map(g -> g.name().in(lang))
                    .orElse(item);
        }
        return item;
    }

    private static Reconciliation.Figure figure(Line line, Difference d) {
        return new Reconciliation.Figure(
                lower(d.measure()),
                d.measure() == Measure.COST,
                line.theirs().map(_ -> d.theirs()),
                d.ours(),
                d.rest(),
                d.reasons().stream()
                        .map(r -> new Reconciliation.Reason(lower(r.cause()), r.amount()))
                        .toList());
    }
}
