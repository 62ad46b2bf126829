package mizan.server.pages;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import mizan.core.campaign.AdvertiserId;
import mizan.core.desk.BoycottAlarm;
import mizan.core.desk.Forecast;
import mizan.core.suitability.Terms;
import mizan.server.app.Engine;
import mizan.server.console.words.Words;
import mizan.server.reporting.Desk;

/// What the desk judges beside what it adds up: the boycott alarm, the forecast and the weekly mail.
public final class DeskFigures {
    private static final int WEEKS = 53;
    private static final int MAIL_ACTIONS = 10;

    private final Engine engine;
    private final Histories histories;
    private final Weekly weekly;
    private final Instant now;

    public DeskFigures(Engine engine) {
        this(engine, new Histories(engine));
    }

    DeskFigures(Engine engine, Histories histories) {
        this.engine = engine;
        this.histories = histories;
        this.now = engine.time().instant();
        this.weekly = new Weekly(engine.reports(), now, WEEKS);
    }

    public Optional<BoycottAlarm> alarm() {
        var pauses = new ArrayList<BoycottAlarm.Pause>();
        for (var id : engine.booking().book().advertisers().keySet()) {
            histories.of(id.value()).stream()
                    .filter(c -> c.verb().equals("pause") || c.verb().equals("archive"))
                    .filter(c -> histories.standing(id.value(), c.at()) != Histories.Standing.ACTIVE)
                    .forEach(c -> pauses.add(new BoycottAlarm.Pause(id.value(), c.at())));
        }
        return BoycottAlarm.judge(pauses, now, reasons());
    }

    /// What is known of each advertiser that could be why it stopped: its terms, what was noted with its last
    /// change, and what a person confirmed of the news.
    private Map<String, Set<String>> reasons() {
        var book = engine.booking().book();
        var reasons = new HashMap<String, Set<String>>();
        for (var id : book.advertisers().keySet()) {
            var theirs = new HashSet<String>();
            var changes = histories.of(id.value());
            if (!changes.isEmpty() && !changes.getLast().why().isEmpty()) {
                theirs.add("note:" + changes.getLast().why());
            }
            engine.desk()
                    .confirmed(id.value())
                    .forEach(s -> theirs.add("signal:" + s.signal().act().code()));
            reasons.put(id.value(), theirs);
        }
        book.campaigns().values().forEach(c -> {
            var terms = book.termsOf(c).map(Terms::preset).map(p -> p.name().toLowerCase(Locale.ROOT));
            reasons.getOrDefault(c.advertiser().value(), new HashSet<>()).add("terms:" + terms.orElse("none"));
        });
        return reasons;
    }

    /// From the weeks since revenue began.
    public Optional<Forecast> forecast() {
        var all = IntStream.range(0, WEEKS).mapToLong(weekly::total).dropWhile(w -> w == 0);
        return Forecast.of(all.toArray());
    }

    /// The weekly mail, kept for a program that sends it.
    public Desk.Mail mail(Words words, String actor) {
        return engine.desk().spool(words.lang().tag(), subject(words), text(words), actor);
    }

    String subject(Words words) {
        return words.text("mail.subject", words.dates().date(weekly.weeks.getLast()));
    }

    /// Revenue, the alarm, the forecast with its error, and what is to be done.
    String text(Words words) {
        var figures = words.figures();
        var lines = new ArrayList<String>();
        long last = weekly.total(WEEKS - 1);
        long before = weekly.total(WEEKS - 2);
        lines.add(words.text("mail.revenue", figures.roundMoney(last, "USD"), figures.roundMoney(before, "USD")));
        alarm().ifPresentOrElse(
                        a -> lines.add(words.text("mail.alarm", a.paused().size(), figures.decimal(a.usual(), 1))),
                        () -> lines.add(words.text("mail.quiet")));
        forecast().ifPresent(f -> {
            var week = f.weeks().getFirst();
            lines.add(words.text(
                    "mail.forecast",
                    figures.roundMoney(week.low(), "USD"),
                    figures.roundMoney(week.high(), "USD"),
                    figures.percent(f.meanError(), 1)));
        });
        var waiting = engine.desk().signals().stream()
                .filter(s -> s.state() == mizan.server.reporting.KeptSignal.State.PROPOSED)
                .count();
        lines.add(words.text("mail.signals", (int) waiting));
        lines.addAll(actions(words));
        return String.join("\n", lines) + "\n";
    }

    private List<String> actions(Words words) {
        return engine.booking().book().advertisers().values().stream()
                .flatMap(a -> engine.desk().next(a.id().value()).stream()
                        .map(n -> "- " + a.name().in(words.lang().tag()) + ": " + n.text()))
                .limit(MAIL_ACTIONS)
                .toList();
    }

    /// Whether the desk may speak of an advertiser at all.
    public static Optional<AdvertiserId> known(Engine engine, String id) {
        return engine.booking().book().advertisers().keySet().stream()
                .filter(a -> a.value().equals(id))
                .findFirst();
    }
}
