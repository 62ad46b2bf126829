package mizan.server.pages;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import mizan.core.campaign.AdvertiserId;
import mizan.core.campaign.Campaign;
import mizan.core.campaign.EntityStatus;
import mizan.server.app.Engine;
import mizan.server.booking.CampaignHistories.Step;
import mizan.server.console.page.Movement;
import mizan.server.console.page.RevenueDesk;
import mizan.server.console.page.Text;
import mizan.server.console.page.Told;
import mizan.server.console.page.Tone;
import mizan.server.console.words.Lang;
import mizan.server.console.words.Words;
import mizan.server.http.Call;
import mizan.server.pages.Histories.Standing;
import mizan.server.reporting.Desk;
import mizan.server.reporting.KeptSignal;

/// Reads the revenue desk from the ledger's figures and the book's history.
final class DeskView {
    private static final double POLICY_LIMIT = 0.15;
    /// Fewer pauses or returns in a week than this are everyday life, not worth a word on the chart.
    private static final int WORTH_A_NOTE = 3;

    private final Engine engine;
    private final Community community;
    private final Words words;
    private final ZoneId zone;
    private final Lang lang;
    private final Histories histories;

    DeskView(Engine engine, Community community, Words words, ZoneId zone) {
        this.engine = engine;
        this.community = community;
        this.words = words;
        this.zone = zone;
        this.lang = words.lang();
        this.histories = new Histories(engine);
    }

    RevenueDesk read(Call call) {
        int period = switch (call.query("weeks").orElse("13")) {
            case "4" -> 4;
            case "52" -> 52;
            default -> 13;
        };
        var now = engine.time().instant();
        int shown = Math.max(26, 2 * period);
        var weekly = new Weekly(engine.reports(), now, shown);
        var movers = movers(weekly, Math.min(4, period));
        var wanted = call.query("move").flatMap(DeskView::movement);
        var counts = new EnumMap<Movement, Integer>(Movement.class);
        movers.stream()
                .filter(m -> m.movement() != Movement.STEADY)
                .forEach(m -> counts.merge(m.movement(), 1, Integer::sum));
        return new RevenueDesk(
                period,
                weekly.weeks.getLast().plusDays(6),
                now,
                "USD",
                figures(weekly, shown, period),
                weeks(weekly, shown, period),
                notes(weekly),
                concentration(weekly, shown, period),
                Math.min(4, period),
                wanted,
                counts,
                movers.stream()
                        .filter(m -> m.movement() != Movement.STEADY)
                        .filter(m -> wanted.map(w -> w == m.movement()).orElse(true))
                        .limit(12)
                        .toList(),
                timeline(call, weekly, movers),
                today(weekly),
                judged(call));
    }

    /// A word in the week of the most pauses, and in that of the most returns.
    private List<RevenueDesk.Note> notes(Weekly weekly) {
        var notes = new ArrayList<RevenueDesk.Note>();
        note(weekly, "pause", "desk.note.paused").ifPresent(notes::add);
        note(weekly, "resume", "desk.note.returned").ifPresent(notes::add);
        notes.sort(Comparator.comparing(RevenueDesk.Note::day));
        return notes;
    }

    private Optional<RevenueDesk.Note> note(Weekly weekly, String verb, String key) {
        var times = new HashMap<LocalDate, Integer>();
        histories.all().stream()
                .filter(c -> c.verb().equals(verb))
                .map(c -> PageRoutes.weekOf(LocalDate.ofInstant(c.at(), ZoneOffset.UTC)))
                .filter(weekly.weeks::contains)
                .forEach(week -> times.merge(week, 1, Integer::sum));
        return times.entrySet().stream()
                .max(Map.Entry.<LocalDate, Integer>comparingByValue()
                        .thenComparing(Map.Entry.comparingByKey(Comparator.reverseOrder())))
                .filter(most -> most.getValue() >= WORTH_A_NOTE)
                .map(most ->
                        new RevenueDesk.Note(most.getKey(), new Text(words.text(key, most.getValue()), lang.tag())));
    }

    /// Who paused and came back in the last day, and what the pauses cost if they last.
    private Optional<RevenueDesk.Today> today(Weekly weekly) {
        var now = engine.time().instant();
        var since = now.minus(Duration.ofDays(1));
        int paused = 0;
        int returned = 0;
        long weeklyMicros = 0;
        int shown = weekly.weeks.size();
        for (var advertiser : engine.booking().book().advertisers().keySet()) {
            var id = advertiser.value();
            var before = histories.standing(id, since);
            var after = histories.standing(id, now);
            if (before == Standing.ACTIVE && after != Standing.ACTIVE) {
                paused++;
                weeklyMicros += Weekly.sum(spend(weekly, id), shown - 4, shown) / 4;
            }
            if (after == Standing.ACTIVE && (before == Standing.PAUSED || resumedSince(id, since))) {
                returned++;
            }
        }
        long all = weekly.total(shown - 4, shown) / 4;
        return paused + returned == 0
                ? Optional.empty()
                : Optional.of(new RevenueDesk.Today(paused, returned, weeklyMicros, ratio(weeklyMicros, all)));
    }

    /// Paused and back within the same day.
    private boolean resumedSince(String advertiser, Instant since) {
        var changes = histories.of(advertiser);
        return !changes.isEmpty()
                && changes.getLast().verb().equals("resume")
                && changes.getLast().at().isAfter(since);
    }

    private static Optional<Movement> movement(String code) {
        for (var movement : Movement.values()) {
            if (movement.code().equals(code)) {
                return Optional.of(movement);
            }
        }
        return Optional.empty();
    }

    private RevenueDesk.KeyFigures figures(Weekly weekly, int shown, int period) {
        long now = weekly.total(shown - period, shown);
        long before = weekly.total(shown - 2 * period, shown - period);
        var activeNow = active(weekly, shown - period, shown);
        var activeBefore = active(weekly, shown - 2 * period, shown - period);
        long kept = activeBefore.stream()
                .mapToLong(a -> Weekly.sum(spend(weekly, a), shown - period, shown))
                .sum();
        var joined = new HashSet<>(activeNow);
        joined.removeAll(activeBefore);
        var totals = engine.reports().totals();
        return new RevenueDesk.KeyFigures(
                now,
                ratio(now - before, before),
                activeNow.size(),
                OptionalInt.of(activeNow.size() - activeBefore.size()),
                joined.size(),
                ratio(kept, before),
                booked(),
                OptionalDouble.empty(),
                ratio(top(weekly, shown - period, shown, 5), now),
                difference(
                        ratio(top(weekly, shown - period, shown, 5), now),
                        ratio(top(weekly, shown - 2 * period, shown - period, 5), before)),
                engine.brokenTerms(),
                totals.counts().decided());
    }

    /// What running campaigns may still spend in the next 30 days: their daily budgets while their dates last,
    /// and never more than is left of the whole.
    private long booked() {
        return booked(_ -> true);
    }

    private long booked(Predicate<Campaign> which) {
        var now = engine.time().instant();
        return engine.booking().book().campaigns().values().stream()
                .filter(c -> c.status() == EntityStatus.ACTIVE)
                .filter(which)
                .mapToLong(c ->
                        Math.min(c.budget().dailyMicros().orElse(Long.MAX_VALUE / 30) * daysLeft(c, now), left(c)))
                .sum();
    }

    /// How much of a gap the others could fill: what they have booked a week beyond what they spend now.
    /// Booked is no promise to spend, so this is the most that can be hoped for.
    private OptionalDouble covered(String gone, long gapMicros, long weeklyMicros) {
        long booked = booked(c -> !c.advertiser().value().equals(gone)) * 7 / 30;
        long spare = Math.max(0, booked - (weeklyMicros - gapMicros));
        return gapMicros <= 0 ? OptionalDouble.empty() : OptionalDouble.of(Math.min(1, (double) spare / gapMicros));
    }

    private static long daysLeft(Campaign campaign, Instant now) {
        long left = campaign.flight()
                .end()
                .map(end -> Math.ceilDiv(Duration.between(now, end).toHours(), 24))
                .orElse(30L);
        return Math.clamp(left, 0L, 30L);
    }

    private long left(Campaign campaign) {
        long used = engine.accountant().used(campaign.id().value(), "total");
        return campaign.budget().totalMicros().stream()
                .map(total -> Math.max(0, total - used))
                .findFirst()
                .orElse(0);
    }

    private static OptionalDouble difference(OptionalDouble now, OptionalDouble before) {
        return now.isPresent() && before.isPresent()
                ? OptionalDouble.of(now.getAsDouble() - before.getAsDouble())
                : OptionalDouble.empty();
    }

    private static OptionalDouble ratio(long part, long whole) {
        return whole == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) part / whole);
    }

    private static long[] spend(Weekly weekly, String advertiser) {
        return weekly.spend.getOrDefault(advertiser, new long[weekly.weeks.size()]);
    }

    private static Set<String> active(Weekly weekly, int from, int to) {
        return weekly.spend.entrySet().stream()
                .filter(e -> Weekly.sum(e.getValue(), from, to) > 0)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    private static long top(Weekly weekly, int from, int to, int count) {
        return weekly.spend.values().stream()
                .map(s -> Weekly.sum(s, from, to))
                .sorted(Comparator.reverseOrder())
                .limit(count)
                .mapToLong(Long::longValue)
                .sum();
    }

    private List<RevenueDesk.Week> weeks(Weekly weekly, int shown, int period) {
        var weeks = new ArrayList<RevenueDesk.Week>();
        for (int week = Math.max(1, shown - Math.max(26, period)); week < shown; week++) {
            var moved = new HashMap<Movement, Long>();
            int here = week;
            weekly.spend.forEach((advertiser, spend) -> {
                if (spend[here - 1] == 0 && spend[here] == 0) {
                    return;
                }
                var movement = Weekly.movement(
                        spend[here - 1],
                        spend[here],
                        Weekly.sum(spend, 0, here - 1) > 0,
                        histories.standing(advertiser, endOf(weekly.weeks.get(here))));
                if (movement != Movement.STEADY) {
                    moved.merge(movement, spend[here] - spend[here - 1], Long::sum);
                }
            });
            var earlier = week - period >= 0 ? OptionalLong.of(weekly.total(week - period)) : OptionalLong.empty();
            weeks.add(new RevenueDesk.Week(weekly.weeks.get(week), weekly.total(week), earlier, moved));
        }
        return weeks;
    }

    private static Instant endOf(LocalDate week) {
        return week.plusWeeks(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    /// One campaign of each advertiser, for its terms.
    private Map<String, Campaign> campaigns() {
        var found = new HashMap<String, Campaign>();
        engine.booking()
                .book()
                .campaigns()
                .values()
                .forEach(c -> found.putIfAbsent(c.advertiser().value(), c));
        return found;
    }

    private RevenueDesk.Concentration concentration(Weekly weekly, int shown, int period) {
        long all = weekly.total(shown - period, shown);
        var shares = shares(weekly, shown - period, shown);
        var before = shares(weekly, shown - 2 * period, shown - period);
        return new RevenueDesk.Concentration(
                POLICY_LIMIT,
                shares.stream().limit(5).toList(),
                shares.stream()
                        .findFirst()
                        .map(largest -> new RevenueDesk.WhatIf(
                                largest.name(),
                                (long) (largest.share() * all / period),
                                largest.share(),
                                covered(
                                        largest.advertiserId(),
                                        (long) (largest.share() * all / period),
                                        all / period))),
                herfindahl(shares),
                difference(herfindahl(shares), herfindahl(before)),
                half(shares),
                before.isEmpty() ? OptionalInt.empty() : OptionalInt.of(half(before)));
    }

    /// Most first; empty when nothing was spent.
    private List<RevenueDesk.Share> shares(Weekly weekly, int from, int to) {
        long all = weekly.total(from, to);
        return weekly.spend.entrySet().stream()
                .filter(_ -> all > 0)
                .map(e -> new RevenueDesk.Share(
                        e.getKey(), name(e.getKey()), (double) Weekly.sum(e.getValue(), from, to) / all))
                .sorted(Comparator.comparingDouble(RevenueDesk.Share::share).reversed())
                .toList();
    }

    private static OptionalDouble herfindahl(List<RevenueDesk.Share> shares) {
        return shares.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(
                        shares.stream().mapToDouble(s -> s.share() * s.share()).sum());
    }

    /// How many of the largest make half of the revenue.
    private static int half(List<RevenueDesk.Share> shares) {
        double sum = 0;
        int count = 0;
        while (count < shares.size() && sum < 0.5) {
            sum += shares.get(count++).share();
        }
        return count;
    }

    private String name(String advertiser) {
        return Optional.ofNullable(engine.booking().book().advertisers().get(new AdvertiserId(advertiser)))
                .map(a -> a.name().in(lang.tag()))
                .orElse(advertiser);
    }

    private List<RevenueDesk.Mover> movers(Weekly weekly, int span) {
        int shown = weekly.weeks.size();
        var movers = new ArrayList<RevenueDesk.Mover>();
        var campaigns = campaigns();
        for (var advertiser : engine.booking().book().advertisers().values()) {
            var id = advertiser.id().value();
            var spend = spend(weekly, id);
            long now = Weekly.sum(spend, shown - span, shown);
            long before = Weekly.sum(spend, shown - 2 * span, shown - span);
            var movement = Weekly.movement(
                    before,
                    now,
                    Weekly.sum(spend, 0, shown - 2 * span) > 0,
                    histories.standing(id, engine.time().instant()));
            var campaign = Optional.ofNullable(campaigns.get(id));
            movers.add(new RevenueDesk.Mover(
                    id,
                    advertiser.name().in(lang.tag()),
                    community.note(advertiser.industry(), lang),
                    movement,
                    now,
                    now - before,
                    LongStream.of(spend).skip(Math.max(0, shown - 14)).boxed().toList(),
                    campaign.map(c -> Reading.suitability(engine.booking().book(), c))
                            .orElse(mizan.server.console.page.Suitability.NONE),
                    lastReason(id),
                    initials(engine.desk().owner(id))));
        }
        movers.sort(Comparator.comparingLong((RevenueDesk.Mover m) -> Math.abs(m.changeMicros()))
                .reversed());
        return movers;
    }

    private Text lastReason(String advertiser) {
        return histories.of(advertiser).reversed().stream()
                .filter(c -> !c.verb().equals("create") && !c.why().isEmpty())
                .findFirst()
                .map(c -> community.note(c.why(), lang))
                .orElse(new Text("", ""));
    }

    /// The story of the advertiser asked for, or of the one that moved most.
    private Optional<RevenueDesk.Timeline> timeline(Call call, Weekly weekly, List<RevenueDesk.Mover> movers) {
        var picked = call.query("advertiser")
                .flatMap(id ->
                        movers.stream().filter(m -> m.advertiserId().equals(id)).findFirst())
                .or(() -> movers.stream().findFirst());
        return picked.map(mover -> {
            var events = events(mover.advertiserId());
            int since = Optional.ofNullable(
                            engine.booking().book().advertisers().get(new AdvertiserId(mover.advertiserId())))
                    .map(a -> LocalDate.ofInstant(a.createdAt(), zone).getYear())
                    .orElse(0);
            return new RevenueDesk.Timeline(
                    mover.advertiserId(),
                    mover.name(),
                    since,
                    engine.desk().owner(mover.advertiserId()),
                    mover.movement(),
                    LongStream.of(spend(weekly, mover.advertiserId()))
                            .skip(Math.max(1, weekly.weeks.size() - 26))
                            .boxed()
                            .toList(),
                    events.subList(Math.max(0, events.size() - 9), events.size()),
                    engine.desk()
                            .next(mover.advertiserId())
                            .map(Desk.NextAction::text)
                            .orElse(""));
        });
    }

    /// What was booked, noted and confirmed of the news, in the order of their days.
    private List<RevenueDesk.Event> events(String advertiser) {
        var events = new ArrayList<RevenueDesk.Event>();
        histories.of(advertiser).stream()
                .filter(change -> !change.verb().equals("create"))
                .map(this::event)
                .forEach(events::add);
        engine.desk().notes(advertiser).forEach(n -> events.add(event(n)));
        engine.desk().confirmed(advertiser).forEach(s -> events.add(event(s)));
        events.sort(Comparator.comparing(RevenueDesk.Event::day));
        return events;
    }

    private RevenueDesk.Event event(Desk.Note note) {
        return new RevenueDesk.Event(LocalDate.ofInstant(note.at(), zone), Tone.MUTE, new Text(note.text(), ""));
    }

    private RevenueDesk.Event event(KeptSignal kept) {
        var told = SignalPages.told(kept.signal().act());
        var words = new Text(this.words.text("desk.signal.event", this.words.name(told)), lang.tag());
        return new RevenueDesk.Event(kept.signal().when().from(), told.tone(), words);
    }

    private static String initials(String owner) {
        return Arrays.stream(owner.split("\\s+"))
                .filter(part -> !part.isEmpty())
                .limit(2)
                .map(part -> part.substring(0, part.offsetByCodePoints(0, 1)))
                .collect(Collectors.joining());
    }

    private RevenueDesk.Judged judged(Call call) {
        var figures = new DeskFigures(engine, histories);
        return new RevenueDesk.Judged(
                figures.alarm()
                        .map(a -> new RevenueDesk.Alarm(
                                a.paused().size(),
                                a.usual(),
                                a.common().map(this::reason).orElse(new Text("", "")),
                                a.sharing())),
                figures.forecast().map(f -> {
                    var next = f.weeks().getFirst();
                    return new RevenueDesk.Outlook(next.low(), next.high(), f.meanError());
                }),
                !call.path().containsKey("code"));
    }

    /// A reason such as `note:boycott call` in the reader's words.
    private Text reason(String common) {
        int cut = common.indexOf(':');
        var what = common.substring(cut + 1);
        return switch (common.substring(0, cut)) {
            case "signal" ->
                new Text(
                        words.text("desk.reason.signal", words.name(Told.valueOf(what.toUpperCase(Locale.ROOT)))),
                        lang.tag());
            case "terms" ->
                new Text(
                        words.text(
                                "desk.reason.terms",
                                words.name(
                                        mizan.server.console.page.Suitability.valueOf(what.toUpperCase(Locale.ROOT)))),
                        lang.tag());
            default -> community.note(what, lang);
        };
    }

    /// What was done, in words and with its amount, and the reason that was given.
    private RevenueDesk.Event event(Step change) {
        var budget = words.figures().money(change.dailyMicros().orElse(0), "USD");
        var what = switch (change.verb().toLowerCase(Locale.ROOT)) {
            case "pause" -> words.text("deed.paused");
            case "resume" -> words.text("deed.resumed");
            case "archive" -> words.text("deed.left");
            case "increase_budget" -> words.text("deed.raised", budget);
            case "decrease_budget" -> words.text("deed.reduced", budget);
            default -> words.text("deed.changed");
        };
        var why = community.note(change.why(), lang).value();
        return new RevenueDesk.Event(
                LocalDate.ofInstant(change.at(), zone),
                tone(change.verb()),
                new Text(why.isEmpty() ? what : words.text("deed.why", what, why), lang.tag()));
    }

    private static Tone tone(String verb) {
        return switch (verb.toLowerCase(Locale.ROOT)) {
            case "pause", "archive" -> Tone.BAD;
            case "resume" -> Tone.INFO;
            case "increase_budget" -> Tone.GOOD;
            case "decrease_budget" -> Tone.WARN;
            default -> Tone.MUTE;
        };
    }
}
