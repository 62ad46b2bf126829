package mizan.server.pages;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
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
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import mizan.core.campaign.AdvertiserId;
import mizan.core.campaign.Campaign;
import mizan.core.campaign.EntityStatus;
import mizan.server.app.Engine;
import mizan.server.console.page.Movement;
import mizan.server.console.page.RevenueDesk;
import mizan.server.console.page.Text;
import mizan.server.console.page.Tone;
import mizan.server.console.words.Lang;
import mizan.server.http.Call;

/// Reads the revenue desk from the ledger's figures and the book's history.
final class DeskView {
    private static final double POLICY_LIMIT = 0.15;
    private final Engine engine;
    private final ZoneId zone;

    DeskView(Engine engine, ZoneId zone) {
        this.engine = engine;
        this.zone = zone;
    }

    RevenueDesk read(Call call, Lang lang) {
        int period = switch (call.query("weeks").orElse("13")) {
            case "4" -> 4;
            case "52" -> 52;
            default -> 13;
        };
        var now = engine.time().instant();
        int shown = Math.max(26, 2 * period);
        var weekly = new Weekly(engine.reports(), now, shown);
        var movers = movers(weekly, Math.min(4, period), lang);
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
                List.of(),
                concentration(weekly, shown, period, lang),
                Math.min(4, period),
                wanted,
                counts,
                movers.stream()
                        .filter(m -> m.movement() != Movement.STEADY)
                        .filter(m -> wanted.map(w -> w == m.movement()).orElse(true))
                        .limit(12)
                        .toList(),
                timeline(call, weekly, movers));
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
                OptionalDouble.empty(),
                engine.brokenTerms(),
                totals.counts().decided());
    }

    /// Daily budgets of active campaigns over 30 days: what could be spent at most.
    private long booked() {
        return engine.booking().book().campaigns().values().stream()
                .filter(c -> c.status() == EntityStatus.ACTIVE)
                .mapToLong(c -> c.budget().dailyMicros().orElse(0) * 30)
                .sum();
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
                var movement = Weekly.movement(
                        spend[here - 1],
                        spend[here],
                        Weekly.sum(spend, 0, here - 1) > 0,
                        paused(advertiser) || here < shown - 1);
                if (movement != Movement.STEADY) {
                    moved.merge(movement, spend[here] - spend[here - 1], Long::sum);
                }
            });
            var earlier = week - period >= 0 ? OptionalLong.of(weekly.total(week - period)) : OptionalLong.empty();
            weeks.add(new RevenueDesk.Week(weekly.weeks.get(week), weekly.total(week), earlier, moved));
        }
        return weeks;
    }

    private boolean paused(String advertiser) {
        return campaigns(advertiser).stream().anyMatch(c -> c.status() == EntityStatus.PAUSED);
    }

    private List<Campaign> campaigns(String advertiser) {
        return engine.booking().book().campaigns().values().stream()
                .filter(c -> c.advertiser().value().equals(advertiser))
                .toList();
    }

    private RevenueDesk.Concentration concentration(Weekly weekly, int shown, int period, Lang lang) {
        long all = weekly.total(shown - period, shown);
        var shares = weekly.spend.entrySet().stream()
                .map(e -> new RevenueDesk.Share(
                        e.getKey(),
                        name(e.getKey(), lang),
                        all == 0 ? 0 : (double) Weekly.sum(e.getValue(), shown - period, shown) / all))
                .sorted(Comparator.comparingDouble(RevenueDesk.Share::share).reversed())
                .toList();
        double squares = shares.stream().mapToDouble(s -> s.share() * s.share()).sum();
        double sum = 0;
        int half = 0;
        while (half < shares.size() && sum < 0.5 && all > 0) {
            sum += shares.get(half++).share();
        }
        Optional<RevenueDesk.WhatIf> whatIf = all == 0 || shares.isEmpty()
                ? Optional.empty()
                : Optional.of(new RevenueDesk.WhatIf(
                        shares.getFirst().name(),
                        (long) (shares.getFirst().share() * all / period),
                        shares.getFirst().share(),
                        OptionalDouble.empty()));
        return new RevenueDesk.Concentration(
                POLICY_LIMIT,
                all == 0 ? List.of() : shares.stream().limit(5).toList(),
                whatIf,
                all == 0 ? OptionalDouble.empty() : OptionalDouble.of(squares),
                OptionalDouble.empty(),
                half,
                OptionalInt.empty());
    }

    private String name(String advertiser, Lang lang) {
        return Optional.ofNullable(engine.booking().book().advertisers().get(new AdvertiserId(advertiser)))
                .map(a -> a.name().in(lang.tag()))
                .orElse(advertiser);
    }

    private List<RevenueDesk.Mover> movers(Weekly weekly, int span, Lang lang) {
        int shown = weekly.weeks.size();
        var movers = new ArrayList<RevenueDesk.Mover>();
        for (var advertiser : engine.booking().book().advertisers().values()) {
            var id = advertiser.id().value();
            var spend = spend(weekly, id);
            long now = Weekly.sum(spend, shown - span, shown);
            long before = Weekly.sum(spend, shown - 2 * span, shown - span);
            var movement = Weekly.movement(before, now, Weekly.sum(spend, 0, shown - 2 * span) > 0, paused(id));
            var campaign = campaigns(id).stream().findFirst();
            movers.add(new RevenueDesk.Mover(
                    id,
                    advertiser.name().in(lang.tag()),
                    new Text(advertiser.industry(), "en"),
                    movement,
                    now,
                    now - before,
                    LongStream.of(spend).skip(Math.max(0, shown - 14)).boxed().toList(),
                    campaign.map(c -> Reading.suitability(engine.booking().book(), c))
                            .orElse(mizan.server.console.page.Suitability.NONE),
                    new Text(campaign.map(c -> lastReason(c.id().value())).orElse(""), "en"),
                    ""));
        }
        movers.sort(Comparator.comparingLong((RevenueDesk.Mover m) -> Math.abs(m.changeMicros()))
                .reversed());
        return movers;
    }

    private String lastReason(String campaign) {
        return engine.booking().history(campaign, 1).stream()
                .filter(c -> !c.verb().equals("create"))
                .map(c -> c.why())
                .findFirst()
                .orElse("");
    }

    /// The story of the advertiser asked for, or of the one that moved most.
    private Optional<RevenueDesk.Timeline> timeline(Call call, Weekly weekly, List<RevenueDesk.Mover> movers) {
        var picked = call.query("advertiser")
                .flatMap(id ->
                        movers.stream().filter(m -> m.advertiserId().equals(id)).findFirst())
                .or(() -> movers.stream().findFirst());
        return picked.map(mover -> {
            var events = new ArrayList<RevenueDesk.Event>();
            campaigns(mover.advertiserId())
                    .forEach(c -> engine.booking().history(c.id().value(), 20).reversed().stream()
                            .filter(change -> !change.verb().equals("create"))
                            .forEach(change -> events.add(new RevenueDesk.Event(
                                    LocalDate.ofInstant(change.at(), zone),
                                    tone(change.verb()),
                                    new Text(change.verb().replace('_', ' ') + ": " + change.why(), "en")))));
            int since = Optional.ofNullable(
                            engine.booking().book().advertisers().get(new AdvertiserId(mover.advertiserId())))
                    .map(a -> LocalDate.ofInstant(a.createdAt(), zone).getYear())
                    .orElse(0);
            return new RevenueDesk.Timeline(
                    mover.advertiserId(),
                    mover.name(),
                    since,
                    "",
                    mover.movement(),
                    LongStream.of(spend(weekly, mover.advertiserId()))
                            .skip(Math.max(1, weekly.weeks.size() - 26))
                            .boxed()
                            .toList(),
                    events.stream().limit(9).toList());
        });
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
