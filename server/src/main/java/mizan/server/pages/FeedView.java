package mizan.server.pages;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import mizan.core.decision.Explanation;
import mizan.core.decision.Outcome;
import mizan.core.decision.Snapshot;
import mizan.core.feed.FeedPost;
import mizan.core.feed.Viewer;
import mizan.core.receipt.EmptySlot;
import mizan.core.receipt.Impression;
import mizan.server.app.Engine;
import mizan.server.console.page.EmptyReason;
import mizan.server.console.page.Feed;
import mizan.server.console.page.Text;
import mizan.server.console.page.WhyKind;
import mizan.server.console.words.Lang;
import mizan.server.http.Call;
import mizan.server.rating.KnownPost;
import mizan.server.serve.Answered;

/// A real decision for whoever looks, and how each of its slots was decided.
final class FeedView {
    private static final int POSTS = 12;
    private final Engine engine;
    private final List<String> newest;

    FeedView(Engine engine, List<String> newest) {
        this.engine = engine;
        this.newest = newest;
    }

    Feed read(Call call, Lang lang) {
        var compiled = engine.snapshots().current();
        var placement = compiled.placements().get("home");
        var known = newest.stream()
                .limit(POSTS)
                .flatMap(id -> engine.posts().find(id).stream())
                .toList();
        if (placement == null || known.isEmpty()) {
            return new Feed(
                    OptionalInt.empty(), viewers("reem"), List.of(), Optional.empty(), Optional.empty(), List.of());
        }
        var who = call.query("viewer").filter(v -> v.equals("guest")).orElse("reem");
        List<FeedPost> posts =
                known.stream().map(p -> engine.snapshots().facts(p)).toList();
        long began = System.nanoTime();
        var answered = engine.serving().serve(placement, viewer(who), posts);
        var took = Duration.ofNanos(System.nanoTime() - began);
        return new Feed(
                OptionalInt.empty(),
                viewers(who),
                items(known, answered, compiled.snapshot(), lang),
                decision(call, answered, compiled.snapshot(), took, lang),
                Optional.of(call(known, answered)),
                List.of());
    }

    private static List<Feed.Viewer> viewers(String who) {
        return List.of(
                new Feed.Viewer("reem", new Text("Reem · SA · ar", "en"), who.equals("reem")),
                new Feed.Viewer("guest", new Text("Guest · DE · en", "en"), who.equals("guest")));
    }

    private static Viewer viewer(String who) {
        boolean reem = who.equals("reem");
        return new Viewer(
                Optional.of("page_" + who),
                Optional.of(reem ? "SA" : "DE"),
                Optional.of(reem ? "ar" : "en"),
                Optional.of("desktop"),
                false,
                Set.of(),
                Set.of(),
                Set.of());
    }

    private List<Feed.Item> items(List<KnownPost> posts, Answered answered, Snapshot snapshot, Lang lang) {
        var ads = new HashMap<Integer, Answered.Shown>();
        answered.shown().forEach(s -> ads.put(s.impression().afterPost(), s));
        var empty = new HashMap<Integer, EmptySlot>();
        answered.empty().forEach(e -> empty.put(e.afterPost(), e));
        var items = new ArrayList<Feed.Item>();
        int slot = 0;
        for (int i = 0; i < posts.size(); i++) {
            var post = posts.get(i);
            items.add(new Feed.Post(
                    post.id(),
                    post.authors().isEmpty() ? "" : post.authors().getFirst().replace("@", ""),
                    post.authors().isEmpty() ? "" : post.authors().getFirst(),
                    Duration.ofMinutes(4L + 4L * i),
                    new Text(post.text(), post.language().orElse("")),
                    Optional.empty(),
                    0,
                    0,
                    0));
            var shown = ads.get(i + 1);
            if (shown != null) {
                items.add(ad(++slot, shown, snapshot, lang));
            }
            var none = empty.get(i + 1);
            if (none != null) {
                items.add(new Feed.Empty(
                        ++slot, reason(none.reason()), answered.record().facts().size(), new Text("", "")));
            }
        }
        return items;
    }

    private Feed.Ad ad(int slot, Answered.Shown shown, Snapshot snapshot, Lang lang) {
        Impression i = shown.impression();
        var entry = snapshot.entry(i.adGroup()).orElseThrow();
        var creative = Optional.ofNullable(snapshot.book().creatives().get(i.creative()))
                .orElseThrow();
        var because = new ArrayList<Feed.Why>();
        entry.group().targeting().countries().stream()
                .sorted()
                .limit(3)
                .forEach(c -> because.add(new Feed.Why(WhyKind.COUNTRY, c)));
        entry.group().targeting().languages().stream()
                .sorted()
                .forEach(l -> because.add(new Feed.Why(WhyKind.LANGUAGE, l)));
        if (because.isEmpty()) {
            because.add(new Feed.Why(WhyKind.EVERYONE, ""));
        }
        var cap = entry.caps().stream().mapToInt(c -> c.limit().max()).min();
        return new Feed.Ad(
                slot,
                i.ad().value(),
                i.advertiser().value(),
                entry.advertiser().name().in(lang.tag()),
                entry.advertiser().payer(),
                i.id().value(),
                Reading.text(creative.headline(), lang),
                Reading.text(creative.body(), lang),
                Reading.text(creative.callToAction(), lang),
                "/c/" + shown.token(),
                Optional.empty(),
                because,
                0,
                cap);
    }

    private static EmptyReason reason(EmptySlot.Reason reason) {
        return EmptyReason.valueOf(reason.name());
    }

    private Optional<Feed.Decision> decision(
            Call call, Answered answered, Snapshot snapshot, Duration took, Lang lang) {
        var record = answered.record();
        var places = new ArrayList<Integer>();
        answered.shown().forEach(s -> places.add(s.impression().afterPost()));
        answered.empty().forEach(e -> places.add(e.afterPost()));
        places.sort(null);
        if (places.isEmpty()) {
            return Optional.empty();
        }
        int slot = call.query("slot")
                .filter(s -> s.matches("\\d{1,3}"))
                .map(Integer::parseInt)
                .orElse(1);
        slot = Math.clamp(slot, 1, places.size());
        int after = places.get(slot - 1);
        var candidates = new ArrayList<Feed.Candidate>();
        for (var explained : Explanation.of(record, snapshot)) {
            if (explained.outcome() instanceof Outcome.Won won && won.afterPost() != after) {
                continue;
            }
            candidates.add(candidate(explained, lang));
            if (candidates.size() == 12) {
                break;
            }
        }
        return Optional.of(new Feed.Decision(
                record.id().value(),
                slot,
                places.size(),
                record.at(),
                took,
                "USD",
                record.posts().get(after - 1).id(),
                after < record.posts().size() ? record.posts().get(after).id() : "",
                candidates));
    }

    private static Feed.Candidate candidate(Explanation.Explained explained, Lang lang) {
        var entry = explained.entry();
        var outcome = explained.outcome();
        return new Feed.Candidate(
                entry.advertiser().name().in(lang.tag()),
                entry.ads().isEmpty() ? "" : entry.ads().getFirst().id().value(),
                Reading.bid(entry.group().bid()),
                value(outcome),
                mizan.server.console.page.Outcome.valueOf(outcome.code().toUpperCase(Locale.ROOT)),
                detail(outcome),
                fact(outcome),
                outcome instanceof Outcome.Won won ? OptionalLong.of(won.priceMicros() * 1_000) : OptionalLong.empty());
    }

    private static OptionalLong value(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Won won -> OptionalLong.of(won.valueMicros());
            case Outcome.Outranked outranked -> OptionalLong.of(outranked.valueMicros());
            case Outcome.BelowFloor below -> OptionalLong.of(below.valueMicros());
            case Outcome.NotTargeted _,
                    Outcome.NotServable _,
                    Outcome.OutsideFlight _,
                    Outcome.BudgetSpent _,
                    Outcome.FrequencyCapped _,
                    Outcome.PacedOut _,
                    Outcome.NoConsent _,
                    Outcome.HiddenByViewer _,
                    Outcome.Excluded _,
                    Outcome.Separated _,
                    Outcome.NoRoom _,
                    Outcome.LostHold _ -> OptionalLong.empty();
        };
    }

    private static String detail(Outcome outcome) {
        return outcome instanceof Outcome.NotTargeted targeted ? targeted.criterion() : "";
    }

    private static String fact(Outcome outcome) {
        return outcome instanceof Outcome.Excluded excluded ? excluded.breach().detail() : "";
    }

    private static Feed.Call call(List<KnownPost> posts, Answered answered) {
        var ids = posts.stream().limit(3).map(p -> "\"" + p.id() + "\"").toList();
        var request =
                "{ \"placement\": \"home\",\n  \"viewer\": { \"key\": \"r_41c\", \"country\": \"SA\" },\n  \"posts\": ["
                        + String.join(", ", ids) + ", ...] }";
        var lines = new ArrayList<String>();
        answered.shown()
                .forEach(
                        s -> lines.add("    { \"after_post\": " + s.impression().afterPost() + ", \"ad\": { \"id\": \""
                                + s.impression().ad() + "\", \"token\": \"...\" } }"));
        answered.empty()
                .forEach(e -> lines.add("    { \"after_post\": " + e.afterPost() + ", \"ad\": null, \"reason\": \""
                        + e.reason().name().toLowerCase(Locale.ROOT) + "\" }"));
        var response =
                "{ \"id\": \"" + answered.record().id() + "\",\n  \"slots\": [\n" + String.join(",\n", lines) + " ] }";
        return new Feed.Call("POST /v1/decisions", request, response);
    }
}
