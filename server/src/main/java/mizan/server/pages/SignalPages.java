package mizan.server.pages;

import java.net.URI;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mizan.core.campaign.AdvertiserId;
import mizan.core.signal.Act;
import mizan.core.signal.SetAside;
import mizan.server.api.NewsSource;
import mizan.server.app.Engine;
import mizan.server.console.page.SignalDesk;
import mizan.server.console.page.Text;
import mizan.server.console.page.Told;
import mizan.server.console.words.Lang;
import mizan.server.http.Call;
import mizan.server.http.Problem;
import mizan.server.http.ProblemCode;
import mizan.server.reading.pull.Outbound;
import mizan.server.reading.pull.Outbound.Unreachable;
import mizan.server.reporting.KeptSignal;

/// Reads forms of the signal desk and shows what came of them.
final class SignalPages {
    static final int MAX_FORM = 1 << 18;
    private static final String ACTOR = "console";
    private static final int MOST = 200;

    private final Engine engine;
    private final Community community;
    private final Outbound outbound;

    SignalPages(Engine engine, Community community) {
        this.engine = engine;
        this.community = community;
        this.outbound = Outbound.guarded(engine.time());
    }

    SignalDesk show(Lang lang) {
        return show(lang, List.of(), "", 0);
    }

    private SignalDesk show(Lang lang, List<SignalDesk.Aside> aside, String notice, int found) {
        var rows = engine.desk().signals().stream().limit(MOST).toList();
        return new SignalDesk(
                rows.stream()
                        .filter(s -> s.state() == KeptSignal.State.PROPOSED)
                        .map(s -> row(s, lang))
                        .toList(),
                rows.stream()
                        .filter(s -> s.state() != KeptSignal.State.PROPOSED)
                        .map(s -> row(s, lang))
                        .toList(),
                aside,
                notice,
                found,
                today());
    }

    /// Reads the text, or what is behind the address, of a form.
    SignalDesk read(Call call, Lang lang) {
        var form = call.form();
        var published = day(form.getOrDefault("published", ""));
        List<NewsSource.Item> items;
        try {
            items = items(form);
        } catch (Unreachable | IllegalArgumentException _) {
            return show(lang, List.of(), "signals.notice.unreachable", 0);
        }
        int found = 0;
        var aside = new ArrayList<SignalDesk.Aside>();
        for (var item : items) {
            var proposed = engine.desk()
                    .read(
                            item.text(),
                            item.source(),
                            item.published().orElse(published),
                            engine.booking().book(),
                            List.of(community.name(Lang.EN), community.name(Lang.AR)),
                            ACTOR);
            found += proposed.signals().size();
            proposed.reading().setAside().forEach(s -> aside.add(aside(s, lang)));
        }
        return show(lang, aside, "signals.notice.read", found);
    }

    private List<NewsSource.Item> items(Map<String, String> form) throws Unreachable {
        var url = form.getOrDefault("url", "");
        if (!url.isBlank()) {
            return NewsSource.fetch(URI.create(url.strip()), outbound);
        }
        return List.of(new NewsSource.Item(
                form.getOrDefault("text", ""), form.getOrDefault("source", "").strip(), Optional.empty()));
    }

    void decide(Call call) {
        var state = call.form().getOrDefault("right", "").equals("yes")
                ? KeptSignal.State.CONFIRMED
                : KeptSignal.State.REJECTED;
        if (engine.desk().decide(call.param("id"), state, ACTOR, "").isEmpty()) {
            throw Problem.of(ProblemCode.NOT_FOUND).refused();
        }
    }

    void note(Call call) {
        var form = call.form();
        var id = DeskFigures.known(engine, call.param("id"))
                .orElseThrow(() -> Problem.of(ProblemCode.NOT_FOUND).refused());
        var text = form.getOrDefault("note", "").strip();
        if (!text.isEmpty()) {
            engine.desk().note(id, text.substring(0, Math.min(text.length(), 1_000)), ACTOR);
        }
    }

    private SignalDesk.Row row(KeptSignal kept, Lang lang) {
        var signal = kept.signal();
        return new SignalDesk.Row(
                kept.id(),
                signal.advertiser().value(),
                name(signal.advertiser(), lang),
                told(signal.act()),
                signal.by() == mizan.core.signal.Signal.By.PLATFORM,
                signal.stance() == mizan.core.signal.Signal.Stance.PLANNED,
                signal.when().from(),
                signal.when().to().minusDays(1),
                signal.when().stated(),
                signal.toldBy(),
                signal.some(),
                new Text(signal.evidence(), ""),
                kept.source(),
                kept.state() == KeptSignal.State.CONFIRMED,
                kept.decidedBy());
    }

    private SignalDesk.Aside aside(SetAside aside, Lang lang) {
        return new SignalDesk.Aside(
                name(aside.advertiser(), lang), told(aside.act()), aside.why().code(), new Text(aside.evidence(), ""));
    }

    private String name(AdvertiserId id, Lang lang) {
        return Optional.ofNullable(engine.booking().book().advertisers().get(id))
                .map(a -> a.name().in(lang.tag()))
                .orElse(id.value());
    }

    static Told told(Act act) {
        return switch (act) {
            case RAISED -> Told.RAISED;
            case REDUCED -> Told.REDUCED;
            case STOPPED -> Told.STOPPED;
            case RETURNED -> Told.RETURNED;
            case SUED -> Told.SUED;
            case PRAISED -> Told.PRAISED;
            case CRITICISED -> Told.CRITICISED;
            case LEADERSHIP_CONTACT -> Told.LEADERSHIP_CONTACT;
        };
    }

    /// News have a year of four digits: from one at the end of time no next day can be reckoned.
    private LocalDate day(String text) {
        try {
            return text.length() == 10 ? LocalDate.parse(text) : today();
        } catch (DateTimeParseException _) {
            return today();
        }
    }

    private LocalDate today() {
        return LocalDate.ofInstant(engine.time().instant(), ZoneOffset.UTC);
    }
}
