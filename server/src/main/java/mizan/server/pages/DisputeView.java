package mizan.server.pages;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import mizan.server.api.DisputeDesk;
import mizan.server.app.Engine;
import mizan.server.console.page.DisputeList;
import mizan.server.console.page.DisputeState;
import mizan.server.console.words.Lang;
import mizan.server.disputes.Dispute;
import mizan.server.disputes.DisputeStore;
import mizan.server.disputes.Verdict;
import mizan.server.http.Principal;
import mizan.server.http.Scope;

/// Reads disputes for their pages.
final class DisputeView {
    private static final int PAGE = 50;
    private static final int MOST_CAMPAIGNS = 200;

    private final Engine engine;
    private final Principal who;
    private final String lang;
    private final UnaryOperator<String> names;

    /// @param names what people and keys are called, from their ids
    DisputeView(Engine engine, Principal who, Lang lang, UnaryOperator<String> names) {
        this.engine = engine;
        this.who = who;
        this.lang = lang.tag();
        this.names = names;
    }

    /// Those that the reader may see, newest first.
    ///
    /// @param below numbers below this one
    DisputeList list(long below) {
        var found = engine.disputes().store().newest(who.advertiser(), Optional.empty(), below, PAGE + 1);
        var today = LocalDate.ofInstant(engine.time().instant(), java.time.ZoneOffset.UTC);
        return new DisputeList(
                found.stream().limit(PAGE).map(n -> row(n.dispute())).toList(),
                who.may(Scope.MONEY_WRITE) ? campaigns() : List.of(),
                Arrays.stream(Dispute.Reason.values()).map(Dispute.Reason::code).toList(),
                today.minusDays(DisputeDesk.DAYS_BACK - 1L),
                found.size() > PAGE
                        ? Optional.of(Long.toString(found.get(PAGE - 1).number()))
                        : Optional.empty());
    }

    private List<DisputeList.Choice> campaigns() {
        return engine.booking().book().campaigns().values().stream()
                .filter(c -> who.sees(c.advertiser().value()))
                .map(c -> new DisputeList.Choice(c.id().value(), c.name().in(lang)))
                .sorted(Comparator.comparing(DisputeList.Choice::name))
                .limit(MOST_CAMPAIGNS)
                .toList();
    }

    private DisputeList.Row row(Dispute d) {
        var book = engine.booking().book();
        return new DisputeList.Row(
                d.id(),
                Optional.ofNullable(book.campaigns().get(d.campaign()))
                        .map(c -> c.name().in(lang))
                        .orElse(d.campaign().value()),
                Optional.ofNullable(book.advertisers().get(d.advertiser()))
                        .map(a -> a.name().in(lang))
                        .orElse(d.advertiser().value()),
                d.reason().code(),
                state(d.state()),
                d.openedAt(),
                d.answerDue(),
                d.isOverdue(engine.time().instant()),
                d.currency().getCurrencyCode(),
                engine.disputes().store().credited(d.id()).micros());
    }

    private static DisputeState state(Dispute.State state) {
        return DisputeState.valueOf(state.name());
    }

    DisputeList.Single one(Dispute d) {
        boolean open = d.state().isOpen();
        boolean mayAnswer = open && who.may(Scope.FUNDS_WRITE);
        return new DisputeList.Single(
                row(d),
                d.campaign().value(),
                d.subject() instanceof Dispute.Subject.Days days
                        ? Optional.of(new DisputeList.Days(
                                days.from(), days.to().minusDays(1), days.zone().getId()))
                        : Optional.empty(),
                d.subject() instanceof Dispute.Subject.Showings(var named) ? named.size() : 0,
                lines(d),
                engine.disputes().store().credited(d.id()).showings(),
                mayAnswer ? creditable(d) : 0,
                d.entries().stream().map(this::said).toList(),
                open && who.may(Scope.MONEY_WRITE),
                mayAnswer);
    }

    private long creditable(Dispute d) {
        var all = new Verdict(Dispute.State.ACCEPTED, Verdict.Part.WHOLE, "");
        return engine.disputes().credits(d, all).stream()
                .mapToLong(DisputeStore.Credit::micros)
                .sum();
    }

    private DisputeList.Said said(Dispute.Entry e) {
        return new DisputeList.Said(
                e.at(),
                names.apply(e.by()),
                e.side() == Dispute.Side.PLATFORM,
                e.became().map(DisputeView::state),
                e.text());
    }

    private static List<DisputeList.Line> lines(Dispute d) {
        var none = OptionalLong.empty();
        var theirs = d.claimed();
        var ours = d.ours();
        return List.of(
                new DisputeList.Line("impressions", false, theirs.impressions(), ours.impressions()),
                new DisputeList.Line("viewable", false, none, ours.viewable()),
                new DisputeList.Line("clicks", false, theirs.clicks(), ours.clicks()),
                new DisputeList.Line("billed", false, none, ours.billed()),
                new DisputeList.Line("micros", true, theirs.micros(), ours.micros()),
                new DisputeList.Line("invalid", false, none, ours.invalid()));
    }
}
