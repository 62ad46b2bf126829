package mizan.sim.story;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import mizan.core.campaign.AdvertiserId;
import mizan.core.campaign.Placement;
import mizan.core.feed.FeedPost;
import mizan.core.feed.Viewer;
import mizan.core.receipt.AdEvent;
import mizan.core.suitability.Terms;
import mizan.core.suitability.Tier;
import mizan.server.app.Engine;
import mizan.server.pages.Community;
import mizan.server.rating.IncomingPost;
import mizan.server.serve.Answered;
import mizan.server.serve.TakeEvents;

/// Plays the weeks: readers open their feeds, ads are decided, shown, sometimes clicked, and some readers buy; in week
/// 5
/// a boycott begins, in week 12 the first return, and from week 15 on most are back; months that ended are billed. The
/// engine is the real one; only
/// the clock is turned.
public final class Story {
    /// Weeks at whose beginning something happens, counted from 1.
    public static final int BOYCOTT = 5;

    public static final int PROOF = 12;
    private static final Duration PAGE_EVERY = Duration.ofMinutes(20);
    /// Nobody clicks at the instant of serving.
    private static final Duration READ_FIRST = Duration.ofSeconds(2);
    private static final int POSTS_PER_PAGE = 20;
    private static final List<String> COUNTRIES = List.of("SA", "AE", "EG", "MA", "DE", "FR");

    private final Engine engine;
    private final MovableClock clock;
    private final Market market;
    private final Marsa marsa;
    private final SplittableRandom random;
    private final List<Community.Written> recent = new ArrayList<>();
    private final Deque<Click> clicks = new ArrayDeque<>();
    private final RandomGenerator purchases;
    private Optional<Shoppers> shoppers = Optional.empty();
    private Optional<Bills> bills = Optional.empty();
    private long feeds;
    private long shown;
    private long termsBroken;

    public Story(Engine engine, MovableClock clock, long seed) {
        this.engine = engine;
        this.clock = clock;
        this.random = new SplittableRandom(seed);
        this.market = new Market(engine, random.split());
        this.marsa = new Marsa(random.split());
        this.purchases = random.split();
    }

    public Market market() {
        return market;
    }

    /// What the story counted by itself, to be compared with what the engine counted.
    public record Tally(long feeds, long adsShown, long termsBroken) {}

    public Tally tally() {
        return new Tally(feeds, shown, termsBroken);
    }

    /// Advertisers book and the community writes its first posts.
    public void begin(int advertisers, Instant start) {
        begin(advertisers, start, 26);
    }

    /// The same for a history of so many weeks; the campaigns run four weeks longer.
    public void begin(int advertisers, Instant start, int weeks) {
        clock.set(start);
        market.open(advertisers, start, weeks + 4);
        shoppers = market.tester().map(house -> new Shoppers(engine, purchases, house));
        var houses = market.houses().stream().map(h -> new AdvertiserId(h.id())).toList();
        bills = engine.invoices().map(invoices -> Bills.open(engine, invoices, houses));
        marsa.writeMany(200, 0.06).forEach(this::post);
    }

    /// From here on the readers of the live feed come on top: the large houses book for them. Two of them object to
    /// what they were billed.
    public void goLive() {
        clock.letGo();
        market.openLive(clock.instant());
        Objections.raise(engine, market.houses());
    }

    /// One week of traffic.
    ///
    /// @param week counted from 1
    public void playWeek(int week, Instant start) {
        happenings(week);
        long pages = Duration.ofDays(7).dividedBy(PAGE_EVERY);
        for (long page = 0; page < pages; page++) {
            clock.set(start.plus(PAGE_EVERY.multipliedBy(page)));
            if (page % 3 == 0) {
                post(marsa.write(week == BOYCOTT - 1 ? 0.15 : 0.06));
            }
            page("r_" + random.nextInt(1_200));
            clock.set(clock.instant().plus(READ_FIRST));
            tellClicks();
            if (page % 24 == 0) {
                engine.settle();
            }
        }
        engine.settle();
        bills.ifPresent(Bills::issue);
    }

    /// A reader opens one page; what they see is reported back as their browser would.
    public Answered page(String reader) {
        var compiled = engine.snapshots().current();
        Placement placement =
                Optional.ofNullable(compiled.placements().get("home")).orElseThrow();
        var posts = new ArrayList<FeedPost>();
        for (int i = 0; i < POSTS_PER_PAGE; i++) {
            engine.posts()
                    .find(anyPost())
                    .ifPresent(p -> posts.add(engine.snapshots().facts(p)));
        }
        tellClicks();
        var answered = engine.serving().serve(placement, viewer(reader), posts);
        feeds++;
        shoppers.ifPresent(s -> s.met(answered.record()));
        var reports = new ArrayList<TakeEvents.Report>();
        for (var ad : answered.shown()) {
            watch(answered, ad, compiled.terms());
            if (random.nextInt(100) < 85) {
                reports.add(new TakeEvents.Report(AdEvent.Kind.RENDERED, ad.token()));
                shown++;
            }
            if (random.nextInt(100) < 62) {
                reports.add(new TakeEvents.Report(AdEvent.Kind.VIEWABLE, ad.token()));
            }
            if (random.nextInt(1_000) < 14) {
                clicks.add(new Click(clock.instant().plus(READ_FIRST), ad.token()));
            }
        }
        engine.events().report(reports);
        return answered;
    }

    private void tellClicks() {
        for (var click = clicks.peek(); click != null && !click.at().isAfter(clock.instant()); click = clicks.peek()) {
            engine.events().report(List.of(new TakeEvents.Report(AdEvent.Kind.CLICK, click.token())));
            clicks.remove();
        }
    }

    /// A click that a reader will make.
    private record Click(Instant at, String token) {}

    private String anyPost() {
        synchronized (recent) {
            return recent.get(random.nextInt(recent.size())).id();
        }
    }

    private Viewer viewer(String reader) {
        int who = Math.floorMod(reader.hashCode(), 1_000);
        return new Viewer(
                Optional.of(reader),
                Optional.of(COUNTRIES.get(who % COUNTRIES.size())),
                Optional.empty(),
                Optional.of(who % 10 < 6 ? "ar" : "en"),
                Optional.of(who % 4 == 0 ? "desktop" : "phone"),
                Viewer.Profile.of(who % 3 == 0, false, Optional.empty(), Set.of(), Set.of()),
                Set.of(),
                Set.of());
    }

    /// Looks at each placed ad with the plainest reading of the terms, apart from the engine's own.
    private void watch(Answered answered, Answered.Shown ad, Map<?, Terms> terms) {
        var impression = ad.impression();
        var posts = answered.record().posts();
        var rules = impression.terms().map(t -> terms.get(t.id()));
        int before = rules.map(Terms::before).orElse(1);
        int after = rules.map(Terms::after).orElse(1);
        for (int i = impression.afterPost() - before; i < impression.afterPost() + after; i++) {
            if (i >= 0 && i < posts.size() && breaks(posts.get(i), rules)) {
                termsBroken++;
            }
        }
    }

    private static boolean breaks(FeedPost post, Optional<Terms> terms) {
        var tier = post.verdict().map(v -> v.tier()).orElse(Tier.FLOOR);
        if (tier == Tier.FLOOR
                || terms.filter(t -> tier.compareTo(t.maxTier()) > 0
                                && t.maxTierByTopic().isEmpty())
                        .isPresent()) {
            return true;
        }
        return terms.filter(t -> post.keywordHits().containsKey(t.id())).isPresent();
    }

    /// Somebody posts.
    public void post(IncomingPost post) {
        var written = new Community.Written(engine.posts().take(post).id(), clock.instant());
        synchronized (recent) {
            recent.add(written);
            if (recent.size() > 400) {
                recent.removeFirst();
            }
        }
    }

    /// Ids of the last posts, newest first.
    public List<String> newest(int count) {
        return written(count).stream().map(Community.Written::id).toList();
    }

    /// The last posts and when they were written, newest first.
    public List<Community.Written> written(int count) {
        synchronized (recent) {
            return List.copyOf(recent.reversed().subList(0, Math.min(count, recent.size())));
        }
    }

    /// What advertisers do in a week of the story; [#playWeek] begins with it.
    ///
    /// @param week counted from 1
    public void happenings(int week) {
        var houses = market.houses();
        for (int i = 0; i < houses.size(); i++) {
            var house = houses.get(i);
            var buyer = Phrases.buyer(i);
            if (house.careful() && week == BOYCOTT + i % 3) {
                market.pause(house, buyer, Phrases.leaving(i));
            }
            if (house.careful() && !leaves(i) && week == PROOF + i % 9) {
                market.resume(house, buyer, Phrases.RETURNED);
            }
            if (house.careful() && leaves(i) && week == 22 + i % 3) {
                market.leave(house, buyer, Phrases.ELSEWHERE);
            }
            if (week == 19 + i % 6 && i % 2 == 0 && !leaves(i)) {
                market.budget(house, 1.6, buyer, Phrases.KEPT);
            }
            if (week == 22 + i % 3 && i % 11 == 5) {
                market.budget(house, 0.5, buyer, Phrases.GOAL);
            }
        }
    }

    /// One careful advertiser in seven never comes back.
    private static boolean leaves(int house) {
        return house % 7 == 6;
    }

    /// Every careful advertiser pauses at once.
    ///
    /// @return how many
    public int boycott() {
        return all((i, house) -> house.careful() && !leaves(i), h -> market.pause(h, "demo", Phrases.KEY_BOYCOTT));
    }

    /// They return.
    ///
    /// @return how many
    public int returnAll() {
        return all((i, house) -> !(house.careful() && leaves(i)), h -> market.resume(h, "demo", Phrases.KEY_RETURN));
    }

    private int all(BiPredicate<Integer, Market.House> which, Predicate<Market.House> act) {
        var houses = market.houses();
        int acted = 0;
        for (int i = 0; i < houses.size(); i++) {
            if (which.test(i, houses.get(i)) && act.test(houses.get(i))) {
                acted++;
            }
        }
        return acted;
    }
}
